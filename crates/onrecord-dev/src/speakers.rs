//! Articles written for the project whose speakers are named: `gold/speakers`, and the tuned half of its own gold.

use std::fs;
use std::path::Path;

use onrecord::core::Span;
use serde_json::Value;

use crate::Result;
use crate::gold;

/// An article and who speaks in it.
pub(crate) struct Told {
    /// The article.
    pub(crate) text: String,
    /// Its speakers, a statement each.
    pub(crate) speakers: Vec<Speaker>,
}

/// The words that stand for a speaker, and who that is.
pub(crate) struct Speaker {
    /// The first words of what is said, in bytes.
    pub(crate) content: Span,
    /// The words for the speaker, in bytes.
    pub(crate) span: Span,
    /// The fullest name in the article; empty where it gives none.
    pub(crate) name: String,
}

/// The articles of one file of `gold/speakers`: `tune`, which is learned from, `score`, `news`, `desk` or `full`.
pub(crate) fn written(repository: &Path, file: &str) -> Result<Vec<Told>> {
    let path = repository.join(format!("gold/speakers/{file}.jsonl"));
    let lines = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    lines
        .lines()
        .map(|line| {
            told(&serde_json::from_str(line)?).map_err(|error| format!("{}: {error}", path.display()).into())
        })
        .collect()
}

/// The tuned half of the project's own gold.
pub(crate) fn own(repository: &Path) -> Result<Vec<Told>> {
    let reports = gold::reports(repository)?;
    let tuned = reports.into_iter().filter(|report| report.half == "tune");
    Ok(tuned
        .map(|report| Told {
            speakers: report
                .statements
                .iter()
                .filter_map(|statement| {
                    Some(Speaker {
                        content: *statement.spans("content").first()?,
                        span: *statement.spans("speaker").first()?,
                        name: statement.field("name").to_owned(),
                    })
                })
                .collect(),
            text: report.text,
        })
        .collect())
}

fn told(article: &Value) -> Result<Told, String> {
    let words = |value: &Value, field: &str| {
        value[field].as_str().map(str::to_owned).ok_or_else(|| format!("{}: no {field}", article["id"]))
    };
    let text = words(article, "text")?;
    let mut speakers = Vec::new();
    let mut after = 0;
    for statement in article["statements"].as_array().into_iter().flatten() {
        let (content, speaker) = (words(statement, "content")?, words(statement, "speaker")?);
        let missing = |words: &str| format!("{}: {words:?} is not in the article", article["id"]);
        let start = text[after..].find(&content).map(|at| after + at).or_else(|| text.find(&content));
        let start = start.ok_or_else(|| missing(&content))?;
        after = start;
        let quoted = Span::of(start..start + quoted_length(&text[start..]).max(content.len()));
        let span = text
            .match_indices(&speaker)
            .map(|(at, words)| Span::of(at..at + words.len()))
            .filter(|span| is_word(&text, *span) && !span.overlaps(quoted))
            .min_by_key(|span| span.start.abs_diff(quoted.start).min(span.start.abs_diff(quoted.end)))
            .ok_or_else(|| missing(&speaker))?;
        let content = Span::of(start..start + content.len());
        speakers.push(Speaker { content, span, name: words(statement, "name")? });
    }
    Ok(Told { text, speakers })
}

/// The length of the quotation that a text begins with; 0 without one.
fn quoted_length(text: &str) -> usize {
    let close = match text.chars().next() {
        Some('“') => '”',
        Some('‘') => '’',
        Some('"') => '"',
        _ => return 0,
    };
    let end = |(at, c): &(usize, char)| {
        let next = text[at + c.len_utf8()..].chars().next();
        *at > 0 && (*c == close && !next.is_some_and(char::is_alphanumeric) || *c == '\n')
    };
    text.char_indices().find(end).map_or(text.len(), |(at, _)| at)
}

/// Whether a span begins and ends with a word.
fn is_word(text: &str, span: Span) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let range = span.range();
    !letter(text[..range.start].chars().next_back()) && !letter(text[range.end..].chars().next())
}

/// A name without differences of case, apostrophe and article.
pub(crate) fn folded(name: &str) -> String {
    let name = name.to_lowercase().replace(['’', '‘', '`'], "'");
    name.strip_prefix("the ").unwrap_or(&name).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_speaker_is_the_nearest_outside_the_quotation() {
        let article = json!({
            "id": "1",
            "text": "He left. “He is cold and he is late,” she said. “He’s never late,” he said.",
            "statements": [
                {"content": "“He is cold", "speaker": "she", "name": "Ana Ruiz"},
                {"content": "“He’s never late", "speaker": "he", "name": ""},
            ],
        });
        let told = told(&article).expect("all words are in the article");
        let after = |span: Span| &told.text[span.range().start..];
        assert!(after(told.speakers[0].span).starts_with("she said"));
        assert!(after(told.speakers[1].span).starts_with("he said"));
    }

    #[test]
    fn words_that_are_not_in_the_article_are_an_error() {
        let article = json!({
            "id": "1",
            "text": "She left.",
            "statements": [{"content": "She left", "speaker": "Ruiz", "name": ""}],
        });
        assert!(told(&article).is_err_and(|error| error.contains("Ruiz")));
    }

    #[test]
    fn names_differ_neither_by_case_nor_by_article() {
        assert_eq!(folded("The  O’Hara Trust"), folded("o'hara trust"));
    }
}
