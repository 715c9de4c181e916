//! The words of a page with their offsets, read without building the page.

use std::collections::BTreeMap;

use scraper::Html;

use super::plain::{BLOCKS, find_tag};

/// The longest name of an element that stands on lines of its own.
const LONGEST_BLOCK: usize = 10;

/// The words of a page without tags, scripts and white space; for each byte, where its character starts and ends.
#[derive(Default)]
pub(super) struct Words {
    pub(super) flat: String,
    pub(super) starts: Vec<u32>,
    pub(super) ends: Vec<u32>,
    /// Where in `flat` an element begins or ends that stands on lines of its own.
    breaks: Vec<usize>,
}

impl Words {
    pub(super) fn of(html: &str) -> Self {
        let mut words = Self::default();
        let mut entities = BTreeMap::new();
        let mut at = 0;
        while let Some(c) = html[at..].chars().next() {
            let rest = &html[at..];
            let length = if c == '<' {
                words.note(rest);
                tag(rest)
            } else if let Some(entity) = entity(rest) {
                let decoded = entities.entry(entity).or_insert_with(|| decoded(entity));
                decoded.chars().for_each(|c| words.push(c, at, at + entity.len()));
                entity.len()
            } else {
                words.push(c, at, at + c.len_utf8());
                c.len_utf8()
            };
            at += length;
        }
        words
    }

    /// Notes an element that stands on lines of its own. Lines within a paragraph are the extractor's to keep.
    fn note(&mut self, rest: &str) {
        let name = rest[1..].trim_start_matches('/').bytes().take(LONGEST_BLOCK + 1);
        let name: Vec<u8> =
            name.take_while(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()).collect();
        let is_block = name != b"br" && BLOCKS.iter().any(|block| block.as_bytes() == name);
        if is_block && self.breaks.last() != Some(&self.flat.len()) {
            self.breaks.push(self.flat.len());
        }
    }

    /// Whether a break stands in this part of `flat`, its ends included.
    pub(super) fn breaks_in(&self, from: usize, to: usize) -> bool {
        let next = self.breaks.partition_point(|at| *at < from);
        self.breaks.get(next).is_some_and(|at| *at <= to)
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        if c.is_whitespace() {
            return;
        }
        self.flat.push(c);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.starts.resize(self.flat.len(), offset(start));
        self.ends.resize(self.flat.len(), offset(end));
    }

    pub(super) fn find(&self, flat: &str, from: usize) -> Option<usize> {
        memchr::memmem::find(&self.flat.as_bytes()[from..], flat.as_bytes()).map(|at| from + at)
    }
}

/// The length of a tag, a comment, or a script with all that it holds; 1 for a bare `<`.
fn tag(rest: &str) -> usize {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or(rest.len(), |end| 4 + end + 3);
    }
    if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return 1;
    }
    let end = rest.find('>').map_or(rest.len(), |end| end + 1);
    for name in ["script", "style"] {
        let begins = rest[1..].get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
        if begins {
            return end + find_tag(&rest[end..], &format!("</{name}")).unwrap_or(rest.len() - end);
        }
    }
    end
}

/// The longest name of a character, as `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 34;

/// The name of a character that a text begins with: `&amp;`, `&#8217;`.
fn entity(rest: &str) -> Option<&str> {
    let name = rest.strip_prefix('&')?;
    let length = name.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let fits = name[..length].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    (length > 0 && fits).then(|| &rest[..length + 2])
}

fn decoded(entity: &str) -> String {
    Html::parse_fragment(entity).root_element().text().collect()
}
