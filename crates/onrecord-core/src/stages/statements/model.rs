//! A linear model over hashed features, with its weights in one byte each.

/// Features of one decision, hashed. The words themselves are nowhere kept.
#[derive(Debug, Clone, Default)]
pub struct Features(Vec<u32>);

impl Features {
    /// Adds the feature `name` with these values.
    pub(super) fn add(&mut self, name: &str, values: &[&str]) {
        // FNV-1a: short inputs, no need to resist anybody.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for text in std::iter::once(&name).chain(values) {
            for byte in text.bytes().chain([0x1f]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        self.0.push((hash ^ (hash >> 32)) as u32);
    }

    /// The hashes.
    pub fn hashes(&self) -> &[u32] {
        &self.0
    }
}

/// How the bytes of a model begin: its name and version.
const MAGIC: &[u8; 8] = b"onrecst1";
/// Bytes in front of a model's weights: magic, classes, bits, two of padding, scale.
const HEADER: usize = 16;

/// Weights of every feature for every class.
#[derive(Debug)]
pub(super) struct Linear {
    classes: usize,
    mask: u32,
    scale: f32,
    weights: &'static [u8],
}

impl Linear {
    /// Opens the model at the start of `bytes` and says where it ends; `None` when they are no model.
    pub(super) fn open(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let header = bytes.get(..HEADER)?;
        if &header[..8] != MAGIC {
            return None;
        }
        let classes = usize::from(header[8]);
        let bits = u32::from(header[9]);
        let scale = f32::from_le_bytes(header[12..16].try_into().ok()?);
        let size = classes.checked_mul(1_usize.checked_shl(bits)?)?;
        let weights = bytes.get(HEADER..HEADER + size)?;
        Some((Self { classes, mask: (1 << bits) - 1, scale, weights }, &bytes[HEADER + size..]))
    }

    /// The bytes of a model with these weights, feature by feature, each with its classes.
    pub(super) fn pack(weights: &[f32], classes: u8, bits: u8) -> Vec<u8> {
        let largest = weights.iter().fold(0_f32, |largest, weight| largest.max(weight.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let mut bytes = MAGIC.to_vec();
        bytes.extend([classes, bits, 0, 0]);
        bytes.extend(scale.to_le_bytes());
        bytes.extend(weights.iter().map(|weight| ((weight / scale).round() as i8) as u8));
        bytes
    }

    /// The chance of each class.
    pub(super) fn chances(&self, features: &Features) -> [f32; CLASSES] {
        let mut sums = [0_i32; CLASSES];
        for hash in features.hashes() {
            let at = (hash & self.mask) as usize * self.classes;
            for (sum, weight) in sums.iter_mut().zip(&self.weights[at..at + self.classes]) {
                *sum += i32::from(*weight as i8);
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
