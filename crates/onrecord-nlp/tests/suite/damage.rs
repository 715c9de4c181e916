//! A damaged model gives an error, or a model that still reads; never a panic.

use onrecord_nlp::Pipeline;

const MODEL: &[u8] = include_bytes!("data/tiny.onrecord");

#[test]
fn what_is_no_model_is_refused_by_name() {
    let error = |bytes: &[u8]| Pipeline::from_packed(bytes).expect_err("it is no model").to_string();
    assert_eq!(error(b""), "too short for a packed pipeline");
    assert_eq!(error(b"PK\x03\x04 some other file"), "not a packed pipeline");
    let mut newer = MODEL.to_vec();
    newer[8] = 9;
    assert!(error(&newer).contains("packed as version 9"));
    assert!(
        Pipeline::from_dir("no/such/place").expect_err("there is none").to_string().contains("config.cfg")
    );
}

#[test]
fn every_change_of_a_packed_model_is_noticed() {
    for i in (0..MODEL.len()).step_by(487) {
        let mut bytes = MODEL.to_vec();
        bytes[i] ^= 1 << (i % 8);
        assert!(Pipeline::from_packed(&bytes).is_err(), "a flipped bit at {i}");
        assert!(Pipeline::from_packed(&MODEL[..i]).is_err(), "cut at {i}");
    }
}
