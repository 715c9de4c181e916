//! The attribute ruler: patterns over one or more tokens that set attributes of one of them.

use std::collections::HashMap;
use std::collections::HashSet;

use smol_str::SmolStr;

use crate::draft::Draft;
use crate::lexicon::Lexicon;
use crate::msgpack::Value;
use crate::regex::{Backtrack, Regex};
use crate::strings::{Label, Labels};
use crate::vocab::Word;
use crate::{Error, Result};

/// The rules of an attribute ruler, in the order in which they are applied.
#[derive(Debug)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    patterns: Vec<Pattern>,
    /// The patterns that can match at a token of a tag, whatever its word.
    by_tag: HashMap<Label, Vec<u16>>,
    /// Those for a tag that no pattern names.
    of_any_tag: Vec<u16>,
}

/// What is kept of the words that a thread has met: the patterns that can begin at each.
#[derive(Debug, Default)]
pub(crate) struct RulerMemory {
    by_word: Vec<Option<Box<[u16]>>>,
    matches: Vec<(u16, u32)>,
    regex: Backtrack,
}

impl RulerMemory {
    pub(crate) fn clear(&mut self) {
        self.by_word.clear();
    }
}

#[derive(Debug)]
struct Rule {
    sets: Vec<(Attribute, Label)>,
    lemma: Option<SmolStr>,
    index: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Tag,
    Pos,
    Morph,
    Dep,
}

#[derive(Debug)]
struct Pattern {
    rule: u16,
    tokens: Vec<TokenTest>,
}

#[derive(Debug, Default)]
struct TokenTest {
    labels: Vec<(Attribute, HashSet<Label>, bool)>,
    words: Vec<WordTest>,
}

#[derive(Debug)]
enum WordTest {
    Text(Form, HashSet<SmolStr>, bool),
    Matches(Form, Regex),
    IsSpace(bool),
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Orth,
    Lower,
    Norm,
}

impl Ruler {
    pub(crate) fn parse(bytes: &[u8], labels: &mut Labels) -> Result<Self> {
        let value = Value::parse(bytes)?;
        let list = value.as_array().ok_or_else(|| Error::new("no list of patterns"))?;
        let mut ruler = Ruler { rules: vec![], patterns: vec![], by_tag: HashMap::new(), of_any_tag: vec![] };
        for (number, entry) in list.iter().enumerate() {
            let number = u16::try_from(number).map_err(|_| Error::new("more patterns than are supported"))?;
            ruler.add(number, entry, labels).map_err(|e| e.within(format!("pattern {number}")))?;
        }
        ruler.index_by_tag();
        Ok(ruler)
    }

    fn add(&mut self, number: u16, entry: &Value<'_>, labels: &mut Labels) -> Result<()> {
        let patterns =
            entry.field("patterns")?.as_array().ok_or_else(|| Error::new("`patterns` is no list"))?;
        for pattern in patterns {
            let tokens = pattern.as_array().ok_or_else(|| Error::new("a pattern is no list"))?;
            let tokens: Vec<TokenTest> =
                tokens.iter().map(|t| TokenTest::parse(t, labels)).collect::<Result<_>>()?;
            let index = entry.get("index").and_then(Value::as_i64).unwrap_or(0);
            if target(index, 0, tokens.len()).is_none() {
                return Err(Error::new("the index is outside the pattern"));
            }
            self.patterns.push(Pattern { rule: number, tokens });
        }
        self.rules.push(Rule::parse(entry, labels)?);
        Ok(())
    }

    fn index_by_tag(&mut self) {
        let tag_test =
            |test: &TokenTest, tag| test.labels.iter().all(|t| t.0 != Attribute::Tag || t.holds(tag));
        let wordless = |i: &u16| self.patterns[usize::from(*i)].tokens[0].words.is_empty();
        let all: Vec<u16> = (0..self.patterns.len() as u16).filter(wordless).collect();
        let named: HashSet<Label> = (self.patterns.iter().flat_map(|p| &p.tokens[0].labels))
            .filter(|test| test.0 == Attribute::Tag)
            .flat_map(|test| test.1.iter().copied())
            .collect();
        let of = |tag: Label| {
            all.iter()
                .copied()
                .filter(|&i| tag_test(&self.patterns[usize::from(i)].tokens[0], tag))
                .collect::<Vec<_>>()
        };
        self.by_tag = named.into_iter().map(|tag| (tag, of(tag))).collect();
        // A tag that no pattern names fares as one that was never seen.
        self.of_any_tag = of(Label::UNSEEN);
    }

    /// Applies the rules: all are matched before any sets something.
    pub(crate) fn run(&self, lexicon: &Lexicon, memory: &mut RulerMemory, draft: &mut Draft) {
        memory.matches.clear();
        memory.by_word.resize(lexicon.len(), None);
        for i in 0..draft.pieces.len() {
            let word = draft.pieces[i].word as usize;
            if memory.by_word[word].is_none() {
                memory.by_word[word] =
                    Some(self.patterns_of_word(lexicon.get(word as u32), &mut memory.regex));
            }
            let by_tag = self.by_tag.get(&draft.tokens[i].tag).unwrap_or(&self.of_any_tag);
            let by_word = memory.by_word[word].as_deref().unwrap_or_default();
            for &number in by_tag.iter().chain(by_word) {
                let pattern = &self.patterns[usize::from(number)];
                if pattern.matches(i, lexicon, draft, &mut memory.regex) {
                    let rule = &self.rules[usize::from(pattern.rule)];
                    let at = target(rule.index, i, pattern.tokens.len());
                    memory.matches.push((pattern.rule, at.unwrap_or(i) as u32));
                }
            }
        }
        // Later rules have the last word. Rules set the same whatever the order of their own matches.
        memory.matches.sort_unstable();
        for &(rule, at) in &memory.matches {
            self.rules[usize::from(rule)].apply(draft, at as usize);
        }
    }

    /// The patterns that test the first token's word, and can begin at this one.
    fn patterns_of_word(&self, word: &Word, memory: &mut Backtrack) -> Box<[u16]> {
        let fits = |pattern: &Pattern, memory: &mut Backtrack| {
            let first = &pattern.tokens[0];
            !first.words.is_empty() && first.words.iter().all(|test| test.holds(word, memory))
        };
        (0..self.patterns.len() as u16).filter(|&i| fits(&self.patterns[usize::from(i)], memory)).collect()
    }
}

/// The token that a rule sets: counted from the end of the match if the index is negative.
fn target(index: i64, start: usize, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    usize::try_from(index).ok().filter(|&index| index < len).map(|index| start + index)
}

impl Pattern {
    fn matches(&self, start: usize, lexicon: &Lexicon, draft: &Draft, memory: &mut Backtrack) -> bool {
        start + self.tokens.len() <= draft.tokens.len()
            && self.tokens.iter().zip(start..).all(|(test, i)| {
                let token = &draft.tokens[i];
                let of = |attribute| match attribute {
                    Attribute::Tag => token.tag,
                    Attribute::Pos => token.pos,
                    Attribute::Morph => token.morph,
                    Attribute::Dep => token.dep,
                };
                // The first token's word was tested already.
                let words = if i == start { &[][..] } else { &test.words };
                test.labels.iter().all(|t| t.holds(of(t.0)))
                    && words.iter().all(|t| t.holds(lexicon.get(draft.pieces[i].word), memory))
            })
    }
}

trait LabelTest {
    fn holds(&self, label: Label) -> bool;
}

impl LabelTest for (Attribute, HashSet<Label>, bool) {
    fn holds(&self, label: Label) -> bool {
        self.1.contains(&label) == self.2
    }
}

impl WordTest {
    fn holds(&self, word: &Word, memory: &mut Backtrack) -> bool {
        match self {
            WordTest::Text(form, set, holds) => set.contains(form.of(word)) == *holds,
            WordTest::Matches(form, regex) => regex.search(form.of(word), memory).is_some(),
            WordTest::IsSpace(holds) => word.is_space == *holds,
        }
    }
}

impl Form {
    fn of(self, word: &Word) -> &SmolStr {
        match self {
            Form::Orth => &word.text,
            Form::Lower => &word.lower,
            Form::Norm => &word.norm,
        }
    }
}

/// A test as a pattern writes it: one string, or a set that the value is in or not in, or a regular expression.
enum Condition<'a> {
    In(Vec<&'a str>, bool),
    Matches(&'a str),
}

impl<'a> Condition<'a> {
    fn parse(value: &Value<'a>) -> Result<Self> {
        if let Some(text) = value.as_str() {
            return Ok(Condition::In(vec![text], true));
        }
        let strings =
            |value: &Value<'a>| value.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>();
        let condition = match value.as_map() {
            Some([(key, value)]) => match key.as_str() {
                Some("IN") => strings(value).map(|set| Condition::In(set, true)),
                Some("NOT_IN") => strings(value).map(|set| Condition::In(set, false)),
                Some("REGEX") => value.as_str().map(Condition::Matches),
                _ => None,
            },
            _ => None,
        };
        condition.ok_or_else(|| Error::new("a test of a kind that is not supported"))
    }
}

impl TokenTest {
    fn parse(value: &Value<'_>, labels: &mut Labels) -> Result<Self> {
        let mut test = TokenTest::default();
        for (key, value) in value.as_map().ok_or_else(|| Error::new("a token of a pattern is no map"))? {
            let key = key.as_str().unwrap_or_default();
            match key {
                "TAG" => test.add_label(Attribute::Tag, value, labels)?,
                "POS" => test.add_label(Attribute::Pos, value, labels)?,
                "MORPH" => test.add_label(Attribute::Morph, value, labels)?,
                "DEP" => test.add_label(Attribute::Dep, value, labels)?,
                "ORTH" | "TEXT" => test.add_word(Form::Orth, value)?,
                "LOWER" => test.add_word(Form::Lower, value)?,
                "NORM" => test.add_word(Form::Norm, value)?,
                "IS_SPACE" => test.words.push(WordTest::IsSpace(*value == Value::Bool(true))),
                _ => return Err(Error::new(format!("a test of `{key}` is not supported"))),
            }
        }
        Ok(test)
    }

    fn add_label(&mut self, attribute: Attribute, value: &Value<'_>, labels: &mut Labels) -> Result<()> {
        let Condition::In(names, holds) = Condition::parse(value)? else {
            return Err(Error::new("a regular expression over labels is not supported"));
        };
        self.labels.push((attribute, names.into_iter().map(|name| labels.add(name)).collect(), holds));
        Ok(())
    }

    fn add_word(&mut self, form: Form, value: &Value<'_>) -> Result<()> {
        self.words.push(match Condition::parse(value)? {
            Condition::In(set, holds) => {
                WordTest::Text(form, set.into_iter().map(SmolStr::from).collect(), holds)
            }
            Condition::Matches(pattern) => WordTest::Matches(form, Regex::new(pattern)?),
        });
        Ok(())
    }
}

impl Rule {
    fn parse(entry: &Value<'_>, labels: &mut Labels) -> Result<Self> {
        let index = entry.get("index").and_then(Value::as_i64).unwrap_or(0);
        let mut rule = Rule { sets: vec![], lemma: None, index };
        for (key, value) in entry.field("attrs")?.as_map().ok_or_else(|| Error::new("`attrs` is no map"))? {
            let (key, value) = (key.as_str().unwrap_or_default(), value.as_str().unwrap_or_default());
            match key {
                "TAG" => rule.sets.push((Attribute::Tag, labels.add(value))),
                "POS" => rule.sets.push((Attribute::Pos, labels.add(value))),
                "MORPH" => rule.sets.push((Attribute::Morph, labels.add(&normal_morph(value)))),
                "DEP" => rule.sets.push((Attribute::Dep, labels.add(value))),
                "LEMMA" => rule.lemma = Some(value.into()),
                _ => return Err(Error::new(format!("setting `{key}` is not supported"))),
            }
        }
        Ok(rule)
    }

    fn apply(&self, draft: &mut Draft, at: usize) {
        let token = &mut draft.tokens[at];
        for &(attribute, label) in &self.sets {
            match attribute {
                Attribute::Tag => token.tag = label,
                Attribute::Pos => token.pos = label,
                Attribute::Morph => token.morph = label,
                Attribute::Dep => token.dep = label,
            }
        }
        if let Some(lemma) = &self.lemma {
            token.lemma = lemma.clone();
        }
    }
}

/// Morphological features as spaCy prints them: sorted by field, their values too.
pub(crate) fn normal_morph(features: &str) -> String {
    if features == "_" {
        return String::new();
    }
    let normal = |feature: &str| match feature.split_once('=') {
        Some((field, values)) => {
            let mut values: Vec<&str> = values.split(',').collect();
            values.sort_unstable();
            format!("{field}={}", values.join(","))
        }
        None => feature.to_owned(),
    };
    let mut all: Vec<String> = features.split('|').filter(|f| !f.is_empty()).map(normal).collect();
    all.sort_unstable();
    all.join("|")
}
