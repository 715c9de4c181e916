//! Tells two people of one surname apart where only the surname stands.

use super::actors::Linker;
use super::kin::Kinship;
use super::lexicon::Gender;
use super::reading::Reading;
use super::roles::described;
use super::{ActorKind, Found};
use crate::names::rows;

/// Sentences for which the other must not have been named where nothing else tells the two apart.
const OUT_OF_SIGHT: usize = 4;
/// Words that say which of two is meant.
static AGES: &str = include_str!("../../../data/en/ages.tsv");

/// Words that tell nothing of an office.
const SMALL: [&str; 5] = ["-", "a", "for", "of", "the"];

impl Linker<'_> {
    /// The people whose whole names end in this surname.
    pub(super) fn namesakes(&self, surname: &str) -> impl Iterator<Item = usize> {
        let known = self.by_word.get(surname).into_iter().flatten().copied();
        known.filter(move |actor| {
            let known = &self.actors[*actor];
            let whole = known.words.len() > 1 && known.words.last().is_some_and(|last| last == surname);
            whole && known.kind == ActorKind::Person
        })
    }

    /// Of several people with one surname the one that the words in front of it tell: "the elder Ruiz", "Rep. Ruiz".
    pub(super) fn told_apart(&self, found: &[Found], i: usize) -> Option<usize> {
        let fitting = self.namesakes(self.words[i].last()?).filter(|actor| self.fits(&found[i], *actor));
        let actors: Vec<usize> = fitting.collect();
        self.of_age(found, &actors, age_in_front(self.reading, &found[i]))
            .or_else(|| self.titled(found, i, &actors))
    }

    /// "Ruiz said that her boat had sunk", of Ana and Bo Ruiz.
    pub(super) fn told_by_pronoun(&self, found: &[Found], i: usize) -> Option<usize> {
        let verb = self.reading.head(found[i].head);
        let ahead = verb + 1..self.reading.tokens.len().min(verb + 3);
        let own = ahead.into_iter().find(|token| self.reading.tag(*token) == "PRP$")?;
        let gender = match self.reading.lower(own) {
            "his" => Gender::Male,
            "her" => Gender::Female,
            _ => return None,
        };
        let mut fitting = self
            .namesakes(self.words[i].last()?)
            .filter(|actor| self.actors[*actor].gender.agrees(gender) && self.fits(&found[i], *actor));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Of two the one whom the report calls somebody's son, or the other one.
    fn of_age(&self, found: &[Found], actors: &[usize], age: Option<Age>) -> Option<usize> {
        let (&[one, other], Some(age)) = (actors, age) else { return None };
        if age == Age::Other {
            let last = |actor: usize| self.latest[actor].iter().max();
            return Some(if last(one) < last(other) { one } else { other });
        }
        let told = |actor: usize| self.latest[actor].iter().find_map(|name| kin(self.reading, &found[*name]));
        let first = match (told(one), told(other)) {
            (Some(one), None) => one == age,
            (None, Some(other)) => other != age,
            (Some(one), Some(other)) if one != other => one == age,
            _ => return None,
        };
        Some(if first { one } else { other })
    }

    /// "Rep. Ruiz", of the one who is "Rep. Ana Ruiz" elsewhere.
    fn titled(&self, found: &[Found], i: usize, actors: &[usize]) -> Option<usize> {
        let told = |found: &Found, before: u32| -> Vec<String> {
            let spans = [found.title, found.role].into_iter().flatten().filter(|span| span.end <= before);
            let told = spans.map(|span| described(self.reading, self.lexicon, self.names, span));
            told.flat_map(|(families, words)| families.into_iter().chain(words))
                .filter(|word| !SMALL.contains(&word.as_str()))
                .collect()
        };
        // "Ruiz, the daughter of President Bo Ruiz": what stands behind tells of others too.
        let here = told(&found[i], found[i].span.start);
        let mut same = actors.iter().copied().filter(|actor| {
            let known = self.latest[*actor].iter().flat_map(|name| told(&found[*name], u32::MAX));
            known.into_iter().any(|word| here.contains(&word))
        });
        same.next().filter(|_| same.next().is_none())
    }

    /// The one named last, when the others are out of sight; before anybody is named, who is named first.
    pub(super) fn in_sight(&self, found: &[Found], i: usize, actors: &[usize]) -> Option<usize> {
        const MANY: usize = 64;
        let here = self.reading.sentence(found[i].head);
        let last_seen = |actor: usize| {
            let before = self.latest[actor].iter().rev().take(MANY).filter(|other| **other < i);
            before.max().map(|other| self.reading.sentence(found[*other].head))
        };
        let mut seen: Vec<(usize, usize)> =
            actors.iter().filter_map(|actor| last_seen(*actor).map(|sentence| (sentence, *actor))).collect();
        seen.sort_unstable();
        let Some((newest, actor)) = seen.pop() else {
            return actors.iter().copied().min_by_key(|actor| self.latest[*actor].iter().min().copied());
        };
        let others_far = seen.last().is_none_or(|(sentence, _)| sentence + OUT_OF_SIGHT < here);
        (others_far && newest <= here).then_some(actor).or_else(|| self.principal(found, i, actors))
    }

    /// Of several people with one surname whom it stands for where nothing else tells: the only one whom the paragraph has
    /// named, or whose relatives the others are.
    fn principal(&self, found: &[Found], i: usize, actors: &[usize]) -> Option<usize> {
        let reading = self.reading;
        let person = |actor: &usize| self.actors[*actor].kind == ActorKind::Person;
        if self.words[i].len() > 1 || !actors.iter().all(person) {
            return None;
        }
        let paragraph = reading.paragraph(found[i].head);
        let here = |actor: &usize| {
            self.latest[*actor].iter().any(|name| {
                let head = found[*name].head;
                *name < i && reading.paragraph(head) == paragraph && !reading.quoted(head)
            })
        };
        let relative =
            |actor: &usize| self.latest[*actor].iter().any(|name| is_relative(reading, &found[*name]));
        let only = |holds: &dyn Fn(&usize) -> bool| {
            let mut holding = actors.iter().copied().filter(|actor| holds(actor));
            holding.next().filter(|_| holding.next().is_none())
        };
        // "Ms Ruiz" is Ana sooner than Jo Ruiz.
        let gender = found[i].gender;
        let told = |actor: &usize| gender != Gender::Unknown && self.actors[*actor].gender == gender;
        // "Mr. Ruiz" may be either brother.
        let titled = found[i].title.is_some();
        let head = || only(&|actor| !titled && !relative(actor));
        only(&told).or_else(|| only(&here)).or_else(head)
    }
}

/// Which of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    Elder,
    Younger,
    /// Who was not named last.
    Other,
}

impl Age {
    /// What a word tells: so few are asked for that the list is read anew for each.
    fn of(word: &str) -> Option<Self> {
        match rows(AGES).find_map(|row| row.strip_prefix(word)?.strip_prefix('\t'))? {
            "elder" => Some(Self::Elder),
            "younger" => Some(Self::Younger),
            _ => Some(Self::Other),
        }
    }
}

/// "The elder Ruiz".
fn age_in_front(reading: &Reading<'_>, found: &Found) -> Option<Age> {
    let first = found
        .title
        .map_or(found.first, |title| reading.tokens.partition_point(|token| token.start < title.start));
    let before = first.checked_sub(1)?;
    Age::of(reading.lower(before)).filter(|_| reading.dep(before) == "amod")
}

/// "Her father, Ana Ruiz", "Ana Ruiz, his sister".
fn is_relative(reading: &Reading<'_>, found: &Found) -> bool {
    let mut role = found.role.into_iter().flat_map(|role| reading.tokens_in(role));
    role.any(|token| Kinship::of(reading.lower(token)).is_some())
}

/// What the words beside a name tell: "his elder brother, Ana Ruiz", "her nephew Bo Ruiz", "Bo Ruiz, who is her son". A son is
/// the younger one, whatever his brothers are.
fn kin(reading: &Reading<'_>, found: &Found) -> Option<Age> {
    const LONGEST: usize = 10;
    let in_role = found.role.or(found.title).into_iter().flat_map(|role| reading.tokens_in(role));
    let before = found.first.checked_sub(1).map(|before| {
        let comma = reading.text(before) == ",";
        before.saturating_sub(usize::from(comma))
    });
    let beside = before.filter(|before| reading.tag(*before) == "NN");
    let mark = |token: usize| matches!(reading.text(token), "," | "–" | "—" | "--");
    let behind = found.end + 1..reading.tokens.len().min(found.end + LONGEST);
    let enclosed = behind.start <= behind.end && mark(found.end);
    let behind = behind.take_while(|token| enclosed && !mark(*token));
    let words: Vec<usize> = in_role.chain(beside).chain(behind).collect();
    let noun = |token: &usize| Kinship::of(reading.lower(*token)).is_some();
    let told = |token: &usize| Age::of(reading.lower(*token));
    let of_age = words.iter().filter(|token| noun(token)).find_map(told);
    let before_noun = |token: &&usize| **token + 1 < reading.tokens.len() && noun(&(**token + 1));
    of_age.or_else(|| words.iter().filter(before_noun).find_map(told))
}
