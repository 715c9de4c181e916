//! Chooses among the attributions of a document: which are statements, and which stand in another's words.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{Attribution, attribution, is_told, rule};
use super::candidates::{Candidate, Link};
use super::features::{self, Looks};
use super::frame::Frame;
use super::learn::{Models, STATEMENT};
use super::model::CLASSES;
use super::rules::{certain, follows_quotation};
use super::tidy::{add_inner, tidy};
use super::turns::turns;
use super::words::{Saying, Speech};

/// Chance from which an attribution is a statement; the best on a fifth of the training articles.
pub(super) const IS_STATEMENT: f32 = 0.25;
/// The same of acts of speech, which the training articles do not annotate everywhere.
const IS_ACT: f32 = 0.4;
/// Share of the smaller content from which two contents are the same words claimed twice.
const SAME: f64 = 0.3;

/// An attribution that was chosen.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// Index of its candidate.
    pub(super) candidate: usize,
    pub(super) attribution: Attribution,
    /// The source of the statement that a participle goes on from: its candidate and part.
    pub(super) borrowed: Option<(usize, usize)>,
    /// The statement in whose words this one stands, by its index among the chosen.
    pub(super) inside: Option<usize>,
    /// The rule that made it, or the shape in which the models found it.
    pub(super) rule: &'static str,
    /// How sure the model is; 1 for a rule.
    pub(super) chance: f32,
}

impl Chosen {
    pub(super) fn new(candidate: usize, attribution: Attribution, rule: &'static str, chance: f32) -> Self {
        Self { candidate, attribution, borrowed: None, inside: None, rule, chance }
    }
}

/// What the models make of each candidate, worked out when it is first asked for: statements and attitudes both ask.
pub(super) struct Judgements<'a> {
    frame: &'a Frame<'a>,
    candidates: &'a [Candidate],
    models: &'a Models,
    made: Vec<OnceCell<Option<Judgement>>>,
}

/// The attribution that a candidate makes, and the chance of each class of the model of statements.
pub(super) struct Judgement {
    pub(super) attribution: Attribution,
    pub(super) chances: [f32; CLASSES],
}

impl<'a> Judgements<'a> {
    pub(super) fn new(frame: &'a Frame<'a>, candidates: &'a [Candidate], models: &'a Models) -> Self {
        Self { frame, candidates, models, made: candidates.iter().map(|_| OnceCell::new()).collect() }
    }

    /// The judgement of a candidate; `None` when it has no content.
    pub(super) fn of(&self, candidate: usize) -> Option<&Judgement> {
        let judge = || {
            let (frame, models) = (self.frame, self.models);
            let candidate = &self.candidates[candidate];
            let looks = Looks::new(frame, candidate);
            let attribution = attribution(frame, candidate, &looks, &models.roles)?;
            let features = features::statement(frame, candidate, &looks, &attribution);
            let chances = models.statements.chances(&features);
            Some(Judgement { attribution, chances })
        };
        self.made[candidate].get_or_init(judge).as_ref()
    }
}

/// The statements among a document's attributions, in the order of their cues.
pub(super) fn choose(
    frame: &Frame,
    candidates: &[Candidate],
    saying: &Saying,
    judgements: &Judgements<'_>,
) -> Vec<Chosen> {
    let (mut found, mut inner): (Vec<Chosen>, Vec<Chosen>) = (Vec::new(), Vec::new());
    let turns = turns(frame, candidates);
    for (index, candidate) in candidates.iter().enumerate() {
        if turns.iter().any(|turn| turn.candidate == index) {
            continue;
        }
        if let Some((attribution, rule)) = certain(frame, saying, candidate) {
            found.push(Chosen::new(index, attribution, rule, 1.0));
        } else if let Some(Judgement { attribution, chances }) = judgements.of(index) {
            let quoted = attribution.source.is_some() && follows_quotation(frame, candidate);
            let told = quoted || tells(frame, candidate, attribution);
            let chance = if told { chances[STATEMENT].max(TOLD) } else { chances[STATEMENT] };
            let least = match candidate.speech {
                Speech::Asks | Speech::Judges => IS_ACT,
                _ => IS_STATEMENT,
            };
            let outer = chance >= least;
            if outer || tells_clause(frame, candidate, attribution) {
                let rule = rule(frame, candidate, attribution);
                let list = if outer { &mut found } else { &mut inner };
                list.push(Chosen::new(index, attribution.clone(), rule, chance));
            }
        }
    }
    leave_to_own(frame, candidates, &mut found);
    found.splice(0..0, turns);
    let mut kept = without_clashes(frame, found);
    kept.sort_by_key(|chosen| chosen.attribution.cue);
    tidy(frame, saying, candidates, &mut kept);
    add_inner(frame, inner, &mut kept);
    kept
}

/// “It is open,” Ruiz said. “It is not,” Osei said; Ruiz argued that it was shut. “It is open,” Osei said: a quotation behind
/// a cue that has its words already is left to the cue behind it.
fn leave_to_own(frame: &Frame, candidates: &[Candidate], found: &mut [Chosen]) {
    let part = |chosen: &Chosen, index: usize| &candidates[chosen.candidate].parts[index];
    let owned: BTreeSet<usize> = found
        .iter()
        .flat_map(|chosen| {
            let cue = chosen.attribution.cue;
            let own = chosen.attribution.contents.iter().map(|index| part(chosen, *index));
            let quotes = own
                .filter(|part| part.link == Link::Child && part.tokens.end <= cue)
                .flat_map(|part| part.iter().filter_map(|token| frame.quote(token)));
            let says = candidates[chosen.candidate].chance.statement >= TELLS
                && chosen.attribution.source.is_some()
                && frame.quote(cue).is_none();
            quotes.filter(|_| says).collect::<Vec<_>>()
        })
        .collect();
    for chosen in found {
        let cue = chosen.attribution.cue;
        let more = chosen.attribution.contents.len() > 1;
        let after = chosen.attribution.contents.iter().copied().find(|index| {
            let part = part(chosen, *index);
            part.link == Link::QuoteAfter
                && !frame.same_sentence(part.tokens.end - 1, cue)
                && frame.quote(part.tokens.start).is_some_and(|quote| owned.contains(&quote))
        });
        if let Some(after) = after.filter(|_| more) {
            let tokens = part(chosen, after).tokens.clone();
            chosen.attribution.contents.retain(|index| *index != after);
            chosen.attribution.content.retain(|token| !tokens.contains(token));
        }
    }
}

/// The surest of attributions that claim the same words; of equals the earlier.
pub(super) fn without_clashes(frame: &Frame, mut found: Vec<Chosen>) -> Vec<Chosen> {
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
    kept
}

/// Least chance of a verb of saying with its subject and clause, whatever the model makes of their words.
const TOLD: f32 = 0.6;

/// Whether the reporter tells in so many words that somebody said something: "Ruiz said no ship had come".
fn tells(frame: &Frame, candidate: &Candidate, attribution: &Attribution) -> bool {
    let cue = candidate.cue;
    let finite = match frame.tag(cue) {
        "VBD" | "VBZ" => true,
        "VBP" => !frame.child(cue, &["nsubj"]).is_some_and(|subject| is_own(frame, subject)),
        // "has warned", "is warning"
        "VBN" | "VBG" => frame
            .child(cue, &["aux"])
            .is_some_and(|helper| matches!(frame.tag(helper), "VBD" | "VBZ" | "VBP")),
        _ => false,
    };
    finite
        && frame.quote(cue).is_none()
        && attribution.source.is_some()
        && attribution.contents.iter().any(|index| is_told(frame, candidate, *index))
}

/// Whether a word is the writer or the reader: "I suggest that we wait" tells nothing that was said.
fn is_own(frame: &Frame, token: usize) -> bool {
    matches!(frame.lemma(token), "I" | "we" | "you")
}

/// Chance per thousand from which a verb with a subject and a clause tells, in whosever words it stands. The models
/// have learned from articles in which the outermost source alone is annotated.
const TELLS: u16 = 400;

fn tells_clause(frame: &Frame, candidate: &Candidate, attribution: &Attribution) -> bool {
    let subject = frame.child(candidate.cue, &["nsubj"]).is_some() && attribution.source.is_some();
    let clause = |index: &usize| frame.dep(candidate.parts[*index].head) == "ccomp";
    subject && candidate.chance.statement >= TELLS && attribution.contents.iter().any(clause)
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
