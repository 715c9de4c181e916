//! Numbers that name something and count nothing: "iPhone 11", "the 737 Max", "this one", "third-party".

use super::Class;
use super::counted::{LONGEST_PHRASE, Place, counts_plural, is_plural_tag, next_noun};
use super::parse::Tree;
use super::quantity::Quantity;
use super::words::Words;
use crate::numbers::Decimal;

/// Whether the number only names something: "iPhone 11", "the 737 Max", "this one", "third" in a list of names.
pub(super) fn is_name(tree: &Tree, words: &Words, quantity: &Quantity, place: &Place) -> bool {
    let number = &tree.text[quantity.number];
    let is_plain = quantity.unit.is_none() && quantity.per.is_none();
    if quantity.class == Class::Ordinal {
        // "third-party software"
        let joined = tree.text[quantity.number.end as usize..].starts_with(['-', '‑'])
            && tree.tokens.get(place.last + 1).is_some_and(|next| next.tag == "HYPH")
            && tree.tokens.get(place.last + 2).is_some_and(|next| {
                tree.head(place.root) == Some(place.last + 2) && !is_plural_tag(&next.tag)
            });
        // "third party developers"
        let third_party = number.eq_ignore_ascii_case("third")
            && tree.tokens.get(place.last + 1).is_some_and(|next| next.norm == "party");
        return joined || third_party || is_idle_ordinal(tree, quantity, place);
    }
    // "Mum-of-two"
    if is_plain && tree.text[..quantity.span.start as usize].ends_with("-of-") {
        return true;
    }
    if !is_plain {
        return false;
    }
    if number.eq_ignore_ascii_case("one") {
        return !counts_with_one(tree, words, place);
    }
    if number.eq_ignore_ascii_case("half") {
        return !tree.tokens.get(place.last + 1).is_some_and(|next| {
            matches!(
                &*next.norm,
                "of" | "the" | "a" | "its" | "their" | "all" | "those" | "his" | "her" | "our"
            )
        });
    }
    let follows_name = place.first > 0
        && quantity.span.start == quantity.number.start
        && is_name_word(tree, place.first - 1)
        && tree.tokens[place.first - 1].end + 1 == quantity.number.start;
    let counts_plural = counts_plural(tree, place);
    // "the Arda 650-200"
    if follows_name && !counts_plural && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return true;
    }
    let is_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    // "Marsh & Rill's 500"
    let of_name =
        place.first > 1 && tree.tag(place.first - 1) == "POS" && is_name_word(tree, place.first - 2);
    if is_digits && of_name && !counts_plural {
        return true;
    }
    if is_digits && !counts_plural && is_second_half(tree, quantity) {
        return true;
    }
    let is_title = number.starts_with(|c: char| c.is_ascii_uppercase()) && !number.contains(' ');
    if !(is_digits || is_title) || quantity.low != quantity.high {
        return false;
    }
    // A word joined by a hyphen on the left: "last-32", "Covid-19".
    let joined = tree.text[..quantity.span.start as usize].strip_suffix(['-', '–']);
    if joined.is_some_and(|before| before.ends_with(char::is_alphabetic)) {
        return true;
    }
    let noun = next_noun(tree, place.last + 1);
    if follows_name && (!counts_plural || is_title) {
        return true;
    }
    // "787 Dreamliner": a name goes on and no plural is counted.
    let before_name = tree.tokens.get(place.last + 1).is_some_and(|next| {
        let is_name = next.tag == "NNP"
            || next.tag == "NN" && tree.text[next.start as usize..].starts_with(char::is_uppercase);
        is_name && next.start <= quantity.span.end + 1
    });
    let second = place.first > 0
        && tree.tag(place.first - 1) != "CD"
        && noun.is_some_and(|noun| {
            tree.children(noun).any(|child| child < place.first && tree.dep(child) == "nummod")
        });
    before_name && (!counts_plural || second || follows_name)
}

/// Whether digits end a name such as "Arda 650-200".
fn is_second_half(tree: &Tree, quantity: &Quantity) -> bool {
    let before = &tree.text[..quantity.number.start as usize];
    let digits = |c: char| c.is_ascii_digit() || c == '-';
    let name = before.trim_end_matches(digits);
    let last = name.trim_end_matches(' ').rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    before.len() > name.len() + 1 && before.ends_with('-') && last.starts_with(char::is_uppercase)
}

/// Ordinals that count nothing: first and second, and those of names and centuries.
fn is_idle_ordinal(tree: &Tree, quantity: &Quantity, place: &Place) -> bool {
    let small = quantity.low.is_none_or(|value| value < Decimal::from(3));
    let word = !tree.text[quantity.number].starts_with(|c: char| c.is_ascii_digit());
    let modifies = tree.head(place.root).is_some_and(|head| {
        head > place.last && tree.tag(head).starts_with("NN") && !tree.tag(head).starts_with("NNP")
    });
    (small && word) || !modifies
}

/// A word of a name: by its tag, or by a capital inside its sentence.
pub(super) fn is_name_word(tree: &Tree, token: usize) -> bool {
    let tag = tree.tag(token);
    // "iOS 5"
    let inner = tree.text[tree.span(token)].chars().skip(1).any(char::is_uppercase);
    tag.starts_with("NNP")
        || inner && matches!(tag, "NN" | "JJ")
        || matches!(tag, "NN" | "JJ")
            && !tree.tokens[token].sent_start
            && tree.text[tree.span(token)].starts_with(char::is_uppercase)
}

/// "one" counts before a noun or "of"; as a pronoun ("this one", "one of those things that") or in "one day" it does not.
fn counts_with_one(tree: &Tree, words: &Words, place: &Place) -> bool {
    let Some(next) = tree.tokens.get(place.last + 1) else { return false };
    if next.tag == "CD" || next.start > tree.tokens[place.last].end + 1 {
        return false;
    }
    if place.first > 0
        && matches!(
            tree.norm(place.first - 1),
            "this" | "that" | "the" | "each" | "another" | "which" | "every" | "no" | "any" | "-" | "square"
        )
    {
        return false;
    }
    // "one bang, then a second": the first of a row.
    let goes_on = tree.tokens[place.last + 1..].iter().take(LONGEST_PHRASE).skip(1);
    if goes_on.take_while(|token| !token.sent_start).any(|token| matches!(&*token.norm, "second" | "another"))
    {
        return false;
    }
    if next.norm == "of" {
        return tree.tokens.get(place.last + 2).is_some_and(|next| {
            matches!(&*next.tag, "DT" | "PRP$" | "NNP" | "NNS" | "NNPS" | "JJS" | "CD" | "WP" | "PRP" | "PDT")
        });
    }
    if super::harmed::follows_count(tree, words, place.last + 1) {
        return true;
    }
    let dep = tree.dep(place.root);
    dep == "nummod" && tree.head(place.root).is_some_and(|head| head > place.last && tree.is_noun(head))
        || next_noun(tree, place.last + 1).is_some() && tree.tag(place.root) == "CD"
}
