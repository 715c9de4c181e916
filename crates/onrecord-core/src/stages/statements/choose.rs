//! Chooses among the attributions of a document: which are statements, and which stand in another's words.

use std::collections::BTreeMap;

use super::assemble::Attribution;
use super::candidates::Candidate;
use super::frame::Frame;
use super::learn::{Models, STATEMENT, attributions, of};

/// Chance from which an attribution is a statement; the best on a fifth of the training articles.
const IS_STATEMENT: f32 = 0.25;
/// Share of the smaller content from which two contents are the same words claimed twice.
const SAME: f64 = 0.3;

/// An attribution that was chosen.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// Index of its candidate.
    pub(super) candidate: usize,
    pub(super) attribution: Attribution,
    /// How sure the model is.
    pub(super) chance: f32,
}

/// The statements among a document's attributions, in the order of their cues.
pub(super) fn choose(frame: &Frame, candidates: &[Candidate], models: &Models) -> Vec<Chosen> {
    let mut found: Vec<Chosen> = attributions(frame, candidates, models)
        .into_iter()
        .map(|(candidate, attribution)| {
            let features = of(frame, &candidates[candidate], &attribution);
            let chance = models.statements.chances(&features)[STATEMENT];
            Chosen { candidate, attribution, chance }
        })
        .filter(|chosen| chosen.chance >= IS_STATEMENT)
        .collect();
    // The surest first; of equals the earlier.
    found.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.attribution.cue.cmp(&b.attribution.cue)));
    let mut kept: Vec<Chosen> = Vec::new();
    let mut claims: Vec<Vec<u32>> = vec![Vec::new(); frame.tokens.len()];
    for chosen in found {
        if clashes(&chosen.attribution, &kept, &claims) {
            continue;
        }
        let index = u32::try_from(kept.len()).expect("there are fewer statements than tokens");
        for token in &chosen.attribution.content {
            claims[*token].push(index);
        }
        kept.push(chosen);
    }
    kept.sort_by_key(|chosen| chosen.attribution.cue);
    kept
}

/// Whether the words are claimed by another attribution already, unless one stands in the other's words.
fn clashes(new: &Attribution, kept: &[Chosen], claims: &[Vec<u32>]) -> bool {
    let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
    for token in &new.content {
        for claim in &claims[*token] {
            *shared.entry(*claim).or_default() += 1;
        }
    }
    shared.into_iter().any(|(index, words)| {
        let old = &kept[index as usize].attribution;
        let nested = claims[new.cue].contains(&index) || new.content.binary_search(&old.cue).is_ok();
        let smaller = old.content.len().min(new.content.len());
        !nested && words as f64 > SAME * smaller as f64
    })
}
