//! Finds the other name under which a report knows somebody: "Alexandra Muir, known as Sasha".

use std::collections::BTreeSet;
use std::ops::Range;

use super::actors::{Link, Linker};
use super::lexicon::Lexicon;
use super::proper::is_acronym;
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};

/// Tokens between two names of one person.
const FARTHEST: usize = 12;

/// Words of a name in marks.
const LONGEST: usize = 3;

impl Linker<'_> {
    /// Joins an actor that is another's other name to that one.
    pub(super) fn aliases(&mut self, found: &[Found]) {
        let names: Vec<usize> = (0..found.len()).filter(|i| found[*i].kind == MentionKind::Name).collect();
        for (full, alias) in told(self.reading, self.lexicon, found) {
            if let Some(alias) = self.mention_of(found, alias) {
                self.join_alias(full, alias);
            }
        }
        for (one, other) in names.iter().zip(names.iter().skip(1)) {
            let (one_name, other_name) = (&found[*one], &found[*other]);
            if is_real_name(self.reading, one_name, other_name)
                || is_spelt_out(self.reading, one_name, other_name)
            {
                self.join_alias(*other, *one);
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
    let taken = |token: usize| found.iter().any(|name| (name.first..name.end).contains(&token));
    let aliases = told(reading, lexicon, found).into_iter().map(|(_, alias)| alias);
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

/// Each name of two words or more that has another, by its number, and the words of the other.
fn told(reading: &Reading<'_>, lexicon: &Lexicon, found: &[Found]) -> Vec<(usize, Range<usize>)> {
    let whole =
        |i: &usize| found[*i].kind == MentionKind::Name && reading.words(found[*i].first, found[*i].end) > 1;
    let whole: Vec<usize> = (0..found.len()).filter(whole).collect();
    let beside = whole.iter().filter_map(|i| {
        let one = &found[*i];
        let alias = alias_after(reading, lexicon, one).or_else(|| alias_in_marks(reading, one));
        Some((*i, alias?))
    });
    let calls = (0..reading.tokens.len()).filter_map(|verb| {
        let (them, alias) = called_by_pronoun(reading, verb)?;
        let before = whole.iter().rev().find(|i| found[**i].end <= them)?;
        let near = reading.paragraph(found[*before].head) == reading.paragraph(them);
        near.then_some((*before, alias))
    });
    beside.chain(calls).collect()
}

/// "The fans call Bartholomew Dane “Chips”", "Bartholomew Dane (“Chips” on the doorstep)": the words in marks behind a name.
fn alias_in_marks(reading: &Reading<'_>, one: &Found) -> Option<Range<usize>> {
    let called = one.first.checked_sub(1).is_some_and(|verb| is_calling(reading, verb));
    if called {
        return in_marks(reading, one.end);
    }
    let bracket = one.end + 1 < reading.tokens.len() && reading.text(one.end) == "(";
    let alias = in_marks(reading, one.end + 1).filter(|_| bracket)?;
    let behind = alias.end + 1;
    let told = behind < reading.tokens.len()
        && (reading.text(behind) == ")" || matches!(reading.tag(behind), "IN" | "TO"));
    told.then_some(alias)
}

/// "Everyone calls her Trudy": the pronoun, and what its person is called.
fn called_by_pronoun(reading: &Reading<'_>, verb: usize) -> Option<(usize, Range<usize>)> {
    let them = verb + 1;
    if them + 1 >= reading.tokens.len()
        || !matches!(reading.lower(them), "her" | "him")
        || !is_calling(reading, verb)
    {
        return None;
    }
    let bare = || {
        let end = (them + 1..reading.tokens.len()).take_while(|i| reading.capital(*i)).last()? + 1;
        (reading.sentence(end - 1) == reading.sentence(them)).then_some(them + 1..end)
    };
    Some((them, in_marks(reading, them + 1).or_else(bare)?))
}

/// Whether the word is a verb for calling somebody by a name.
fn is_calling(reading: &Reading<'_>, verb: usize) -> bool {
    reading.tag(verb).starts_with('V')
        && matches!(&*reading.lemma(verb), "call" | "nickname" | "dub" | "christen" | "rename")
}

/// The words with capitals between the quotation marks that open here.
fn in_marks(reading: &Reading<'_>, open: usize) -> Option<Range<usize>> {
    let is =
        |token: usize, marks: &[&str]| token < reading.tokens.len() && marks.contains(&reading.text(token));
    if !is(open, &["“", "‘", "\"", "'"]) {
        return None;
    }
    let capital = |token: &usize| *token < reading.tokens.len() && reading.capital(*token);
    let close = (open + 1..open + 1 + LONGEST).take_while(capital).last()? + 1;
    let close = close + usize::from(is(close, &[","]));
    is(close, &["”", "’", "\"", "'"]).then_some(open + 1..close)
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
    let mark = first > one.end && matches!(reading.text(one.end), "," | "(" | "–" | "—" | "-");
    let plain = |words: &[&str]| words.iter().all(|word| lexicon.is_around_alias(word));
    let told = match words.as_slice() {
        [front @ .., "known", "as"] => plain(front),
        // "A body known by its French initials OLM".
        ["a" | "an" | "the", rest @ .., "initials"] | ["known", rest @ .., "initials"] => {
            rest.contains(&"by")
        }
        ["known", "to", _, "as"] | ["known", "to", _, _, "as"] => true,
        // "Better known as the rapper Mouse".
        [front @ .., "known", "as", "the", trade] => plain(front) && lexicon.person(trade).is_some(),
        ["alias" | "aka" | "a.k.a."] => true,
        ["who", "performs" | "writes" | "posts", "as"] => true,
        // "Theophilus Horn, a cook, goes by Hopper", but "said that the road goes by Norvale".
        [front @ .., "goes" | "went", "by"] => match front {
            [] | ["who"] => true,
            ["a" | "an", .., trade] => lexicon.person(trade).is_some(),
            _ => false,
        },
        ["who", "answers", "to"] => true,
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
    let mut them = to + 1 + usize::from(matches!(word(to + 1), "her" | "his" | "the" | "their" | "most"));
    them += usize::from(matches!(word(them), "whole" | "entire" | "old" | "close" | "many"));
    word(to) == "to" && lexicon.is_friend(word(them))
}

/// "ASLET is the Association of Light Rail Workers": what letters stand for that are not the first of each word.
fn is_spelt_out(reading: &Reading<'_>, one: &Found, other: &Found) -> bool {
    if other.first < one.end || other.first > one.end + 3 || !is_acronym(reading.text(one.first)) {
        return false;
    }
    let words = (one.end..other.first).filter(|token| reading.is_word(*token));
    let words: Vec<&str> = words.map(|token| reading.lower(token)).collect();
    let told = matches!(words.as_slice(), ["is", "the"] | ["stands", "for"] | ["stands", "for", "the"]);
    told && one.end == one.first + 1
        && reading.words(other.first, other.end) > 2
        && other.actor == ActorKind::Organisation
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

/// Words in marks inside a name, "Len ‘The Arrow’ Olmo": the index after the word behind them.
pub(super) fn nickname(reading: &Reading<'_>, open: usize) -> Option<usize> {
    let limit = reading.tokens.len().min(open + LONGEST + 3);
    let close = (open + 2..limit)
        .find(|i| matches!(reading.text(*i), "'" | "’" | "\"" | "”") && reading.joined(*i))?;
    let capitals = (open + 1..close).all(|i| reading.capital(i));
    let goes_on = close + 1 < reading.tokens.len()
        && reading.capital(close + 1)
        && !reading.joined(close + 1)
        && reading.paragraph(close + 1) == reading.paragraph(open);
    (capitals && goes_on).then_some(close + 2)
}

/// One name in brackets inside another, "Gerhardine (Trudy) Moll": the index after the word behind them.
pub(super) fn short_form(reading: &Reading<'_>, open: usize) -> Option<usize> {
    let surname = open + 3;
    let told = surname < reading.tokens.len()
        && reading.text(open + 2) == ")"
        && [open + 1, surname].iter().all(|token| reading.tag(*token) == "NNP" && reading.capital(*token))
        && reading.paragraph(surname) == reading.paragraph(open);
    told.then_some(surname + 1)
}
