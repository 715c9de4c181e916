//! Finds whom "the Dane" means where the report says who comes from there: "Oskar Lund of Denmark", "Bulgarian referee Ana Ruiz".

use super::places::is_demonym;
use super::resolve::State;
use super::{ActorKind, MentionKind};
use crate::By;

impl State<'_> {
    /// The one person, named before, whom the report has come from where a description does.
    pub(super) fn same_origin(&self, i: usize) -> Option<(usize, usize, By)> {
        let walk = self.walk;
        let head = walk.found[i].head;
        if !is_demonym(walk.reading, walk.lexicon, head) {
            return None;
        }
        let origin = walk.reading.lower(head);
        // The Dane has been told of before.
        let again = |other: &usize| {
            let found = &walk.found[*other];
            found.kind == MentionKind::Nominal && walk.reading.lower(found.head) == origin
        };
        if let Some(before) = (0..i).rev().find(again)
            && let Some(actor) = self.done.links[before].filter(|_| self.done.sure[before])
        {
            return Some((actor, before, By::rule("mention.epithet")));
        }
        let mut people =
            (0..i).filter(|name| self.comes_from(*name, origin)).filter_map(|name| self.done.links[name]);
        let one = people.next()?;
        people.all(|other| other == one).then_some((one, self.last[one]?, By::rule("mention.epithet")))
    }

    /// "Denmark's Oskar Lund", "Danish striker Oskar Lund", "Oskar Lund of Denmark", "Oskar Lund, a Dane".
    fn comes_from(&self, name: usize, origin: &str) -> bool {
        const BEFORE: usize = 4;
        let reading = self.walk.reading;
        let found = &self.walk.found[name];
        let person =
            self.done.links[name].is_some_and(|actor| self.done.actors[actor].kind == ActorKind::Person);
        if !person || found.kind != MentionKind::Name {
            return false;
        }
        let noun = |token: &usize| matches!(reading.tag(*token), "NN" | "NNP" | "JJ");
        let front = (found.first.saturating_sub(BEFORE)..found.first).rev().take_while(noun);
        let owner = found.first.checked_sub(2).filter(|owner| reading.dep(*owner) == "poss");
        let front = front.chain(owner);
        let behind = (found.end..reading.tokens.len().min(found.end + 3)).skip(1);
        let tells = |i: usize| matches!(reading.lower(i), "of" | "from" | "," | "a" | "an" | "the");
        let behind = behind.take_while(|i| tells(i - 1));
        front.chain(behind).any(|token| reading.capital(token) && are_akin(reading.lower(token), origin))
    }
}

/// Whether a country or its adjective and a noun for people from there begin alike: "Portugal" and "Portuguese", "Poland" and
/// "Pole".
fn are_akin(place: &str, origin: &str) -> bool {
    const LONG: usize = 6;
    let same = place.chars().zip(origin.chars()).take_while(|(one, other)| one == other).count();
    let short = origin.chars().count() < LONG && place.chars().count() >= LONG;
    place == origin || same >= 4 || same == 3 && short
}

#[cfg(test)]
mod tests {
    use super::are_akin;

    #[test]
    fn countries_and_their_people_begin_alike() {
        assert!(are_akin("portugal", "portuguese"));
        assert!(are_akin("poland", "pole"));
        assert!(!are_akin("iran", "iraqi"));
        assert!(!are_akin("norvale", "norwegian"));
    }
}
