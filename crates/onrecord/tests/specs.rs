//! Specs: articles of a few sentences, and the tables that they should give.
//!
//! Every Markdown file under `specs/` is one list of specs. An article stands in a fenced block:
//!
//! ````text
//! ```article published=2024-07-12 outlet="Norvale Wire"
//! The minister, Ana Ruiz, warned: “We will pay nothing.”
//! ```
//! ````
//!
//! Each block after it, up to the next article, is named for a layer and holds the table that the article should give.
//! The first line names the columns, which are the layer's own and `words`, `rule` and `line`; the writer of the spec
//! chooses them. A span is shown as its words, a reference as the words of the record it points at, an unknown value
//! as `-`. A line break inside a cell is shown as `⏎`. A block named `statements where kind=direct` keeps the rows
//! that have that value.
//!
//! ````text
//! ```statements
//! content                 | cue    | speaker
//! “We will pay nothing.”  | warned | Ana Ruiz
//! ```
//! ````
//!
//! `BLESS=1 cargo test -p onrecord --test specs` writes the tables that the code gives now: read every changed line as
//! if a stranger had sent it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::Engine;
use onrecord::core::{Column, Document, LayerInfo, Meta, Record, Type, Value, layers};

#[test]
fn articles_give_the_tables_that_their_specs_show() {
    let engine = Engine::new().expect("the embedded model opens");
    let bless = std::env::var_os("BLESS").is_some();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs");
    let mut failures = String::new();
    let mut tables = 0;
    for path in markdown_files(&root) {
        let spec = fs::read_to_string(&path).unwrap();
        let (actual, count) = rewrite(&engine, &spec);
        tables += count;
        if actual == spec {
            continue;
        }
        if bless {
            fs::write(&path, actual).unwrap();
        } else {
            let name = path.strip_prefix(&root).unwrap().display();
            writeln!(failures, "--- specs/{name}\n{}", changed_lines(&spec, &actual)).unwrap();
        }
    }
    assert!(tables > 0, "there are specs to run");
    assert!(
        failures.is_empty(),
        "specs differ from what the code gives (BLESS=1 rewrites them):\n{failures}"
    );
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of specs is there") {
        let path = entry.expect("a file of the folder").path();
        if path.is_dir() {
            files.extend(markdown_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The spec with every table as the code gives it, and the number of tables.
fn rewrite(engine: &Engine, spec: &str) -> (String, usize) {
    let mut out = String::new();
    let mut tables = 0;
    let mut doc = None;
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some(attributes) = info.strip_prefix("article") {
            out.push_str(&body.iter().map(|line| format!("{line}\n")).collect::<String>());
            doc = Some(engine.read(&body.join("\n"), meta(attributes)));
        } else {
            let doc = doc.as_ref().expect("an article stands before its tables");
            let header = body.first().expect("the first line of a table names its columns");
            out.push_str(&table(doc, info, header));
            tables += 1;
        }
        out.push_str("```\n");
    }
    (out, tables)
}

fn meta(attributes: &str) -> Meta {
    let mut meta = Meta::default();
    let mut rest = attributes.trim();
    while let Some((key, after)) = rest.split_once('=') {
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').expect("a quoted attribute ends"),
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        match key.trim() {
            "published" => meta.published = Some(value.parse().expect("a date like 2024-07-12")),
            "outlet" => meta.outlet = Some(value.to_owned()),
            other => panic!("an article has no attribute `{other}`"),
        }
        rest = next.trim();
    }
    meta
}

fn table(doc: &Document, info: &str, header: &str) -> String {
    let (name, condition) = info.split_once(" where ").unwrap_or((info, ""));
    let layer =
        layers().find(|layer| layer.name == name).unwrap_or_else(|| panic!("there is no layer `{name}`"));
    let columns: Vec<&str> = header.split('|').map(str::trim).collect();
    let mut rows = vec![columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>()];
    for record in layer.records(doc, "") {
        if condition.split_once('=').is_none_or(|(column, value)| cell(doc, layer, &record, column) == value)
        {
            rows.push(columns.iter().map(|column| cell(doc, layer, &record, column)).collect());
        }
    }
    aligned(&rows)
}

fn cell(doc: &Document, layer: &LayerInfo, record: &Record, column: &str) -> String {
    let shown = match column {
        "words" => doc.words(record.span).to_owned(),
        "rule" => record.by.rule.to_owned(),
        "line" => (1 + doc.text()[..record.span.start as usize].matches('\n').count()).to_string(),
        _ => {
            let index = layer.columns.iter().position(|known| known.name == column);
            let index = index.unwrap_or_else(|| panic!("`{}` has no column `{column}`", layer.name));
            show(doc, &layer.columns[index], &record.values[index])
        }
    };
    if shown.is_empty() { "-".to_owned() } else { shown.replace('\n', "⏎") }
}

fn show(doc: &Document, column: &Column, value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Boolean(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Value::Span(span) => doc.words(*span).to_owned(),
        Value::Spans(spans) => spans.iter().map(|span| doc.words(*span)).collect::<Vec<_>>().join(" … "),
        Value::Reference(index) => {
            let Type::Reference(to) = column.kind else { unreachable!("only references refer") };
            let layer = layers().find(|layer| layer.name == to).expect("references name layers");
            doc.words(layer.records(doc, "")[*index].span).to_owned()
        }
    }
}

fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        writeln!(out, "{}", cells.join(" | ").trim_end()).expect("a string takes writing");
    }
    out
}

/// The lines that differ, in order: what the spec has behind `-`, what the code gives behind `+`.
fn changed_lines(spec: &str, actual: &str) -> String {
    let mut out = String::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (spec.lines().collect(), actual.lines().collect());
    for line in old.iter().filter(|line| !new.contains(line)) {
        out.push_str(&format!("- {line}\n"));
    }
    for line in new.iter().filter(|line| !old.contains(line)) {
        out.push_str(&format!("+ {line}\n"));
    }
    out
}
