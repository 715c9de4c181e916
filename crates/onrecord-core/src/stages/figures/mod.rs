//! Finds figures: how many, of what, with which bound, and what happened to them.
//!
//! Quantities are read off the text by a grammar of numbers, units and bounds (`quantity.rs`). The parse then tells what
//! is counted, with remarks on it (`counted.rs`), what the figure is said of, whether it is a change (`change.rs`), and
//! what happened (`harms.rs`) to those counted (`harmed.rs`).

mod change;
mod counted;
mod harmed;
mod harms;
mod naming;
mod parse;
mod quantity;
mod reader;
mod record;
pub mod toll;
mod words;

pub use reader::FigureReader;
pub use record::{Bound, Class, Direction, Figure, Manner};

use std::collections::{BTreeMap, BTreeSet};

use crate::nlp::Token;
use crate::numbers::Numbers;
use crate::stages::entities::Entity;
use crate::stages::paragraphs::Paragraph;
use crate::stages::sentences::Sentence;
use crate::stages::statements::Statement;
use crate::stages::times::{Time, TimeKind};
use crate::{Data, Document, Id, Layer, Span, Stage};
use counted::Place;
use harmed::Harms;
use parse::Tree;
use quantity::Quantity;
use words::Words;

/// Finds figures.
pub struct Figures {
    numbers: Numbers,
    words: Words,
}

impl Stage for Figures {
    type Out = Figure;
    const VERSION: u32 = 12;
    const READS: &'static [&'static str] =
        &[Paragraph::NAME, Token::NAME, Sentence::NAME, Entity::NAME, Time::NAME, Statement::NAME];

    fn load(_data: &Data) -> Self {
        Self { numbers: Numbers::english(), words: Words::english() }
    }

    fn run(&self, doc: &Document) -> Vec<Figure> {
        let dates = dates(doc);
        let times = times_as_of(doc);
        let tree = Tree::new(doc);
        let mut figures = Vec::new();
        let mut read: Vec<(Span, Vec<Candidate>)> = doc
            .layer::<Paragraph>()
            .iter()
            .map(|paragraph| (paragraph.span, self.placed(doc, &tree, paragraph.span, &dates)))
            .collect();
        drop_names(&tree, &mut read);
        let candidates = read.iter_mut().flat_map(|(_, candidates)| candidates);
        quantity::cents::settle(doc.text(), candidates.map(|candidate| &mut candidate.quantity));
        for (paragraph, quantities) in &read {
            if quantities.is_empty() {
                continue;
            }
            let places: Vec<Place> = quantities.iter().map(|candidate| candidate.place).collect();
            let harms = Harms::new(harms::said(&tree, &self.words, *paragraph));
            let said = Said { harms: &harms, places: &places, times: &times };
            let first = figures.len();
            for candidate in quantities {
                figures.push(self.figure(doc, &tree, &said, &candidate.quantity, &candidate.place));
            }
            again(&tree, &mut figures[first..]);
        }
        figures.sort_by_key(|figure: &Figure| (figure.span.start, figure.span.end));
        parts(&tree, &mut figures);
        figures
    }
}

impl Figures {
    /// The quantities of a paragraph, with their places among the tokens.
    fn placed(&self, doc: &Document, tree: &Tree, paragraph: Span, dates: &[Span]) -> Vec<Candidate> {
        let quantities = quantity::quantities(doc.text(), paragraph, &self.numbers, &self.words, dates);
        let placed = quantities.into_iter().filter_map(|mut quantity| {
            let place = counted::place(tree, &quantity)?;
            if counted::is_stretch(tree, &quantity, &place) {
                (quantity.bound, quantity.span.start) = (Bound::Exactly, quantity.number.start);
            }
            if counted::is_age(tree, &quantity, &place) {
                (quantity.class, quantity.unit) = (Class::Age, Some("year of age"));
            }
            let is_name = naming::is_name(tree, &self.words, &quantity, &place);
            Some(Candidate { quantity, place, is_name })
        });
        placed.collect()
    }

    fn figure(
        &self,
        doc: &Document,
        tree: &Tree,
        said: &Said<'_>,
        quantity: &Quantity,
        place: &Place,
    ) -> Figure {
        let counted = counted::counted(tree, quantity, place).filter(|counted| !is_dated(doc, counted.span));
        let mut by = reader::alone(quantity).by;
        let change = change::change(tree, &self.words, quantity, place);
        if let Some(change) = &change {
            by = by.saw(change.seen, change.words);
        }
        let harm = harmed::of_figure(said.harms, tree, &self.words, quantity, place, counted.as_ref());
        if let Some((_, words)) = harm {
            by = by.saw("happened", words);
        }
        Figure {
            change: change.as_ref().map(|change| change.direction),
            manner: change.as_ref().map(|change| change.manner),
            counted: counted.as_ref().map(|counted| counted.span),
            remark: counted::remark(tree, &self.words, quantity, counted.as_ref()),
            about: counted::about(tree, said.places, quantity, place, counted.as_ref())
                .filter(|about| !crosses_mark(tree, *about, quantity.span)),
            happened: harm.map(|(harm, _)| harm),
            as_of: as_of(doc, said.times, quantity.span),
            statement: statement(doc, quantity.span),
            by,
            ..reader::alone(quantity)
        }
    }
}

/// What a paragraph says around its figures.
struct Said<'a> {
    harms: &'a Harms,
    places: &'a [Place],
    /// The times of the document that figures are given for.
    times: &'a [(usize, Id<Time>, u32)],
}

/// A quantity that may only name something.
struct Candidate {
    quantity: Quantity,
    place: Place,
    is_name: bool,
}

/// Digits that are a name in several places of a document are its name everywhere: "the 787", after "Boeing 787" and
/// "787 Dreamliner"; and "iPhone 4 buyers" has the name of "iPhone 4".
fn drop_names(tree: &Tree, read: &mut [(Span, Vec<Candidate>)]) {
    let digits = |candidate: &Candidate| {
        let plain = candidate.quantity.class == Class::Count && candidate.quantity.unit.is_none();
        let digits = &tree.text[candidate.quantity.number];
        (plain && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
    };
    let after_name = |candidate: &Candidate| {
        let name = candidate.place.first.checked_sub(1).filter(|name| naming::is_name_word(tree, *name))?;
        Some((tree.norm(name), digits(candidate)?))
    };
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    for candidate in read.iter().flat_map(|(_, candidates)| candidates).filter(|candidate| candidate.is_name)
    {
        if let Some(digits) = digits(candidate).filter(|digits| digits.len() >= 3) {
            *named.entry(digits).or_default() += 1;
        }
        pairs.extend(after_name(candidate));
    }
    let is_known = |candidate: &Candidate| {
        let digits = digits(candidate).unwrap_or_default();
        let times = named.get(digits).copied().unwrap_or_default();
        // "500 cars" after "the Fiat 500" may be counted; "787 crews" after "Boeing 787" hardly.
        let may_count = digits.ends_with("00") && counted::counts_plural(tree, &candidate.place);
        times > usize::from(may_count) || after_name(candidate).is_some_and(|pair| pairs.contains(&pair))
    };
    for (_, candidates) in read {
        candidates.retain(|candidate| !candidate.is_name && !is_known(candidate));
    }
}

/// "8 miles (13 kilometres) of tunnels", "down 2 points, or 1 per cent": the same amount told again is of the same
/// thing.
fn again(tree: &Tree, figures: &mut [Figure]) {
    for index in 1..figures.len() {
        let (before, after) = figures.split_at_mut(index);
        let (Some(first), Some(second)) = (before.last(), after.first_mut()) else { return };
        let between = tree.text.get(first.span.end as usize..second.span.start as usize).unwrap_or_default();
        if !matches!(between, " (" | ", or " | " or ") || first.unit == second.unit || second.unit.is_none() {
            continue;
        }
        if second.counted.is_none() {
            second.counted = first.counted;
        }
        second.about = first.about;
        if between == ", or " && second.change.is_none() && first.manner == Some(Manner::By) {
            (second.change, second.manner) = (first.change, first.manner);
            second
                .by
                .evidence
                .extend(first.by.evidence.iter().filter(|seen| seen.what.starts_with("change")).cloned());
        }
    }
}

/// Spans of dates and times of day; lengths of time are left to be read as measures.
fn dates(doc: &Document) -> Vec<Span> {
    let dated = |time: &&Time| !matches!(time.kind, TimeKind::Duration);
    doc.layer::<Time>().iter().filter(dated).map(|time| time.span).collect()
}

/// Whether words begin with a date: "who turns 84 next week" counts no weeks.
fn is_dated(doc: &Document, words: Span) -> bool {
    let times = doc.layer::<Time>();
    let at = times.partition_point(|time| time.span.end <= words.start);
    let first = doc.text()[words].len() - doc.text()[words].trim_start().len();
    times.get(at).is_some_and(|time| {
        matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && time.span.start as usize <= words.start as usize + first
            && time.span.end >= words.end
    })
}

/// Whether a quotation begins or ends between two places: what somebody's words are about is not their speaker.
fn crosses_mark(tree: &Tree, about: Span, figure: Span) -> bool {
    let between = Span::new(about.end.min(figure.end), figure.start.max(about.start));
    let marks = |c: char| matches!(c, '"' | '“' | '”');
    !between.is_empty() && tree.text[between].matches(marks).count() % 2 == 1
}

/// The times that a text gives figures for: "as of Tuesday", "so far", "by Friday"; with the sentence of each.
fn times_as_of(doc: &Document) -> Vec<(usize, Id<Time>, u32)> {
    let sentences = doc.layer::<Sentence>();
    let times = doc.layer::<Time>().iter().enumerate();
    times
        .filter_map(|(index, time)| {
            let sentence = sentences.partition_point(|sentence| sentence.span.end <= time.span.start);
            let whole = sentences.get(sentence).filter(|whole| whole.span.contains(time.span))?.span;
            let before = &doc.text()[whole.start as usize..time.span.start as usize];
            let led = OPENERS.iter().any(|word| {
                before
                    .trim_end()
                    .strip_suffix(word)
                    .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            });
            let now = time.value == "PRESENT_REF" || doc.text()[time.span].ends_with("so far");
            (led || now).then(|| (sentence, Id::new(index), time.span.start))
        })
        .collect()
}

/// The words before a time that a figure is given for.
const OPENERS: [&str; 8] = ["as of", "by", "until", "through", "up to", "As of", "By", "Up to"];

/// The time that the figure's sentence gives it for: of several the nearest.
fn as_of(doc: &Document, times: &[(usize, Id<Time>, u32)], figure: Span) -> Option<Id<Time>> {
    let sentences = doc.layer::<Sentence>();
    let at = sentences.partition_point(|sentence| sentence.span.end <= figure.start);
    let next = times.partition_point(|(_, _, start)| *start < figure.start);
    let near = &times[next.saturating_sub(1)..(next + 1).min(times.len())];
    let inside = near.iter().filter(|(sentence, _, _)| *sentence == at);
    inside.min_by_key(|(_, _, start)| start.abs_diff(figure.start)).map(|(_, time, _)| *time)
}

/// The innermost statement whose words hold the figure.
fn statement(doc: &Document, figure: Span) -> Option<Id<Statement>> {
    let holds = |statement: &Statement| statement.content.iter().any(|part| part.contains(figure));
    let statements = doc.layer::<Statement>();
    // Sorted by start: those that start after the figure cannot hold it.
    let before = statements.partition_point(|statement| statement.span().start <= figure.start);
    (before.saturating_sub(64)..before)
        .filter(|index| holds(&statements[*index]))
        .min_by_key(|index| statements[*index].span().len())
        .map(Id::new)
}

/// "Three were killed, including two children": the two are part of the three, and what happened is the same.
fn parts(tree: &Tree, figures: &mut [Figure]) {
    for index in 1..figures.len() {
        let between = Span::new(figures[index - 1].span.end, figures[index].span.start);
        if between.is_empty() || between.len() > 120 || figures[index].class != Class::Count {
            continue;
        }
        let words = tree.text[between].trim_end().to_lowercase();
        let is_part = ["including", "among them", "of whom", "of them", "among whom", "include", "included"]
            .iter()
            .any(|opener| words.ends_with(opener));
        // "The toll is now 21, two of them firefighters."
        let counted = figures[index].counted.map(|counted| tree.text[counted].to_lowercase());
        let of_them = matches!(words.trim(), "," | "–" | "—" | "(")
            && counted.is_some_and(|counted| matches!(&*counted, "them" | "whom" | "those"));
        let smaller = figures[index].low <= figures[index - 1].low;
        if (is_part || of_them) && smaller && figures[index - 1].class == Class::Count {
            figures[index].part_of = Some(Id::new(index - 1));
            if figures[index].happened.is_none() {
                figures[index].happened = figures[index - 1].happened;
            }
        }
    }
}
