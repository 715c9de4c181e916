//! A linear model over hashed features, with its weights in one byte each.

/// A word or a name, hashed: what is looked at in many features is read once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Code(u64);

impl Code {
    /// The code of no word.
    pub(super) const NONE: Self = Self::of("");

    /// The code of a text. FNV-1a: short inputs, no need to resist anybody.
    pub(super) const fn of(text: &str) -> Self {
        let (bytes, mut hash, mut at) = (text.as_bytes(), 0xcbf2_9ce4_8422_2325_u64, 0);
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(PRIME);
            at += 1;
        }
        Self(hash)
    }

    /// The code of a text in lower case.
    pub(super) fn lower(text: &str) -> Self {
        if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            Self::of(text)
        } else {
            Self::of(&text.to_lowercase())
        }
    }

    /// The code of this and another, in this order.
    pub(super) const fn and(self, other: Self) -> Self {
        Self((self.0.rotate_left(23) ^ other.0).wrapping_mul(SPREAD))
    }
}

/// Multiplier of FNV-1a for 64 bits.
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// An odd number near 2^64 divided by the golden ratio: products spread over the upper bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Features of one decision, hashed. The words themselves are nowhere kept.
#[derive(Debug, Clone, Default)]
pub struct Features(Vec<u32>);

impl Features {
    /// No features yet, with room for those of one decision.
    pub(super) fn with_room() -> Self {
        Self(Vec::with_capacity(64))
    }

    /// Adds the feature of this number with these values.
    pub(super) fn add(&mut self, number: u16, values: &[Code]) {
        let hash = values.iter().fold(Code(u64::from(number)), |hash, value| hash.and(*value)).0;
        self.0.push(((hash ^ (hash >> 29)).wrapping_mul(SPREAD) >> 32) as u32);
    }

    /// The hashes.
    pub fn hashes(&self) -> &[u32] {
        &self.0
    }
}

/// How the bytes of a model begin: its name and version.
const MAGIC: &[u8; 8] = b"onrecst2";
/// Bytes in front of a model's weights: magic, classes, bits, two of padding, scale, number of features.
const HEADER: usize = 20;

/// Weights of every feature for every class.
///
/// Packed, a model holds the features that have weights alone, in order: how far each is from the one before, as LEB128,
/// then a byte for each class.
#[derive(Debug)]
pub(super) struct Linear {
    mask: u32,
    scale: f32,
    weights: Vec<i8>,
}

impl Linear {
    /// Opens the model at the start of `bytes` and gives what follows it; `None` when they are no model.
    pub(super) fn open(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (header, mut rest) = bytes.split_at_checked(HEADER)?;
        let (classes, bits) = (usize::from(header[8]), u32::from(header[9]));
        if &header[..8] != MAGIC || classes != CLASSES || bits > 24 {
            return None;
        }
        let scale = f32::from_le_bytes(header[12..16].try_into().ok()?);
        let count = u32::from_le_bytes(header[16..20].try_into().ok()?);
        let mut weights = vec![0_i8; CLASSES << bits];
        let mut feature = 0_usize;
        for _ in 0..count {
            let (gap, after) = read_gap(rest)?;
            feature += gap;
            let (values, after) = after.split_at_checked(CLASSES)?;
            for (weight, value) in weights.get_mut(feature * CLASSES..)?.iter_mut().zip(values) {
                *weight = *value as i8;
            }
            rest = after;
        }
        Some((Self { mask: (1 << bits) - 1, scale, weights }, rest))
    }

    /// The bytes of a model with these weights, feature by feature, each with its classes.
    pub(super) fn pack(weights: &[f32], bits: u8) -> Vec<u8> {
        let largest = weights.iter().fold(0_f32, |largest, weight| largest.max(weight.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let (mut body, mut count, mut last) = (Vec::new(), 0_u32, 0);
        for (feature, values) in weights.chunks_exact(CLASSES).enumerate() {
            let bytes: Vec<u8> = values.iter().map(|weight| ((weight / scale).round() as i8) as u8).collect();
            if bytes.iter().any(|byte| *byte != 0) {
                write_gap(&mut body, feature - last);
                body.extend(bytes);
                count += 1;
                last = feature;
            }
        }
        let mut packed = MAGIC.to_vec();
        packed.extend([CLASSES as u8, bits, 0, 0]);
        packed.extend(scale.to_le_bytes());
        packed.extend(count.to_le_bytes());
        packed.extend(body);
        packed
    }

    /// The chance of each class.
    pub(super) fn chances(&self, features: &Features) -> [f32; CLASSES] {
        let mut sums = [0_i32; CLASSES];
        for hash in features.hashes() {
            let at = (hash & self.mask) as usize * CLASSES;
            for (sum, weight) in sums.iter_mut().zip(&self.weights[at..at + CLASSES]) {
                *sum += i32::from(*weight);
            }
        }
        let scores = sums.map(|sum| sum as f32 * self.scale);
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers = scores.map(|score| (score - top).exp());
        let total: f32 = powers.iter().sum();
        powers.map(|power| power / total)
    }
}

/// Classes of both models: neither, the first, the second.
pub const CLASSES: usize = 3;

fn write_gap(bytes: &mut Vec<u8>, mut gap: usize) {
    while gap >= 0x80 {
        bytes.push((gap & 0x7f) as u8 | 0x80);
        gap >>= 7;
    }
    bytes.push(gap as u8);
}

fn read_gap(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut gap = 0;
    for (index, byte) in bytes.iter().enumerate().take(4) {
        gap |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((gap, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_model_gives_its_weights_back() {
        let mut weights = vec![0.0; CLASSES << 10];
        weights[0] = 1.0;
        weights[CLASSES * 700 + 1] = -2.0;
        let bytes = Linear::pack(&weights, 10);
        let (model, rest) = Linear::open(&bytes).expect("it was just packed");
        assert!(rest.is_empty());
        assert_eq!((model.weights[0], model.weights[CLASSES * 700 + 1]), (64, -127));
    }

    #[test]
    fn damaged_bytes_are_no_model() {
        let bytes = Linear::pack(&[1.0; CLASSES << 4], 4);
        assert!(Linear::open(&bytes[..bytes.len() - 1]).is_none());
        assert!(Linear::open(&bytes[1..]).is_none());
        assert!(Linear::open(b"").is_none());
    }
}
