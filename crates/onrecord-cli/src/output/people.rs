//! Rows in words: for each what it says, under the place where it stands.

use onrecord::core::Layer;
use onrecord::core::stages::figures::Figure;
use onrecord::core::stages::statements::Statement;
use onrecord::core::stages::times::Time;
use onrecord::questions::Answer;
use onrecord::record::{Passage, Row};
use onrecord::store::Report;

use super::text::{BOLD, DIM, FIGURE, PLAIN, STATEMENT, TIME, Text};

/// How many digits of an id are shown: enough for a database of a few thousand reports, and to ask for more.
const SHORT: usize = 10;

/// Answers under the headings of their reports.
pub(super) fn answers(answers: &[Answer]) -> String {
    let mut words = String::new();
    let mut last: Option<&str> = None;
    for answer in answers {
        if last != Some(&answer.report.hash) {
            words += if last.is_some() { "\n" } else { "" };
            words += &heading(&answer.report);
            words.push('\n');
            last = Some(&answer.report.hash);
        }
        if answer.row.layer == Statement::NAME {
            words += &lines(answer, "");
            words += &context(answer);
        } else {
            words += &lines_with(answer, "", &format!(", row {}", short(&answer.row.id)));
        }
    }
    words
}

/// What is known of a report, in two or three lines.
pub(crate) fn heading(report: &Report) -> String {
    let meta = &report.meta;
    let title = report.title.as_deref().unwrap_or("(no headline)");
    let day = meta.published.map_or_else(|| "day unknown".to_owned(), |day| day.to_string());
    let outlet = meta.outlet.as_deref().unwrap_or("outlet unknown");
    let known =
        [outlet, day.as_str()].into_iter().chain(meta.source.as_deref()).collect::<Vec<_>>().join(", ");
    let mut words = Text::new().and(BOLD, title).fold("");
    words += &Text::new().and(PLAIN, &known).and(DIM, &format!(", report {}", short(&report.hash))).fold("");
    if let Some(url) = &meta.url {
        words += &Text::new().and(DIM, url).fold("");
    }
    words
}

/// A row in words; `label` stands before its place.
pub(crate) fn lines(answer: &Answer, label: &str) -> String {
    lines_with(answer, label, "")
}

/// The same, with words that end its first paragraph, such as the row's id.
fn lines_with(answer: &Answer, label: &str, end: &str) -> String {
    let row = &answer.row;
    let label = if label.is_empty() { String::new() } else { format!("{label:<4}") };
    let place = format!("{label}{:>7}  ", answer.place());
    let (mut head, content) = match row.layer {
        Statement::NAME => (who(row, answer.when.as_deref()), Some(content(row))),
        Time::NAME => (time(row), None),
        Figure::NAME => (figure(row, answer.whose.as_deref()), None),
        _ => (other(row), None),
    };
    head.push(DIM, end);
    let mut words = head.fold(&place);
    let indent = " ".repeat(place.chars().count());
    if let Some(content) = content {
        words += &content.fold(&indent);
        let places = row.passages("places");
        if !places.is_empty() {
            words += &Text::new().and(PLAIN, "also at ").and(PLAIN, &also(answer, places)).fold(&indent);
        }
    }
    words
}

fn also(answer: &Answer, places: &[Passage]) -> String {
    let place = |passage: &Passage| answer.points.place(passage.span.start).to_string();
    places.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// The sentence of a statement, where it says more than the statement's own words, and where to look.
fn context(answer: &Answer) -> String {
    let indent = " ".repeat(9);
    let mut words = String::new();
    let own = &answer.row.passage.words;
    if let Some(sentence) = answer.sentence.as_ref().filter(|sentence| sentence.words != *own) {
        words += &Text::new().and(DIM, "in: ").and(DIM, &sentence.words).fold(&indent);
    }
    let span = answer.row.passage.span;
    let row = format!("bytes {}-{}, row {}", span.start, span.end, short(&answer.row.id));
    words + &Text::new().and(DIM, &row).fold(&indent)
}

/// The speaker of a statement and how it was said: "Ana Ruiz, finance minister — told, to reporters,
/// Tuesday (2026-03-03), direct".
fn who(row: &Row, when: Option<&str>) -> Text {
    let speaker = row.text("speaker").map(|speaker| speaker.trim_end_matches(','));
    let mut text = Text::new().and(BOLD, row.text("name").or(speaker).unwrap_or("speaker not given"));
    if let (Some(name), Some(speaker)) = (row.text("name"), speaker)
        && !speaker.contains(name)
    {
        text.push(PLAIN, &format!(" (“{speaker}”)"));
    }
    if let Some(role) = row.text("role").filter(|role| !speaker.is_some_and(|speaker| speaker.contains(role)))
    {
        text.push(PLAIN, &format!(", {role}"));
    }
    let to = row.text("addressee").map(|addressee| match row.text("addressee_name") {
        Some(name) if !addressee.contains(name) => format!("to {addressee} ({name})"),
        _ => format!("to {addressee}"),
    });
    let said = [
        row.text("cue").map(str::to_owned),
        row.is("negated").then(|| "denied or refused".to_owned()),
        to,
        row.text("medium").map(str::to_owned),
        when.map(str::to_owned),
        row.text("kind").map(str::to_owned),
    ];
    text.push(PLAIN, &format!(" — {}", said.into_iter().flatten().collect::<Vec<_>>().join(", ")));
    text
}

fn content(row: &Row) -> Text {
    let words: Vec<&str> = row.passages("content").iter().map(|passage| passage.words.as_str()).collect();
    Text::new().and(STATEMENT, &words.join(" … "))
}

/// "Tuesday → 2026-03-03 (DATE)".
fn time(row: &Row) -> Text {
    let kind = [row.text("type"), row.text("mod")].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let value = row.text("value").unwrap_or_default();
    Text::new().and(TIME, &row.passage.words).and(PLAIN, &format!(" → {value} ({kind})"))
}

/// "nearly 300 people → nearly 300, displaced, by Ana Ruiz".
fn figure(row: &Row, whose: Option<&str>) -> Text {
    let mut text = Text::new().and(FIGURE, &row.passage.words);
    if let Some(counted) =
        row.passages("counted").first().filter(|words| !row.passage.span.contains(words.span))
    {
        let beside = counted.span.start <= row.passage.span.end + 1;
        let counted = &counted.words;
        text.push(PLAIN, &if beside { format!(" {counted}") } else { format!(" ({counted})") });
    }
    let value = row.text("value").unwrap_or("no number").trim_end_matches("..").replace("..", " to ");
    let bound = row.text("bound").filter(|bound| !matches!(*bound, "exactly" | "between"));
    let per = row.text("per").map(|per| format!("per {per}"));
    // XXX stands for a currency whose country is not told: the words say as much.
    let unit = row
        .text("unit")
        .filter(|unit| *unit != "XXX")
        .map(|unit| if unit == "percentage" { "percent" } else { unit });
    let value = [bound, Some(&value), unit, per.as_deref()];
    let value = value.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let change = [row.text("change"), row.text("manner")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let change = (!change.is_empty()).then_some(change.as_str());
    let whose = whose.map(|whose| format!("by {}", whose.trim_end_matches(',')));
    let rest = [change, row.text("happened"), row.text("about"), row.text("remark"), whose.as_deref()];
    let values: Vec<&str> = std::iter::once(value.as_str()).chain(rest.into_iter().flatten()).collect();
    text.push(PLAIN, &format!(" → {}", values.join(", ")));
    text
}

fn other(row: &Row) -> Text {
    let columns = onrecord::record::layer(row.layer).columns;
    let facts =
        columns.iter().filter_map(|column| Some(format!("{} {}", column.name, row.text(column.name)?)));
    let facts = facts.collect::<Vec<_>>().join(", ");
    Text::new().and(PLAIN, &row.passage.words).and(DIM, &format!(" ({facts})"))
}

/// The beginning of an id or a hash.
pub(crate) fn short(id: &str) -> &str {
    id.get(..SHORT).unwrap_or(id)
}
