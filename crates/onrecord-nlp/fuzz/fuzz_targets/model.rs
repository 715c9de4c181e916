//! A packed model with bytes changed loads or is refused, and what loads reads a text. A build for fuzzing passes over
//! the checksum.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_nlp::Pipeline;

const TINY: &[u8] = include_bytes!("../../tests/suite/data/tiny.onrecord");

// Eight bytes an edit: where, how many bytes are overwritten, and with what.
fuzz_target!(|edits: &[u8]| {
    let mut model = TINY[..TINY.len() - 8].to_vec();
    for edit in edits.chunks_exact(8).take(16) {
        let at = u32::from_le_bytes([edit[0], edit[1], edit[2], edit[3] & 3]) as usize % model.len();
        if edit[3] >= 0xfe {
            model.truncate(at.max(16));
            continue;
        }
        let count = usize::from(edit[3] >> 6) + 1;
        model[at..].iter_mut().zip(&edit[4..]).take(count).for_each(|(byte, new)| *byte = *new);
    }
    model.extend([0; 8]);
    if let Ok(pipeline) = Pipeline::from_packed(&model) {
        pipeline.read_with_margins("Holm met the Norvik Post in Varn; \"no\", she said. http://a.b/c  $5.50 :)");
    }
});
