//! The project's own gold: articles written for it, with every statement annotated. See `gold/README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::core::{Meta, Span};

use crate::Result;

/// An annotated article.
pub(crate) struct Report {
    /// File name without folder and ending: `012-harbour`.
    pub(crate) name: String,
    /// What is known beside the text.
    pub(crate) meta: Meta,
    /// `tune` or `score`.
    pub(crate) half: String,
    /// The article.
    pub(crate) text: String,
    /// Its statements, in the order of the file.
    pub(crate) statements: Vec<Annotation>,
}

/// An annotated statement: its fields as written, and where their words stand.
pub(crate) struct Annotation {
    fields: BTreeMap<String, String>,
    spans: BTreeMap<String, Vec<Span>>,
}

/// Fields whose values are words of the article; all but `content` are looked up near the content.
const WORDED: [&str; 8] = ["content", "speaker", "role", "cue", "addressee", "medium", "when", "repeats"];

impl Annotation {
    /// A field as written; empty when it is absent.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Where the words of a field stand, in bytes.
    pub(crate) fn spans(&self, name: &str) -> &[Span] {
        self.spans.get(name).map_or(&[], Vec::as_slice)
    }
}

/// All reports of `gold/reports`, by name.
pub(crate) fn reports(repository: &Path) -> Result<Vec<Report>> {
    let folder = repository.join("gold/reports");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// The statements of another pass over a report's text: a file of blocks alone.
pub(crate) fn pass(path: &Path, text: &str) -> Result<Vec<Annotation>> {
    let blocks = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    annotations(&blocks, text).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn read(path: &Path) -> Result<Report> {
    let file = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&file, path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn parse(file: &str, path: &Path) -> Result<Report, String> {
    let rest = file.strip_prefix("---\n").ok_or("the file begins with a line ---")?;
    let (header, rest) = rest.split_once("\n---\n").ok_or("the header ends with a line ---")?;
    let (text, blocks) = rest.split_once("\n===\n").ok_or("the article ends with a line ===")?;
    let header = fields(header)?;
    let field = |name: &str| header.get(name).cloned().ok_or(format!("the header has no {name}"));
    let published = field("published")?.parse().map_err(|error| format!("published: {error}"))?;
    Ok(Report {
        name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        meta: Meta { published: Some(published), outlet: Some(field("outlet")?), ..Meta::default() },
        half: field("half")?,
        text: text.to_owned(),
        statements: annotations(blocks, text)?,
    })
}

fn annotations(blocks: &str, text: &str) -> Result<Vec<Annotation>, String> {
    let blocks = blocks.split("\n---").map(str::trim).filter(|block| !block.is_empty());
    blocks.map(|block| annotation(block.trim_start_matches("---"), text)).collect()
}

fn annotation(block: &str, text: &str) -> Result<Annotation, String> {
    let fields = fields(block)?;
    let mut spans = BTreeMap::new();
    let content = fields.get("content").ok_or_else(|| format!("a block has no content: {block:?}"))?;
    let content = pieces(content).map(|piece| find(text, piece, None)).collect::<Result<Vec<_>, _>>()?;
    for name in WORDED.into_iter().filter(|name| *name != "content") {
        let Some(value) = fields.get(name).filter(|value| !value.is_empty()) else { continue };
        let found =
            pieces(value).map(|piece| find(text, piece, Some(&content))).collect::<Result<Vec<_>, _>>();
        spans.insert(name.to_owned(), found.map_err(|error| format!("{name}: {error}"))?);
    }
    spans.insert("content".to_owned(), content);
    Ok(Annotation { fields, spans })
}

fn fields(block: &str) -> Result<BTreeMap<String, String>, String> {
    let lines = block.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let (name, value) = line.split_once(':').ok_or_else(|| format!("no field: {line:?}"))?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn pieces(value: &str) -> impl Iterator<Item = &str> {
    value.split(" | ").map(str::trim)
}

/// Where a piece stands: its n-th occurrence when it ends in ` @n`, the only one for content, the nearest for the rest.
/// Words do not begin or end inside other words: "he" is not found in "the".
fn find(text: &str, piece: &str, near: Option<&[Span]>) -> Result<Span, String> {
    let (words, nth) = match piece.rsplit_once(" @") {
        Some((words, nth)) if nth.parse::<usize>().is_ok() => (words, nth.parse::<usize>().ok()),
        _ => (piece, None),
    };
    let places: Vec<Span> = text
        .match_indices(words)
        .filter(|(at, _)| whole_words(text, *at, words.len()))
        .map(|(at, _)| Span::of(at..at + words.len()))
        .collect();
    let place = match (nth, near) {
        (Some(nth), _) => places.get(nth.wrapping_sub(1)),
        (None, Some(near)) => places.iter().min_by_key(|place| distance(**place, near)),
        (None, None) if places.len() > 1 => {
            return Err(format!("{words:?} stands {} times: add @n", places.len()));
        }
        (None, None) => places.first(),
    };
    place.copied().ok_or_else(|| format!("{piece:?} does not stand in the article"))
}

fn whole_words(text: &str, at: usize, length: usize) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
    };
    let (before, words, after) = (&text[..at], &text[at..at + length], &text[at + length..]);
    !joins(before.chars().next_back(), words.chars().next())
        && !joins(words.chars().next_back(), after.chars().next())
}

/// How far a place is from the nearest piece of the content, in bytes. Between the pieces of a split quotation is near, for
/// there the cue stands; inside a piece comes after every place outside.
fn distance(place: Span, content: &[Span]) -> (bool, u32) {
    let inside = content.iter().any(|piece| place.overlaps(*piece));
    let apart = |piece: &Span| piece.start.saturating_sub(place.end) + place.start.saturating_sub(piece.end);
    (inside, content.iter().map(apart).min().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_nearest_to_the_content_and_as_whole_words() {
        let text = "The minister spoke. “No,” he said. The he-goat said nothing.";
        let note = annotation("kind: direct\ncontent: “No,”\nspeaker: he\ncue: said", text).unwrap();
        let words = |name: &str| &text[note.spans(name)[0]];
        assert_eq!((words("content"), words("speaker"), words("cue")), ("“No,”", "he", "said"));
        assert_eq!(note.spans("speaker")[0].start, 30);
        assert!(annotation("content: nowhere", text).is_err());
    }

    #[test]
    fn the_cue_of_a_split_quotation_stands_between_its_pieces() {
        let text = "She said no. “There was no time for a muster,” she said. “None.” She said it twice.";
        let note =
            annotation("content: “There was no time for a muster,” | “None.”\nspeaker: she\ncue: said", text);
        let start = |name: &str| note.as_ref().unwrap().spans(name)[0].start as usize;
        assert!(text[start("speaker")..].starts_with("she said. “None"));
        assert!(text[start("cue")..].starts_with("said. “None"));
    }
}
