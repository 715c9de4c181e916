//! Tells a name that is spelled wrong, or cut short, from another name: "Hillary" and "Hilary", "DesRosier" and
//! "DesRoiser"; "Theo" and "Theophilus", "Barty" and "Bartholomew".

use super::actors::{Linker, is_person};
use super::{ActorKind, Found};

impl Linker<'_> {
    /// The one person whose given name is short here, or longer: "Liz" and "Liz Ruiz" for "Elizabeth Ruiz".
    pub(super) fn called_short(&self, found: &[Found], i: usize) -> Option<usize> {
        let words = &self.words[i];
        let (first, surname) = (words.first()?, words.last()?);
        let alike = |actor: &usize| {
            let known = &self.actors[*actor];
            let whole = known.words.len() > 1 && known.kind == ActorKind::Person;
            let given = known.words.first().map_or("", String::as_str);
            let short = self.lexicon.is_short_for(first, given);
            let long = || self.lexicon.is_short_for(given, first);
            let same = words.len() == 1 && short
                || words.len() > 1 && (short || long()) && known.words.last() == Some(surname);
            whole && same && self.fits(&found[i], *actor)
        };
        let person = is_person(&found[i]) && words.len() <= 3;
        // "@AnaRuiz" is Ana Ruiz.
        if let [handle] = words.as_slice()
            && self.reading.text(found[i].first).starts_with('@')
        {
            let whole = |actor: &usize| self.actors[*actor].words.len() > 1;
            return self.the_one(|actor| whole(actor) && self.actors[*actor].words.concat() == *handle);
        }
        let listed = self.the_one(|actor| person && alike(actor));
        listed.or_else(|| self.the_one(|actor| self.clips(found, i, *actor)))
    }

    /// The one actor of whom this holds.
    fn the_one(&self, holds: impl Fn(&usize) -> bool) -> Option<usize> {
        let mut actors = (0..self.actors.len()).filter(holds);
        actors.next().filter(|_| actors.next().is_none())
    }

    /// "Theo" behind "Theophilus Horn": one word that is a person's name cut short, and is told nothing of.
    fn clips(&self, found: &[Found], i: usize, actor: usize) -> bool {
        let ([short], known, one) = (self.words[i].as_slice(), &self.actors[actor], &found[i]) else {
            return false;
        };
        let described = || {
            let behind = self.reading.tokens.get(one.end).map_or("", |_| self.reading.text(one.end));
            matches!(behind, "," | "(") || one.title.is_some() || self.reading.dep(one.head) == "appos"
        };
        let whole = known.words.len() == 2 && known.kind == ActorKind::Person;
        let before = known.name.is_some_and(|name| found[name].first < one.first);
        let clipped = || known.words.iter().any(|name| is_clipped(short, name));
        whole && before && !one.place && clipped() && !described() && self.fits(one, actor)
    }

    /// The one person whose name, or surname, these words are but for a slip.
    pub(super) fn misspelt(&self, found: &[Found], i: usize) -> Option<usize> {
        const MANY: usize = 50;
        let words = &self.words[i];
        let named = is_person(&found[i]) || !found[i].place && self.speaks(&found[i]);
        let (last, rest) = words.split_last().filter(|_| named)?;
        let given_name = |word: &str| self.lexicon.given_name(word).is_some();
        let slip = |one: &String, other: &String| is_slip(one, other, given_name);
        let alike = |actor: &usize| {
            let known = &self.actors[*actor];
            let Some((surname, given)) = known.words.split_last() else { return false };
            let same = if rest.is_empty() {
                !given.is_empty() && slip(last, surname)
            } else {
                let pairs = || words.iter().zip(&known.words);
                words.len() == known.words.len()
                    && pairs().filter(|(one, other)| one != other).count() == 1
                    && pairs().all(|(one, other)| one == other || slip(one, other))
            };
            same && known.kind == ActorKind::Person && self.fits(&found[i], *actor)
        };
        let newest = self.actors.len().saturating_sub(MANY)..self.actors.len();
        let mut actors = newest.filter(alike);
        actors.next().filter(|_| actors.next().is_none())
    }

    /// Of two spellings of a whole name the actor has the one that stands oftener.
    pub(super) fn commonest_spelling(&mut self) {
        let words = self.words;
        let slips = self.links.iter().enumerate().filter_map(|(i, link)| Some((i, (*link)?)));
        let slips: Vec<(usize, usize)> = slips
            .filter(|(_, link)| link.rule == "mention.misspelt")
            .map(|(i, link)| (i, link.actor))
            .filter(|(i, actor)| words[*i].len() == self.actors[*actor].words.len())
            .collect();
        for (i, actor) in slips {
            let spelled = |as_in: &[String]| {
                self.latest[actor].iter().filter(|other| words[**other].as_slice() == as_in).count()
            };
            if spelled(&words[i]) > spelled(&self.actors[actor].words) {
                self.actors[actor].words = words[i].clone();
                self.actors[actor].name = Some(i);
            }
        }
    }
}

/// Letters from which two words that differ by one slip are one word: among short ones too many are names of their own.
const LONG: usize = 6;

/// Whether two folded words may be one word with a slip in one of them: a letter left out, put in, replaced, or two that
/// changed places. `known` tells words that are each right as they are; of them only a doubled letter is a slip.
fn is_slip(one: &str, other: &str, known: impl Fn(&str) -> bool) -> bool {
    let (one_letters, other_letters): (Vec<char>, Vec<char>) =
        (one.chars().collect(), other.chars().collect());
    let (short, long) = if one_letters.len() <= other_letters.len() {
        (one_letters, other_letters)
    } else {
        (other_letters, one_letters)
    };
    if short.len() < LONG || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let room = short.len() - front;
    let back = short.iter().rev().zip(long.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    // The first letter is seldom wrong, and an ending makes another name: "William", "Williams".
    if front == 0 || front == short.len() {
        return false;
    }
    let (slip, doubled) = match (&short[front..short.len() - back], &long[front..long.len() - back]) {
        ([], [letter]) => (true, *letter == long[front - 1]),
        ([_], [_]) => (back > 0, false),
        ([a, b], [c, d]) => (a == d && b == c, false),
        _ => (false, false),
    };
    slip && (doubled || !(known(one) && known(other)))
}

/// What is put behind a name that is cut short: "Barty", "Robbo".
const ENDINGS: [&str; 8] = ["ers", "ie", "y", "i", "o", "a", "e", "s"];

/// Whether the one folded word may be the other cut short: its front, or four letters of it or more, perhaps with an
/// ending.
fn is_clipped(short: &str, name: &str) -> bool {
    let front = |stem: &str| stem.chars().count() >= 3 && name.starts_with(stem);
    let inside = |stem: &str| stem.chars().count() >= 4 && name.contains(stem);
    if short == name || short.chars().count() < 3 {
        return false;
    }
    let much = name.chars().count() >= short.chars().count() + 3;
    if much && (front(short) || inside(short)) {
        return true;
    }
    ENDINGS.iter().filter_map(|ending| short.strip_suffix(ending)).any(|stem| {
        // "Freddy": the last letter may be doubled.
        let single = stem.strip_suffix(|last: char| stem.chars().rev().nth(1) == Some(last)).unwrap_or(stem);
        name != stem && (front(stem) || front(single) || inside(stem)) && name.len() > stem.len() + 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(one: &str, other: &str) -> bool {
        let known = |word: &str| matches!(word, "hilary" | "hillary" | "martin" | "marvin");
        assert_eq!(is_slip(one, other, known), is_slip(other, one, known), "{one} {other}");
        is_slip(one, other, known)
    }

    #[test]
    fn one_letter_is_a_slip() {
        assert!(slip("hilary", "hillary"));
        assert!(slip("desrosier", "desroiser"));
        assert!(slip("okonkwo", "okonkow"));
        assert!(slip("trevidic", "trividic"));
    }

    #[test]
    fn other_names_are_no_slip() {
        assert!(!slip("martin", "marvin"));
        assert!(!slip("maria", "marie"));
        assert!(!slip("william", "williams"));
        assert!(!slip("anderson", "sanderson"));
        assert!(!slip("petersen", "pederson"));
        assert!(!slip("okonkwo", "okonkwo"));
    }

    #[test]
    fn a_name_is_cut_short() {
        for (short, name) in [
            ("theo", "theophilus"),
            ("barty", "bartholomew"),
            ("freddy", "frederica"),
            ("robbo", "robertson"),
            ("topher", "christopher"),
            ("basti", "sebastian"),
            ("detta", "bernadette"),
        ] {
            assert!(is_clipped(short, name), "{short} {name}");
        }
        for (short, name) in [("theo", "theo"), ("ana", "joana"), ("paul", "paula"), ("sue", "samuel")] {
            assert!(!is_clipped(short, name), "{short} {name}");
        }
    }
}
