//! Code point offsets of a text, by byte offset.

use onrecord::core::Span;

/// Turns byte offsets of one text into code point offsets.
pub(crate) struct Points {
    /// For each byte of the text, and its end, the number of code points before it; empty when the text is ASCII.
    before: Vec<u32>,
}

impl Points {
    /// The offsets of `text`.
    pub(crate) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for character in text.chars() {
            before.extend(std::iter::repeat_n(count, character.len_utf8()));
            count += 1;
        }
        before.push(count);
        Self { before }
    }

    /// The code point at a byte offset.
    pub(crate) fn at(&self, byte: u32) -> u32 {
        self.before.get(byte as usize).copied().unwrap_or(byte)
    }

    /// Start and end of a span, in code points.
    pub(crate) fn pair(&self, span: Span) -> [u32; 2] {
        [self.at(span.start), self.at(span.end)]
    }
}
