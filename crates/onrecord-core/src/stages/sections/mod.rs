//! Finds the parts of a report: headline, deck, byline, dateline, agency credit, body, caption, boilerplate.
//!
//! Works on the layout of the text alone, line by line, before any token is read; then links the sections that say the
//! same thing.

mod furniture;
pub(crate) mod lines;
pub(crate) mod repeats;
pub(super) mod words;

use std::collections::VecDeque;

use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};
use furniture::{Line, byline, count, front, is_boilerplate, is_caption, is_date, is_turn};
use lines::{Unit, ends_sentence, units};
use repeats::Sense;
use words::Words;

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The whole section, without the white space around it.
    pub span: Span,
    /// What part it is.
    pub kind: SectionKind,
    /// The name that it carries: the agency of a credit, the author of a byline, the place of a dateline, the speaker
    /// of a label over a headline.
    pub name: Option<Span>,
    /// The earlier section that says the same thing.
    pub repeats: Option<Id<Section>>,
    /// The rule that found it.
    pub by: By,
}

/// The parts of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A speaker label over the headline: "General Qa'ani:".
    Label,
    /// The headline.
    Headline,
    /// The sentence or two under the headline that sum the report up.
    Deck,
    /// Who wrote it.
    Byline,
    /// Place, and perhaps day and agency, in front of the first paragraph: "GENEVA, May 3 (XYZ) –".
    Dateline,
    /// The agency in front of a text that it supplied: "MEHR:".
    Credit,
    /// The story.
    Body,
    /// Words under a picture.
    Caption,
    /// Words that are not of the story: "Sign up for our newsletter".
    Boilerplate,
}

impl SectionKind {
    /// The kind's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Credit => "credit",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Boilerplate => "boilerplate",
        }
    }
}

impl Layer for Section {
    const NAME: &'static str = "sections";
    const DOC: &'static str =
        "A part of a report: headline, deck, byline, dateline, credit, body, caption, boilerplate.";
    const COLUMNS: &'static [Column] = &[
        Column::new(
            "kind",
            Type::Text,
            "label, headline, deck, byline, dateline, credit, body, caption or boilerplate.",
        ),
        Column::new("name", Type::Span, "The agency, author, place or speaker that the section names."),
        Column::new("repeats", Type::Reference("sections"), "The earlier section that says the same thing."),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![Value::Text(self.kind.name().into()), Value::span(self.name), Value::reference(self.repeats)]
    }
}

/// Finds the sections of a report.
#[derive(Debug)]
pub struct Sections {
    words: Words,
}

impl Stage for Sections {
    type Out = Section;
    const VERSION: u32 = 2;
    const READS: &'static [&'static str] = &[];

    fn load(_data: &Data) -> Self {
        Self { words: Words::load() }
    }

    fn run(&self, doc: &Document) -> Vec<Section> {
        let reader = Reader { words: &self.words, text: doc.text() };
        let units = units(doc.text());
        let mut parts = reader.head(&units);
        let lede = parts.len();
        for (index, unit) in units.iter().enumerate().skip(parts.len()) {
            if index == lede && parts.len() == lede {
                parts.extend(reader.lede(&units[lede..]));
            } else {
                parts.push(reader.part(*unit));
            }
        }
        link(doc.text(), &mut parts);
        merge(parts)
    }
}

/// Units in which the head of a report ends; a longer one is a list of headlines.
const HEAD: usize = 8;
/// Words of the longest headline.
const HEADLINE: usize = 25;
/// Words of the longest deck.
const DECK: usize = 60;
/// Words of the longest label over a headline: "The minister of the interior:".
const LABEL: usize = 6;

/// Reads the layout of one text.
struct Reader<'a> {
    words: &'a Words,
    text: &'a str,
}

impl Reader<'_> {
    /// The parts above the lede, a unit each.
    fn head(&self, units: &[Unit]) -> Vec<Section> {
        let mut parts: Vec<Section> = Vec::new();
        let mut headline = false;
        // The last unit is never of the head: a report has a body.
        for (index, unit) in units.iter().enumerate().take(HEAD.min(units.len().saturating_sub(1))) {
            let rest = &units[index..];
            let part = self.part(*unit);
            if part.kind != SectionKind::Body {
                parts.push(part);
            } else if !headline && self.is_label(*unit) {
                let name = Span::new(unit.span.start, unit.span.end - 1);
                parts.push(section(unit.span, SectionKind::Label, Some(name), "section.label"));
            } else if !headline && self.is_headline(rest, units.len()) {
                headline = true;
                parts.push(section(unit.span, SectionKind::Headline, None, "section.headline"));
            } else if headline && self.goes_on(&parts, *unit) {
                parts.push(section(unit.span, SectionKind::Headline, None, "section.headline"));
            } else if headline && self.is_deck(rest) {
                parts.push(section(unit.span, SectionKind::Deck, None, "section.deck"));
            } else {
                break;
            }
        }
        // A label over no headline is a speaker's turn or an introduction.
        if !headline { Vec::new() } else { parts }
    }

    /// The part that a unit is by its own words.
    fn part(&self, unit: Unit) -> Section {
        let line = &Line::new(&self.text[unit.span]);
        if let Some(name) = byline(self.words, line) {
            return section(unit.span, SectionKind::Byline, Some(within(unit.span, name)), "section.byline");
        }
        let (kind, rule) = if is_date(self.words, line) {
            (SectionKind::Dateline, "section.date")
        } else if is_caption(self.words, line) {
            (SectionKind::Caption, "section.caption")
        } else if is_boilerplate(self.words, line) {
            (SectionKind::Boilerplate, "section.boilerplate")
        } else {
            (SectionKind::Body, "section.body")
        };
        section(unit.span, kind, None, rule)
    }

    /// The first unit of the body, with the dateline or credit in front of it apart.
    fn lede(&self, body: &[Unit]) -> Vec<Section> {
        let unit = body[0];
        let line = &self.text[unit.span];
        let turns = body.iter().take(40).filter(|unit| is_turn(&self.text[unit.span])).count();
        let Some(front) =
            front(self.words, line).filter(|front| turns < 2 || !line[..front.length].ends_with(':'))
        else {
            return vec![self.part(unit)];
        };
        let (kind, rule) = if front.credit {
            (SectionKind::Credit, "section.credit")
        } else {
            (SectionKind::Dateline, "section.dateline")
        };
        let span = within(unit.span, 0..front.length);
        let rest = &line[front.length..];
        let words = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—' | '–'));
        let start = front.length + rest.len() - words.len();
        let mut parts = vec![section(span, kind, Some(within(unit.span, front.name)), rule)];
        if start < line.len() {
            let span = within(unit.span, start..line.len());
            parts.push(section(span, SectionKind::Body, None, "section.body"));
        }
        parts
    }

    fn is_label(&self, unit: Unit) -> bool {
        let line = &self.text[unit.span];
        line.strip_suffix(':').is_some_and(|name| {
            !name.is_empty() && count(name) <= LABEL && name.starts_with(char::is_uppercase) && !is_turn(line)
        })
    }

    fn is_headline(&self, rest: &[Unit], of: usize) -> bool {
        let line = &self.text[rest[0].span];
        let words = count(line);
        if !(2..=HEADLINE).contains(&words) || line.ends_with([',', ':']) || front(self.words, line).is_some()
        {
            return false;
        }
        if !ends_sentence(line) || line.ends_with(['!', '?']) {
            // Two short lines that end alike are verse or a list.
            return true;
        }
        // Some outlets end a headline with a full stop; its capitals or its place above longer paragraphs tell it.
        let next = &self.text[rest[1].span];
        of >= 3 && in_title_case(line)
            || of >= 4 && rest[1].after_blank && words <= 14 && next.len() * 2 > line.len() * 3
    }

    /// Whether a headline goes on in this line: broken after a small word, or before a small letter.
    fn goes_on(&self, parts: &[Section], unit: Unit) -> bool {
        let line = &self.text[unit.span];
        let Some(headline) = parts.last().filter(|part| part.kind == SectionKind::Headline) else {
            return false;
        };
        let above = &self.text[headline.span];
        let last = above.rsplit(' ').next().unwrap_or_default();
        let open = above.ends_with([',', ';', '-', '—', ':'])
            || last.chars().count() <= 3 && last.chars().all(char::is_lowercase)
            || line.starts_with(char::is_lowercase);
        open && !unit.after_blank && count(line) <= HEADLINE && !ends_sentence(above) && !line.ends_with('.')
    }

    fn is_deck(&self, rest: &[Unit]) -> bool {
        let line = &self.text[rest[0].span];
        if count(line) > DECK || count(line) < 3 || front(self.words, line).is_some() || is_turn(line) {
            return false;
        }
        let next = &self.text[rest[1].span];
        let fronted = front(self.words, next).is_some() || self.part(rest[1]).kind == SectionKind::Byline;
        let unfinished = !ends_sentence(line) && !line.ends_with(',') && next.len() > line.len() / 2;
        let sense = Sense::of(line);
        let repeated = rest[1..].iter().take(3).any(|unit| {
            let lede = &self.text[unit.span];
            sense.repeats(&Sense::of(lede)).is_some_and(|share| share > 0.8) && lede.len() * 2 > line.len()
        });
        fronted || unfinished || repeated
    }
}

fn section(span: Span, kind: SectionKind, name: Option<Span>, rule: &'static str) -> Section {
    Section { span, kind, name, repeats: None, by: By::rule(rule) }
}

/// A range of a unit's words as a span of the text.
fn within(unit: Span, range: std::ops::Range<usize>) -> Span {
    let start = unit.range().start;
    Span::of(start + range.start..start + range.end)
}

/// Whether most of the longer words have a capital: "Mayor Closes The Harbour".
fn in_title_case(line: &str) -> bool {
    let long: Vec<&str> = line.split_whitespace().skip(1).filter(|word| word.chars().count() > 3).collect();
    let capital = long
        .iter()
        .filter(|word| word.trim_start_matches(['‘', '“', '\'', '"']).starts_with(char::is_uppercase));
    long.len() >= 3 && capital.count() * 10 >= long.len() * 6
}

/// Body units that can say again what stands above them.
const LEDES: usize = 3;

/// Links each deck, early paragraph and caption to the earlier headline or deck that says the same.
fn link(text: &str, parts: &mut [Section]) {
    let mut above: Vec<(usize, Sense)> = Vec::new();
    let mut ledes = 0;
    for index in 0..parts.len() {
        let part = &parts[index];
        ledes += usize::from(part.kind == SectionKind::Body);
        let tops = matches!(part.kind, SectionKind::Headline | SectionKind::Deck);
        let may_repeat =
            tops || part.kind == SectionKind::Caption || part.kind == SectionKind::Body && ledes <= LEDES;
        if !may_repeat || !tops && above.is_empty() {
            continue;
        }
        let sense = Sense::of(&text[part.span]);
        let shares = above.iter().filter_map(|(at, other)| Some((*at, sense.repeats(other)?)));
        let best = shares.reduce(|best, next| if next.1 >= best.1 { next } else { best });
        if let Some((at, share)) = best {
            parts[index].repeats = Some(Id::new(at));
            let by = std::mem::take(&mut parts[index].by);
            parts[index].by =
                by.saw("repeats", parts[at].span).knew("shared words", format!("{:.0} %", share * 100.0));
        }
        if tops {
            above.push((index, sense));
        }
    }
}

/// Joins neighbouring units of one kind into sections; a part that says again what another says stays by itself.
fn merge(parts: Vec<Section>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut moved = Vec::with_capacity(parts.len());
    let mut parts = VecDeque::from(parts);
    while let Some(mut part) = parts.pop_front() {
        part.repeats = part.repeats.map(|id: Id<Section>| Id::new(moved[id.index()]));
        let joins = matches!(part.kind, SectionKind::Body | SectionKind::Boilerplate | SectionKind::Headline);
        match sections.last_mut() {
            Some(last)
                if joins && last.kind == part.kind && last.repeats.is_none() && part.repeats.is_none() =>
            {
                last.span.end = part.span.end;
            }
            _ => sections.push(part),
        }
        moved.push(sections.len() - 1);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&'static str, String)> {
        let stage = Sections { words: Words::load() };
        let doc = Document::new(text, crate::Meta::default());
        let words = |part: &Section| doc.words(part.span).chars().take(30).collect();
        stage.run(&doc).iter().map(|part| (part.kind.name(), words(part))).collect()
    }

    fn kinds(text: &str) -> Vec<&'static str> {
        read(text).into_iter().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn label_headline_deck_credit_and_a_lede_that_repeats_the_deck() {
        let deck =
            "A senior official has called the closing of the harbour Norvale’s “only and painful” choice.";
        let text = format!(
            "Ana Ruiz:\nClosing harbour Norvale’s ‘only, painful’ choice\n{deck}\nMEHR: {deck}\nRuiz made the \
             remarks on Monday.\nShe left."
        );
        assert_eq!(kinds(&text), ["label", "headline", "deck", "credit", "body", "body"]);
    }

    #[test]
    fn a_headline_over_two_lines_is_one_section() {
        let text = "Council of Norvale votes to\nclose the harbour\nBy Ana Ruiz\nNORVALE — The council voted.\nIt ended.";
        assert_eq!(kinds(text), ["headline", "byline", "dateline", "body"]);
    }

    #[test]
    fn a_text_without_a_head_is_a_body() {
        assert_eq!(kinds("The council voted. It ended late."), ["body"]);
        assert_eq!(kinds("MR. OSEI: We will pay.\nMS. RUIZ: We will not."), ["body"]);
        assert_eq!(kinds(""), Vec::<&str>::new());
    }
}
