//! The toll of the incident that a report is about: how many were killed and injured, as the whole document tells it.
//!
//! Counts that the text gives ("two people are dead") are weighed against those it tells of one by one ("Ruiz, 17, died
//! at the scene", "his sister was wounded"). What is told of other years and other incidents is left out.

use std::collections::BTreeMap;

use super::harms::{self, HarmSaid};
use super::parse::Tree;
use super::words::Words;
use super::{Class, Figure};
use crate::stages::paragraphs::Paragraph;
use crate::stages::sentences::Sentence;
use crate::{By, Document, Span};

mod persons;
mod phrases;

use persons::{Person, Persons};
use phrases::{Implies, Phrases};

/// How many a report says were killed and injured in its incident.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Toll {
    /// How many died, the one who did it among them.
    pub killed: u32,
    /// How many were hurt and lived.
    pub injured: u32,
    /// The words it went by.
    pub by: By,
}

/// Reads tolls.
#[derive(Debug, Clone)]
pub struct Tolls {
    words: Words,
    phrases: Phrases,
}

/// How grave a telling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// Shot, hit or taken to hospital: hurt at the least, and perhaps killed.
    Struck,
    /// Hurt.
    Injured,
    /// Killed.
    Killed,
}

/// One telling of a fate: by one word, of one or several victims.
#[derive(Debug, Clone)]
struct Claim {
    fate: Fate,
    /// How many, where a number or a list tells.
    count: Option<u32>,
    /// The single persons, as far as the words tell who; they are all different.
    persons: Vec<Person>,
    /// Whether the number adds to others told before: "two others".
    is_other: bool,
    /// Whether the victims are the object: "killed three".
    is_active: bool,
    /// Whether somebody did it to himself.
    is_own_doing: bool,
    /// Whether it is told as dying, not as an act: "died", "was pronounced dead".
    is_dying: bool,
    /// Which sentence of the document, from nought.
    sentence: usize,
    words: Span,
}

/// The first of the sentences that tell a fate, which tell what a report is about: headline and lede.
const HEAD: usize = 3;
/// The first of all sentences, in which words such as "a fatal shooting" tell what a report is about.
const LEDE: usize = 4;
/// The first of all sentences, in which words such as "turned the gun on himself" tell of the incident itself.
const STORY: usize = 8;

impl Tolls {
    /// For English.
    pub fn english() -> Self {
        Self { words: Words::english(), phrases: Phrases::english() }
    }

    /// The toll of a document whose layers are made.
    pub fn toll(&self, doc: &Document) -> Toll {
        let tree = Tree::new(doc);
        let mut claims = self.claims(doc, &tree);
        let lede = opening(doc, LEDE);
        let floor = self.phrases.dead(&lede);
        drop_other_deaths(&mut claims, floor);
        let killed = killed(&claims, floor, self.phrases.tell(Implies::OwnDoing, &opening(doc, STORY)));
        let injured = injured(&claims, &killed, self.phrases.shot(&lede));
        let mut by = By::rule("toll.report");
        for claim in killed.seen.iter().chain(&injured.seen) {
            by = by.saw(if claim.fate == Fate::Killed { "killed" } else { "injured" }, claim.words);
        }
        Toll { killed: killed.count, injured: injured.count, by }
    }

    fn claims(&self, doc: &Document, tree: &Tree) -> Vec<Claim> {
        if tree.tokens.is_empty() {
            return Vec::new();
        }
        let counts = counts(doc, tree);
        let persons = Persons::new(doc, tree, &self.phrases);
        let sentences = doc.layer::<Sentence>();
        let sentence_at = |at: u32| {
            let index = sentences.partition_point(|sentence| sentence.span.end <= at);
            let is_past =
                sentences.get(index).is_some_and(|sentence| is_background(doc, &self.phrases, sentence.span));
            (index < HEAD || !is_past).then_some(index)
        };
        let mut claims = Vec::new();
        for paragraph in doc.layer::<Paragraph>() {
            for said in harms::said(tree, &self.words, paragraph.span) {
                let Some(fate) = fate(said.harm).filter(|_| said.is_fact) else { continue };
                let Some(sentence) = sentence_at(tree.span(said.trigger).start) else { continue };
                claims.push(claim(tree, &counts, &persons, &said, fate, sentence));
            }
        }
        for figure in doc.layer::<Figure>().iter().filter(|figure| figure.class == Class::Count) {
            let Some(fate) = figure.happened.and_then(fate) else { continue };
            let Some(sentence) = sentence_at(figure.span.start) else { continue };
            claims.extend(figure_claim(tree, figure, fate, sentence));
        }
        claims.sort_by_key(|claim| claim.words.start);
        rank(&mut claims);
        claims
    }
}

/// Sentences are counted among those that tell a fate, so that what stands before a story (menus, other headlines,
/// captions) does not move its head.
fn rank(claims: &mut [Claim]) {
    let mut ranks: BTreeMap<usize, usize> = claims.iter().map(|claim| (claim.sentence, 0)).collect();
    for (rank, place) in ranks.values_mut().enumerate() {
        *place = rank;
    }
    for claim in claims {
        claim.sentence = ranks.get(&claim.sentence).copied().unwrap_or_default();
    }
}

fn fate(harm: &str) -> Option<Fate> {
    match harm {
        "killed" => Some(Fate::Killed),
        "injured" => Some(Fate::Injured),
        "shot" | "hit" | "hospitalised" | "casualty" => Some(Fate::Struck),
        _ => None,
    }
}

/// The claim of a telling, with all its victims.
fn claim(
    tree: &Tree,
    counts: &BTreeMap<usize, u32>,
    persons: &Persons,
    said: &HarmSaid,
    fate: Fate,
    sentence: usize,
) -> Claim {
    let mut claim = Claim {
        fate,
        count: None,
        persons: Vec::new(),
        is_other: false,
        is_active: said.victims.first().is_some_and(|victim| *victim > said.trigger)
            && tree.is_verb(said.trigger),
        is_own_doing: is_own_doing(tree, said),
        is_dying: matches!(tree.lemma(said.trigger), "die" | "succumb" | "dead" | "perish"),
        sentence,
        words: tree.span(said.trigger),
    };
    let mut sum = 0;
    let mut is_counted = false;
    for victim in &said.victims {
        let number = counts.get(victim).copied().or_else(|| pair(tree, *victim));
        let person = if number.is_none_or(|number| number == 1) { persons.of(tree, *victim) } else { None };
        sum += number.unwrap_or(u32::from(person.is_some()));
        is_counted |= number.is_some();
        claim.persons.extend(person);
        claim.is_other |= adds(tree, *victim);
        claim.words = claim.words.cover(tree.span(*victim));
    }
    if sum > 0 && (is_counted || claim.persons.len() > 1) {
        claim.count = Some(sum);
    }
    claim
}

/// "two others", "three more"
fn adds(tree: &Tree, victim: usize) -> bool {
    tree.children(victim)
        .chain([victim])
        .any(|child| matches!(tree.norm(child), "other" | "others" | "another" | "more" | "additional"))
}

/// "killed himself", "took his own life".
fn is_own_doing(tree: &Tree, said: &HarmSaid) -> bool {
    let is_self = |token: usize| matches!(tree.norm(token), "himself" | "herself" | "self" | "themselves");
    // "shot and killed himself"
    if said.victims.iter().any(|victim| is_self(*victim)) {
        return true;
    }
    tree.children(said.trigger).any(|child| {
        matches!(tree.dep(child), "dobj" | "conj") && is_self(child)
            || tree.norm(child) == "life" && tree.children(child).any(|word| tree.norm(word) == "own")
    })
}

/// A figure that tells a fate, as a claim.
fn figure_claim(tree: &Tree, figure: &Figure, fate: Fate, sentence: usize) -> Option<Claim> {
    let count = figure.low.and_then(|low| u32::try_from(low.whole()?).ok())?;
    if figure.part_of.is_some() {
        return None;
    }
    let words = figure.counted.map_or(figure.span, |counted| counted.cover(figure.span));
    let happened = figure.by.evidence.iter().find(|seen| seen.what == "happened").and_then(|seen| seen.span);
    let is_active = happened.is_some_and(|happened| happened.start < figure.span.start);
    let lower = tree.text[words].to_lowercase();
    let is_other = lower.contains("other") || lower.contains("more");
    Some(Claim {
        fate,
        count: Some(count),
        persons: Vec::new(),
        is_other,
        is_active,
        is_own_doing: false,
        is_dying: false,
        sentence,
        words,
    })
}

/// So many of the first sentences, in lower case.
fn opening(doc: &Document, count: usize) -> String {
    let sentences = doc.layer::<Sentence>();
    let last = count.min(sentences.len()).saturating_sub(1);
    sentences.get(last).map(|last| doc.words(Span::new(0, last.span.end)).to_lowercase()).unwrap_or_default()
}

/// Where the head of the report tells of people hurt and of nobody killed, killings told later are of other incidents,
/// unless they tell that somebody died.
fn drop_other_deaths(claims: &mut Vec<Claim>, floor: u32) {
    let in_head =
        |fate: fn(Fate) -> bool| claims.iter().any(|claim| claim.sentence < HEAD && fate(claim.fate));
    if floor == 0 && in_head(|fate| fate != Fate::Killed) && !in_head(|fate| fate == Fate::Killed) {
        claims.retain(|claim| claim.fate != Fate::Killed || claim.is_dying);
    }
}

/// "both men", "a couple"
fn pair(tree: &Tree, victim: usize) -> Option<u32> {
    let both = tree.norm(victim) == "both"
        || tree.norm(victim) == "couple"
        || tree.children(victim).any(|child| tree.norm(child) == "both");
    both.then_some(2)
}

/// Whole numbers by the token of the number and of the noun that it counts.
fn counts(doc: &Document, tree: &Tree) -> BTreeMap<usize, u32> {
    let mut counts = BTreeMap::new();
    for figure in doc.layer::<Figure>() {
        if figure.class != Class::Count {
            continue;
        }
        let Some(count) = figure.low.and_then(|low| u32::try_from(low.whole()?).ok()) else { continue };
        let number = figure.by.evidence.first().and_then(|seen| seen.span).unwrap_or(figure.span);
        for token in tree.at(number.start)..=tree.at(number.end.saturating_sub(1)).min(tree.tokens.len() - 1)
        {
            counts.insert(token, count);
        }
        if let Some(counted) = figure.counted {
            let of = tree.text[figure.span.end as usize..counted.start as usize].trim() == "of";
            let head = tree.at(counted.end.saturating_sub(1));
            if !of && head < tree.tokens.len() {
                counts.insert(head, count);
            }
        }
    }
    counts
}

/// Whether a sentence tells of other times: "last year", "in 2009", "so far this year".
fn is_background(doc: &Document, phrases: &Phrases, sentence: Span) -> bool {
    let words = doc.words(sentence);
    if phrases.tell(Implies::Past, &words.to_lowercase()) {
        return true;
    }
    let Some(published) = doc.meta().published else { return false };
    let year = published.year();
    words.match_indices("20").any(|(at, _)| {
        let digits = words.get(at..at + 4).and_then(|digits| digits.parse::<i16>().ok());
        let alone = !words[..at].ends_with(|c: char| c.is_alphanumeric() || c == '$')
            && !words.get(at + 4..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
        alone && digits.is_some_and(|digits| digits < year - 1)
    })
}

/// A number with the claims it went by.
#[derive(Debug, Default)]
struct Sum<'a> {
    count: u32,
    persons: Vec<Person>,
    seen: Vec<&'a Claim>,
}

/// Those killed: the largest number told at the head of the report, else the first told; or those told of one by one.
/// `own_doing` says that the head tells of somebody who killed himself after others.
fn killed(claims: &[Claim], floor: u32, own_doing: bool) -> Sum<'_> {
    let dead = |claim: &&Claim| claim.fate == Fate::Killed;
    let mut persons = distinct(claims.iter().filter(dead), &[]);
    // Where the head tells of one who died, and nobody else, those told of later are of other incidents.
    let in_head = |claim: &&Claim| claim.sentence < HEAD;
    if persons.len() == 2 && distinct(claims.iter().filter(dead).filter(in_head), &[]).len() == 1 {
        persons.truncate(1);
    }
    let alone = u32::try_from(persons.len()).unwrap_or(u32::MAX);
    let counted = counted(claims, Fate::Killed);
    let (mut count, seen) = match counted {
        Some((count, claim)) if count >= alone || claim.sentence < HEAD => (count, vec![claim]),
        _ => (alone, claims.iter().filter(dead).collect()),
    };
    // "killed three people before killing himself", "killed his wife, then turned the gun on himself"
    let is_own = |claim: &Claim| claim.is_own_doing && claim.fate == Fate::Killed && claim.sentence < LEDE;
    let own_doing = own_doing || claims.iter().any(is_own);
    if own_doing && count > 0 && is_of_others(&seen, count) {
        count += 1;
    }
    if own_doing && told_as_acts(claims) > 0 {
        count = count.max(told_as_acts(claims) + 1);
    }
    Sum { count: count.max(floor), persons, seen }
}

/// How many the head says that somebody killed, not himself.
fn told_as_acts(claims: &[Claim]) -> u32 {
    let acts = || {
        claims.iter().filter(|claim| {
            claim.sentence < HEAD && claim.fate == Fate::Killed && claim.is_active && !claim.is_own_doing
        })
    };
    let counted = acts().filter_map(|claim| claim.count).filter(|count| *count < 100).max().unwrap_or(0);
    counted.max(u32::try_from(distinct(acts(), &[]).len()).unwrap_or(0))
}

/// Whether claims count those whom somebody killed, and not the one who did it: "killed two", not "two are dead".
fn is_of_others(seen: &[&Claim], count: u32) -> bool {
    if let [claim] = seen
        && claim.count == Some(count)
    {
        return claim.is_active && !claim.is_own_doing;
    }
    let is_act = |claim: &&Claim| claim.is_active && !claim.is_own_doing && claim.sentence < HEAD;
    let others = seen.iter().copied().filter(is_act);
    let told = u32::try_from(distinct(others, &[]).len()).unwrap_or(u32::MAX);
    told == count && seen.iter().all(|claim| claim.is_active || claim.is_own_doing || claim.sentence >= HEAD)
}

/// Those hurt and not killed.
fn injured<'a>(claims: &'a [Claim], killed: &Sum, shot: u32) -> Sum<'a> {
    let hurt = |claim: &&Claim| claim.fate != Fate::Killed;
    let persons = distinct(claims.iter().filter(hurt), &killed.persons);
    let mut alone = u32::try_from(persons.len()).unwrap_or(u32::MAX);
    if killed.persons.is_empty() {
        // Somebody died of whom the report does not tell apart from those shot.
        alone = alone.saturating_sub(killed.count);
    }
    let wounded = counted(claims, Fate::Injured);
    let struck = counted(claims, Fate::Struck).map(|(count, claim)| {
        let rest = if claim.is_other { count } else { count.saturating_sub(killed.count) };
        (rest, claim)
    });
    let best = match (wounded, struck) {
        (Some(wounded), Some(struck)) => Some(if wounded.0 >= struck.0 { wounded } else { struck }),
        (wounded, struck) => wounded.or(struck),
    };
    let (count, seen) = match best {
        Some((count, claim)) if count >= alone || claim.sentence < HEAD => (count, vec![claim]),
        _ => (alone, claims.iter().filter(hurt).collect()),
    };
    Sum { count: count.max(shot.saturating_sub(killed.count)), persons, seen }
}

/// The number told for a fate: the largest in the head of the report, else the first that is told.
fn counted(claims: &[Claim], fate: Fate) -> Option<(u32, &Claim)> {
    let told = |claim: &&Claim| claim.fate == fate && claim.count.is_some_and(|count| count < 1000);
    let head =
        claims.iter().filter(told).filter(|claim| claim.sentence < HEAD).max_by_key(|claim| claim.count);
    let is_told =
        claims.iter().any(|claim| claim.fate == fate && claim.sentence < HEAD && !claim.persons.is_empty());
    let first = || {
        if is_told {
            return None;
        }
        let first = claims.iter().find(told)?;
        claims
            .iter()
            .filter(told)
            .filter(|claim| claim.sentence == first.sentence)
            .max_by_key(|claim| claim.count)
    };
    let claim = head.or_else(first)?;
    Some((claim.count?, claim))
}

/// The different persons of these claims, without those in `but`. Those whom one word tells of together are different.
fn distinct<'a>(claims: impl Iterator<Item = &'a Claim>, but: &[Person]) -> Vec<Person> {
    let mut persons: Vec<Person> = Vec::new();
    for claim in claims {
        let mut told: Vec<usize> = Vec::new();
        for person in &claim.persons {
            if but.iter().any(|other| other.may_be(&person.first())) {
                continue;
            }
            // "A boy shot another boy": the other is not one more victim.
            let person = if claim.is_active { &person.first() } else { person };
            let known =
                (0..persons.len()).find(|index| !told.contains(index) && persons[*index].may_be(person));
            // Late in a report, one without a name who fits nobody told before is of another story.
            let is_late = claim.sentence >= HEAD && !persons.is_empty() && claim.persons.len() == 1;
            if known.is_none()
                && (is_late && !person.is_named() || person.is_pronoun() && !persons.is_empty())
            {
                continue;
            }
            match known {
                Some(index) => persons[index].merge(person),
                None => persons.push(person.clone()),
            }
            told.push(known.unwrap_or(persons.len() - 1));
        }
    }
    persons
}
