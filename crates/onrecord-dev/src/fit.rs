//! Fits a linear model to examples: softmax regression over hashed features, one feature at a time (AdaGrad).

use onrecord_core::stages::statements::learn::{CLASSES, Example};

/// Bits of a feature's place in the table: 2^20 places keep collisions of some 200,000 features rare.
pub(crate) const BITS: u8 = 20;
/// Passes over the examples.
const PASSES: usize = 8;
/// Step of the first update of a weight.
const RATE: f32 = 0.15;
/// Pull of each touched weight towards nothing.
const DECAY: f32 = 2e-6;
/// Examples that a feature must occur in: what is seen once is only learned by heart.
const SEEN: u16 = 3;

/// The weights that fit the examples: for each feature one for each class. The same examples give the same weights.
pub(crate) fn fit(examples: &[Example]) -> Vec<f32> {
    let size = 1_usize << BITS;
    let place = |hash: u32| hash as usize & (size - 1);
    let mut seen = vec![0_u16; size];
    for hash in examples.iter().flat_map(|example| example.features.hashes()) {
        seen[place(*hash)] = seen[place(*hash)].saturating_add(1);
    }
    let mut weights = vec![0_f32; size * CLASSES];
    let mut squares = vec![1e-3_f32; size * CLASSES];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 1_u64;
    for _ in 0..PASSES {
        shuffle(&mut order, &mut random);
        for index in &order {
            let example = &examples[*index];
            let features: Vec<usize> = example
                .features
                .hashes()
                .iter()
                .map(|hash| place(*hash))
                .filter(|at| seen[*at] >= SEEN)
                .collect();
            let chances = chances(&weights, &features);
            for (class, chance) in chances.into_iter().enumerate() {
                let error = chance - f32::from(u8::from(class == example.class));
                for feature in &features {
                    let at = feature * CLASSES + class;
                    let slope = error + DECAY * weights[at];
                    squares[at] += slope * slope;
                    weights[at] -= RATE * slope / squares[at].sqrt();
                }
            }
        }
    }
    weights
}

fn chances(weights: &[f32], features: &[usize]) -> [f32; CLASSES] {
    let mut scores = [0_f32; CLASSES];
    for feature in features {
        for (class, score) in scores.iter_mut().enumerate() {
            *score += weights[feature * CLASSES + class];
        }
    }
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - top).exp());
    let total: f32 = powers.iter().sum();
    powers.map(|power| power / total)
}

/// Fisher and Yates, with a small generator of its own so that the order is the same everywhere.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (*random >> 33) as usize % (last + 1);
        order.swap(last, at);
    }
}
