//! An article in pieces: sections, lines, and in each line the marked parts, with the rows in the margin beside it.
//!
//! Marks overlap: a time stands in a statement, a statement in another. Each line is cut wherever a mark starts or ends,
//! so that every piece has all the kinds that cover it, and a sign stands where a row's first mark starts.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::core::Span;
use onrecord::questions::Article;
use onrecord::record::Row;

use crate::serve::words;

/// The layers that are marked: name, class, letter of the sign, and the word for one.
pub(crate) const MARKED: [(&str, &str, char); 3] =
    [("statements", "statement", 's'), ("times", "time", 't'), ("figures", "figure", 'f')];

/// A part of the article.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) id: String,
    pub(crate) kind: String,
    /// What it is, where that is not plain text.
    pub(crate) label: Option<String>,
    /// The part that says the same: its place and kind.
    pub(crate) repeats: Option<(String, String)>,
    pub(crate) blocks: Vec<Block>,
}

/// A line of the text with its rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) notes: Vec<Note>,
}

/// Words with the same marks.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) words: String,
    pub(crate) class: String,
    pub(crate) opens: Vec<Open>,
}

/// The sign of a row, where its first mark starts.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) id: String,
    pub(crate) note: String,
    pub(crate) kind: &'static str,
    pub(crate) sign: String,
    pub(crate) spoken: String,
}

/// A row in the margin.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) mark: String,
    pub(crate) kind: &'static str,
    pub(crate) sign: String,
    pub(crate) spoken: String,
    pub(crate) back: String,
    pub(crate) lead: String,
    pub(crate) rest: String,
    pub(crate) who: Option<String>,
    pub(crate) row: Option<String>,
}

/// A row that is marked.
struct Marked<'a> {
    row: &'a Row,
    /// Place among [`MARKED`].
    kind: usize,
    /// Number among the rows of its layer, from 1.
    number: usize,
    /// Where its first mark starts.
    start: usize,
}

impl Marked<'_> {
    fn sign(&self) -> String {
        format!("{}{}", MARKED[self.kind].2, self.number)
    }

    fn spoken(&self) -> String {
        format!("{} {}", MARKED[self.kind].1, self.number)
    }
}

/// How many marks of each kind begin and end at an offset.
type Changes = BTreeMap<usize, [i32; 3]>;

/// An article in its parts. `pages` holds the ids of those statements whose speaker has a page; rows have one where the
/// article is kept.
pub(crate) fn parts(article: &Article, pages: &BTreeSet<String>, kept: bool) -> Vec<Part> {
    let mut rows = Vec::new();
    let mut changes = Changes::new();
    for (kind, (layer, ..)) in MARKED.iter().enumerate() {
        for (index, row) in article.layer(layer).enumerate() {
            let spans = words::marked(row);
            for span in &spans {
                let range = span.range();
                changes.entry(range.start).or_default()[kind] += 1;
                changes.entry(range.end).or_default()[kind] -= 1;
            }
            let start = spans.iter().map(|span| span.range().start).min().unwrap_or_default();
            rows.push(Marked { row, kind, number: index + 1, start });
        }
    }
    rows.sort_by_key(|marked| (marked.start, marked.kind, marked.number));
    let mut cutter = Cutter { text: &article.text, changes, open: [0; 3], at: 0, rows, next: 0, pages, kept };
    sections(article)
        .into_iter()
        .map(|section| cutter.part(&section))
        .filter(|part| !part.blocks.is_empty())
        .collect()
}

/// A stretch of the text: a section, or what stands between two.
struct Stretch<'a> {
    start: usize,
    end: usize,
    section: Option<&'a Row>,
    repeats: Option<&'a Row>,
}

/// The sections and what stands between them, without a gap.
fn sections(article: &Article) -> Vec<Stretch<'_>> {
    let by_id: BTreeMap<&str, &Row> = article.layer("sections").map(|row| (row.id.as_str(), row)).collect();
    let mut stretches = Vec::new();
    let mut at = 0;
    let plain = |start, end| Stretch { start, end, section: None, repeats: None };
    for section in article.layer("sections") {
        let Span { start, end } = section.passage.span;
        let (start, end) = (start as usize, end as usize);
        if start < at {
            continue;
        }
        if start > at {
            stretches.push(plain(at, start));
        }
        let repeats = section.text("repeats").and_then(|id| by_id.get(id).copied());
        stretches.push(Stretch { start, end, section: Some(section), repeats });
        at = end;
    }
    if at < article.text.len() {
        stretches.push(plain(at, article.text.len()));
    }
    stretches
}

/// Goes through the text once, from its start to its end.
struct Cutter<'a> {
    text: &'a str,
    changes: Changes,
    /// How many marks of each kind are open at `at`.
    open: [i32; 3],
    at: usize,
    rows: Vec<Marked<'a>>,
    /// The first row whose mark has not started.
    next: usize,
    pages: &'a BTreeSet<String>,
    kept: bool,
}

impl Cutter<'_> {
    fn part(&mut self, stretch: &Stretch<'_>) -> Part {
        let kind = stretch.section.and_then(|row| row.text("kind")).unwrap_or("body");
        let id = |row: &Row| words::anchor(&row.id);
        let repeats = stretch.repeats.map(|row| (id(row), row.text("kind").unwrap_or("text").to_owned()));
        let is_plain = kind == "body" && repeats.is_none();
        let mut blocks = Vec::new();
        let mut start = stretch.start;
        for line in self.text[stretch.start..stretch.end].split_inclusive('\n') {
            let end = start + line.len();
            let block = self.block(end);
            if !line.trim().is_empty() {
                blocks.push(block);
            }
            start = end;
        }
        Part {
            id: stretch.section.map(id).unwrap_or_default(),
            label: (!is_plain).then(|| kind.to_owned()),
            kind: kind.to_owned(),
            repeats,
            blocks,
        }
    }

    /// The text up to `end`, cut into pieces.
    fn block(&mut self, end: usize) -> Block {
        let mut block = Block::default();
        while self.at < end {
            let mut opens = Vec::new();
            if let Some(change) = self.changes.remove(&self.at) {
                for (open, change) in self.open.iter_mut().zip(change) {
                    *open += change;
                }
            }
            while let Some(marked) = self.rows.get(self.next).filter(|marked| marked.start <= self.at) {
                opens.push(open(marked));
                block.notes.push(self.note(marked));
                self.next += 1;
            }
            let cut = self.changes.first_key_value().map_or(end, |(at, _)| (*at).min(end));
            let words = self.text[self.at..cut].to_owned();
            block.pieces.push(Piece { words, class: self.class(), opens });
            self.at = cut;
        }
        block
    }

    fn class(&self) -> String {
        let open = MARKED.iter().zip(self.open).filter(|(_, open)| *open > 0);
        open.map(|((_, class, _), _)| *class).collect::<Vec<_>>().join(" ")
    }

    fn note(&self, marked: &Marked<'_>) -> Note {
        let row = marked.row;
        let (lead, rest) = words::gist(row);
        let name = row.text("name").filter(|_| self.pages.contains(&row.id));
        Note {
            id: format!("n-{}", marked.sign()),
            mark: words::anchor(&row.id),
            kind: MARKED[marked.kind].1,
            sign: marked.sign(),
            spoken: marked.spoken(),
            back: format!("back to {} in the text", marked.spoken()),
            lead,
            rest,
            who: name.map(words::speaker),
            row: self.kept.then(|| words::row(&row.id)),
        }
    }
}

fn open(marked: &Marked<'_>) -> Open {
    Open {
        id: words::anchor(&marked.row.id),
        note: format!("n-{}", marked.sign()),
        kind: MARKED[marked.kind].1,
        sign: marked.sign(),
        spoken: marked.spoken(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use onrecord::core::{Meta, document_hash};
    use onrecord::doors::Points;
    use onrecord::record::{self, Cell, Passage};
    use onrecord::store::Report;

    use super::*;

    fn row(text: &str, layer: &'static str, number: usize, range: std::ops::Range<usize>) -> Row {
        let passage = Passage::of(text, Span::of(range));
        Row {
            layer,
            id: format!("{number:024x}"),
            document: document_hash(text),
            passage,
            cells: vec![Cell::Null; record::layer(layer).columns.len()],
            rule: "test".into(),
            evidence: Vec::new(),
            version: 1,
        }
    }

    fn article(text: String, rows: Vec<Row>) -> Article {
        let report = Report {
            number: 1,
            hash: document_hash(&text),
            title: None,
            meta: Meta::default(),
            language: None,
        };
        Article { points: Arc::new(Points::new(&text)), report, text, rows }
    }

    /// The blocks as text: each piece with its classes, signs before it.
    fn drawn(parts: &[Part]) -> String {
        let pieces = parts.iter().flat_map(|part| &part.blocks).flat_map(|block| &block.pieces);
        let piece = |piece: &Piece| {
            let signs: String = piece.opens.iter().map(|open| format!("^{}", open.sign)).collect();
            if piece.class.is_empty() {
                format!("{signs}{}", piece.words)
            } else {
                format!("{signs}[{}:{}]", piece.class, piece.words)
            }
        };
        pieces.map(piece).collect()
    }

    #[test]
    fn overlapping_marks_have_all_their_kinds() {
        let text = "The dam held on Monday, she said.\n\nNo 40 boats sank.\n".to_owned();
        let rows = vec![
            row(&text, "statements", 1, 0..22),
            row(&text, "statements", 2, 4..12),
            row(&text, "times", 3, 16..22),
            row(&text, "figures", 4, 38..40),
        ];
        let cut = parts(&article(text, rows), &BTreeSet::new(), true);
        assert_eq!(
            drawn(&cut),
            "^s1[statement:The ]^s2[statement:dam held][statement: on ]^t1[statement time:Monday], she said.\n\
             No ^f1[figure:40] boats sank.\n"
        );
        let notes: Vec<&str> = cut
            .iter()
            .flat_map(|part| &part.blocks)
            .flat_map(|block| &block.notes)
            .map(|note| note.sign.as_str())
            .collect();
        assert_eq!(notes, ["s1", "s2", "t1", "f1"]);
    }

    #[test]
    fn a_long_article_with_many_statements_is_whole() {
        let line =
            "“The water rose quickly”, said a man who had come to see it, and it did not fall again.\n";
        let text = line.repeat(2 * 1024 * 1024 / line.len());
        let rows =
            (0..500).map(|n| row(&text, "statements", n, n * line.len()..n * line.len() + 28)).collect();
        let cut = parts(&article(text.clone(), rows), &BTreeSet::new(), true);
        let blocks = || cut.iter().flat_map(|part| &part.blocks);
        let words: String =
            blocks().flat_map(|block| &block.pieces).map(|piece| piece.words.as_str()).collect();
        assert_eq!(words, text);
        assert_eq!(blocks().map(|block| block.notes.len()).sum::<usize>(), 500);
    }
}
