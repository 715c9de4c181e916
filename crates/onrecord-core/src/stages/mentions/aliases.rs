//! Finds the other name under which a report knows somebody: "Alexandra Muir, known as Sasha".

use std::collections::BTreeSet;
use std::ops::Range;

use super::actors::{Link, Linker};
use super::lexicon::Lexicon;
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};

/// Tokens between two names of one person.
const FARTHEST: usize = 12;
impl Linker<'_> {
    /// Joins an actor that is another's other name to that one.
    pub(super) fn aliases(&mut self, found: &[Found]) {
        let names: Vec<usize> = (0..found.len()).filter(|i| found[*i].kind == MentionKind::Name).collect();
        for (place, i) in names.iter().enumerate() {
            let one = &found[*i];
            let whole = self.reading.words(one.first, one.end) > 1;
            let alias = alias_after(self.reading, self.lexicon, one)
                .filter(|_| whole)
                .and_then(|alias| self.mention_of(found, alias));
            if let Some(alias) = alias {
                self.join_alias(*i, alias);
            }
            let real = names.get(place + 1).filter(|other| is_real_name(self.reading, one, &found[**other]));
            if let Some(real) = real {
                self.join_alias(*real, *i);
            }
        }
    }

    /// The first mention whose name is these words.
    fn mention_of(&self, found: &[Found], words: Range<usize>) -> Option<usize> {
        let text = |range: Range<usize>| self.reading.doc.words(self.reading.span(range.start, range.end));
        (0..found.len()).find(|i| {
            let name = &found[*i];
            name.kind == MentionKind::Name && text(name.first..name.end) == text(words.clone())
        })
    }

    /// All that goes by the alias, whatever the model took it for, is the actor with the full name.
    fn join_alias(&mut self, full: usize, alias: usize) {
        let (Some(of), Some(known)) = (self.links[full], self.links[alias]) else { return };
        let (holder, other) = (&self.actors[of.actor], &self.actors[known.actor]);
        let longer = holder.words.len() > other.words.len();
        if of.actor == known.actor || !longer || holder.place || holder.kind == ActorKind::Group {
            return;
        }
        let gender = holder.gender.or(other.gender);
        let words = other.words.clone();
        let same: Vec<bool> = self.actors.iter().map(|actor| actor.words == words).collect();
        let holder = &mut self.actors[of.actor];
        if holder.kind == ActorKind::Unknown {
            holder.kind = ActorKind::Person;
        }
        holder.gender = gender;
        for link in self.links.iter_mut().flatten().filter(|link| same[link.actor]) {
            *link = Link { actor: of.actor, rule: "mention.alias" };
        }
    }
}

/// Where somebody is called by another name that looks like none: "Alexandra Muir, better known as Granny".
pub(super) fn missed(reading: &Reading<'_>, lexicon: &Lexicon, found: &[Found]) -> Vec<usize> {
    let known = |name: &&Found| name.kind == MentionKind::Name && reading.words(name.first, name.end) > 1;
    let aliases = found.iter().filter(known).filter_map(|name| alias_after(reading, lexicon, name));
    let taken = |token: usize| found.iter().any(|name| (name.first..name.end).contains(&token));
    let words: BTreeSet<&str> =
        aliases.filter(|alias| alias.len() == 1).map(|alias| reading.text(alias.start)).collect();
    let called = |token: usize| words.contains(reading.text(token)) || is_called(reading, lexicon, token);
    (0..reading.tokens.len()).filter(|token| called(*token) && !taken(*token)).collect()
}

/// "A young nurse called Ana".
fn is_called(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let verb = reading.head(token);
    let told = reading.tag(token) == "NNP"
        && matches!(reading.dep(token), "oprd" | "dobj" | "attr")
        && matches!(reading.lower(verb), "called" | "named")
        && reading.dep(verb) == "acl";
    told && lexicon.person(&reading.lemma(reading.head(verb))).is_some()
}

/// The other name behind a name: "Alexandra Muir, known as Sasha", "Alexandra Muir, whom everyone calls Sasha", "Alexandra
/// Muir (Sasha to her friends)".
fn alias_after(reading: &Reading<'_>, lexicon: &Lexicon, one: &Found) -> Option<Range<usize>> {
    let end = reading.sentences.get(reading.sentence(one.head))?.tokens().end;
    let mut ahead = one.end..end.min(one.end + FARTHEST);
    let first = ahead.find(|token| reading.capital(*token) && !reading.tag(*token).starts_with("JJ"))?;
    let last = (first..end).take_while(|token| reading.capital(*token)).last()?;
    let words = (one.end..first).filter(|token| reading.is_word(*token));
    let words: Vec<&str> = words.map(|token| reading.lower(token)).collect();
    let mark = first > one.end && matches!(reading.text(one.end), "," | "(");
    let plain = |words: &[&str]| words.iter().all(|word| lexicon.is_around_alias(word));
    let told = match words.as_slice() {
        [front @ .., "known", "as"] => plain(front),
        // "A body known by its French initials OLM".
        ["a" | "an" | "the", rest @ .., "initials"] | ["known", rest @ .., "initials"] => {
            rest.contains(&"by")
        }
        ["known", "to", _, "as"] | ["known", "to", _, _, "as"] => true,
        // "Muir called Velk a liar."
        [front @ .., "called" | "dubbed" | "nicknamed"] => {
            plain(front) && (mark || front.contains(&"is") || front.contains(&"was"))
        }
        [front @ .., "calls" | "call"] => mark && matches!(front.first(), Some(&("whom" | "who"))),
        [] | ["or"] => mark && last == first && is_to_friends(reading, lexicon, last + 1),
        _ => false,
    };
    told.then_some(first..last + 1)
}

/// "To her friends", "to everyone".
fn is_to_friends(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let word = |token: usize| reading.tokens.get(token).map_or("", |_| reading.lower(token));
    let to = token + usize::from(matches!(word(token), "”" | "’" | "\"" | "'"));
    let them = to + 1 + usize::from(matches!(word(to + 1), "her" | "his" | "the" | "their"));
    word(to) == "to" && lexicon.is_friend(word(them))
}

/// "Sasha, whose real name is Alexandra Muir", "Sasha, born Alexandra Muir".
fn is_real_name(reading: &Reading<'_>, one: &Found, other: &Found) -> bool {
    if other.first < one.end || reading.sentence(one.head) != reading.sentence(other.head) {
        return false;
    }
    let words = (one.end..other.first).filter(|token| reading.is_word(*token));
    let words: Vec<&str> = words.map(|token| reading.lower(token)).take(FARTHEST).collect();
    matches!(
        words.as_slice(),
        ["whose", "real", "name", "is" | "was"] | ["whose", "name", "is"] | ["real", "name"] | ["born"]
    )
}
