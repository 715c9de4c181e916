//! A set of characters, as a class of a pattern names it.

use crate::unicode;

/// The classes that Python's `re` names by a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Word,
    Decimal,
    Space,
}

impl Class {
    fn contains(self, c: char) -> bool {
        match self {
            Class::Word => unicode::is_word(c),
            Class::Decimal => unicode::is_decimal(c),
            Class::Space => unicode::is_space(c),
        }
    }
}

/// A set of characters. ASCII is answered from a bit map, the rest by searching sorted ranges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CharSet {
    ascii: u128,
    ranges: Vec<(char, char)>,
    classes: Vec<(Class, bool)>,
    negated: bool,
    fold_case: bool,
}

/// What a class in brackets holds, while it is being read.
#[derive(Debug, Clone, Default)]
pub(crate) struct CharSetBuilder {
    pub(crate) ranges: Vec<(char, char)>,
    /// Named classes; `false` for their complements, such as `\S`.
    pub(crate) classes: Vec<(Class, bool)>,
    pub(crate) negated: bool,
    pub(crate) fold_case: bool,
}

impl CharSetBuilder {
    pub(crate) fn build(mut self) -> CharSet {
        self.ranges.sort_unstable();
        let mut merged: Vec<(char, char)> = Vec::new();
        for (first, last) in self.ranges {
            match merged.last_mut() {
                Some(before) if u32::from(first) <= u32::from(before.1) + 1 => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        let mut set = CharSet {
            ascii: 0,
            ranges: merged,
            classes: self.classes,
            negated: self.negated,
            fold_case: self.fold_case,
        };
        set.ascii = (0..128u8).filter(|&c| set.search(char::from(c))).fold(0, |bits, c| bits | 1 << c);
        set
    }
}

impl CharSet {
    pub(crate) fn single(c: char, fold_case: bool) -> Self {
        CharSetBuilder { ranges: vec![(c, c)], fold_case, ..Default::default() }.build()
    }

    pub(crate) fn class(class: Class, holds: bool) -> Self {
        CharSetBuilder { classes: vec![(class, holds)], ..Default::default() }.build()
    }

    /// Everything but a line feed: the dot.
    pub(crate) fn any() -> Self {
        CharSetBuilder { ranges: vec![('\n', '\n')], negated: true, ..Default::default() }.build()
    }

    pub(crate) fn contains(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> u32::from(c) & 1 == 1 } else { self.search(c) }
    }

    /// The ASCII members, a bit each.
    pub(crate) fn ascii(&self) -> u128 {
        self.ascii
    }

    /// Whether the set was made of one character.
    pub(crate) fn is_single(&self) -> bool {
        !self.negated
            && self.classes.is_empty()
            && matches!(self.ranges[..], [(first, last)] if first == last)
    }

    fn search(&self, c: char) -> bool {
        let found = self.holds(c) || self.fold_case && folded(c).any(|other| self.holds(other));
        found != self.negated
    }

    fn holds(&self, c: char) -> bool {
        let after = self.ranges.partition_point(|&(first, _)| first <= c);
        after > 0 && c <= self.ranges[after - 1].1
            || self.classes.iter().any(|&(class, holds)| class.contains(c) == holds)
    }
}

/// The same letter in its other cases, where that is one character.
fn folded(c: char) -> impl Iterator<Item = char> {
    let one = |mut cases: std::vec::IntoIter<char>| if cases.len() == 1 { cases.next() } else { None };
    let lower = one(c.to_lowercase().collect::<Vec<_>>().into_iter());
    let upper = one(c.to_uppercase().collect::<Vec<_>>().into_iter());
    [lower, upper].into_iter().flatten()
}
