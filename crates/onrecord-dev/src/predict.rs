//! Predictions in the formats of the gold and its scorers. Offsets here are Unicode code points, end-exclusive.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use clap::ValueEnum;
use onrecord::core::nlp::EntityTag;
use onrecord::core::stages::figures::toll::Tolls;
use onrecord::core::stages::statements::{Attitude, Statement};
use onrecord::core::stages::times::Time;
use onrecord::core::{Date, Document, Layer, Meta, Span};
use onrecord::{Engine, page};
use serde_json::{Value, json};

use crate::{Result, newsquant};
use onrecord::doors::Points;

/// What can be predicted.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    /// `{id, text}` → `{id, tokens}`
    Language,
    /// `{doc, text, published?}` → `{doc, quotes}`
    Quotes,
    /// `{id, dct, text}` → `{id, timexes}`
    Times,
    /// `{id, text}` → `{id, quantities}`
    Figures,
    /// `{id, published, title, text}` → `{id, killed, injured}`, and the words they went by
    Casualties,
    /// `{id, url, html}` → `{id, title, author, date, text}`, and where the date stands
    Pages,
}

/// Reads `input` line by line and writes a prediction for each.
pub(crate) fn run(kind: Kind, input: &Path, output: &Path) -> Result<()> {
    let engine = Engine::new()?;
    let lines = BufReader::new(File::open(input).map_err(|error| format!("{}: {error}", input.display()))?);
    let mut out =
        BufWriter::new(File::create(output).map_err(|error| format!("{}: {error}", output.display()))?);
    for (number, line) in lines.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let item: Value = serde_json::from_str(&line)
            .map_err(|error| format!("{}, line {}: {error}", input.display(), number + 1))?;
        writeln!(out, "{}", predict(kind, &engine, &item))?;
    }
    out.flush()?;
    Ok(())
}

/// The prediction for one item of a gold file.
pub(crate) fn predict(kind: Kind, engine: &Engine, item: &Value) -> Value {
    match kind {
        Kind::Language => language(engine, item),
        Kind::Quotes => {
            let doc = read(engine, item);
            json!({ "doc": item["doc"], "quotes": quotes(&doc, doc.layer()), "attitudes": attitudes(&doc) })
        }
        Kind::Times => json!({ "id": item["id"], "timexes": times(&read(engine, item)) }),
        Kind::Figures => {
            json!({ "id": item["id"], "quantities": newsquant::quantities(&read(engine, item)) })
        }
        Kind::Casualties => casualties(engine, item),
        Kind::Pages => page(item),
    }
}

fn read(engine: &Engine, item: &Value) -> Document {
    let published = ["published", "dct"].iter().find_map(|key| day(item[key].as_str()?));
    engine.read(item["text"].as_str().unwrap_or_default(), Meta { published, ..Meta::default() })
}

/// A day at the start of a text, year first or, as some of the gold has it, day first.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = text.get(..10)?;
    text.parse().ok().or_else(|| {
        let (day, rest) = text.split_once('-')?;
        let (month, year) = rest.split_once('-')?;
        format!("{year}-{month}-{day}").parse().ok()
    })
}

fn page(item: &Value) -> Value {
    let page = page::read(item["html"].as_str().unwrap_or_default(), item["url"].as_str());
    json!({
        "id": item["id"],
        "title": page.title,
        "author": page.author,
        "date": page.published.map(|published| published.date.to_string()),
        "date_source": page.published.map(|published| published.source.name()),
        "date_confirmed": page.published.map(|published| published.confirmed),
        "text": page.body,
    })
}

fn language(engine: &Engine, item: &Value) -> Value {
    let text = item["text"].as_str().unwrap_or_default();
    let points = Points::new(text);
    let analysis = engine.language().read(text);
    let tokens: Vec<Value> = analysis
        .tokens
        .iter()
        .map(|token| {
            let entity = match &token.entity {
                EntityTag::Outside => "O".to_owned(),
                EntityTag::Begin(label) => format!("B-{label}"),
                EntityTag::Inside(label) => format!("I-{label}"),
            };
            json!({
                "start": points.point(token.start),
                "end": points.point(token.end),
                "tag": token.tag.as_str(),
                "pos": token.pos.as_str(),
                "morph": token.morph.as_str(),
                "lemma": token.lemma.as_str(),
                "head": token.head,
                "dep": token.dep.as_str(),
                "sent_start": token.sent_start,
                "ent": entity,
            })
        })
        .collect();
    json!({ "id": item["id"], "tokens": tokens })
}

pub(crate) fn quotes(doc: &Document, statements: &[Statement]) -> Vec<Value> {
    let points = Points::new(doc.text());
    let pairs = |spans: &[Span]| spans.iter().map(|span| points.pair(*span)).collect::<Vec<_>>();
    let pair = |span: Option<Span>| pairs(span.as_slice());
    let row = |statement: &Statement, content: &[Span], cue: Option<Span>, speaker: Option<Span>| {
        json!({
            "content": pairs(content),
            "cue": pair(cue),
            "speaker": pair(speaker),
            "speaker_name": statement.name,
            "kind": statement.kind.name(),
        })
    };
    let mut rows = Vec::new();
    // The gold marks the outermost source alone, and a statement anew wherever it is told.
    for statement in statements.iter().filter(|statement| statement.inside.is_none()) {
        rows.push(row(statement, &statement.content, statement.cue, statement.speaker));
        let tellings = statement.tellings();
        rows.extend(tellings.iter().map(|told| row(statement, &told.content, told.cue, told.speaker)));
    }
    rows
}

/// Attitudes of the outermost source, in the form of quotes.
fn attitudes(doc: &Document) -> Vec<Value> {
    let points = Points::new(doc.text());
    let pairs = |spans: &[Span]| spans.iter().map(|span| points.pair(*span)).collect::<Vec<_>>();
    let outermost = doc.layer::<Attitude>().iter().filter(|attitude| attitude.inside.is_none());
    outermost
        .map(|attitude| {
            json!({
                "content": pairs(&attitude.content),
                "cue": pairs(&[attitude.cue]),
                "speaker": pairs(attitude.holder.as_slice()),
                "speaker_name": attitude.name,
            })
        })
        .collect()
}

fn times(doc: &Document) -> Vec<Value> {
    let points = Points::new(doc.text());
    doc.layer::<Time>()
        .iter()
        .map(|time| {
            let [start, end] = points.pair(time.span());
            json!({
                "start": start,
                "end": end,
                "type": time.kind.name(),
                "value": time.value,
                "mod": time.modifier,
            })
        })
        .collect()
}

/// The title stands over the text, as it did on the page.
fn casualties(engine: &Engine, item: &Value) -> Value {
    let part = |key: &str| item[key].as_str().unwrap_or_default();
    let published = part("published").get(..10).and_then(|date| date.parse().ok());
    let text = format!("{}\n\n{}", part("title"), part("text"));
    let doc = engine.read(&text, Meta { published, ..Meta::default() });
    let toll = Tolls::english().toll(&doc);
    let seen = toll.by.evidence.iter().filter_map(|seen| Some(json!([seen.what, doc.words(seen.span?)])));
    json!({ "id": item["id"], "killed": toll.killed, "injured": toll.injured, "seen": seen.collect::<Vec<_>>() })
}
