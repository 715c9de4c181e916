//! The words that tell actors: persons, organisations, groups, titles and given names.

use crate::Names;
use crate::names::rows;
use crate::numbers::{List, ListOf, WordSet};

static PERSONS: &str = include_str!("../../../data/en/persons.tsv");
static ORGANISATIONS: &str = include_str!("../../../data/en/organisations.tsv");
static GROUPS: &str = include_str!("../../../data/en/groups.tsv");
static TITLES: &str = include_str!("../../../data/en/titles.tsv");
static GIVEN_NAMES: &str = include_str!("../../../data/en/given_names.tsv");
static BORROWED_GIVEN_NAMES: &str = include_str!("../../../data/en/given_names_faker.tsv");
static DOCUMENTS: &str = include_str!("../../../data/en/documents.tsv");
static GENERIC: &str = include_str!("../../../data/en/generic_nouns.tsv");
static BODY_KINDS: &str = include_str!("../../../data/en/body_kinds.tsv");
static BUSINESSES: &str = include_str!("../../../data/en/businesses.tsv");
static COMMON_MODIFIERS: &str = include_str!("../../../data/en/common_modifiers.tsv");
static BODY_ENDINGS: &str = include_str!("../../../data/en/body_endings.tsv");
static POSTNOMINALS: &str = include_str!("../../../data/en/postnominals.tsv");
static DOMAINS: &str = include_str!("../../../data/en/domains.tsv");
static DEMONYMS: &str = include_str!("../../../data/en/demonyms.tsv");
static PLACE_ENDINGS: &str = include_str!("../../../data/en/place_endings.tsv");
static SCENE_NOUNS: &str = include_str!("../../../data/en/scene_nouns.tsv");
static NAMED_THINGS: &str = include_str!("../../../data/en/named_things.tsv");
static SHORT_NAMES: &str = include_str!("../../../data/en/short_names.tsv");
static ROLE_VERBS: &str = include_str!("../../../data/en/role_verbs.tsv");
static NAME_PARTS: &str = include_str!("../../../data/en/name_parts.tsv");
static SPEECH: &str = include_str!("../../../data/en/actor_verbs.tsv");

/// Endings of nouns that are persons though no list has them: "anchorwoman", "cellist".
const PERSON_ENDINGS: [&str; 6] = ["woman", "girl", "person", "ologist", "ographer", "cellist"];

/// Beginnings of nouns that are persons as the rest is: "superfan", "ex-boxer".
const PERSON_PREFIXES: [&str; 6] = ["super", "ex-", "co-", "step", "great-", "fellow-"];

/// What is known of a person's or word's gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gender {
    Male,
    Female,
    #[default]
    Unknown,
}

impl Gender {
    pub(super) fn read(column: &str) -> Self {
        match column {
            "m" => Self::Male,
            "f" => Self::Female,
            _ => Self::Unknown,
        }
    }

    /// Whether two can be one person.
    pub(super) fn agrees(self, other: Self) -> bool {
        self == other || self == Self::Unknown || other == Self::Unknown
    }

    /// This gender, or the other where this one is unknown.
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::Unknown { other } else { self }
    }
}

/// What kind of word for a person a noun is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PersonClass {
    /// A public role: "commander", "spokeswoman".
    Office,
    /// What somebody does or is: "farmer", "resident".
    Trade,
    /// A person as such, or somebody's relative: "woman", "brother".
    Kin,
}

/// A noun that stands for a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct PersonNoun {
    pub(super) class: PersonClass,
    pub(super) gender: Gender,
    /// The word under which nouns of one meaning go: "chief", "head" and "leader" are "head".
    pub(super) family: &'static str,
}

/// What a word in front of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleClass {
    /// "Mr", "Dame", "Pope".
    Address,
    /// "General", "Inspector".
    Rank,
    /// "President", "Senator".
    Office,
}

/// The nouns for public roles: offices, ranks and the titles of offices.
pub(super) fn public_roles() -> impl Iterator<Item = &'static str> {
    let offices = rows(PERSONS).filter_map(person_row).filter(|(_, noun)| noun.class == PersonClass::Office);
    let titles = rows(TITLES).filter_map(title_row).filter(|(_, (class, _))| *class != TitleClass::Address);
    offices.map(|(word, _)| word).chain(titles.map(|(word, _)| word))
}

/// All lists, ready to be asked.
#[derive(Debug)]
pub(super) struct Lexicon {
    persons: List<PersonNoun>,
    organisations: WordSet,
    groups: WordSet,
    titles: List<(TitleClass, Gender)>,
    /// The nouns that abbreviated titles stand for: "governor" for "gov".
    title_nouns: List<&'static str>,
    given: ListOf<String, Gender>,
    names: Names,
    generic: WordSet,
    businesses: WordSet,
    common_modifiers: WordSet,
    body_endings: WordSet,
    postnominals: List<&'static str>,
    domains: WordSet,
    demonyms: List<Gender>,
    place_endings: WordSet,
    role_verbs: WordSet,
    scene_nouns: WordSet,
    named_things: WordSet,
    speech: WordSet,
    particles: WordSet,
    past: WordSet,
    charge: WordSet,
    levels: WordSet,
    owners: WordSet,
    sides: WordSet,
    forms: WordSet,
    links: WordSet,
    inner: WordSet,
    causes: WordSet,
    openings: WordSet,
    kinds: WordSet,
    realms: WordSet,
    papers: WordSet,
    opposites: WordSet,
    friends: WordSet,
    around_alias: WordSet,
    body_kinds: List<Vec<&'static str>>,
    short_names: List<Vec<&'static str>>,
    documents: WordSet,
}

impl Lexicon {
    pub(super) fn load() -> Self {
        Self {
            persons: rows(PERSONS).filter_map(person_row).collect(),
            organisations: rows(ORGANISATIONS).collect(),
            groups: rows(GROUPS).collect(),
            titles: rows(TITLES).filter_map(title_row).collect(),
            title_nouns: rows(TITLES).filter_map(title_noun).collect(),
            given: rows(BORROWED_GIVEN_NAMES)
                .chain(rows(GIVEN_NAMES))
                .filter_map(|row| row.split_once('\t'))
                .map(|(name, gender)| (name.to_lowercase(), Gender::read(gender)))
                .collect(),
            names: Names::new(),
            generic: rows(GENERIC).collect(),
            businesses: rows(BUSINESSES).collect(),
            common_modifiers: rows(COMMON_MODIFIERS).collect(),
            body_endings: rows(BODY_ENDINGS).collect(),
            postnominals: rows(POSTNOMINALS).filter_map(|row| row.split_once('\t')).collect(),
            domains: rows(DOMAINS).collect(),
            demonyms: rows(DEMONYMS)
                .filter_map(|row| row.split_once('\t'))
                .map(|(noun, gender)| (noun, Gender::read(gender)))
                .collect(),
            place_endings: rows(PLACE_ENDINGS).collect(),
            role_verbs: rows(ROLE_VERBS).collect(),
            scene_nouns: rows(SCENE_NOUNS).collect(),
            named_things: rows(NAMED_THINGS).collect(),
            speech: rows(SPEECH).collect(),
            particles: name_parts("particle"),
            past: name_parts("past"),
            charge: name_parts("charge"),
            levels: name_parts("level"),
            owners: name_parts("owner"),
            sides: name_parts("side"),
            forms: name_parts("form"),
            links: name_parts("link"),
            inner: name_parts("inner"),
            causes: name_parts("cause"),
            openings: name_parts("opening"),
            kinds: name_parts("kind"),
            realms: name_parts("realm"),
            papers: name_parts("paper"),
            opposites: name_parts("opposite"),
            friends: name_parts("friend"),
            around_alias: name_parts("around"),
            body_kinds: rows(BODY_KINDS)
                .filter_map(|row| row.split_once('\t'))
                .map(|(noun, words)| (noun, words.split(' ').collect()))
                .collect(),
            short_names: rows(SHORT_NAMES)
                .filter_map(|row| row.split_once('\t'))
                .map(|(short, names)| (short, names.split(' ').collect()))
                .collect(),
            documents: rows(DOCUMENTS).collect(),
        }
    }

    /// The noun for a person with this lemma, in lower case.
    pub(super) fn person(&self, lemma: &str) -> Option<PersonNoun> {
        if let Some(noun) = self.persons.get(lemma) {
            return Some(*noun);
        }
        let compound = PERSON_PREFIXES.iter().filter_map(|prefix| lemma.strip_prefix(prefix));
        if let Some(noun) = compound.filter_map(|rest| self.persons.get(rest)).next() {
            return Some(*noun);
        }
        PERSON_ENDINGS.iter().find(|ending| lemma.len() > ending.len() && lemma.ends_with(**ending)).map(
            |ending| PersonNoun {
                class: PersonClass::Trade,
                gender: if matches!(*ending, "woman" | "girl") { Gender::Female } else { Gender::Unknown },
                family: "-",
            },
        )
    }

    /// Whether the lemma is a noun for a public role.
    pub(super) fn is_office(&self, lemma: &str) -> bool {
        self.person(lemma).is_some_and(|noun| noun.class == PersonClass::Office)
    }

    /// Whether the lemma is a noun for an organisation.
    pub(super) fn is_organisation(&self, lemma: &str) -> bool {
        self.organisations.contains(lemma)
    }

    /// Whether the word stands for several people: "police", "residents" aside, which is a plural.
    pub(super) fn is_group(&self, lemma: &str) -> bool {
        self.groups.contains(lemma)
    }

    /// The title that a word in lower case, with or without its full stop, is.
    pub(super) fn title(&self, word: &str) -> Option<(TitleClass, Gender)> {
        self.titles.get(word.trim_end_matches('.')).copied()
    }

    /// The family of the noun that a title in lower case stands for: of "sen." it is "senator".
    pub(super) fn title_family(&self, word: &str) -> Option<&'static str> {
        let noun = self.title_nouns.get(word.trim_end_matches('.'))?;
        Some(self.persons.get(noun).map_or(*noun, |noun| noun.family))
    }

    /// The gender that a given name tells; `None` when the word is no given name of the list.
    pub(super) fn given_name(&self, word: &str) -> Option<Gender> {
        // "Siobhán" is listed as "Siobhan".
        let plain = || (!word.is_ascii()).then(|| self.given.get(&self.names.fold(word))).flatten();
        self.given.get(word).or_else(plain).copied()
    }

    /// Whether a noun may stand for many an office or body: "the official", "the group".
    pub(super) fn is_generic(&self, lemma: &str) -> bool {
        self.generic.contains(lemma)
    }

    /// Whether a noun for a body is one for a company.
    pub(super) fn is_business(&self, lemma: &str) -> bool {
        self.businesses.contains(lemma)
    }

    /// Whether an adjective tells no two holders of an office apart: "senior", "former".
    pub(super) fn is_common_modifier(&self, word: &str) -> bool {
        self.common_modifiers.contains(word)
    }

    /// Whether the word tells what a company is before the law: "Plc".
    pub(super) fn is_legal_form(&self, word: &str) -> bool {
        self.forms.contains(word)
    }

    /// Whether the lemma is something that can be read: "report", "sign".
    pub(super) fn is_read(&self, lemma: &str) -> bool {
        self.documents.contains(lemma)
    }

    /// Whether the word stands at the end of names of bodies alone: "Estates", "Ltd".
    pub(super) fn is_body_ending(&self, word: &str) -> bool {
        self.body_endings.contains(word)
    }

    /// Whether a noun is one for a thing that has a name and says nothing: "film", "ferry".
    pub(super) fn is_named_thing(&self, lemma: &str) -> bool {
        self.named_things.contains(lemma)
    }

    /// Whether names of bodies end in the word: "Ministry", "Ltd".
    pub(super) fn ends_body(&self, word: &str) -> bool {
        self.organisations.contains(word) || self.body_endings.contains(word)
    }

    /// Whether a noun for somebody from somewhere may begin with the word: "South African", "Sri Lankan".
    pub(super) fn begins_demonym(&self, word: &str) -> bool {
        self.sides.contains(word)
    }

    /// Whether the word is letters after a name: "KC".
    pub(super) fn is_postnominal(&self, word: &str) -> bool {
        self.postnominals.contains_key(word)
    }

    /// The family of somebody who has these letters after the name: "attorney" for "KC".
    pub(super) fn lettered(&self, word: &str) -> Option<&'static str> {
        self.postnominals.get(word).copied().filter(|family| *family != "-")
    }

    /// Whether the word says what an office has charge of: "agriculture".
    pub(super) fn is_domain(&self, word: &str) -> bool {
        self.domains.contains(word)
    }

    /// The gender of a noun in lower case for one person from somewhere: "Dane", "Englishwoman".
    pub(super) fn demonym(&self, word: &str) -> Option<Gender> {
        self.demonyms.get(word).copied()
    }

    /// Whether names of places end in the word: "Bridge".
    pub(super) fn ends_place(&self, word: &str) -> bool {
        self.place_endings.contains(word)
    }

    /// Whether a clause with this verb says what somebody is: "who runs the ferry".
    pub(super) fn is_role_verb(&self, lemma: &str) -> bool {
        self.role_verbs.contains(lemma)
    }

    /// Whether a noun says what part somebody has in what happened, not what he is: "the witness", "the caller".
    pub(super) fn is_of_scene(&self, lemma: &str) -> bool {
        self.scene_nouns.contains(lemma)
    }

    /// Whether a verb's subject is somebody who speaks, meets or decides.
    pub(super) fn is_speech(&self, lemma: &str) -> bool {
        self.speech.contains(lemma)
    }

    /// Whether the word is a small one inside personal names: "van".
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether a small word may stand in a name that is a phrase: "for" in "Mothers for Norvale".
    pub(super) fn is_link(&self, word: &str) -> bool {
        self.links.contains(word)
    }

    /// Whether a word has a capital only inside such a name: "Our" in "Save Our Baths".
    pub(super) fn is_inner(&self, word: &str) -> bool {
        self.inner.contains(word)
    }

    /// Whether such a name may begin with the word: "Justice for Ana".
    pub(super) fn is_cause(&self, word: &str) -> bool {
        self.causes.contains(word)
    }

    /// Whether names of bodies begin with the word: "Radio Norvale".
    pub(super) fn opens_body(&self, word: &str) -> bool {
        self.openings.contains(word)
    }

    /// Whether the word tells the kind of a body behind its name: "the Green Dawn party".
    pub(super) fn is_kind(&self, word: &str) -> bool {
        self.kinds.contains(word)
    }

    /// Whether a noun for a person is what newspapers are called: "the Courier".
    pub(super) fn is_paper(&self, word: &str) -> bool {
        self.papers.contains(word)
    }

    /// Whether the word is one for a state in the names of its bodies: "of the Republic of Norvale".
    pub(super) fn is_realm(&self, word: &str) -> bool {
        self.realms.contains(word)
    }

    /// Whether somebody is known by whose opposite he is: "her deputy".
    pub(super) fn is_opposite(&self, word: &str) -> bool {
        self.opposites.contains(word)
    }

    /// Whether somebody may have another name to these: "Sasha to her friends".
    pub(super) fn is_friend(&self, word: &str) -> bool {
        self.friends.contains(word)
    }

    /// Whether the word may stand in front of "known as" and "called": "better".
    pub(super) fn is_around_alias(&self, word: &str) -> bool {
        self.around_alias.contains(word)
    }

    /// Whether a body with the word in its name may be called by a noun: a "Herald" is a newspaper.
    pub(super) fn may_be_called(&self, noun: &str, word: &str) -> bool {
        self.body_kinds.get(noun).is_some_and(|words| words.contains(&word))
    }

    /// Whether one given name may be short for the other: "Liz" for "Elizabeth".
    pub(super) fn is_short_for(&self, short: &str, name: &str) -> bool {
        self.short_names.get(short).is_some_and(|names| names.contains(&name))
    }

    /// Whether the word makes a role what somebody was: "former".
    pub(super) fn is_past(&self, word: &str) -> bool {
        self.past.contains(word)
    }

    /// Whether the word tells of what a body is, not what: "the state Board of Ports".
    pub(super) fn is_level(&self, word: &str) -> bool {
        self.levels.contains(word)
    }

    /// Whether those whom the word means have bodies of their own: "the Children's Alliance".
    pub(super) fn is_owner(&self, word: &str) -> bool {
        self.owners.contains(word)
    }

    /// Whether a body goes by what it has charge of: "Commission on Harbour Safety".
    pub(super) fn has_charge(&self, word: &str) -> bool {
        self.charge.contains(word)
    }
}

/// The words that are this beside or in a name.
fn name_parts(what: &str) -> WordSet {
    rows(NAME_PARTS)
        .filter_map(|row| row.split_once('\t'))
        .filter(|(_, is)| *is == what)
        .map(|(word, _)| word)
        .collect()
}

fn person_row(row: &'static str) -> Option<(&'static str, PersonNoun)> {
    let mut columns = row.split('\t');
    let noun = columns.next()?;
    let class = match columns.next()? {
        "office" => PersonClass::Office,
        "trade" => PersonClass::Trade,
        _ => PersonClass::Kin,
    };
    let gender = Gender::read(columns.next()?);
    let family = columns.next().filter(|family| *family != "-").unwrap_or(noun);
    Some((noun, PersonNoun { class, gender, family }))
}

fn title_row(row: &'static str) -> Option<(&'static str, (TitleClass, Gender))> {
    let mut columns = row.split('\t');
    let word = columns.next()?;
    let class = match columns.next()? {
        "address" => TitleClass::Address,
        "rank" => TitleClass::Rank,
        _ => TitleClass::Office,
    };
    Some((word, (class, Gender::read(columns.next()?))))
}

fn title_noun(row: &'static str) -> Option<(&'static str, &'static str)> {
    let mut columns = row.split('\t');
    Some((columns.next()?, columns.nth(2)?))
}

#[cfg(test)]
mod tests {
    use super::super::labels::TURN_LABELS;
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let lexicon = Lexicon::load();
        assert!(lexicon.is_office("commander"));
        assert!(!lexicon.is_office("farmer"));
        assert_eq!(lexicon.person("chief").map(|noun| noun.family), Some("head"));
        assert_eq!(lexicon.person("leader").map(|noun| noun.family), Some("leader"));
        assert_eq!(lexicon.person("anchorwoman").map(|noun| noun.gender), Some(Gender::Female));
        assert!(lexicon.person("woman").is_some());
        assert!(lexicon.person("policy").is_none());
        assert!(lexicon.is_organisation("ministry"));
        assert!(lexicon.is_group("police"));
        assert_eq!(lexicon.title("gen."), Some((TitleClass::Rank, Gender::Unknown)));
        assert_eq!(lexicon.given_name("ana"), Some(Gender::Female));
    }

    #[test]
    fn every_list_is_sorted_and_names_its_source() {
        for list in [
            PERSONS,
            ORGANISATIONS,
            GROUPS,
            TITLES,
            GIVEN_NAMES,
            BORROWED_GIVEN_NAMES,
            DOCUMENTS,
            GENERIC,
            BODY_KINDS,
            BUSINESSES,
            COMMON_MODIFIERS,
            DEMONYMS,
            DOMAINS,
            PLACE_ENDINGS,
            SCENE_NOUNS,
            SPEECH,
            NAME_PARTS,
            TURN_LABELS,
        ] {
            assert!(list.starts_with("# source: "), "{}", list.lines().next().unwrap_or_default());
            let words: Vec<&str> = rows(list).filter_map(|row| row.split('\t').next()).collect();
            assert!(words.is_sorted(), "{words:?}");
        }
    }
}
