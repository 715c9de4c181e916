//! Ids of strings as spaCy makes them, and a table of the labels that a pipeline can give.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::hashing::murmur64a;

/// Names that spaCy stands a small number for.
static SYMBOLS: &str = include_str!("../data/symbols.tsv");

/// The lines of a table in `data/`, without the one that says where it is from.
pub(crate) fn table(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().skip(1).filter_map(|line| line.split_once('\t'))
}

/// Gives a string the id that spaCy gives it: a symbol's number, or else its hash.
#[derive(Debug)]
pub(crate) struct Ids {
    symbols: HashMap<&'static str, u64>,
}

impl Ids {
    pub(crate) fn new() -> Self {
        let symbols = table(SYMBOLS).filter_map(|(name, number)| Some((name, number.parse().ok()?)));
        Ids { symbols: symbols.collect() }
    }

    pub(crate) fn of(&self, string: &str) -> u64 {
        if string.is_empty() {
            return 0;
        }
        self.symbols.get(string).copied().unwrap_or_else(|| murmur64a(string.as_bytes(), 1))
    }
}

/// A label of a pipeline: a tag, a relation, a set of features. The empty label is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Label(u16);

impl Label {
    /// No label.
    pub(crate) const NONE: Label = Label(0);

    /// A label that no pipeline gives.
    pub(crate) const UNSEEN: Label = Label(u16::MAX);

    pub(crate) fn is_none(self) -> bool {
        self == Self::NONE
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The labels that a pipeline can give.
#[derive(Debug)]
pub(crate) struct Labels {
    names: Vec<SmolStr>,
    numbers: HashMap<SmolStr, Label>,
}

impl Labels {
    pub(crate) fn new() -> Self {
        Labels {
            names: vec![SmolStr::default()],
            numbers: HashMap::from([(SmolStr::default(), Label::NONE)]),
        }
    }

    /// The label of a name, new or known. Past 65,534 names, which no pipeline has, all are empty.
    pub(crate) fn add(&mut self, name: &str) -> Label {
        if let Some(&label) = self.numbers.get(name) {
            return label;
        }
        let number = self.names.len() as u16;
        if Label(number) == Label::UNSEEN {
            return Label::NONE;
        }
        self.names.push(name.into());
        self.numbers.insert(name.into(), Label(number));
        Label(number)
    }

    pub(crate) fn name(&self, label: Label) -> &SmolStr {
        &self.names[label.index()]
    }
}
