//! Reads the times of a text: cuts it, parses it, and resolves what was found in the order of the story.

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::calendar::Interval;
use super::clause::Parse;
use super::direction::{self, Direction};
use super::expression::{Calendar, Expression, Foreign, Found, Name, Pick, Year};
use super::grammar::{Grammar, SO_FAR};
use super::resolve::{Anchors, Resolved};
use super::value::{Clock, Season, Stamp, TimeValue, Unit};
use super::words::{Class, Lexicon, Which};
use super::{Anchor, Time, TimeKind, calendar, quotation, story};
use crate::nlp::Token;
use crate::stages::quote_marks::QuoteMark;
use crate::{By, Date, Document, Span};

/// Reads times in running text.
///
/// ```
/// use onrecord_core::Date;
/// use onrecord_core::stages::times::TimeReader;
///
/// let reader = TimeReader::english();
/// let published: Date = "2024-07-12".parse()?;
/// let times = reader.read("They met on Thursday, and back in May.", Some(published));
/// let values: Vec<&str> = times.iter().map(|time| time.value.as_str()).collect();
/// assert_eq!(values, ["2024-07-11", "2024-05"]);
///
/// // Without a date nothing is invented.
/// let times = reader.read("They met on Thursday, and back in May.", None);
/// let values: Vec<&str> = times.iter().map(|time| time.value.as_str()).collect();
/// assert_eq!(values, ["XXXX-WXX-4", "XXXX-05"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TimeReader {
    lexicon: Lexicon,
    direction: Direction,
}

/// A choice between a past and a future reading: what the direction model is trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The words of the expression.
    pub span: Span,
    /// `weekday`, `month`, `day` and so on.
    pub kind: &'static str,
    /// What the model sees.
    pub features: Vec<String>,
    /// Whether a rule has the future reading whatever the weights say.
    pub decided: bool,
    /// The value of the past reading.
    pub past: String,
    /// The value of the future reading.
    pub future: String,
}

impl TimeReader {
    /// The reader for English.
    pub fn english() -> Self {
        Self { lexicon: Lexicon::english(), direction: Direction::load() }
    }

    /// The times of a text, resolved against its day of publication where that is known.
    pub fn read(&self, text: &str, published: Option<Date>) -> Vec<Time> {
        self.read_with(text, published, &[], &[]).0
    }

    /// The times of a document, with what its parse and its quotation marks tell.
    pub(super) fn read_document(&self, doc: &Document) -> Vec<Time> {
        self.read_layers(doc).0
    }

    /// The choices between past and future that a document leaves to the direction model.
    pub fn choices(&self, doc: &Document) -> Vec<Choice> {
        self.read_layers(doc).1
    }

    fn read_layers(&self, doc: &Document) -> (Vec<Time>, Vec<Choice>) {
        let quotes: Vec<Span> = doc
            .layer::<QuoteMark>()
            .iter()
            .filter(|quote| quote.depth == 0 && quote.closed)
            .map(|quote| quote.span)
            .collect();
        self.read_with(doc.text(), doc.meta().published, doc.layer::<Token>(), &quotes)
    }

    fn read_with(
        &self,
        text: &str,
        published: Option<Date>,
        tokens: &[Token],
        quotes: &[Span],
    ) -> (Vec<Time>, Vec<Choice>) {
        let lexemes = self.lexicon.cut(text);
        let parse = Parse::new(tokens, &lexemes);
        let tags = parse.tags();
        let grammar = Grammar { lexicon: &self.lexicon, text, lexemes: &lexemes, tags: &tags };
        let all = grammar.find();
        let mut anchors = Anchors::new(published, is_narrative(&all, published));
        let mut times = Vec::with_capacity(all.len());
        let mut choices = Vec::new();
        let mut at = 0;
        let mut before: Option<(usize, Resolved)> = None;
        for (index, found) in all.iter().enumerate() {
            if (at..found.first).any(|at| direction::stops(&grammar, at)) {
                anchors.next_sentence();
            }
            at = found.end;
            if anchors.narrative {
                anchors.next = story::upcoming(&grammar, &all, index);
            }
            let next = all.get(index + 1).filter(|next| counts_from(found, next));
            let beside = next.map(|next| anchors.at(&self.resolve(&grammar, &parse, next, &anchors).1));
            let unknown =
                beside.is_none() && !anchors.narrative && anchors.is_coarse() && is_of_event(&grammar, found);
            let unknown = unknown.then(|| Anchors::new(None, false));
            let (mut time, mut resolved, mut choice) = self.resolve(
                &grammar,
                &parse,
                found,
                beside.as_ref().or(unknown.as_ref()).unwrap_or(&anchors),
            );
            if let Some(last) = before.take().filter(|(end, _)| joins(&grammar, *end, found.first))
                && let Some(later) = anchors.end_of_range(&found.expression, &last.1, &resolved)
            {
                (resolved, choice) = (later, None);
                time = self::time(time.span, found, &resolved, &grammar, &anchors);
            }
            before = Some((found.end, resolved.clone()));
            choices.extend(choice);
            anchors.follow(&grammar, found, &resolved);
            times.push(time);
        }
        self.anchor_quotations(&grammar, &parse, quotes, &all, &mut times);
        (times, choices)
    }

    /// Resolves one expression, and keeps what the direction model was asked on the way.
    fn resolve(
        &self,
        grammar: &Grammar<'_>,
        parse: &Parse<'_>,
        found: &Found,
        anchors: &Anchors,
    ) -> (Time, Resolved, Option<Choice>) {
        let asked = std::cell::RefCell::new(None);
        let ask = |kind: &'static str, away: i64| {
            let features = direction::features(
                &self.direction,
                grammar,
                found,
                parse.verb(&self.direction, found),
                kind,
                away,
            );
            let chance = self.direction.future(&features);
            *asked.borrow_mut() = Some((kind, features));
            chance
        };
        let resolved = anchors.resolve(&found.expression, &ask);
        let span = Span::of(grammar.lexemes[found.first].start..grammar.lexemes[found.end - 1].end);
        let choice =
            asked.into_inner().zip(resolved.alternative).map(|((kind, features), (other, chance))| {
                let (chosen, other) = (resolved.value.to_string(), other.to_string());
                let (past, future) = if chance > 0.5 { (other, chosen) } else { (chosen, other) };
                let decided = self.direction.decides(&features);
                Choice { span, kind, features, decided, past, future }
            });
        (time(span, found, &resolved, grammar, anchors), resolved, choice)
    }

    /// Counts "tomorrow" inside a quotation from the day on which it was spoken, where its sentence tells that day.
    fn anchor_quotations(
        &self,
        grammar: &Grammar<'_>,
        parse: &Parse<'_>,
        quotes: &[Span],
        found: &[Found],
        times: &mut [Time],
    ) {
        for quote in quotes {
            let first = times.partition_point(|time| time.span.start < quote.start);
            let after = times.partition_point(|time| time.span.start < quote.end);
            if !(first..after).any(|index| quotation::counts_from_speech(&found[index].expression)) {
                continue;
            }
            // Only the times next to the quotation can be its day.
            let near = first.saturating_sub(1)..(after + 1).min(times.len());
            let Some((day, words)) =
                quotation::spoken_on(grammar, *quote, &found[near.clone()], &times[near])
            else {
                continue;
            };
            let anchors = Anchors::new(Some(day), false);
            for index in first..after {
                if quotation::counts_from_speech(&found[index].expression) {
                    let (time, _, _) = self.resolve(grammar, parse, &found[index], &anchors);
                    let by = time.by.clone().saw("spoken", words);
                    times[index] = Time { by, ..time };
                }
            }
        }
    }
}

/// Whether a day is counted from the expression that follows straight on: "the day before Monday's vote".
fn counts_from(found: &Found, next: &Found) -> bool {
    let is_beside = matches!(
        found.expression,
        Expression::Unit(Pick { which: Which::Previous | Which::Following, unit: Unit::Day, .. })
    );
    is_beside
        && next.first == found.end
        && matches!(next.expression, Expression::Calendar(_) | Expression::Unit(_))
}

/// Whether "the day before" or "the day after" is counted from something that happened: "the day after her election".
fn is_of_event(grammar: &Grammar<'_>, found: &Found) -> bool {
    let is_day = matches!(
        found.expression,
        Expression::Unit(Pick { which: Which::Previous | Which::Following, unit: Unit::Day, .. })
    );
    let last = found.end.checked_sub(1).and_then(|last| grammar.class(last));
    is_day
        && matches!(last, Some(Class::Before(_)))
        && grammar.lex(found.end).is_some_and(|next| next.mark().is_none())
}

/// Whether a single word or dash joins two times to a range: "from Friday to Sunday".
fn joins(grammar: &Grammar<'_>, end: usize, first: usize) -> bool {
    end + 1 == first
        && (grammar.past_hyphen(end).is_some()
            || ["to", "through", "until", "till"].iter().any(|word| grammar.is(end, word)))
}

/// Whether a text tells history: it names years, and seldom counts from its own day.
fn is_narrative(found: &[Found], published: Option<Date>) -> bool {
    let now = published.map(|day| i32::from(day.year()));
    let mut written = 0;
    let mut deictic = 0;
    for found in found {
        match found.expression {
            Expression::Calendar(calendar) => match (calendar.year, calendar.name) {
                (Year::Written(year), _) if now.is_none_or(|now| year < now - 1) => written += 1,
                (Year::Missing, Name::Weekday(_)) => deictic += 1,
                _ => {}
            },
            Expression::Unit(Pick {
                which: Which::This | Which::Current | Which::Last | Which::Next,
                unit: Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year,
                ..
            }) => deictic += 1,
            _ => {}
        }
    }
    written >= 5 && written > 4 * deictic
}

fn time(span: Span, found: &Found, resolved: &Resolved, grammar: &Grammar<'_>, anchors: &Anchors) -> Time {
    let stamp = match resolved.value {
        TimeValue::Stamp(stamp) if resolved.kind != TimeKind::Set => Some(stamp),
        _ => None,
    };
    let interval = stamp.and_then(|stamp| calendar::interval(&stamp)).map(|interval| {
        // "The winter of 1914" may be the one before or the one after.
        let either = |end: DateTime| end.checked_add(1.year()).ok();
        let end = if is_winter_of_year(found) { interval.end.and_then(either) } else { interval.end };
        Interval { end, ..interval }
    });
    let before = found.first.checked_sub(1).and_then(|at| grammar.lex(at));
    let since = before.filter(|lex| lex.is("since"));
    let until = before.filter(|lex| lex.is("until") || lex.is("till"));
    let begin = interval.filter(|_| until.is_none()).map(|interval| instant(interval.begin));
    let end = interval.filter(|_| since.is_none()).and_then(|interval| interval.end).map(instant);
    let end = match anchors.speech {
        Some(day) if found.rule == SO_FAR => day.tomorrow().ok().map(|day| day.to_string()),
        _ => end,
    };
    let mut by = By::rule(found.rule);
    if let Some(anchor) = resolved.anchor {
        let day = match anchor {
            Anchor::Speech | Anchor::Quotation => anchors.speech.map(|day| day.to_string()),
            Anchor::Story => anchors.story.map(|stamp| TimeValue::Stamp(stamp).to_string()),
        };
        by = by
            .knew("anchor", day.map_or(anchor.name().to_owned(), |day| format!("{day} ({})", anchor.name())));
    }
    if let Expression::Calendar(Calendar { name: Name::Foreign(foreign), .. }) = found.expression {
        by = by.knew("calendar", foreign.to_string());
    }
    if let Some((other, chance)) = resolved.alternative {
        by = by.knew("alternative", other.to_string()).knew("future", format!("{chance:.2}"));
    }
    if let Some(open) = since.or(until) {
        by = by.saw("open", Span::from(open));
    }
    let mut value = resolved.value.clone();
    if let TimeValue::Stamp(Stamp { clock: Some(Clock::At { zone, .. }), .. }) = &mut value
        && let Some(minutes) = zone.filter(|minutes| *minutes != 0)
    {
        // TIMEX3 has local times without their offset; only UTC is marked.
        by = by.knew("zone", format!("{:+03}:{:02}", minutes / 60, minutes.abs() % 60));
        *zone = None;
    }
    let value = value.to_string();
    let modifier = found
        .modifier
        .or_else(|| is_hijri(found).then_some("APPROX").filter(|_| stamp_is_known(&resolved.value)));
    Time { span, kind: resolved.kind, value, modifier, begin, end, by }
}

/// Whether the words name a winter by a year, which says of neither end of that year which is meant.
const fn is_winter_of_year(found: &Found) -> bool {
    matches!(
        found.expression,
        Expression::Calendar(Calendar {
            name: Name::Season(Season::Winter),
            year: Year::Written(_) | Year::Short(_) | Year::Which(_),
            ..
        })
    )
}

/// Whether a date is of the Hijri calendar, whose days depend on who sights the moon.
const fn is_hijri(found: &Found) -> bool {
    matches!(found.expression, Expression::Calendar(Calendar { name: Name::Foreign(Foreign::Hijri(..)), .. }))
}

const fn stamp_is_known(value: &TimeValue) -> bool {
    matches!(value, TimeValue::Stamp(Stamp { year: Some(_), .. }))
}

/// An instant as an ISO date, with its time where it is not midnight.
fn instant(instant: DateTime) -> String {
    if instant.time() == jiff::civil::Time::midnight() {
        instant.date().to_string()
    } else {
        format!("{}T{:02}:{:02}", instant.date(), instant.hour(), instant.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(published: &str, text: &str, want: &[(&str, &str)]) {
        let times = TimeReader::english().read(text, published.parse().ok());
        let found: Vec<(&str, &str)> =
            times.iter().map(|time| (&text[time.span], time.value.as_str())).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn relative_times_count_from_the_publication() {
        reads(
            "2024-07-12",
            "He spoke on Thursday, and back in May. It has gone on since last October. Two years ago, it was early 2022.",
            &[
                ("Thursday", "2024-07-11"),
                ("May", "2024-05"),
                ("last October", "2023-10"),
                ("Two years ago", "2022"),
                ("early 2022", "2022"),
            ],
        );
    }

    #[test]
    fn since_leaves_the_interval_open() {
        let times = TimeReader::english().read("since last October", "2024-07-12".parse().ok());
        assert_eq!(times[0].begin.as_deref(), Some("2023-10-01"));
        assert_eq!(times[0].end, None);
    }

    #[test]
    fn without_a_publication_date_nothing_is_invented() {
        let times =
            TimeReader::english().read("on Thursday, yesterday, last week, last October, this morning", None);
        let values: Vec<&str> = times.iter().map(|time| time.value.as_str()).collect();
        assert_eq!(values, ["XXXX-WXX-4", "XXXX-XX-XX", "XXXX-WXX", "XXXX-10", "XXXX-XX-XXTMO"]);
    }
}
