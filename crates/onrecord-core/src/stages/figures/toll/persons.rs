//! Who a victim is, as far as the words tell: a name, an age, a sex; enough to tell one from another.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::parse::Tree;
use super::super::{Class, Figure};
use super::phrases::Phrases;
use crate::Document;
use crate::nlp::EntityTag;

/// What is known of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Person {
    /// Words of the name, in lower case.
    name: Vec<String>,
    age: Option<u32>,
    sex: Option<Sex>,
    /// The noun that tells of the person: "officer", "suspect".
    noun: Option<String>,
    /// Whether the words say that this is one more: "another man".
    is_another: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sex {
    Female,
    Male,
}

impl Person {
    /// Whether two tellings may be of one person: nothing that both tell differs.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        if other.is_another && !self.is_another {
            return false;
        }
        let (Some(last), Some(other_last)) = (self.name.last(), other.name.last()) else {
            return self.agrees(other);
        };
        let has = |names: &[String], name: &String| names.iter().any(|other| is_short_for(other, name));
        if !has(&self.name, other_last) && !has(&other.name, last) {
            return false;
        }
        // A family shares its last name.
        let both_full = self.name.len() > 1 && other.name.len() > 1;
        !both_full || is_short_for(&self.name[0], &other.name[0])
    }

    /// Whether only a pronoun tells of the person.
    pub(super) fn is_pronoun(&self) -> bool {
        self.name.is_empty() && self.noun.is_none() && self.age.is_none()
    }

    /// The same person, not told as one more.
    pub(super) fn first(&self) -> Self {
        Self { is_another: false, ..self.clone() }
    }

    /// Whether a name is told.
    pub(super) fn is_named(&self) -> bool {
        !self.name.is_empty()
    }

    fn agrees(&self, other: &Self) -> bool {
        let same_age = self.age.is_none() || other.age.is_none() || self.age == other.age;
        let same_sex = self.sex.is_none() || other.sex.is_none() || self.sex == other.sex;
        let same_growth = match (self.is_child(), other.is_child()) {
            (Some(child), Some(other)) => child == other,
            _ => true,
        };
        same_age && same_sex && same_growth
    }

    /// Whether the words tell of a child, or of a grown person.
    fn is_child(&self) -> Option<bool> {
        // One of 17 is a teenager to some and a man to others.
        if let Some(age) = self.age {
            return (!TEENS.contains(&age)).then_some(age < TEENS.start);
        }
        match self.noun.as_deref()? {
            "boy" | "girl" | "child" | "baby" | "toddler" | "infant" | "kid" => Some(true),
            "man" | "woman" | "father" | "mother" | "husband" | "wife" | "officer" | "deputy"
            | "grandmother" | "grandfather" | "uncle" | "aunt" | "boyfriend" | "girlfriend" | "trooper"
            | "gunman" => Some(false),
            _ => None,
        }
    }

    /// Takes in what another telling of the same person adds.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.name.len() > self.name.len() {
            self.name.clone_from(&other.name);
        }
        self.age = self.age.or(other.age);
        self.sex = self.sex.or(other.sex);
        if self.noun.is_none() {
            self.noun.clone_from(&other.noun);
        }
    }
}

/// What the document tells of its persons.
pub(super) struct Persons<'a> {
    phrases: &'a Phrases,
    /// Ages by the first token of the number.
    ages: BTreeMap<usize, u32>,
}

/// Ages that the words for children and for the grown both tell of.
const TEENS: Range<u32> = 13..20;

/// Words longer than a victim's noun phrase.
const LONGEST_PHRASE: usize = 14;

impl<'a> Persons<'a> {
    /// Reads ages.
    pub(super) fn new(doc: &Document, tree: &Tree, phrases: &'a Phrases) -> Self {
        let mut ages = BTreeMap::new();
        for figure in doc.layer::<Figure>().iter().filter(|figure| figure.class == Class::Age) {
            let months = figure.unit.as_deref().is_some_and(|unit| unit != "year of age");
            let age = figure.low.and_then(|low| u32::try_from(low.whole()?).ok());
            if let Some(age) = age {
                ages.insert(tree.at(figure.span.start), if months { 0 } else { age });
            }
        }
        Self { phrases, ages }
    }

    /// The person that a noun, name or pronoun tells of; none for a plural or a thing.
    pub(super) fn of(&self, tree: &Tree, victim: usize) -> Option<Person> {
        let mut person = Person::default();
        let norm = tree.norm(victim);
        match tree.tag(victim) {
            "PRP" | "PRP$" => {
                person.sex = match norm {
                    "he" | "him" | "his" | "himself" => Some(Sex::Male),
                    "she" | "her" | "herself" => Some(Sex::Female),
                    "self" | "i" | "me" => None,
                    _ => return None,
                };
                return Some(person);
            }
            "NN" | "CD" | "JJ" => {
                if !self.is_person(tree, victim) {
                    return None;
                }
                person.sex = sex(norm);
                person.noun = Some(norm.to_owned());
            }
            "NNP" => {
                if !is_name(tree, victim) && sex(norm).is_none() && !self.is_person(tree, victim) {
                    return None;
                }
            }
            _ => return None,
        }
        self.describe(tree, victim, &mut person);
        Some(person)
    }

    /// Adds name, age and sex from the noun phrase.
    fn describe(&self, tree: &Tree, victim: usize, person: &mut Person) {
        let (first, last) = tree.edges(victim);
        let first = first.max(victim.saturating_sub(LONGEST_PHRASE));
        let last = last.min(victim + LONGEST_PHRASE);
        let mut named: Option<usize> = None;
        for token in first..=last {
            if tree.dep(token) == "poss"
                || tree
                    .ancestors(token)
                    .take_while(|up| *up != victim)
                    .any(|up| matches!(tree.dep(up), "relcl" | "prep" | "conj" | "poss" | "acl"))
                || matches!(tree.dep(token), "relcl" | "conj") && token != victim
            {
                continue;
            }
            let goes_on = token.checked_sub(1).is_some_and(|before| named == Some(before));
            if is_name(tree, token) || goes_on && is_title_less(tree, token) {
                named = Some(token);
                let word = tree.norm(token).trim_end_matches('.').to_owned();
                if !matches!(
                    &*word,
                    "jr" | "sr" | "iii" | "ii" | "mr" | "ms" | "mrs" | "dr" | "officer" | "sgt"
                ) && word.len() > 1
                {
                    person.name.push(word);
                }
            }
            if person.sex.is_none() {
                person.sex = sex(tree.norm(token));
            }
            if matches!(tree.norm(token), "another" | "second" | "third" | "other")
                && tree.head(token) == Some(victim)
            {
                person.is_another = true;
            }
            if person.age.is_none() {
                person.age = self.ages.get(&token).copied();
            }
        }
        // "Ana Ruiz, 17,": the age may hang elsewhere in the parse.
        if person.age.is_none() {
            let after = self.ages.range(last + 1..=last + 2).next();
            let same = |at: usize| (last + 1..=at).all(|token| !tree.tokens[token].sent_start);
            person.age = after.filter(|(at, _)| same(**at)).map(|(_, age)| *age);
        }
        if person.age.is_none()
            && let Some((at, age)) = self.ages.range(victim.saturating_sub(5)..victim).next_back()
            && (*at..victim).all(|token| !matches!(tree.norm(token), "," | "and"))
            && (*at + 1..victim).all(|token| !tree.is_verb(token))
        {
            person.age = Some(*age);
        }
    }

    fn is_person(&self, tree: &Tree, victim: usize) -> bool {
        let norm = tree.norm(victim);
        sex(norm).is_some()
            || self.phrases.is_person(norm)
            || norm.ends_with("-old")
            || self.ages.range(victim.saturating_sub(3)..=victim).next().is_some()
    }
}

/// A word of a person's name, by the pipeline's entities.
fn is_name(tree: &Tree, token: usize) -> bool {
    tree.tag(token).starts_with("NNP")
        && match &tree.tokens[token].entity {
            EntityTag::Begin(label) | EntityTag::Inside(label) => label == "PERSON",
            EntityTag::Outside => false,
        }
}

/// A word that the pipeline took for no person's name: a capital, and no noun or verb of a headline.
fn is_title_less(tree: &Tree, token: usize) -> bool {
    tree.tag(token) == "NNP"
        && sex(tree.norm(token)).is_none()
        && tree.norm(token).len() > 2
        && !matches!(tree.norm(token), "dead" | "dies" | "killed" | "shot" | "murdered" | "slain" | "deputy")
}

/// Whether two names are one, or one is the start of the other: Chris, Christian.
fn is_short_for(name: &str, other: &str) -> bool {
    name == other || name.len() > 2 && other.len() > 2 && (name.starts_with(other) || other.starts_with(name))
}

fn sex(word: &str) -> Option<Sex> {
    match word {
        "man" | "boy" | "father" | "husband" | "son" | "brother" | "boyfriend" | "uncle" | "nephew"
        | "grandfather" | "male" | "stepfather" | "dad" | "grandson" | "stepson" | "ex-husband"
        | "ex-boyfriend" | "gunman" => Some(Sex::Male),
        "woman" | "girl" | "mother" | "wife" | "daughter" | "sister" | "girlfriend" | "aunt" | "niece"
        | "grandmother" | "female" | "mom" | "stepmother" | "granddaughter" | "stepdaughter" | "ex-wife"
        | "ex-girlfriend" => Some(Sex::Female),
        _ => None,
    }
}
