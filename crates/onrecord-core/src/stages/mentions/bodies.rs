//! Finds the bodies that descriptions mean: which noun stands beside the name of a body, and which one "the company" is.

use std::collections::BTreeSet;

use super::lexicon::{Gender, Lexicon};
use super::nominals::{head_lemma, phrase_start};
use super::reading::Reading;
use super::resolve::{IN_MIND, State};
use super::roles::comma_before;
use super::{ActorKind, Found, MentionKind};
use crate::By;

/// "The Green Dawn party", "the Hearthstone charity": what kind of body a name is of, right behind it.
pub(super) fn kind_behind(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    found: &mut [Found],
    at: &[Option<usize>],
    name: usize,
) -> Option<usize> {
    let Found { first, end, place, actor, .. } = found[name];
    let nominal = (*at.get(end)?)?;
    let whole = found[nominal].head == end
        && reading.head(reading.root(first, end)) == end
        && !place
        && actor != ActorKind::Person
        && reading.tag(end) == "NN"
        && lexicon.is_kind(reading.lower(end))
        && first
            .checked_sub(1)
            .is_some_and(|the| the == found[nominal].first && reading.tokens[the].norm == "the");
    if !whole {
        return None;
    }
    found[name].actor = ActorKind::Organisation;
    Some(nominal)
}

/// "Olmo Marine plc (“Olmo” or the “Company”)": what a body calls itself from there on, in the bracket behind its name.
pub(super) fn defined<'f>(
    reading: &'f Reading<'_>,
    found: &'f [Found],
    at: &'f [Option<usize>],
    name: usize,
) -> impl Iterator<Item = usize> + 'f {
    const LONGEST: usize = 12;
    let open = found[name].end;
    let bracket = reading.tokens.get(open).is_some_and(|open| open.lemma == "(")
        && matches!(found[name].actor, ActorKind::Organisation | ActorKind::Unknown);
    let inside = open + 1..if bracket { reading.tokens.len().min(open + LONGEST) } else { open + 1 };
    let inside = inside.take_while(|token| reading.text(*token) != ")");
    inside.filter_map(|token| at[token]).filter(|other| {
        found[*other].kind == MentionKind::Nominal && found[*other].actor == ActorKind::Organisation
    })
}

/// "The brewery, Olmo & Velk, informed its tenants", "the firm that did it, Blue Olmo, argues": a body that stands between
/// the subject and its verb.
pub(super) fn body_between_commas(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<usize> {
    const NEAR: usize = 4;
    let closed = reading.tokens.get(name.end).is_some_and(|comma| comma.lemma == ",");
    let comma = comma_before(reading, name)
        .filter(|_| closed && name.actor == ActorKind::Organisation && !name.place)?;
    let mut ahead = name.end + 1..reading.tokens.len().min(name.end + 1 + NEAR);
    let verb = ahead.find(|token| reading.tokens[*token].pos == "VERB")?;
    let between =
        (name.end + 1..verb).all(|token| matches!(reading.tokens[token].pos.as_str(), "ADV" | "AUX"));
    let subject = reading
        .children(verb)
        .find(|child| reading.dep(*child) == "nsubj" && *child < comma)
        .filter(|_| between)?;
    let article = matches!(reading.tag(phrase_start(reading, subject)), "DT" | "PRP$");
    let body =
        lexicon.is_organisation(&reading.lemma(subject)) || lexicon.is_business(&reading.lemma(subject));
    let noun = reading.tag(subject) == "NN" || reading.tag(subject) == "NNP" && !reading.capital(subject);
    (article && body && noun).then_some(subject)
}

/// A noun that may stand for a person or a body is a body's where the report names a body so: "the retailer Olmo Foods", and
/// from there on "the retailer".
pub(super) fn trades_of_bodies(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    found: &mut [Found],
    beside: &[Option<usize>],
) {
    let trade = |noun: usize| {
        let lemma = head_lemma(reading, noun);
        lexicon.is_business(&lemma).then_some(lemma)
    };
    let described = beside.iter().enumerate().filter_map(|(nominal, name)| {
        let body = found[(*name)?].actor == ActorKind::Organisation;
        body.then(|| trade(found[nominal].head)).flatten()
    });
    let bodies =
        found.iter().filter(|name| name.kind == MentionKind::Name && name.actor == ActorKind::Organisation);
    let in_front = bodies.filter_map(|name| {
        let role = name.role.filter(|role| role.end <= name.span.start)?;
        trade(reading.tokens.partition_point(|token| token.end <= role.end).checked_sub(1)?)
    });
    let trades: BTreeSet<_> = described.chain(in_front).collect();
    for nominal in found.iter_mut().filter(|found| found.kind == MentionKind::Nominal) {
        if nominal.actor == ActorKind::Person && trades.contains(&head_lemma(reading, nominal.head)) {
            (nominal.actor, nominal.gender, nominal.description) =
                (ActorKind::Organisation, Gender::Unknown, None);
        }
    }
}

impl State<'_> {
    /// "The company" where one body alone that may be one is in sight.
    pub(super) fn only_body(&self, i: usize) -> Option<(usize, usize, By)> {
        /// Another body must be this many sentences further back.
        const APART: usize = 4;
        let found = &self.walk.found[i];
        let lemma = head_lemma(self.walk.reading, found.head);
        // "The Norvale-based company"
        let based = (found.first..found.head).any(|token| self.walk.reading.text(token) == "based");
        let the =
            self.walk.reading.tokens[found.first].norm == "the" && (found.end - found.first == 2 || based);
        let body = found.actor == ActorKind::Organisation && self.walk.lexicon.is_generic(&lemma);
        let definite = self.walk.reading.tokens[found.first].norm == "the";
        if !body || !definite {
            return None;
        }
        if let Some((actor, antecedent)) = self.issuer(i, &lemma) {
            return Some((actor, antecedent, By::rule("mention.only-body")));
        }
        if let Some((actor, antecedent)) =
            self.body_speaking(i).filter(|(actor, _)| self.may_be(*actor, &lemma))
        {
            return Some((actor, antecedent, By::rule("mention.only-body")));
        }
        if !the {
            return None;
        }
        let mut bodies = self.recent.iter().rev().take(IN_MIND).filter_map(|actor| {
            let last = self.last[*actor]?;
            let head = self.walk.found[last].head;
            let told = self.walk.reading.in_body(head) || self.walk.reading.in_summary(head);
            // "She told the Herald": an outlet that is told something is not the company.
            let verb = self.walk.reading.lemma(self.walk.reading.head(head));
            let hears = matches!(self.walk.reading.dep(head), "dobj" | "dative") && verb == "tell";
            (told && !hears && self.may_be(*actor, &lemma)).then_some((*actor, last))
        });
        let (actor, antecedent) = bodies.next()?;
        let seen = |mention: usize| self.walk.reading.sentence(self.walk.found[mention].head);
        let other = bodies.next().map(|(_, other)| seen(other));
        // "It is funded by the Olmo Foundation. The charity said": the one body of the sentence before.
        let here = self.walk.found[i].head;
        let just = seen(antecedent) + 1 == self.walk.reading.sentence(here)
            && self.walk.reading.paragraph(self.walk.found[antecedent].head)
                == self.walk.reading.paragraph(here)
            && self.says(here);
        let apart =
            other.is_none_or(|other| other + APART < seen(antecedent) || just && other < seen(antecedent));
        apart.then(|| (actor, antecedent, By::rule("mention.only-body")))
    }

    /// "The Company", with a capital, is the one that the release is about: the first that it names.
    fn issuer(&self, i: usize, lemma: &str) -> Option<(usize, usize)> {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let capital = reading.capital(found.head) && !reading.is_in_capitals(found.head);
        let own = capital && reading.in_body(found.head);
        let first = (0..i).find(|other| {
            let found = &self.walk.found[*other];
            let told = reading.in_body(found.head) || reading.in_summary(found.head);
            let body = self.done.links[*other].is_some_and(|actor| self.may_be(actor, lemma));
            told && body && found.kind == MentionKind::Name
        })?;
        let actor = self.done.links[first].filter(|_| own)?;
        Some((actor, self.last[actor]?))
    }

    /// The body that said something last, when a description says something: "The firm added".
    fn body_speaking(&self, i: usize) -> Option<(usize, usize)> {
        const SENTENCES: usize = 3;
        let reading = self.walk.reading;
        let head = self.walk.found[i].head;
        let actor = self.speaker.filter(|_| self.says(head))?;
        let last = self.last[actor]?;
        let near = reading.sentence(self.walk.found[last].head) + SENTENCES >= reading.sentence(head);
        near.then_some((actor, last))
    }
}
