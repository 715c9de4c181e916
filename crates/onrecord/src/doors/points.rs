//! Offsets as others count them: code points, UTF-16 units, lines and columns. Inside, offsets are bytes.

use crate::core::Span;

/// Turns the byte offsets of one text into the offsets of others.
///
/// Costs nothing for a text in ASCII, and a few bytes for each other character.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Points {
    /// The characters that are longer than a byte, in order.
    wide: Vec<Wide>,
    /// Byte offsets at which lines start, but for the first.
    lines: Vec<u32>,
}

/// The end of a character that is longer than a byte.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wide {
    /// Byte offset after it.
    end: u32,
    /// By how much bytes outnumber code points up to there.
    over_points: u32,
    /// By how much bytes outnumber UTF-16 units up to there.
    over_utf16: u32,
}

/// A place as an editor shows it. Both count from 1; columns are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("{}:{}", self.line, self.column))
    }
}

impl Points {
    /// The points of a text.
    pub fn new(text: &str) -> Self {
        let mut points = Self::default();
        let (mut over_points, mut over_utf16) = (0, 0);
        for (start, character) in text.char_indices() {
            let bytes = character.len_utf8();
            let end = offset(start + bytes);
            if bytes > 1 {
                over_points += offset(bytes - 1);
                over_utf16 += offset(bytes - character.len_utf16());
                points.wide.push(Wide { end, over_points, over_utf16 });
            }
            if character == '\n' {
                points.lines.push(end);
            }
        }
        points
    }

    /// The offset in code points.
    pub fn point(&self, byte: u32) -> u32 {
        byte - self.last_wide(byte).map_or(0, |wide| wide.over_points)
    }

    /// The offset in UTF-16 units, as JavaScript and Java count.
    pub fn utf16(&self, byte: u32) -> u32 {
        byte - self.last_wide(byte).map_or(0, |wide| wide.over_utf16)
    }

    /// Start and end of a span in code points.
    pub fn pair(&self, span: Span) -> [u32; 2] {
        [self.point(span.start), self.point(span.end)]
    }

    /// Start and end of a span in UTF-16 units.
    pub fn utf16_pair(&self, span: Span) -> [u32; 2] {
        [self.utf16(span.start), self.utf16(span.end)]
    }

    /// The line and column of an offset.
    pub fn place(&self, byte: u32) -> Place {
        let earlier = self.lines.partition_point(|start| *start <= byte);
        let start = earlier.checked_sub(1).map_or(0, |last| self.lines[last]);
        Place { line: offset(earlier) + 1, column: self.point(byte) - self.point(start) + 1 }
    }

    fn last_wide(&self, byte: u32) -> Option<&Wide> {
        let earlier = self.wide.partition_point(|wide| wide.end <= byte);
        earlier.checked_sub(1).map(|last| &self.wide[last])
    }
}

fn offset(number: usize) -> u32 {
    u32::try_from(number).expect("a document has at most 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_offsets_are_the_same_in_every_count() {
        let points = Points::new("The mayor spoke.");
        assert_eq!((points.point(9), points.utf16(9)), (9, 9));
    }

    #[test]
    fn a_quotation_mark_is_one_point_and_an_emoji_two_units() {
        let text = "“Ha” 🙂 he";
        let points = Points::new(text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            let byte = offset(byte);
            assert_eq!(points.point(byte), offset(count));
            assert_eq!(points.utf16(byte), offset(text[..byte as usize].encode_utf16().count()));
        }
        let all = Span::of(0..text.len());
        assert_eq!((points.pair(all), points.utf16_pair(all)), ([0, 9], [0, 10]));
    }

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let points = Points::new("Été\n\n“So”\n");
        let place = |byte| points.place(byte).to_string();
        assert_eq!([place(0), place(2), place(6), place(7), place(10)], ["1:1", "1:2", "2:1", "3:1", "3:2"]);
    }
}
