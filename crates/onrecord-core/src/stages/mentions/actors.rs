//! Links names to actors: full names first, then surnames, short forms and abbreviations, earlier or later.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{Gender, Lexicon};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};
use crate::{Names, Span};

/// Small words that two wordings of an organisation's name differ in: "Ministry of Health", "Health Ministry".
const SMALL_WORDS: [&str; 6] = ["of", "the", "for", "and", "&", "in"];

/// Somebody or something that the report speaks of.
#[derive(Debug, Clone)]
pub(super) struct Actor {
    pub(super) kind: ActorKind,
    pub(super) gender: Gender,
    pub(super) plural: bool,
    pub(super) place: bool,
    /// The mention with the fullest name.
    pub(super) name: Option<usize>,
    /// The words of that name, folded.
    pub(super) words: Vec<String>,
    /// The first description that the report gives, and the first rank.
    pub(super) office: Option<Span>,
    pub(super) rank: Option<Span>,
    /// The heads of these descriptions, by family: "commander", "head".
    pub(super) families: Vec<String>,
    /// All words of name and descriptions, folded.
    pub(super) described: Vec<String>,
    /// How old a person is, in figures.
    pub(super) age: Option<String>,
}

impl Actor {
    /// What the report says that the actor is: an office rather than a rank.
    pub(super) fn role(&self) -> Option<Span> {
        self.office.or(self.rank)
    }

    pub(super) fn unnamed(found: &Found) -> Self {
        Self {
            kind: found.actor,
            gender: found.gender,
            plural: found.plural,
            place: found.place,
            name: None,
            words: Vec::new(),
            office: None,
            rank: None,
            families: Vec::new(),
            described: Vec::new(),
            age: None,
        }
    }
}

/// How a mention came to its actor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) actor: usize,
    pub(super) rule: &'static str,
}

/// The actors that are named, and the actor of each mention that is a name.
pub(super) struct Linked {
    pub(super) actors: Vec<Actor>,
    pub(super) links: Vec<Option<Link>>,
}

/// Gathers names into actors.
pub(super) fn link_names(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    names: &Names,
    found: &mut [Found],
) -> Linked {
    let words: Vec<Vec<String>> = found.iter().map(|found| folded(reading, names, found)).collect();
    let mut order: Vec<usize> = (0..found.len()).filter(|i| !words[*i].is_empty()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(words[*i].len()));
    let mut linker = Linker {
        reading,
        lexicon,
        names,
        words: &words,
        actors: Vec::new(),
        links: vec![None; found.len()],
        by_word: BTreeMap::new(),
        by_key: BTreeMap::new(),
        latest: Vec::new(),
        located: located(reading, found, &words),
    };
    for i in order {
        linker.link(found, i);
    }
    linker.commonest_spelling();
    linker.abbreviations(found);
    linker.aliases(found);
    linker.one_actor_each(found);
    Linked { actors: linker.actors, links: linker.links }
}

fn located(reading: &Reading<'_>, found: &[Found], words: &[Vec<String>]) -> BTreeSet<Vec<String>> {
    let names = found.iter().zip(words).filter(|(found, _)| super::places::is_located(reading, found.head));
    names.map(|(_, words)| words.clone()).collect()
}

fn folded(reading: &Reading<'_>, names: &Names, found: &Found) -> Vec<String> {
    if found.kind != MentionKind::Name {
        return Vec::new();
    }
    // "O' Hanlon" is O'Hanlon.
    let words = found.name(reading.doc).replace("O' ", "O'").replace("O’ ", "O’");
    let folded = names.fold(&words);
    folded.split_whitespace().skip_while(|word| *word == "the").map(str::to_owned).collect()
}

pub(super) struct Linker<'r> {
    pub(super) reading: &'r Reading<'r>,
    pub(super) lexicon: &'r Lexicon,
    pub(super) names: &'r Names,
    pub(super) words: &'r [Vec<String>],
    pub(super) actors: Vec<Actor>,
    pub(super) links: Vec<Option<Link>>,
    /// Actors by every word of their names.
    pub(super) by_word: BTreeMap<&'r str, Vec<usize>>,
    /// Actors by the content of a name, persons apart from others.
    by_key: BTreeMap<(bool, Vec<&'r str>), usize>,
    /// The mentions of each actor, to tell which of two was named last.
    pub(super) latest: Vec<Vec<usize>>,
    /// The names that something is said to be in.
    located: BTreeSet<Vec<String>>,
}

impl<'r> Linker<'r> {
    fn link(&mut self, found: &mut [Found], i: usize) {
        let person = is_person(&found[i]);
        let key = (person, content(&self.words[i]));
        let known = self.by_key.get(&key).copied().filter(|actor| self.fits(&found[i], *actor));
        // A surname of two: "the elder Ruiz" is not whom "Ruiz" stands for elsewhere.
        let several = self.words[i].len() == 1 && self.namesakes(&self.words[i][0]).nth(1).is_some();
        let told =
            if several { self.told_apart(found, i).or_else(|| self.told_by_pronoun(found, i)) } else { None };
        let (actor, rule) = match (told, known) {
            (Some(actor), _) => {
                self.join(found, i, actor, "mention.part-of-name");
                return;
            }
            (None, Some(actor)) => (actor, "mention.same-name"),
            (None, None) => self
                .shorter(found, i)
                .map(|actor| (actor, "mention.part-of-name"))
                .or_else(|| Some((self.called_short(found, i)?, "mention.short-name")))
                .or_else(|| Some((self.misspelt(found, i)?, "mention.misspelt")))
                .unwrap_or_else(|| (self.new_actor(found, i), "mention.name")),
        };
        self.by_key.entry(key).or_insert(actor);
        self.join(found, i, actor, rule);
    }

    fn new_actor(&mut self, found: &[Found], i: usize) -> usize {
        let actor = self.actors.len();
        let words = self.words;
        // "Noor said": a name of one word that is no surname of somebody's may be a given name.
        let given = || self.lexicon.given_name(self.reading.lower(found[i].first)).unwrap_or_default();
        let person = words[i].len() == 1 && found[i].actor == ActorKind::Person;
        let whole = words[i].len() > 1 && found[i].actor == ActorKind::Person;
        let gender = found[i].gender.or(match (person, whole) {
            (true, _) => given(),
            (_, true) => by_pronoun(self.reading, &found[i]),
            _ => Gender::Unknown,
        });
        self.actors.push(Actor {
            gender,
            name: Some(i),
            words: words[i].clone(),
            described: words[i].clone(),
            ..Actor::unnamed(&found[i])
        });
        self.latest.push(Vec::new());
        for word in &words[i] {
            let actors = self.by_word.entry(word).or_default();
            if actors.last() != Some(&actor) {
                actors.push(actor);
            }
        }
        actor
    }

    fn join(&mut self, found: &mut [Found], i: usize, actor: usize, rule: &'static str) {
        let known = &mut self.actors[actor];
        known.gender = known.gender.or(found[i].gender);
        if known.kind == ActorKind::Unknown {
            known.kind = found[i].actor;
        }
        let in_capitals = |i: usize| !self.reading.doc.words(found[i].span).chars().any(char::is_lowercase);
        let better = |name: usize| (in_capitals(i), i) < (in_capitals(name), name);
        if known.name.is_some_and(|name| self.words[name].len() == self.words[i].len() && better(name)) {
            known.name = Some(i);
        }
        self.latest[actor].push(i);
        self.links[i] = Some(Link { actor, rule });
    }

    /// The one actor of whose longer name these words are a part.
    fn shorter(&self, found: &[Found], i: usize) -> Option<usize> {
        let words = &self.words[i];
        let last = words.last()?;
        let known = self.by_word.get(last.as_str()).map_or(&[][..], Vec::as_slice);
        const MANY: usize = 50;
        let fitting: Vec<usize> = known
            .iter()
            .rev()
            .take(MANY)
            .copied()
            .filter(|actor| {
                // "Suu Kyi" is "Aung San Suu Kyi", whatever the given names tell.
                let known = &self.actors[*actor];
                let part = found[i].title.is_none()
                    && words.len() > 1
                    && known.words.len() > words.len()
                    && known.words.ends_with(words);
                let fits = if part { self.is_alike(&found[i], *actor) } else { self.fits(&found[i], *actor) };
                fits && self.is_part(found, i, *actor)
            })
            .collect();
        let by_surname: Vec<usize> =
            fitting.iter().copied().filter(|actor| self.actors[*actor].words.last() == Some(last)).collect();
        let fitting = if by_surname.is_empty() { fitting } else { by_surname };
        match fitting.as_slice() {
            [] => None,
            [actor] => Some(*actor),
            several => self.in_sight(found, i, several),
        }
    }

    /// Whether a mention and an actor can be of one kind and gender.
    pub(super) fn fits(&self, found: &Found, actor: usize) -> bool {
        found.gender.agrees(self.actors[actor].gender) && self.is_alike(found, actor)
    }

    /// Whether a mention and an actor can be of one kind. A surname that the model takes for an organisation is still
    /// a surname; a place is one only where it speaks.
    fn is_alike(&self, found: &Found, actor: usize) -> bool {
        let actor = &self.actors[actor];
        let located = || self.located.contains(&folded(self.reading, self.names, found));
        match (found.actor, actor.kind) {
            (ActorKind::Person | ActorKind::Unknown, ActorKind::Person | ActorKind::Unknown) => true,
            (ActorKind::Person, ActorKind::Organisation) => self.is_company(found, actor),
            (ActorKind::Organisation, ActorKind::Person) => !found.place || self.speaks(found) || !located(),
            (ActorKind::Organisation | ActorKind::Unknown, ActorKind::Organisation) => {
                found.place == actor.place || found.actor == ActorKind::Unknown || !actor.place
            }
            (one, other) => one == other,
        }
    }

    /// "Delgard said", of "Delgard Foods", and "Fenn Delgard" of "Fenn Delgard Foods": one or two words that begin a company's
    /// name and are nobody's.
    fn is_company(&self, found: &Found, company: &Actor) -> bool {
        let word = self.names.fold(self.reading.doc.words(found.span));
        let count = self.reading.words(found.first, found.end);
        let plain = count <= 2
            && found.title.is_none()
            && found.role.is_none()
            && self.lexicon.given_name(self.reading.lower(found.first)).is_none();
        let last = company.words.last().map_or("", String::as_str);
        let longer = (count + 1..=count + 2).contains(&company.words.len());
        let short = longer
            && company.words[..count].join(" ") == word
            && (self.lexicon.ends_body(last)
                || self.lexicon.is_business(last)
                || self.lexicon.is_legal_form(last));
        let persons = self.by_word.get(word.as_str()).into_iter().flatten();
        let nobody =
            || persons.map(|actor| &self.actors[*actor]).all(|known| known.kind != ActorKind::Person);
        plain && short && nobody()
    }

    pub(super) fn speaks(&self, found: &Found) -> bool {
        let verb = self.reading.head(found.head);
        self.reading.dep(found.head) == "nsubj" && self.lexicon.is_speech(&self.reading.lemma(verb))
    }

    fn is_part(&self, found: &[Found], i: usize, actor: usize) -> bool {
        let (part, whole) = (&self.words[i], &self.actors[actor].words);
        if self.actors[actor].kind == ActorKind::Organisation {
            return self.is_short_form(found, i, whole);
        }
        if part.len() == whole.len() {
            return initials_agree(part, whole);
        }
        is_subsequence(part, whole) || part.len() > 1 && initials_agree(part, whole)
    }

    /// "Acme" for "Acme Industries", "Revolution Guards" for "Islamic Revolution Guards Corps"; but not "Norvale" for
    /// "Norvale University".
    fn is_short_form(&self, found: &[Found], i: usize, whole: &[String]) -> bool {
        // "Norvale" is not "Norvale and Sard".
        let firm = whole.last().is_some_and(|last| self.lexicon.is_body_ending(last));
        if self.words[i].len() == 1 && whole.len() == 3 && whole[1] == "and" && !firm {
            return false;
        }
        let (part, whole) = (content(&self.words[i]), content(whole));
        // "Sallow Council" for "Sallow Town Council", "Ministry of Energy" for "Ministry of Energy and Water".
        let ends = part.len() > 1 && part.first() == whole.first() && part.last() == whole.last();
        if ends && is_subsequence(&part, &whole) {
            return true;
        }
        let Some(at) = whole.windows(part.len()).position(|window| window == part) else { return false };
        let rest = &whole[at + part.len()..];
        // "Olmo Air" is not "Olmo Air Flight 804".
        let thing =
            |word: &&str| self.lexicon.is_named_thing(word) || word.bytes().any(|byte| byte.is_ascii_digit());
        if rest.iter().any(thing) {
            return false;
        }
        // "Norvale" is not "Radio Norvale".
        if at == 1 && part.len() == 1 && self.lexicon.opens_body(whole[0]) {
            return false;
        }
        let body_follows = rest.last().is_some_and(|word| self.lexicon.is_organisation(word));
        let company = rest.last().is_some_and(|word| self.lexicon.is_business(word) || *word == "plc");
        let town = found[i].place && (!company || self.located.contains(&self.words[i]));
        let place = || {
            let text = self.reading.text(found[i].first);
            let located = |token: usize| matches!(self.reading.label(token), Some("GPE" | "LOC"));
            (0..self.reading.tokens.len()).any(|token| located(token) && self.reading.text(token) == text)
        };
        // "Meridian" for "Meridian Trust", but not "Norvale" for "Norvale University".
        part.len() > 1 || !town && (!body_follows || company || at == 0 && rest.len() == 1 && !place())
    }

    /// "Islamic Revolution Guards Corps (IRGC)", and "IRGC" wherever no brackets say so.
    fn abbreviations(&mut self, found: &mut [Found]) {
        let mut same: BTreeMap<usize, usize> = BTreeMap::new();
        for i in 0..found.len() {
            let Some(link) = self.links[i] else { continue };
            let Some(of) = self.spelled_out(found, i) else { continue };
            if let Some(of) = self.links[of] {
                same.insert(link.actor, of.actor);
            }
        }
        let spelled = self.initials();
        for i in 0..found.len() {
            let Some(link) = self.links[i] else { continue };
            let by_initials = || self.by_initials(&spelled, found, i).or_else(|| self.by_label(&found[i]));
            // "EP" is the European Parliament, "the EP Committee on Ports" is not.
            let bracketed = same.get(&link.actor).copied().filter(|_| self.words[i].len() == 1);
            if let Some(actor) = bracketed.or_else(by_initials)
                && actor != link.actor
            {
                // A place has no such short form.
                self.actors[actor].place = false;
                self.links[i] = Some(Link { actor, rule: "mention.abbreviation" });
                found[i].actor = self.actors[actor].kind;
            }
        }
    }

    /// The name in front of a bracketed abbreviation, or in the bracket after it.
    fn spelled_out(&self, found: &[Found], i: usize) -> Option<usize> {
        if !is_abbreviation(&self.words[i], self.reading.text(found[i].first)) {
            return None;
        }
        let bracket = |token: Option<usize>, mark: &str| {
            token.is_some_and(|t| t < self.reading.tokens.len() && self.reading.text(t) == mark)
        };
        let bracketed = bracket(found[i].first.checked_sub(1), "(") && bracket(Some(found[i].end), ")");
        let before = i.checked_sub(1).filter(|before| bracketed && found[*before].end + 1 == found[i].first);
        let after = Some(i + 1).filter(|after| {
            *after < found.len()
                && found[*after].first == found[i].end + 1
                && bracket(Some(found[i].end), "(")
        });
        before.or(after).filter(|other| {
            found[*other].kind == MentionKind::Name
                && self.words[*other].len() > 1
                && starts_alike(&self.words[i], &self.words[*other])
        })
    }

    /// Organisations by the capitals of their names.
    fn initials(&self) -> BTreeMap<String, Vec<usize>> {
        let mut spelled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (actor, known) in self.actors.iter().enumerate() {
            if known.kind == ActorKind::Organisation && known.words.len() > 1 {
                spelled.entry(initials(&known.words)).or_default().push(actor);
            }
        }
        spelled
    }

    /// The one organisation whose capitals an abbreviation is made of.
    fn by_initials(
        &self,
        spelled: &BTreeMap<String, Vec<usize>>,
        found: &[Found],
        i: usize,
    ) -> Option<usize> {
        if !is_abbreviation(&self.words[i], self.reading.text(found[i].first)) {
            return None;
        }
        match spelled.get(&self.words[i].concat())?.as_slice() {
            [actor] => Some(*actor),
            _ => None,
        }
    }

    /// Mentions take the kind of their actor.
    fn one_actor_each(&self, found: &mut [Found]) {
        for (found, link) in found.iter_mut().zip(&self.links) {
            if let Some(link) = link {
                found.actor = self.actors[link.actor].kind;
            }
        }
    }
}

/// The gender of the first pronoun after a subject in its sentence, with nobody else between: "Honor Olmo said her son".
fn by_pronoun(reading: &Reading<'_>, found: &Found) -> Gender {
    let Some(sentence) = reading.sentences.get(reading.sentence(found.head)) else { return Gender::Unknown };
    if reading.dep(found.head) != "nsubj" || reading.in_marks(found.head) {
        return Gender::Unknown;
    }
    for token in found.end..sentence.tokens().end {
        match reading.lower(token) {
            _ if reading.quoted(token) => return Gender::Unknown,
            "he" | "his" | "him" => return Gender::Male,
            "she" | "her" | "hers" => return Gender::Female,
            _ if reading.label(token) == Some("PERSON") => return Gender::Unknown,
            _ => {}
        }
    }
    Gender::Unknown
}

pub(super) fn is_person(found: &Found) -> bool {
    matches!(found.actor, ActorKind::Person | ActorKind::Unknown)
}

fn content(words: &[String]) -> Vec<&str> {
    let mut content: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !SMALL_WORDS.contains(word)).collect();
    if content.len() < words.len() && words.iter().any(|word| word == "of") {
        // "Ministry of Health" in the order of "Health Ministry".
        let of = words.iter().position(|word| word == "of").unwrap_or_default();
        let before = words[..of].iter().filter(|word| !SMALL_WORDS.contains(&word.as_str())).count();
        content.rotate_left(before);
    }
    content
}

fn is_subsequence<T: PartialEq>(part: &[T], whole: &[T]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|word| rest.any(|other| other == word))
}

/// "J. Olmo" and "John Olmo": the same surname, and given names that agree as far as they are spelled out.
fn initials_agree(one: &[String], other: &[String]) -> bool {
    let (Some((surname, given)), Some((other_surname, other_given))) = (one.split_last(), other.split_last())
    else {
        return false;
    };
    let alike = |a: &String, b: &String| {
        a == b
            || a.chars().count() == 1 && b.starts_with(a.as_str())
            || b.chars().count() == 1 && a.starts_with(b.as_str())
    };
    surname == other_surname
        && !given.is_empty()
        && !other_given.is_empty()
        && given.first().zip(other_given.first()).is_some_and(|(a, b)| alike(a, b))
}

fn is_abbreviation(words: &[String], text: &str) -> bool {
    let letters: String = words.concat();
    (2..=8).contains(&letters.len())
        && words.len() == 1
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

fn initials(words: &[String]) -> String {
    words
        .iter()
        .filter(|word| !SMALL_WORDS.contains(&word.as_str()))
        .filter_map(|word| word.chars().next())
        .collect()
}

/// Whether an abbreviation shares its first letter with a word of the name.
fn starts_alike(abbreviation: &[String], name: &[String]) -> bool {
    let first = abbreviation.first().and_then(|word| word.chars().next());
    name.iter().any(|word| word.chars().next() == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn wordings_of_an_organisation_have_the_same_content() {
        assert_eq!(content(&words("ministry of health")), content(&words("health ministry")));
        assert_eq!(content(&words("bank of the north")), ["north", "bank"]);
    }

    #[test]
    fn initials_stand_for_given_names() {
        assert!(initials_agree(&words("j olmo"), &words("john olmo")));
        assert!(initials_agree(&words("john f olmo"), &words("john olmo")));
        assert!(!initials_agree(&words("jane olmo"), &words("john olmo")));
        assert!(!initials_agree(&words("olmo"), &words("john olmo")));
    }

    #[test]
    fn small_words_have_no_initial() {
        assert_eq!(initials(&words("league of the free cities")), "lfc");
    }
}
