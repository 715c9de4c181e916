//! Numbers that count nothing: dates, names, addresses, numbers to call, marks of lists, scores.

use super::edges::gap;
use super::{Atom, Measure, Reader, WINDOW};
use crate::Span;
use crate::numbers::{Decimal, NumberForm, NumberKind};
use crate::stages::figures::words::Label;

impl Reader<'_> {
    /// Whether the number is part of a date; a length of time inside one ("the last three months") is a figure too.
    pub(super) fn is_dated(&self, atom: &Atom, dates: &[Span]) -> bool {
        let is_duration = matches!(atom.unit, Some(Measure::Unit(unit, _)) if unit.dimension == "duration" || unit.dimension == "age");
        if is_duration && atom.number.kind != NumberKind::Ordinal {
            return false;
        }
        let from = dates.partition_point(|date| date.end <= atom.number.span.start);
        if dates.get(from).is_some_and(|date| date.overlaps(atom.number.span)) {
            return true;
        }
        atom.unit.is_none() && (self.is_year(atom) || self.is_clock(atom))
    }

    /// "2016", and "the 1990s".
    pub(super) fn is_year(&self, atom: &Atom) -> bool {
        let digits = &self.text[atom.number.span];
        let after = self.after(atom.span.end);
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return after.starts_with('s') && digits.ends_with('0') && digits.len() == 2;
        }
        if !(Decimal::from(1000)..Decimal::from(2100)).contains(&atom.value) {
            return false;
        }
        after.starts_with('s') || (atom.value >= Decimal::from(1500) && !self.counts_a_plural(atom.span.end))
    }

    /// "2000 people": a plural stands right after.
    pub(super) fn counts_a_plural(&self, end: u32) -> bool {
        let mut words = self.after(end).split([' ', '\u{a0}']);
        let first = words.next().unwrap_or_default();
        let word = words.next().unwrap_or_default();
        first.is_empty()
            && (word == "people"
                || (word.ends_with('s')
                    && word.len() > 3
                    && word.starts_with(char::is_lowercase)
                    && !matches!(word, "was" | "this" | "has" | "its" | "is" | "as")))
    }

    /// "11 a.m.", "10:27", "1:36.6".
    pub(super) fn is_clock(&self, atom: &Atom) -> bool {
        let after = self.after(atom.span.end);
        let before = self.before(atom.span.start);
        let digit_after = |mark: char| {
            after.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let digit_before = |mark: char| {
            before.strip_suffix(mark).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        };
        let word = after.trim_start().split([' ', ',', ';', '\n']).next().unwrap_or_default().to_lowercase();
        digit_after(':')
            || digit_before(':')
            || self.words.is_label(word.trim_end_matches(['.', ')']), Label::Clock)
    }

    /// Whether the number is part of a name, an address, a telephone number, a list mark, a score or a web address.
    pub(super) fn is_name(&self, atom: &Atom) -> bool {
        let chunk = self.chunk(atom.number.span);
        let text = &self.text[chunk];
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let after = self.after(atom.span.end);
        let before = self.before(atom.span.start);
        // A telephone number: many digits in groups.
        if digits >= 7
            && text.contains(['-', '.', '(', ')', '/'])
            && text.bytes().filter(|b| matches!(b, b'-' | b'.' | b')')).count() >= 2
        {
            return true;
        }
        if self.words.is_label(text, Label::Name) {
            return true;
        }
        if after.starts_with(['@', '_'])
            || before.ends_with(['@', '#', '_', '/'])
                && !before.ends_with(" /")
                && atom.number.kind != NumberKind::Fraction
        {
            return true;
        }
        if self.is_in_groups(atom) {
            return true;
        }
        // "3D", "1080p", "A4": letters run on that are no unit.
        if atom.unit.is_none() && after.starts_with(char::is_alphabetic) {
            return true;
        }
        // "ID.3", "3×10"
        if before.ends_with(['×', '^'])
            || before.strip_suffix('.').is_some_and(|rest| rest.ends_with(char::is_alphabetic))
        {
            return true;
        }
        self.is_list_mark(atom) || self.is_label(atom) || self.is_address(atom) || self.is_score(text, atom)
    }

    /// "555 0142", "+44 20 7946 0958", "00 0177": groups of digits are a number to call, and a nought in front counts
    /// nothing.
    pub(super) fn is_in_groups(&self, atom: &Atom) -> bool {
        let digits = &self.text[atom.number.span];
        if atom.number.form != NumberForm::Digits || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let is_code = |digits: &str| digits.len() > 1 && digits.starts_with('0');
        let after = self.after(atom.number.span.end);
        let before = self.before(atom.number.span.start);
        let next = after.strip_prefix(' ').unwrap_or_default();
        let next = &next[..next.find(|c: char| !c.is_ascii_digit()).unwrap_or(next.len())];
        let last = before.strip_suffix(' ').unwrap_or_default();
        let last = &last[last
            .rfind(|c: char| !c.is_ascii_digit() && c != '+')
            .map_or(0, |at| at + last[at..].chars().next().map_or(1, char::len_utf8))..];
        is_code(digits)
            || is_code(next) && digits.len() >= 2
            || is_code(last.trim_start_matches('+')) && atom.unit.is_none()
            || last.starts_with('+') && last.len() > 1
            || before.ends_with('+') && !next.is_empty()
    }

    /// Digits and the marks that hold them together, around a number.
    pub(super) fn chunk(&self, span: Span) -> Span {
        let of_chunk =
            |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '.' | '(' | ')' | '/' | '+' | '‑');
        let before = self.before(span.start);
        let after = self.after(span.end);
        let left: usize =
            before.chars().rev().take(24).take_while(|c| of_chunk(*c)).map(char::len_utf8).sum();
        let right: usize = after.chars().take(24).take_while(|c| of_chunk(*c)).map(char::len_utf8).sum();
        let mut start = span.start as usize - left;
        // "(317) 555-0100"
        if let Some(rest) = self.text[self.paragraph.start as usize..start].strip_suffix(") ") {
            let digits = rest.bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
            start -= if digits == 3 { 5 } else { 0 };
        }
        let mut end = span.end as usize + right;
        if self.text[..end].ends_with(')') && self.text[end..].starts_with(' ') {
            end += self.text[end + 1..]
                .chars()
                .take(12)
                .take_while(|c| of_chunk(*c))
                .map(char::len_utf8)
                .sum::<usize>()
                + 1;
        }
        let span = Span::of(start..end.min(self.paragraph.end as usize));
        let trimmed = self.text[span].trim_end_matches(['.', '-', ' ', '–']);
        Span::of(start..start + trimmed.len())
    }

    /// "1." or "(a) 2)" at the start of a line, "[3]".
    pub(super) fn is_list_mark(&self, atom: &Atom) -> bool {
        if atom.number.form != NumberForm::Digits || atom.unit.is_some() {
            return false;
        }
        let before = self.before(atom.span.start);
        let after = self.after(atom.span.end);
        let line = before.trim_end_matches([' ', '(']);
        let is_first = atom.span.start - self.paragraph.start <= WINDOW;
        let at_start = (line.is_empty() && is_first) || line.ends_with('\n');
        (at_start && (after.starts_with(". ") || after.starts_with(") ") || after.starts_with('\t')))
            || (before.ends_with('[') && after.starts_with(']'))
    }

    /// "Flight 12", "No. 5".
    pub(super) fn is_label(&self, atom: &Atom) -> bool {
        if atom.number.kind == NumberKind::Fraction
            || (atom.unit.is_some() && atom.number.form != NumberForm::Digits)
        {
            return false;
        }
        let before = self.before(atom.span.start).trim_end_matches([' ', '\n', '\u{a0}', '#']);
        let word = before.rsplit([' ', '\n', '(', '-', '\u{a0}']).next().unwrap_or_default();
        if before.len() == self.before(atom.span.start).len() || word.is_empty() {
            return false;
        }
        if !self.words.is_label(&word.to_lowercase(), Label::Before) {
            return false;
        }
        // "no 5" is a label only with a capital or a stop; a plural after it is counted.
        let is_title = word.starts_with(char::is_uppercase) || word.ends_with('.');
        match atom.unit {
            Some(_) => false,
            None => is_title || !self.counts_a_plural(atom.span.end),
        }
    }

    /// "12 Elm Street", "the 1200 block of", and a post code's digits.
    pub(super) fn is_address(&self, atom: &Atom) -> bool {
        if atom.number.form != NumberForm::Digits
            || atom.unit.is_some()
            || self.text[atom.number.span].contains([',', '.'])
        {
            return false;
        }
        let after = self.after(atom.span.end);
        let Some(rest) = after.strip_prefix([' ', '-']) else { return false };
        let mut name = false;
        for (index, word) in rest.split([' ', '\n']).take(5).enumerate() {
            let bare = word.trim_end_matches([',', ';', ')', '\'', '’']);
            let lower = bare.to_lowercase();
            if index == 0 && self.words.is_label(&lower, Label::Block) {
                return true;
            }
            if index > 0
                && name
                && bare.starts_with(char::is_uppercase)
                && self.words.is_label(lower.trim_end_matches('.'), Label::Street)
            {
                return true;
            }
            if !bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
                return false;
            }
            name = true;
            if word.ends_with([',', ';', '.']) && word.len() > 3 {
                return false;
            }
        }
        false
    }

    /// "2-0", "won 3-1", "a 9-2 lead": two small numbers and a dash with nothing counted after them.
    pub(super) fn is_score(&self, chunk: &str, atom: &Atom) -> bool {
        let Some((left, right)) = chunk.split_once(['-', '–', '‑']) else { return false };
        let (Ok(left), Ok(right)) = (left.parse::<u32>(), right.parse::<u32>()) else {
            // Three groups are a date, a record of games or a serial number.
            return chunk.matches(['-', '–']).count() >= 2 && atom.unit.is_none();
        };
        // "the 787-8": a model.
        if left >= 100 && right < 10 {
            return atom.unit.is_none();
        }
        if left >= 200 || right >= 200 {
            return false;
        }
        let end = self.chunk(atom.number.span).end;
        let rest = self.after(end);
        let gap = gap(rest);
        let has_unit = atom.unit.is_some() || self.unit_at(&rest[gap..], end, gap == 0).is_some();
        let start = self.chunk(atom.number.span).start;
        let has_money = self.currency_before(start).is_some();
        !(has_unit || has_money) && (left >= right || !self.counts_a_plural(end))
    }
}
