//! A row: why it is there, what it says, and where it stands.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use onrecord::core::Type;
use onrecord::questions::{Answer, Why};
use onrecord::record::{self, Cell, Clue, Passage};
use onrecord::store::Store;

use crate::serve::asked::{Asked, Nothing};
use crate::serve::pages::Page;
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words::{self, Part};

#[derive(Template)]
#[template(path = "row.html")]
struct RowPage {
    layer: String,
    id: String,
    sentence: Vec<Part>,
    article: String,
    title: String,
    origin: String,
    rule: String,
    explanation: Option<&'static str>,
    clues: Vec<Shown>,
    facts: Vec<Fact>,
    places: Vec<(&'static str, String)>,
}

/// Something that the rule went by.
struct Shown {
    what: String,
    words: String,
    value: String,
    bytes: String,
}

/// A column of the row.
struct Fact {
    name: &'static str,
    value: String,
    doc: &'static str,
    link: Option<String>,
}

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    Path(id): Path<String>,
    _: Asked<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    let ask = move |store: &Store| {
        let why = store.why(&id)?.ok_or_else(|| Problem::no_row(&id))?;
        of(&why).with_versions(store)
    };
    room.pool.ask(ask).await.map(Page)
}

fn of(why: &Why) -> RowPage {
    let Answer { row, report, .. } = &why.answer;
    let facts = record::columns(record::layer(row.layer)).map(|(index, column)| Fact {
        name: column.name,
        value: value(&row.cells[index]),
        doc: column.doc,
        link: match (&row.cells[index], column.kind) {
            (Cell::Reference(id), Type::Reference(_)) => Some(words::row(id)),
            _ => None,
        },
    });
    RowPage {
        layer: row.layer.trim_end_matches('s').to_owned(),
        id: row.id.clone(),
        sentence: words::sentence(&why.answer),
        article: words::anchored(row),
        title: words::title(report),
        origin: words::origin(report),
        rule: row.rule.clone(),
        explanation: why.explanation,
        clues: row.evidence.iter().map(shown).collect(),
        facts: facts.collect(),
        places: places(&why.answer),
    }
}

fn shown(clue: &Clue) -> Shown {
    let passage = clue.passage.as_ref();
    Shown {
        what: clue.what.clone(),
        words: passage.map(|passage| passage.words.clone()).unwrap_or_default(),
        value: clue.value.clone().unwrap_or_default(),
        bytes: passage.map(bytes).unwrap_or_default(),
    }
}

fn bytes(passage: &Passage) -> String {
    format!("{} to {}", passage.span.start, passage.span.end)
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) | Cell::Reference(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Cell::Passage(passage) => passage.words.clone(),
        Cell::Passages(passages) => {
            passages.iter().map(|passage| passage.words.as_str()).collect::<Vec<_>>().join(" … ")
        }
    }
}

fn places(answer: &Answer) -> Vec<(&'static str, String)> {
    let Answer { row, report, points, .. } = answer;
    let pair = |[start, end]: [u32; 2]| format!("{start} to {end}");
    let span = row.passage.span;
    vec![
        ("Words", row.passage.words.clone()),
        ("Bytes of UTF-8", pair([span.start, span.end])),
        ("Code points", pair(points.pair(span))),
        ("UTF-16 units", pair(points.utf16_pair(span))),
        ("Line and column", answer.place().to_string()),
        ("Text (SHA-256)", report.hash.clone()),
        ("Row", row.id.clone()),
        ("Version of the stage", row.version.to_string()),
        ("Read from", report.meta.source.clone().unwrap_or_else(|| "unknown".to_owned())),
        ("Found at", report.meta.url.clone().unwrap_or_else(|| "unknown".to_owned())),
    ]
}

impl RowPage {
    /// Adds how many versions of the article's page were seen, if its address is known.
    fn with_versions(mut self, store: &Store) -> Result<Self, Problem> {
        let url = self.places.iter().find(|(name, _)| *name == "Found at").map(|(_, url)| url.clone());
        if let Some(url) = url.filter(|url| url != "unknown") {
            let versions = store.versions(&url)?.len().max(1);
            self.places.push(("Versions of the page", versions.to_string()));
        }
        Ok(self)
    }
}
