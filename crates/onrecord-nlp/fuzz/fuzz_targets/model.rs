//! A packed model with bytes changed and its checksum mended loads or is refused, and what loads reads a text.

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
    let sum = checksum(&model);
    model.extend(sum.to_le_bytes());
    if let Ok(pipeline) = Pipeline::from_packed(&model) {
        pipeline.read_with_margins("Holm met the Norvik Post in Varn; \"no\", she said. http://a.b/c  $5.50 :)");
    }
});

/// The checksum of a packed model, MurmurHash64A, as the runtime takes it.
fn checksum(data: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 0x0ec0_4d00 ^ (data.len() as u64).wrapping_mul(M);
    let (words, rest) = data.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> 47;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0, |tail, &byte| tail << 8 | u64::from(byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}
