//! A linear classifier over token vectors: tags, morphology, sentence starts.

use super::simd::{Isa, Packed};
use crate::model::Layers;
use crate::{Error, Result};

/// The last layer of a tagger.
#[derive(Debug)]
pub(crate) struct Classifier {
    weights: Packed,
    bias: Vec<f32>,
}

impl Classifier {
    /// Builds the classifier of a model that must tell so many classes apart, from vectors of this width.
    pub(crate) fn new(model: &Layers, classes: usize, width: usize) -> Result<Self> {
        let layer = model.one("softmax")?;
        let (weights, bias) = (layer.array("W")?, layer.array("b")?);
        if weights.dims()? != [classes, width] || bias.dims()? != [classes] || classes == 0 {
            return Err(Error::new("the classifier does not fit its labels"));
        }
        let packed = Packed::new(width, classes, |k, class| weights.data[class * width + k]);
        Ok(Classifier { weights: packed, bias: bias.data.clone() })
    }

    /// The best class of each token; of equals the first.
    pub(crate) fn best(&self, isa: Isa, vectors: &[f32], mut take: impl FnMut(usize)) {
        let (depth, columns) = (self.weights.depth(), self.weights.columns());
        let rows = vectors.len() / depth;
        let mut scores = vec![0.0; rows * columns];
        isa.multiply(rows, vectors, depth, &self.weights, &mut scores);
        for row in scores.chunks_exact(columns) {
            let mut best = (0, row[0] + self.bias[0]);
            for (class, (score, bias)) in row.iter().zip(&self.bias).enumerate().skip(1) {
                if score + bias > best.1 {
                    best = (class, score + bias);
                }
            }
            take(best.0);
        }
    }
}
