//! Scores statements in full on the project's own gold: words, speaker, name, role, addressee, medium, negation, repeats.

use onrecord::Engine;
use onrecord::core::stages::statements::{Statement, Statements};
use onrecord::core::{Document, Span, Stage};
use serde_json::{Value, json};

use super::{Count, Pair, Score, percent, quotes, repository};
use crate::Result;
use crate::gold::{self, Annotation, Report};
use onrecord::doors::Points;

/// Scores both halves of `gold/reports`.
pub(super) fn score(engine: &Engine) -> Result<Vec<Score>> {
    let reports = gold::reports(&repository())?;
    let mut scores = Vec::new();
    for (half, set) in [("tune", "own.tune"), ("score", "own.score")] {
        let mut tally = Tally::default();
        for report in reports.iter().filter(|report| report.half == half) {
            let doc = engine.read(&report.text, report.meta.clone());
            tally.add(&report.text, &annotated(&report.statements), &predicted(&doc, doc.layer()));
        }
        if !tally.pairs.is_empty() {
            scores.extend(tally.scores(set));
        }
    }
    Ok(scores)
}

/// Scores the statements that another stage than the project's finds in these reports: models that have not seen them.
pub(crate) fn held_out<'a>(
    reports: impl Iterator<Item = (&'a Report, &'a Document, &'a Statements)>,
) -> Vec<Score> {
    let mut tally = Tally::default();
    for (report, doc, stage) in reports {
        let found = stage.run(doc);
        tally.add(&report.text, &annotated(&report.statements), &predicted(doc, &found));
    }
    tally.scores("own.held-out")
}

/// Prints how far two passes over the same articles agree, as if one were the gold and the other the prediction.
pub(crate) fn agreement() -> Result<()> {
    let mut tally = Tally::default();
    for report in gold::reports(&repository())? {
        let number = report.name.split('-').next().unwrap_or_default();
        let pass = |letter: &str| {
            gold::pass(&repository().join(format!("gold/passes/{letter}/{number}.md")), &report.text)
        };
        tally.add(&report.text, &annotated(&pass("a")?), &annotated(&pass("b")?));
    }
    for score in tally.scores("pass a, pass b") {
        println!("{:<14} {:<34} {:>6.2}", score.set, score.metric, score.value);
    }
    Ok(())
}

/// Prints the statements of the tuned half whose speaker has another name or role than the gold says, or none.
pub(crate) fn people() -> Result<()> {
    let engine = Engine::new()?;
    for report in gold::reports(&repository())?.iter().filter(|report| report.half == "tune") {
        let doc = engine.read(&report.text, report.meta.clone());
        let (gold, given) = (annotated(&report.statements), predicted(&doc, doc.layer::<Statement>()));
        let points = Points::new(&report.text);
        let pair = (as_quotes(&points, &report.text, &gold), as_quotes(&points, &report.text, &given));
        for (i, j) in quotes::paired(&pair.0, &pair.1) {
            print_people(&report.name, &doc, &gold[i], &given[j]);
        }
    }
    Ok(())
}

fn print_people(report: &str, doc: &Document, gold: &Said, given: &Said) {
    let words = |spans: &[Span]| spans.first().map_or("-", |span| doc.words(*span)).to_owned();
    let overlap = gold.role.iter().any(|a| given.role.iter().any(|b| a.overlaps(*b)));
    let same_name = folded(&gold.name) == folded(&given.name);
    let same_role = overlap || gold.role.is_empty() && given.role.is_empty();
    if same_name && same_role {
        return;
    }
    println!("{report}: {:?}: {} [{}]", words(&gold.content), words(&gold.speaker), words(&given.speaker));
    if !same_name {
        println!("    name {:?} [{:?}]", gold.name, given.name);
    }
    if !same_role {
        println!("    role {:?} [{:?}]", words(&gold.role), words(&given.role));
    }
}

/// A statement of either side, in the terms of the gold.
struct Said {
    kind: String,
    name: String,
    negated: bool,
    content: Vec<Span>,
    speaker: Vec<Span>,
    cue: Vec<Span>,
    role: Vec<Span>,
    addressee: Vec<Span>,
    medium: Vec<Span>,
    when: Vec<Span>,
    repeats: Vec<Span>,
}

fn annotated(statements: &[Annotation]) -> Vec<Said> {
    statements
        .iter()
        .map(|statement| {
            let spans = |name: &str| statement.spans(name).to_vec();
            Said {
                kind: statement.field("kind").to_owned(),
                name: statement.field("name").to_owned(),
                negated: statement.field("negated") == "yes",
                content: spans("content"),
                speaker: spans("speaker"),
                cue: spans("cue"),
                role: spans("role"),
                addressee: spans("addressee"),
                medium: spans("medium"),
                when: spans("when"),
                repeats: spans("repeats"),
            }
        })
        .collect()
}

fn predicted(doc: &Document, statements: &[Statement]) -> Vec<Said> {
    let one = |span: Option<Span>| span.into_iter().collect::<Vec<_>>();
    statements
        .iter()
        .map(|statement| Said {
            kind: statement.kind.name().to_owned(),
            name: statement.name.clone().unwrap_or_default(),
            negated: statement.negated,
            content: statement.content.clone(),
            speaker: one(statement.speaker),
            cue: one(statement.cue),
            role: one(statement.role),
            addressee: one(statement.addressee),
            medium: one(statement.medium),
            when: one(statement.when.map(|id| doc.get(id).span)),
            repeats: statement.places.clone(),
        })
        .collect()
}

#[derive(Default)]
struct Tally {
    pairs: Vec<Pair>,
    kind: Count,
    name: Count,
    negated: Count,
    fields: [Count; 5],
}

/// The worded fields that are scored by overlap, over statements that are paired.
type Field = (&'static str, fn(&Said) -> &[Span]);
const FIELDS: [Field; 5] = [
    ("role", |said| &said.role),
    ("addressee", |said| &said.addressee),
    ("medium", |said| &said.medium),
    ("when", |said| &said.when),
    ("repeats", |said| &said.repeats),
];

impl Tally {
    fn add(&mut self, text: &str, gold: &[Said], given: &[Said]) {
        let points = Points::new(text);
        let pair = (as_quotes(&points, text, gold), as_quotes(&points, text, given));
        for (i, j) in quotes::paired(&pair.0, &pair.1) {
            self.add_pair(&gold[i], &given[j]);
        }
        self.pairs.push(pair);
    }

    fn add_pair(&mut self, gold: &Said, given: &Said) {
        self.kind.asked += 1.0;
        self.kind.right += f64::from(gold.kind == given.kind);
        self.negated.asked += f64::from(gold.negated);
        self.negated.given += f64::from(given.negated);
        self.negated.right += f64::from(gold.negated && given.negated);
        self.name.asked += f64::from(!gold.name.is_empty());
        self.name.given += f64::from(!given.name.is_empty());
        self.name.right += f64::from(!gold.name.is_empty() && folded(&gold.name) == folded(&given.name));
        for (count, (_, field)) in self.fields.iter_mut().zip(FIELDS) {
            let (gold, given) = (field(gold), field(given));
            count.asked += f64::from(!gold.is_empty());
            count.given += f64::from(!given.is_empty());
            count.right += f64::from(gold.iter().any(|a| given.iter().any(|b| a.overlaps(*b))));
        }
    }

    fn scores(&self, set: &str) -> Vec<Score> {
        let mut scores = quotes::score(set, &self.pairs);
        scores.push(Score::new(set, "kind right of those paired", percent(self.kind.right, self.kind.asked)));
        scores.push(Score::new(set, "name found where there is one", self.name.recall()));
        scores.push(Score::new(set, "name right where given", self.name.precision()));
        scores.push(Score::new(set, "negated F1", self.negated.f1()));
        for (count, (name, _)) in self.fields.iter().zip(FIELDS) {
            scores.push(Score::new(set, format!("{name} F1"), count.f1()));
        }
        scores
    }
}

fn as_quotes(points: &Points, text: &str, said: &[Said]) -> Value {
    let spans = |spans: &[Span]| spans.iter().map(|span| points.pair(*span)).collect::<Vec<_>>();
    let quotes: Vec<Value> = said
        .iter()
        .map(|said| {
            json!({"content": spans(&said.content), "speaker": spans(&said.speaker), "cue": spans(&said.cue)})
        })
        .collect();
    json!({ "text": text, "quotes": quotes })
}

/// A name without differences of case and apostrophe.
fn folded(name: &str) -> String {
    name.to_lowercase().replace(['’', '‘', '`'], "'")
}
