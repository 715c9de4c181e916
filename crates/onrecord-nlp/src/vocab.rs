//! What is known of a word by its letters alone: its normal form and the features that the models read.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::files::Files;
use crate::msgpack::Value;
use crate::strings::{Ids, table};
use crate::vectors::Vectors;
use crate::{Error, Result, unicode};

/// Normal forms of quotation marks, dashes and currencies, shared by all languages.
static BASE_NORMS: &str = include_str!("../data/base_norms.tsv");

/// A feature of a token that a model may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    /// Whether a space follows: the one feature that is of the token and not of the word.
    Spacy,
    IsSpace,
}

impl Feature {
    pub(crate) fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "ORTH" => Feature::Orth,
            "LOWER" => Feature::Lower,
            "NORM" => Feature::Norm,
            "PREFIX" => Feature::Prefix,
            "SUFFIX" => Feature::Suffix,
            "SHAPE" => Feature::Shape,
            "SPACY" => Feature::Spacy,
            "IS_SPACE" => Feature::IsSpace,
            _ => return Err(Error::new(format!("the feature `{name}` is not supported"))),
        })
    }
}

/// A word: what its letters say of it.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) text: SmolStr,
    pub(crate) lower: SmolStr,
    pub(crate) norm: SmolStr,
    pub(crate) is_space: bool,
    /// Ids of the features, in the order of [`Feature`].
    ids: [u64; 8],
}

impl Word {
    pub(crate) fn feature(&self, feature: Feature, space_after: bool) -> u64 {
        if feature == Feature::Spacy { u64::from(space_after) } else { self.ids[feature as usize] }
    }
}

/// The part of a pipeline that all components share.
#[derive(Debug)]
pub(crate) struct Vocab {
    pub(crate) ids: Ids,
    pub(crate) vectors: Option<Vectors>,
    base_norms: HashMap<&'static str, &'static str>,
    norms: HashMap<u64, SmolStr>,
}

impl Vocab {
    pub(crate) fn load(files: &Files<'_>) -> Result<Self> {
        let norms = load_norms(files).map_err(|e| e.within("vocab/lookups.bin"))?;
        let vectors = Vectors::load(files)?;
        Ok(Vocab { ids: Ids::new(), vectors, base_norms: table(BASE_NORMS).collect(), norms })
    }

    /// A word, with the normal form that the tokenizer's exceptions give it, if any.
    pub(crate) fn word(&self, text: &str, norm: Option<&str>) -> Word {
        let lower = SmolStr::from(unicode::lower(text));
        let norm = norm.map_or_else(|| self.norm(text, &lower), SmolStr::from);
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let is_space = unicode::is_all_space(text);
        let ids =
            [text, &lower, &norm, &text[..first], &text[last..], &shape(text)].map(|form| self.ids.of(form));
        let [orth, low, nor, pre, suf, sha] = ids;
        Word {
            text: text.into(),
            lower,
            norm,
            is_space,
            ids: [orth, low, nor, pre, suf, sha, 0, u64::from(is_space)],
        }
    }

    fn norm(&self, text: &str, lower: &SmolStr) -> SmolStr {
        if let Some(norm) = self.norms.get(&self.ids.of(text)) {
            return norm.clone();
        }
        self.base_norms.get(text).map_or_else(|| lower.clone(), |norm| SmolStr::new_static(norm))
    }
}

fn load_norms(files: &Files<'_>) -> Result<HashMap<u64, SmolStr>> {
    let Some(bytes) = files.read_if_there("vocab/lookups.bin")? else { return Ok(HashMap::new()) };
    let tables = Value::parse(&bytes)?;
    let Some(norms) = tables.get("lexeme_norm").and_then(Value::as_map) else { return Ok(HashMap::new()) };
    let pairs = norms.iter().map(|(id, norm)| Some((id.as_u64()?, norm.as_str()?.into())));
    pairs.collect::<Option<_>>().ok_or_else(|| Error::new("`lexeme_norm` is no table of strings by id"))
}

/// The outline of a word: `Xxxxx` for "Reuters", `dd:dd` for "10:45"; runs are cut to four.
fn shape(text: &str) -> SmolStr {
    if text.chars().count() >= 100 {
        return SmolStr::new_static("LONG");
    }
    let mut shape = String::with_capacity(text.len());
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let class = class_of(c);
        run = if Some(class) == last { run + 1 } else { 0 };
        last = Some(class);
        if run < 4 {
            shape.push(class);
        }
    }
    shape.into()
}

fn class_of(c: char) -> char {
    match c {
        c if unicode::is_alpha(c) && c.is_uppercase() => 'X',
        c if unicode::is_alpha(c) => 'x',
        c if unicode::is_digit(c) => 'd',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes_are_spacys() {
        for (word, expected) in
            [("Reuters", "Xxxxx"), ("10:45", "dd:dd"), ("U.S.", "X.X."), ("ABCDEF", "XXXX")]
        {
            assert_eq!(shape(word), expected);
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
