//! Reads quantities off the text: numbers with sign, currency, unit, rate and bound, joined into ranges.
//!
//! This part needs no parse: "from $3 to $4 million a year" is a pattern of words. What a quantity counts, and what
//! happened to that, is read from the parse in the modules beside this one.

use super::words::{Label, Unit, Words};
use super::{Bound, Class};
use crate::Span;
use crate::numbers::{Decimal, Number, NumberForm, NumberKind, Numbers};

/// Bytes on either side of a number that rules look at: longer than any bound, unit or address.
const WINDOW: u32 = 96;

/// A quantity as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// From the bound's first word to the unit's last.
    pub(super) span: Span,
    /// The number or numbers alone.
    pub(super) number: Span,
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) bound: Bound,
    pub(super) class: Class,
    pub(super) unit: Option<&'static str>,
    /// The unit's words, or the currency's.
    pub(super) unit_words: Option<Span>,
    /// What a rate is counted by.
    pub(super) per: Option<Span>,
    /// The unit of measure that gives the SI value.
    pub(super) measure: Option<Unit>,
    /// The rule that read the number.
    pub(super) rule: &'static str,
    /// From one value to another: a change between two levels.
    pub(super) from_to: bool,
}

/// A number with what is written onto it.
#[derive(Debug, Clone, Copy)]
struct Atom {
    number: Number,
    value: Decimal,
    high: Option<Decimal>,
    span: Span,
    unit: Option<Measure>,
    rule: &'static str,
}

/// The unit of an atom.
#[derive(Debug, Clone, Copy)]
enum Measure {
    Money(&'static str, Span),
    Unit(Unit, Span),
}

impl Measure {
    fn same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Money(a, _), Self::Money(b, _)) => a == b,
            (Self::Unit(a, _), Self::Unit(b, _)) => a.name == b.name,
            _ => false,
        }
    }
}

/// Finds the quantities of one paragraph. `dates` are the spans that the stage of times took, in order.
pub(super) fn quantities(
    text: &str,
    paragraph: Span,
    numbers: &Numbers,
    words: &Words,
    dates: &[Span],
) -> Vec<Quantity> {
    let reader = Reader { text, paragraph, words };
    let mut atoms = Vec::new();
    let mut after = paragraph.start;
    for number in reader.numbers(numbers) {
        if number.span.start < after {
            continue;
        }
        if let Some(atom) = reader.atom(number, dates) {
            after = atom.span.end;
            atoms.push(atom);
        }
    }
    reader.vague(&mut atoms);
    atoms.sort_by_key(|atom| atom.span.start);
    atoms.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
    reader.join(&atoms)
}

struct Reader<'a> {
    text: &'a str,
    paragraph: Span,
    words: &'a Words,
}

impl Reader<'_> {
    /// What stands before a place in the paragraph, as far as any rule looks.
    fn before(&self, at: u32) -> &str {
        let mut start = at.saturating_sub(WINDOW).max(self.paragraph.start) as usize;
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        &self.text[start..at as usize]
    }

    /// What stands after a place in the paragraph, as far as any rule looks.
    fn after(&self, at: u32) -> &str {
        let mut end = at.saturating_add(WINDOW).min(self.paragraph.end).max(at) as usize;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[at as usize..end]
    }

    /// The numbers of the paragraph; those that a currency's code touches ("USD10m") are no names for figures.
    fn numbers(&self, numbers: &Numbers) -> Vec<Number> {
        let text = &self.text[self.paragraph];
        let mut found = numbers.find(text);
        let mut touched: Vec<Number> = Vec::new();
        let bytes = text.as_bytes();
        for at in 1..bytes.len() {
            if bytes[at].is_ascii_digit() && bytes[at - 1].is_ascii_uppercase() {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                if self.currency_before(self.paragraph.start + at).is_some()
                    && let Some(number) = numbers.read(text, at as usize)
                {
                    touched.push(number);
                }
            }
        }
        if !touched.is_empty() {
            found.retain(|number| {
                let from = touched.partition_point(|other| other.span.end <= number.span.start);
                touched.get(from).is_none_or(|other| !other.span.overlaps(number.span))
            });
            found.extend(touched);
            found.sort_by_key(|number| number.span.start);
        }
        for number in &mut found {
            number.span.start += self.paragraph.start;
            number.span.end += self.paragraph.start;
        }
        found
    }

    /// A number with its sign, currency and unit, unless it is a date, a name, a telephone number or a score.
    fn atom(&self, number: Number, dates: &[Span]) -> Option<Atom> {
        let mut atom = Atom {
            number,
            value: number.value,
            high: None,
            span: number.span,
            unit: None,
            rule: "figure.number",
        };
        let currency = self.currency_before(number.span.start);
        if let Some((code, start)) = currency {
            atom.unit = Some(Measure::Money(code, Span::new(start, number.span.start)));
            atom.span.start = start;
        }
        self.scale_letter(&mut atom, currency.is_some());
        self.sign(&mut atom);
        if currency.is_none() {
            self.unit_after(&mut atom);
        } else {
            self.country_after(&mut atom);
        }
        if self.is_dated(&atom, dates) || self.is_name(&atom) {
            return None;
        }
        Some(atom)
    }

    /// A currency's sign or code before a number: "$", "US$", "US $", "USD".
    fn currency_before(&self, at: u32) -> Option<(&'static str, u32)> {
        let before = self.before(at);
        let tight = before.strip_suffix([' ', '\u{a0}', '=']).unwrap_or(before);
        let mut found = None;
        for (offset, _) in tight.char_indices().rev().take(5) {
            let form = &tight[offset..];
            if form.starts_with(char::is_whitespace) {
                break;
            }
            let is_code = form.chars().all(|c| c.is_ascii_alphabetic());
            if is_code
                && form.chars().any(|c| c.is_ascii_lowercase())
                && form != "Rs"
                && form != "Tk"
                && form != "Rp"
            {
                continue;
            }
            let joined =
                form.starts_with(char::is_alphabetic) && tight[..offset].ends_with(char::is_alphanumeric);
            if let Some(currency) = self.words.currency(form).filter(|_| !joined) {
                found = Some((currency.code, offset));
            }
        }
        let (code, offset) = found?;
        let start = at - u32::try_from(before.len() - offset).ok()?;
        // A country may stand apart from its sign: "US $58", "HK $5".
        if &tight[offset..] == "$"
            && let Some(rest) = tight[..offset].strip_suffix(' ')
        {
            let country = rest.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
            let form = format!("{}$", country.replace('.', ""));
            if country.len() <= 4
                && !country.is_empty()
                && let Some(currency) = self.words.currency(&form)
            {
                return Some((currency.code, start - 1 - u32::try_from(country.len()).ok()?));
            }
        }
        Some((code, start))
    }

    /// "$5m", "25k", "8 B people": a letter of scale that the reader of numbers leaves, as it may be a metre.
    fn scale_letter(&self, atom: &mut Atom, is_money: bool) {
        if atom.number.form != NumberForm::Digits || atom.number.kind == NumberKind::Ordinal {
            return;
        }
        let after = self.after(atom.span.end);
        let spaced = after.strip_prefix([' ', '-']);
        let rest = spaced.unwrap_or(after);
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if rest[letters..].starts_with(|c: char| c.is_alphanumeric()) {
            return;
        }
        let by: i128 = match &rest[..letters] {
            "k" | "K" if spaced.is_none() => 1_000,
            "m" | "M" | "mil" | "Mn" | "MM" | "mm" if is_money => 1_000_000,
            "mil" if spaced.is_none() => 1_000_000,
            "b" | "B" if is_money => 1_000_000_000,
            "B" if spaced.is_some() => 1_000_000_000,
            "t" | "T" if is_money => 1_000_000_000_000,
            _ => return,
        };
        if let Some(value) = atom.value.checked_mul(Decimal::from(by)) {
            atom.value = value;
            let length = after.len() - rest.len() + letters;
            atom.span.end += u32::try_from(length).unwrap_or(0);
            atom.number.form = NumberForm::Mixed;
            atom.number.span.end = atom.span.end;
        }
    }

    /// "minus 5", "-5" where no word or number stands before the sign.
    fn sign(&self, atom: &mut Atom) {
        let before = self.before(atom.span.start);
        let length = if let Some(rest) = before.strip_suffix(['-', '−', '–']) {
            if !rest.is_empty() && !rest.ends_with([' ', '(', '\u{a0}']) {
                let word = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                if !word.eq_ignore_ascii_case("minus") {
                    return;
                }
                before.len() - rest.len() + word.len()
            } else if rest.trim_end().ends_with(|c: char| c.is_alphanumeric()) && before.ends_with('–') {
                return;
            } else {
                before.len() - rest.len()
            }
        } else if let Some(rest) = strip_suffix_word(before, "minus") {
            before.len() - rest.len()
        } else {
            return;
        };
        if let Some(value) = atom.value.checked_mul(Decimal::from(-1)) {
            atom.value = value;
            atom.span.start -= u32::try_from(length).unwrap_or(0);
        }
    }

    /// A unit or currency after a number, over at most a space or a hyphen.
    fn unit_after(&self, atom: &mut Atom) {
        let after = self.after(atom.span.end);
        let gap = gap(after);
        let rest = &after[gap..];
        if rest.is_empty() || (gap > 0 && after.starts_with('.')) {
            return;
        }
        let start = atom.span.end + u32::try_from(gap).unwrap_or(0);
        let Some((measure, length)) = self.unit_at(rest, start, gap == 0) else { return };
        if let Measure::Money(code, span) = measure
            && let Some(currency) = self.words.currency(&self.text[span].to_lowercase())
        {
            match atom.value.checked_mul(currency.worth) {
                Some(value) => atom.value = value,
                None => return,
            }
            debug_assert_eq!(currency.code, code);
        }
        atom.unit = Some(measure);
        atom.span.end = start + length;
    }

    /// The longest unit or currency at the start of `rest`.
    fn unit_at(&self, rest: &str, start: u32, tight: bool) -> Option<(Measure, u32)> {
        let ends = word_ends(rest);
        for end in ends.into_iter().rev() {
            let form = &rest[..end];
            let length = u32::try_from(end).ok()?;
            let span = Span::new(start, start + length);
            let lower = form.to_lowercase();
            let spaced = lower.replace('-', " ");
            if let Some(unit) = self.words.unit(&lower).or_else(|| self.words.unit(&spaced)) {
                return Some((Measure::Unit(unit, span), length));
            }
            if let Some(unit) = self.words.symbol(form)
                && (tight
                    || form.len() > 1
                    || matches!(form, "C" | "F" | "W" | "V" | "m" | "g" | "l" | "%" | "°" | "R"))
                && (form != "G" || tight)
            {
                return Some((Measure::Unit(unit, span), length));
            }
            // "won" is more often a verb; a code or a name of a currency is none.
            if lower != "won"
                && let Some(currency) = self.words.currency(&lower).or_else(|| {
                    (form.len() >= 3 && form.chars().all(|c| c.is_ascii_uppercase()))
                        .then(|| self.words.currency(form))
                        .flatten()
                })
            {
                return Some((Measure::Money(currency.code, span), length));
            }
        }
        self.foot_or_pence(rest, start, tight)
    }

    /// "30'" and "164p".
    fn foot_or_pence(&self, rest: &str, start: u32, tight: bool) -> Option<(Measure, u32)> {
        let mut characters = rest.chars();
        let (first, next) = (characters.next()?, characters.next());
        if !tight || next.is_some_and(char::is_alphanumeric) {
            return None;
        }
        match first {
            'p' => Some((Measure::Money("GBP", Span::new(start, start + 1)), 1)),
            '\'' | '′' => {
                let length = u32::try_from(first.len_utf8()).ok()?;
                Some((Measure::Unit(self.words.unit("feet")?, Span::new(start, start + length)), length))
            }
            _ => None,
        }
    }

    /// "$31.20 US", "$75 U.S."
    fn country_after(&self, atom: &mut Atom) {
        let after = self.after(atom.span.end);
        for form in [" US", " U.S.", " USD", " CAD", " AUD", " Canadian", " Australian", " NZD", " SGD"] {
            if after.starts_with(form)
                && !after[form.len()..].trim_start().starts_with(|c: char| c.is_alphabetic() && c != 'p')
            {
                atom.span.end += u32::try_from(form.len()).unwrap_or(0);
                if let Some(Measure::Money(code, _)) = &mut atom.unit {
                    *code = match form.trim() {
                        "CAD" | "Canadian" => "CAD",
                        "AUD" | "Australian" => "AUD",
                        "NZD" => "NZD",
                        "SGD" => "SGD",
                        _ => "USD",
                    };
                }
                return;
            }
        }
    }

    /// Whether the number is part of a date; a length of time inside one ("the last three months") is a figure too.
    fn is_dated(&self, atom: &Atom, dates: &[Span]) -> bool {
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
    fn is_year(&self, atom: &Atom) -> bool {
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
    fn counts_a_plural(&self, end: u32) -> bool {
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
    fn is_clock(&self, atom: &Atom) -> bool {
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
    fn is_name(&self, atom: &Atom) -> bool {
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

    /// Digits and the marks that hold them together, around a number.
    fn chunk(&self, span: Span) -> Span {
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
    fn is_list_mark(&self, atom: &Atom) -> bool {
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
    fn is_label(&self, atom: &Atom) -> bool {
        if atom.number.kind == NumberKind::Fraction
            || (atom.unit.is_some() && atom.number.form != NumberForm::Digits)
        {
            return false;
        }
        let before = self.before(atom.span.start).trim_end_matches([' ', '\u{a0}', '#']);
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
    fn is_address(&self, atom: &Atom) -> bool {
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
    fn is_score(&self, chunk: &str, atom: &Atom) -> bool {
        let Some((left, right)) = chunk.split_once(['-', '–', '‑']) else { return false };
        let (Ok(left), Ok(right)) = (left.parse::<u32>(), right.parse::<u32>()) else {
            // Three groups are a date, a record of games or a serial number.
            return chunk.matches(['-', '–']).count() >= 2 && atom.unit.is_none();
        };
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

    /// Plural numbers without a count: "dozens of", "tens of thousands", "millions of".
    fn vague(&self, atoms: &mut Vec<Atom>) {
        let text = &self.text[self.paragraph];
        for (offset, word) in words_of(text) {
            let Some((low, high)) = order_of(word) else { continue };
            let mut start = offset;
            let (mut low, mut high) = (Decimal::from(low), high.map(Decimal::from));
            // "tens of thousands", "hundreds of millions"
            let end = offset + word.len();
            if text[end..].starts_with(" of ")
                && words_of(&text[end + 4..])
                    .next()
                    .is_some_and(|(at, next)| at == 0 && order_of(next).is_some())
            {
                continue;
            }
            if let Some(before) = text[..offset].strip_suffix(" of ")
                && let Some((at, first)) = words_of_back(before)
                && let Some((least, Some(most))) = order_of(first)
                && let (Some(a), Some(b)) =
                    (low.checked_mul(Decimal::from(least)), low.checked_mul(Decimal::from(most)))
            {
                (low, high, start) = (a, Some(b), at);
            }
            let base = self.paragraph.start;
            let span = Span::of(base as usize + start..base as usize + end);
            let number = Number { span, value: low, kind: NumberKind::Cardinal, form: NumberForm::Words };
            let mut atom = Atom { number, value: low, high, span, unit: None, rule: "figure.vague" };
            if text[end..].starts_with(" of ") {
                // "millions of dollars"
                let from = base + u32::try_from(end + 4).unwrap_or(0);
                if let Some((measure, length)) = self.unit_at(self.after(from), from, false)
                    && matches!(measure, Measure::Money(..))
                {
                    atom.unit = Some(measure);
                    atom.span.end = from + length;
                }
            }
            atoms.push(atom);
        }
    }

    /// Joins atoms into ranges and ratios, and reads what stands around them.
    fn join(&self, atoms: &[Atom]) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut index = 0;
        while let Some(first) = atoms.get(index) {
            let joined = atoms.get(index + 1).and_then(|second| self.pair(first, second));
            if let Some(quantity) = joined {
                found.push(quantity);
                index += 2;
            } else {
                let mut first = *first;
                if let Some(second) = atoms.get(index + 1) {
                    self.share_unit(&mut first, second);
                }
                found.push(self.single(&first));
                index += 1;
            }
        }
        found
    }

    /// "7- or 8-inch", "8 or $9", "5, 6 and 7 per cent": the unit stands once.
    fn share_unit(&self, first: &mut Atom, second: &Atom) {
        if first.unit.is_some() {
            return;
        }
        let between = &self.text[first.span.end as usize..second.span.start as usize];
        if matches!(between, "- or " | " or " | "- and " | " and ") && first.number.form != NumberForm::Words
        {
            let is_shared = match second.unit {
                Some(Measure::Money(_, span)) => {
                    span.start < second.number.span.start || between.starts_with('-')
                }
                Some(Measure::Unit(..)) => true,
                None => false,
            };
            if is_shared {
                first.unit = second.unit;
            }
        }
    }

    /// Two atoms that are one quantity.
    fn pair(&self, first: &Atom, second: &Atom) -> Option<Quantity> {
        let between = self.text.get(first.span.end as usize..second.span.start as usize)?;
        if between.len() > 40 || first.high.is_some() || second.high.is_some() {
            return None;
        }
        let before = self.before(first.span.start);
        let bounded = |word: &str| strip_suffix_word(before, word).is_some() || self.bound_over(before, word);
        let lower = between.to_ascii_lowercase();
        // One in five, three out of ten.
        if matches!(&*lower, " in " | " out of " | " in every " | " out of every " | " of every ")
            && self.is_ratio(first, second, &lower)
        {
            return self.ratio(first, second);
        }
        let units_agree = match (first.unit, second.unit) {
            (Some(a), Some(b)) => a.same(b),
            (None, _) => true,
            (Some(Measure::Money(_, span)), None) => span.start < first.number.span.start,
            (Some(_), None) => false,
        };
        if !units_agree
            || first.number.kind == NumberKind::Ordinal
            || second.number.kind == NumberKind::Ordinal
        {
            return None;
        }
        let is_dash = matches!(&*lower, "-" | "–" | "—" | " - " | " – " | "-to-" | "- to " | " to-" | "‑");
        let is_between = lower == " and " && bounded("between");
        let is_to = lower == " to "
            || (lower.ends_with(" to ")
                && [" in ", " on ", " per ", " a ", "/"].iter().any(|opener| lower.starts_with(opener))
                && bounded("from"));
        let from = is_to && bounded("from");
        let is_back = lower == " from " || self.is_shared_noun(&lower, second);
        let back = is_back && bounded("to") && first.unit.is_some() == second.unit.is_some();
        let plain = is_to && (from || self.is_plain_to(first, second));
        if !(is_dash || is_between || plain || back) {
            return None;
        }
        let rule = if is_between || is_dash {
            "figure.range"
        } else if from || back {
            "figure.from_to"
        } else {
            "figure.range"
        };
        if is_dash && first.value > second.value && second.unit.is_none() {
            return None;
        }
        self.range(first, second, rule, is_between, back)
    }

    /// "to 138 lots from 212 lots": the noun between stands after the second number too.
    fn is_shared_noun(&self, between: &str, second: &Atom) -> bool {
        let Some(noun) = between.strip_suffix(" from ").and_then(|noun| noun.strip_prefix(' ')) else {
            return false;
        };
        let after = self.after(second.span.end);
        !noun.contains(' ') && after.strip_prefix(' ').is_some_and(|after| after.starts_with(noun))
    }

    /// "from about 14", "between at least 3": the word stands before the bound.
    fn bound_over(&self, before: &str, word: &str) -> bool {
        self.bound_before(before)
            .is_some_and(|(_, length)| strip_suffix_word(&before[..before.len() - length], word).is_some())
    }

    /// "15 to 22 miles": upward, and not "rose 3 to 12".
    fn is_plain_to(&self, first: &Atom, second: &Atom) -> bool {
        first.value < second.value
            && (first.unit.is_none() || second.unit.is_some())
            && !self.follows_change(first)
    }

    fn follows_change(&self, atom: &Atom) -> bool {
        let word = words_of_back(self.before(atom.span.start))
            .map(|(_, word)| word.to_lowercase())
            .unwrap_or_default();
        let stem = word
            .strip_suffix("ed")
            .or_else(|| word.strip_suffix('d'))
            .or_else(|| word.strip_suffix('s'))
            .unwrap_or(&word);
        matches!(&*word, "rose" | "fell" | "by" | "grew" | "lost" | "sank")
            || ["verb", "adverb"].iter().any(|class| {
                self.words.change(stem, class).is_some()
                    || self.words.change(&format!("{stem}e"), class).is_some()
            })
    }

    fn is_ratio(&self, first: &Atom, second: &Atom, between: &str) -> bool {
        let small = Decimal::from(1000);
        first.unit.is_none()
            && second
                .unit
                .is_none_or(|unit| matches!(unit, Measure::Unit(unit, _) if unit.dimension != "duration"))
            && first.value < second.value
            && second.value <= small
            && first.value > Decimal::from(0)
            && (between != " in "
                || first.value == Decimal::from(1)
                || second.number.form == NumberForm::Digits && second.value <= Decimal::from(100))
    }

    fn ratio(&self, first: &Atom, second: &Atom) -> Option<Quantity> {
        let value = Decimal::ratio(i128::from(first.value.whole()?), i128::from(second.value.whole()?))?;
        let mut whole = *first;
        whole.value = value;
        whole.span.end = second.number.span.end;
        whole.number.span.end = second.number.span.end;
        whole.number.kind = NumberKind::Fraction;
        whole.rule = "figure.ratio";
        Some(self.single(&whole))
    }

    fn range(
        &self,
        first: &Atom,
        second: &Atom,
        rule: &'static str,
        is_between: bool,
        back: bool,
    ) -> Option<Quantity> {
        let mut low = first.value;
        if let Some(scale) = self.shared_scale(first, second) {
            low = low.checked_mul(scale)?;
        }
        let mut whole = *second;
        whole.rule = rule;
        whole.span = first.span.cover(second.span);
        whole.number.span = first.number.span.cover(second.number.span);
        whole.unit = second.unit.or(first.unit);
        let mut quantity = self.single(&whole);
        let (a, b) = if low <= second.value { (low, second.value) } else { (second.value, low) };
        (quantity.low, quantity.high) = (Some(a), Some(b));
        quantity.from_to = rule == "figure.from_to";
        if quantity.bound == Bound::Exactly && !quantity.from_to {
            quantity.bound = Bound::Between;
        }
        let word = if is_between {
            "between"
        } else if back {
            "to"
        } else {
            "from"
        };
        let before = self.before(quantity.span.start);
        if let Some(rest) = strip_suffix_word(before, word) {
            quantity.span.start -= u32::try_from(before.len() - rest.len()).unwrap_or(0);
        }
        Some(quantity)
    }

    /// "1 to 2 thousand", "$3-4 million": the scale stands once.
    fn shared_scale(&self, first: &Atom, second: &Atom) -> Option<Decimal> {
        if first.number.form != NumberForm::Digits || second.number.form != NumberForm::Mixed {
            return None;
        }
        let digits =
            self.text[second.number.span].find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))?;
        let written: Decimal =
            self.text[second.number.span][..digits].replace(',', "").trim_end_matches('.').parse().ok()?;
        if first.value > written || first.value >= Decimal::from(1000) {
            return None;
        }
        [1_000, 100_000, 1_000_000, 10_000_000, 1_000_000_000, 1_000_000_000_000_i128]
            .into_iter()
            .map(Decimal::from)
            .find(|scale| written.checked_mul(*scale) == Some(second.value))
    }

    /// One atom with its bound and rate.
    fn single(&self, atom: &Atom) -> Quantity {
        let (class, unit, unit_words, measure) = match atom.unit {
            Some(Measure::Money(code, span)) => (Class::Money, Some(code), Some(span), None),
            Some(Measure::Unit(unit, span)) => (class_of(unit), Some(unit.name), Some(span), Some(unit)),
            None if atom.number.kind == NumberKind::Ordinal => (Class::Ordinal, None, None, None),
            None if atom.number.kind == NumberKind::Fraction => (Class::Fraction, None, None, None),
            None => (Class::Count, None, None, None),
        };
        let mut quantity = Quantity {
            span: atom.span,
            number: atom.number.span,
            low: Some(atom.value),
            high: if atom.rule == "figure.vague" { atom.high } else { Some(atom.value) },
            bound: Bound::Exactly,
            class,
            unit,
            unit_words,
            per: None,
            measure,
            rule: atom.rule,
            from_to: false,
        };
        if atom.rule == "figure.vague" {
            quantity.bound = if atom.high.is_some() { Bound::Between } else { Bound::AtLeast };
        }
        self.rate(&mut quantity);
        self.bound(&mut quantity);
        quantity
    }

    /// "per gallon", "a year", "/day", "-a-day".
    fn rate(&self, quantity: &mut Quantity) {
        let after = self.after(quantity.span.end);
        let (opener, bare) = [
            (" per ", true),
            (" a ", false),
            (" an ", false),
            ("/", true),
            ("-a-", false),
            (" for every ", true),
            (" each ", false),
        ]
        .into_iter()
        .find(|(opener, _)| after.starts_with(opener))
        .unwrap_or(("", false));
        if opener.is_empty() || !(quantity.unit.is_some() || bare) || opener == " each " {
            return;
        }
        let rest = &after[opener.len()..];
        let Some(end) = word_ends(rest).into_iter().rev().find(|end| {
            let word = rest[..*end].to_lowercase();
            self.words.is_rate(&word) || self.words.unit(&word).is_some_and(|unit| unit.dimension != "age")
        }) else {
            return;
        };
        if !bare
            && quantity.class == Class::Measure
            && quantity.measure.is_some_and(|unit| unit.dimension == "duration")
            && !rest.starts_with("day")
            && !rest.starts_with("week")
        {
            return;
        }
        let start = quantity.span.end + u32::try_from(opener.len()).unwrap_or(0);
        quantity.per = Some(Span::new(start, start + u32::try_from(end).unwrap_or(0)));
        quantity.span.end = start + u32::try_from(end).unwrap_or(0);
        quantity.class = Class::Rate;
    }

    /// The bound before or after a quantity, whose span then holds its words.
    fn bound(&self, quantity: &mut Quantity) {
        if let Some((bound, length)) = self.bound_before(self.before(quantity.span.start)) {
            quantity.bound = match (bound, quantity.bound) {
                (Bound::About | Bound::Nearly, Bound::Between) if quantity.rule == "figure.vague" => bound,
                (bound, _) => bound,
            };
            quantity.span.start -= u32::try_from(length).unwrap_or(0);
            return;
        }
        let after = self.after(quantity.span.end);
        let rest = after.strip_prefix(' ').unwrap_or(after);
        for end in word_ends(rest).into_iter().rev() {
            if let Some(bound) = self.words.bound_after(&rest[..end].to_lowercase()) {
                quantity.bound = bound;
                quantity.span.end += u32::try_from(after.len() - rest.len() + end).unwrap_or(0);
                return;
            }
        }
    }

    /// The bound that the last words of `before` set, and their length with the space after them.
    fn bound_before(&self, before: &str) -> Option<(Bound, usize)> {
        let mut rest = before;
        // Words that say nothing may stand between: "more than another 20".
        for _ in 0..3 {
            if let Some((bound, start)) = self.bound_words(rest) {
                match bound {
                    Some(bound) => return Some((bound, before.len() - start)),
                    None => rest = &rest[..start],
                }
            } else {
                return None;
            }
        }
        None
    }

    fn bound_words(&self, before: &str) -> Option<(Option<Bound>, usize)> {
        let trimmed = before.trim_end_matches([' ', '\u{a0}', '-']);
        if before.len() - trimmed.len() > 1 {
            return None;
        }
        // Signs touch the number: "~5", ">5"
        if let Some(sign) = trimmed.chars().next_back()
            && !sign.is_alphanumeric()
        {
            let start = trimmed.len() - sign.len_utf8();
            return self.words.bound_before(&trimmed[start..]).map(|bound| (bound, start));
        }
        if trimmed.len() == before.len() {
            return None;
        }
        let starts: Vec<usize> = word_starts(trimmed);
        starts.into_iter().rev().find_map(|start| {
            let form = trimmed[start..].to_lowercase();
            if before.ends_with('-') && form != "sub" {
                return None;
            }
            self.words.bound_before(&form).map(|bound| (bound, start))
        })
    }
}

fn class_of(unit: Unit) -> Class {
    match unit.dimension {
        "percent" => Class::Percent,
        "percentage point" => Class::PercentagePoint,
        "age" => Class::Age,
        "rate" => Class::Rate,
        _ => Class::Measure,
    }
}

/// A space or hyphen before a unit.
fn gap(after: &str) -> usize {
    match after.chars().next() {
        Some(c @ (' ' | '-' | '\u{a0}' | '\u{202f}' | '‑')) => c.len_utf8(),
        _ => 0,
    }
}

/// Plural words of number: the least that they say, and the most.
fn order_of(word: &str) -> Option<(i128, Option<i128>)> {
    let mut lower = [0_u8; 9];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"tens" => Some((10, Some(100))),
        b"dozens" => Some((24, None)),
        b"hundreds" => Some((100, Some(1_000))),
        b"thousands" => Some((1_000, Some(10_000))),
        b"millions" => Some((1_000_000, Some(10_000_000))),
        b"billions" => Some((1_000_000_000, Some(10_000_000_000))),
        b"trillions" => Some((1_000_000_000_000, Some(10_000_000_000_000))),
        _ => None,
    }
}

/// ASCII words with their offsets.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        (start < at).then(|| (start, &text[start..at]))
    })
}

/// The last word of a text, over the space after it.
fn words_of_back(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_end_matches(' ');
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    Some((start, &text[start..]))
}

/// Ends of the first one to four words of a text, joined by a space or hyphen; signs count as a word.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::with_capacity(4);
    let mut in_word = false;
    for (offset, character) in text.char_indices().take(40) {
        let joins = matches!(character, ' ' | '-' | '\u{a0}');
        if character == '\n'
            || (matches!(character, ',' | ';' | ':' | '(' | ')' | '"' | '”' | '“' | '!' | '?'))
        {
            if in_word {
                ends.push(offset);
            }
            return ends;
        }
        if joins || (!character.is_alphanumeric() && in_word && !matches!(character, '/' | '²' | '³' | '$'))
        {
            if in_word {
                ends.push(offset);
                if character == '.' {
                    ends.push(offset + 1);
                }
            }
            in_word = false;
            if ends.len() >= 5 || !(joins || character == '.') {
                return ends;
            }
        } else {
            in_word = true;
            if !character.is_alphanumeric() {
                ends.push(offset + character.len_utf8());
            }
        }
    }
    if in_word && text.chars().take(41).count() <= 40 {
        ends.push(text.len());
    }
    ends.dedup();
    ends
}

/// Starts of the last one to five words of a text, nearest first.
fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::with_capacity(5);
    let mut last = text.len();
    for (offset, character) in text.char_indices().rev() {
        if character == ' ' {
            starts.push(last);
            if starts.len() == 5 {
                return starts;
            }
        } else if !(character.is_alphanumeric() || matches!(character, '\'' | '’' | '.' | '-')) {
            break;
        }
        last = offset;
    }
    starts.push(last);
    starts
}

/// The text before its last word, when that is `word`.
fn strip_suffix_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let trimmed = text.strip_suffix(' ')?;
    let start = trimmed.len().checked_sub(word.len())?;
    let last = trimmed.get(start..)?;
    let rest = &trimmed[..start];
    (last.eq_ignore_ascii_case(word) && !rest.ends_with(char::is_alphanumeric)).then_some(rest)
}
