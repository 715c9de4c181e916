//! Rows in the words of a page: what is shown of a statement, a time and a figure.

use onrecord::core::Span;
use onrecord::core::stages::mentions::PublicRoles;
use onrecord::questions::Answer;
use onrecord::record::{Passage, Row};
use onrecord::store::{Report, Store};

use crate::serve::asked::link;
use crate::serve::problem::Problem;

/// A part of a text that is marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) words: String,
    pub(crate) marked: bool,
}

/// A speaker as a page shows one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    /// The name, or the words that stand for the speaker.
    pub(crate) name: String,
    /// Whether the report tells who speaks.
    pub(crate) known: bool,
    /// The page of the speaker, if there is one.
    pub(crate) link: Option<String>,
    /// The words that the report has, where they say something else than the name.
    pub(crate) worded: Option<String>,
    pub(crate) role: Option<String>,
}

impl Voice {
    /// The speaker of a statement.
    pub(crate) fn of(row: &Row, has_page: bool) -> Self {
        let (name, worded) = (row.text("name"), row.text("speaker"));
        let shown = name.or(worded);
        let contains = |name: &str, words: &str| name.to_lowercase().contains(&words.to_lowercase());
        Self {
            name: shown.unwrap_or("somebody whom the report does not name").to_owned(),
            known: shown.is_some(),
            link: name.filter(|_| has_page).map(speaker),
            worded: worded
                .filter(|words| name.is_some_and(|name| !contains(name, words) && !contains(words, name)))
                .map(str::to_owned),
            role: row
                .text("role")
                .filter(|role| !worded.is_some_and(|words| contains(words, role)))
                .map(str::to_owned),
        }
    }
}

/// The address of a speaker's page.
pub(crate) fn speaker(name: &str) -> String {
    link("/speaker", [("name", name)])
}

/// The address of a row's page.
pub(crate) fn row(id: &str) -> String {
    format!("/rows/{id}")
}

/// The address of a report's page.
pub(crate) fn report(hash: &str) -> String {
    format!("/documents/{hash}")
}

/// What a report is called: its headline, or that it has none.
pub(crate) fn title(report: &Report) -> String {
    report.title.clone().unwrap_or_else(|| "Report without a headline".to_owned())
}

/// Outlet and day, as far as they are known.
pub(crate) fn origin(report: &Report) -> String {
    let day = report.meta.published.map(|day| day.to_string());
    let parts: Vec<String> = report.meta.outlet.clone().into_iter().chain(day).collect();
    if parts.is_empty() { "outlet and day unknown".to_owned() } else { parts.join(", ") }
}

/// A statement in a list.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) voice: Voice,
    /// The sentence, with what was said marked in it.
    pub(crate) sentence: Vec<Part>,
    pub(crate) kind: String,
    pub(crate) cue: String,
    pub(crate) addressee: Option<String>,
    pub(crate) negated: bool,
    pub(crate) origin: String,
    pub(crate) title: String,
    /// Its place in the article.
    pub(crate) article: String,
    pub(crate) row: String,
}

impl Quote {
    pub(crate) fn of(answer: &Answer, has_page: bool) -> Self {
        let Answer { row, report, .. } = answer;
        let text = |column| row.text(column).unwrap_or_default().to_owned();
        Self {
            voice: Voice::of(row, has_page),
            sentence: sentence(answer),
            kind: text("kind"),
            cue: text("cue"),
            addressee: row.text("addressee").map(str::to_owned),
            negated: row.is("negated"),
            origin: origin(report),
            title: title(report),
            article: anchored(row),
            row: self::row(&row.id),
        }
    }

    /// Statements with links to the pages of those speakers that have one.
    pub(crate) fn all(store: &Store, answers: &[Answer]) -> Result<Vec<Self>, Problem> {
        let roles = PublicRoles::new();
        let quote = |answer: &Answer| Ok(Self::of(answer, store.has_page(&roles, &answer.row)?));
        answers.iter().map(quote).collect()
    }
}

/// The place of a row in its article.
pub(crate) fn anchored(row: &Row) -> String {
    format!("{}#{}", report(&row.document), anchor(&row.id))
}

/// The name of a row's first mark in the page of its article.
pub(crate) fn anchor(id: &str) -> String {
    format!("r-{}", id.get(..16).unwrap_or(id))
}

/// The spans that a row marks: what was said, or its own words.
pub(crate) fn marked(row: &Row) -> Vec<Span> {
    let content: Vec<Span> = row.passages("content").iter().map(|passage| passage.span).collect();
    if content.is_empty() { vec![row.passage.span] } else { content }
}

/// The sentence of an answer, with what it marks in it; what goes beyond the sentence is not shown.
pub(crate) fn sentence(answer: &Answer) -> Vec<Part> {
    let whole = answer.sentence.as_ref().unwrap_or(&answer.row.passage);
    let Passage { span, words } = whole;
    let mut parts = Vec::new();
    let mut at = 0;
    let mut push = |words: Option<&str>, marked| {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            parts.push(Part { words: words.to_owned(), marked });
        }
    };
    for mark in marked(&answer.row) {
        let inside = |offset: u32| (offset.clamp(span.start, span.end) - span.start) as usize;
        let (from, to) = (inside(mark.start).max(at), inside(mark.end).max(at));
        push(words.get(at..from), false);
        push(words.get(from..to), true);
        at = to;
    }
    push(words.get(at..), false);
    parts
}

/// What a row says, in a few words, for the margin of an article: the lead in bold, and the rest.
pub(crate) fn gist(row: &Row) -> (String, String) {
    match row.layer {
        "statements" => statement(row),
        "times" => (row.passage.words.clone(), time(row)),
        "figures" => (row.passage.words.clone(), figure(row)),
        _ => (row.passage.words.clone(), row.text("kind").unwrap_or_default().to_owned()),
    }
}

fn statement(row: &Row) -> (String, String) {
    let voice = Voice::of(row, false);
    let cue = row.text("cue").map_or_else(|| "is quoted".to_owned(), str::to_owned);
    let negated = if row.is("negated") { " (denied or refused)" } else { "" };
    let to = row.text("addressee").map(|to| format!(" to {to}")).unwrap_or_default();
    let role = voice.role.map(|role| format!(", {role}")).unwrap_or_default();
    let kind = row.text("kind").unwrap_or_default();
    let lead = if voice.known { voice.name } else { "Speaker unknown".to_owned() };
    (lead, format!("{role} · {cue}{to}{negated} · {kind}").trim_start_matches([',', ' ', '·']).to_owned())
}

fn time(row: &Row) -> String {
    let value = row.text("value").unwrap_or("no value");
    let modifier =
        row.text("mod").map(|modifier| format!(", {}", modifier.to_lowercase())).unwrap_or_default();
    let kind = row.text("type").unwrap_or_default().to_lowercase();
    format!("{value}{modifier} ({kind})")
}

/// What a figure says: "at least 12, fishermen, killed".
pub(crate) fn figure(row: &Row) -> String {
    let value = row.text("value").map(|value| value.replace("..", " to "));
    let bound = row.text("bound").filter(|bound| !matches!(*bound, "exactly" | "between"));
    let per = row.text("per").map(|per| format!("per {per}"));
    let first = [bound, Some(value.as_deref().unwrap_or("no number")), row.text("unit"), per.as_deref()];
    let first: Vec<&str> = first.into_iter().flatten().collect();
    let rest = ["counted", "happened", "change", "about"].map(|column| row.text(column));
    let all: Vec<String> =
        std::iter::once(first.join(" ")).chain(rest.into_iter().flatten().map(str::to_owned)).collect();
    all.join(", ")
}
