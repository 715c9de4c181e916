//! Finds the relative that a description means: "his sister", where the report says who is whose brother.

use super::candidates::is_subject;
use super::lexicon::Gender;
use super::nominals::head_lemma;
use super::resolve::State;
use super::{ActorKind, MentionKind};
use crate::names::rows;

static KIN: &str = include_str!("../../../data/en/kin.tsv");

/// How a relative is related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stages) struct Kinship {
    relation: &'static str,
    gender: Gender,
    /// Whether the word is used like a name: "Mum said".
    pub(in crate::stages) called: bool,
}

impl Kinship {
    /// What a noun tells, in lower case: so few are asked for that the list is read anew for each.
    pub(in crate::stages) fn of(noun: &str) -> Option<Self> {
        let row = rows(KIN).find_map(|row| row.strip_prefix(noun)?.strip_prefix('\t'))?;
        let mut columns = row.split('\t');
        let relation = columns.next()?;
        let gender = columns.next().map_or(Gender::Unknown, Gender::read);
        Some(Self { relation, gender, called: columns.next() == Some("called") })
    }

    /// Whether two words can be said of one person: "father" and "dad".
    fn agrees(self, other: Self) -> bool {
        self.relation == other.relation && self.gender.agrees(other.gender)
    }

    /// Whether such relatives mostly have one surname, and both are about.
    pub(in crate::stages) fn is_close(self) -> bool {
        !matches!(
            self.relation,
            "client" | "grandparent" | "grandchild" | "lawyer" | "opponent" | "predecessor" | "successor"
        )
    }

    /// Whether a pronoun in lower case can stand for such a relative.
    pub(in crate::stages) fn may_be(self, pronoun: &str) -> bool {
        match pronoun {
            "he" | "him" | "his" | "himself" => self.gender.agrees(Gender::Male),
            "she" | "her" | "hers" | "herself" => self.gender.agrees(Gender::Female),
            _ => true,
        }
    }

    /// Whether who calls somebody this is called the other by that person: "daughter" and "father".
    fn answers(self, other: Self) -> bool {
        let inverse = match other.relation {
            "child" => "parent",
            "parent" => "child",
            "grandchild" => "grandparent",
            "grandparent" => "grandchild",
            "elder" => "younger",
            "younger" => "elder",
            "client" => "lawyer",
            "lawyer" => "client",
            "predecessor" => "successor",
            "successor" => "predecessor",
            same => same,
        };
        self.relation == inverse
    }
}

/// "Lorna Merrion, his daughter": what a report says of two people.
#[derive(Debug, Clone)]
pub(in crate::stages) struct Related<P> {
    pub(in crate::stages) kinship: Kinship,
    /// Whose relative it is.
    pub(in crate::stages) of: P,
    /// Who the relative is.
    pub(in crate::stages) who: P,
}

/// The relative of somebody, by what a report says of the two: whom it calls so, or who calls that one the inverse.
pub(in crate::stages) fn relative<P: PartialEq + Clone>(
    told: &[Related<P>],
    of: &P,
    asked: Kinship,
) -> Option<P> {
    let direct =
        told.iter().filter(|fact| fact.of == *of && fact.kinship.agrees(asked)).map(|fact| &fact.who);
    let inverse =
        told.iter().filter(|fact| fact.who == *of && asked.answers(fact.kinship)).map(|fact| &fact.of);
    only(direct).or_else(|| only(inverse)).cloned()
}

/// The one of which there are no others.
fn only<'p, P: PartialEq>(mut people: impl Iterator<Item = &'p P>) -> Option<&'p P> {
    let one = people.next()?;
    people.all(|other| other == one).then_some(one)
}

impl State<'_> {
    /// What the report says of relatives: "her father, Bo Ruiz", "Ana Ruiz, the mayor's sister".
    pub(super) fn related(&self) -> Vec<Related<usize>> {
        let succeeded = (0..self.walk.found.len()).filter_map(|i| self.succeeded(i));
        let told = (0..self.walk.found.len()).filter_map(|i| {
            let kinship = self.kinship(i)?;
            // "Chairman of Olmo and grandson of its founder, Bo Ruiz".
            let reading = self.walk.reading;
            let head = self.walk.found[i].head;
            let joined = Some(reading.head(head)).filter(|_| reading.dep(head) == "conj");
            let joined = joined.and_then(|first| self.done.links[self.walk.at[first]?]);
            let named = |actor: &usize| self.done.actors[*actor].name.is_some();
            let who = self.done.links[i].filter(named).or(joined).filter(named)?;
            let of = self.related_to(i)?;
            (of != who).then_some(Related { kinship, of, who })
        });
        succeeded.chain(told).collect()
    }

    /// "Ana Ruiz succeeds Bo Velk": he is her predecessor.
    fn succeeded(&self, i: usize) -> Option<Related<usize>> {
        let reading = self.walk.reading;
        let object = self.walk.found[i].head;
        let verb = reading.head(object);
        let told = reading.dep(object) == "dobj" && matches!(&*reading.lemma(verb), "replace" | "succeed");
        let subject = reading.children(verb).find(|child| told && reading.dep(*child) == "nsubj")?;
        let of = self.done.links[self.walk.at[subject]?]?;
        let who = self.done.links[i]?;
        let person = |actor: usize| self.done.actors[actor].kind == ActorKind::Person;
        let kinship = Kinship::of("predecessor")?;
        (of != who && person(of) && person(who)).then_some(Related { kinship, of, who })
    }

    /// The mention that names the relative that a description means.
    pub(super) fn relative_named(&self, i: usize, actor: usize, told: &[Related<usize>]) -> Option<usize> {
        let asked = self.kinship(i).filter(|_| self.done.actors[actor].name.is_none())?;
        let of = self.related_to(i)?;
        let new = |who: &usize| {
            asked.is_close()
                && told
                    .iter()
                    .all(|fact| (fact.of, fact.who) != (of, *who) && (fact.who, fact.of) != (of, *who))
        };
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        // "Whose late husband built it": nobody who acts in the report.
        let late = (found.first..found.head).any(|token| reading.lower(token) == "late");
        let of_name = || self.other_of_name(of, asked).filter(new).filter(|_| !late);
        let who = relative(told, &of, asked).or_else(of_name)?;
        let known = &self.done.actors[who];
        // "Ruiz said that his brother had told him": the brother is not Ruiz.
        let here = reading.sentence(self.walk.found[i].head);
        let mut before =
            (0..i).rev().take_while(|other| reading.sentence(self.walk.found[*other].head) == here);
        let subject = before.any(|other| {
            self.done.links[other] == Some(who) && is_subject(reading.dep(self.walk.found[other].head))
        });
        let fits = known.gender.agrees(asked.gender) && known.kind == ActorKind::Person && !subject;
        known.name.filter(|_| fits && who != actor)
    }

    /// The one other person of a surname who may be such a relative.
    fn other_of_name(&self, of: usize, asked: Kinship) -> Option<usize> {
        let surname = self.done.actors[of].words.last().filter(|_| self.done.actors[of].words.len() > 1)?;
        let other = |actor: &usize| {
            let known = &self.done.actors[*actor];
            let whole = known.words.len() > 1 && known.words.last() == Some(surname);
            let fits = known.gender.agrees(asked.gender);
            *actor != of && whole && fits && known.kind == ActorKind::Person
        };
        let mut others = (0..self.done.actors.len()).filter(other);
        others.next().filter(|_| others.next().is_none())
    }

    /// How the person of a description is related to somebody.
    fn kinship(&self, i: usize) -> Option<Kinship> {
        let found = &self.walk.found[i];
        let person = found.kind == MentionKind::Nominal && found.actor == ActorKind::Person && !found.plural;
        person.then(|| Kinship::of(&head_lemma(self.walk.reading, found.head))).flatten()
    }

    /// Whose relative a description tells of: "her", "Ruiz's", "of the mayor".
    fn related_to(&self, i: usize) -> Option<usize> {
        let reading = self.walk.reading;
        let head = self.walk.found[i].head;
        // Of "his ex-wife" the parse may leave the owner on what stands before the hyphen.
        let first = self.walk.found[i].first;
        let owner = reading
            .children(head)
            .find(|child| reading.dep(*child) == "poss")
            .or_else(|| (first < head && reading.tag(first) == "PRP$").then_some(first));
        let of = || {
            let of = reading.children(head).find(|child| reading.lower(*child) == "of")?;
            reading.children(of).find(|child| reading.dep(*child) == "pobj")
        };
        self.done.links[self.walk.at[owner.or_else(of)?]?]
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinship, Related, relative};

    fn kinship(noun: &str) -> Kinship {
        Kinship::of(noun).expect("the noun is listed")
    }

    #[test]
    fn a_daughter_has_a_father_and_an_uncle_no_brother() {
        let told = [Related { kinship: kinship("daughter"), of: "Bo", who: "Ana" }];
        assert_eq!(relative(&told, &"Bo", kinship("daughter")), Some("Ana"));
        assert_eq!(relative(&told, &"Ana", kinship("dad")), Some("Bo"));
        assert_eq!(relative(&told, &"Ana", kinship("uncle")), None);
        assert_eq!(relative(&told, &"Bo", kinship("son")), None);
    }

    #[test]
    fn of_two_brothers_neither_is_the_brother() {
        let brother = |who| Related { kinship: kinship("brother"), of: "Ana", who };
        assert_eq!(relative(&[brother("Bo")], &"Ana", kinship("brother")), Some("Bo"));
        assert_eq!(relative(&[brother("Bo"), brother("Cy")], &"Ana", kinship("brother")), None);
    }
}
