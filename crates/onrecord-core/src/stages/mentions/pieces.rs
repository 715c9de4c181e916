//! Cuts a run of proper nouns into the names in it: at a title or an office, after what an office has charge of, where an
//! entity of another kind begins.

use super::lexicon::{Gender, Lexicon, TitleClass};
use super::reading::Reading;

/// Cuts a run into names: "US Secretary Ana Ruiz" into the country, the office and the person.
pub(super) fn pieces(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    first: usize,
    end: usize,
) -> Vec<(usize, usize)> {
    if ends_in_body(reading, lexicon, first, end) {
        // "Owner Olmo Textiles": the office has its capital from the sentence. "General Motors" is all name.
        let office = reading.words(first, end) > 2
            && reading.tokens[first].sent_start
            && lexicon.is_office(reading.lower(first));
        return vec![(if office { first + 1 } else { first }, end)];
    }
    let first = after_opening(reading, lexicon, first, end);
    if let Some(cut) = after_domain(reading, lexicon, first, end) {
        return vec![(cut, end)];
    }
    if let Some(cut) = after_title(reading, lexicon, first, end) {
        let mut pieces = by_entity(reading, lexicon, first, cut);
        // "Superfan Ana Ruiz", "Coun Ana Ruiz", "Head Teacher Ana Ruiz": what she is is no name.
        let trade = |(from, to): &(usize, usize)| {
            let word = reading.lower(to - 1);
            let told = lexicon.person(word).is_some() || lexicon.title(word).is_some() || is_workman(word);
            let body = reading.label(*from) == Some("ORG") && reading.label(to - 1) != Some("ORG");
            // "Charlotte Mayor Ana Ruiz".
            let office = to - from == 2 && lexicon.is_office(word);
            // "Deputy Town Clerk Ana Ruiz".
            let deputy = to - from == 3 && lexicon.is_office(reading.lower(*from));
            (to - from <= 2 || deputy)
                && told
                && !body
                && (office || lexicon.given_name(reading.lower(*from)).is_none())
        };
        pieces.retain(|piece| !trade(piece));
        pieces.push((cut, end));
        return pieces;
    }
    by_entity(reading, lexicon, first, end)
}

/// The end of a name without the letters after it: "Ana Ruiz KC".
pub(super) fn without_letters(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    first: usize,
    mut end: usize,
) -> usize {
    while end > first + 1
        && (lexicon.is_postnominal(reading.lower(end - 1))
            || end - first > 2 && is_honour(reading, lexicon, first, end))
    {
        end -= 1;
    }
    end
}

/// "Ana Ruiz FRSA": letters that no list has, behind a given name and a surname.
fn is_honour(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    const LONGEST: usize = 5;
    let text = reading.text(end - 1);
    let letters = (3..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && !text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    letters
        && lexicon.given_name(reading.lower(first)).is_some()
        && (first..end - 1).all(|i| reading.text(i).chars().any(char::is_lowercase) || reading.text(i) == "-")
}

/// Letters from which a word that ends like a participle is one, and no given name.
const PARTICIPLE: usize = 7;

/// Letters from which a word in capitals is no initials.
const SHOUTED: usize = 4;

/// Where a name begins at the start of a sentence: "Heartbroken Ana Ruiz" has its capital from there.
fn after_opening(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> usize {
    let given = |i: usize| lexicon.given_name(reading.lower(i)).is_some();
    let words = reading.words(first, end);
    // "Northern Ferries" is one name for the model.
    let body = reading.words(first, end) > 1
        && (first..end).all(|i| reading.label(i) == Some("ORG"))
        && !reading.begins_entity(first + 1);
    // "Open Wards" is no person.
    let personal = || {
        let rest = first + 1..end;
        reading.words(first, end) < 2
            || given(first + 1)
            || rest.clone().any(|i| reading.label(i).is_some_and(|label| label != "ORG"))
    };
    let adjective = reading.tag(first).starts_with("JJ") && !body && personal()
        || words > 2 && !given(first) && given(first + 1);
    // "Qualifier Mbali Quist": three words that begin with one who does something.
    let word = reading.lower(first);
    let firm = first + 1 < end && reading.text(first + 1) == "&";
    let doer = words == 3
        && !firm
        && !given(first)
        && word.len() > 5
        && ["er", "or", "ist", "ee"].iter().any(|ending| word.ends_with(ending));
    // "Devastated Ana Ruiz": the same with a participle.
    let told = words == 3
        && !given(first)
        && word.len() >= PARTICIPLE
        && ["ed", "ful", "ing", "less", "ous"].iter().any(|ending| word.ends_with(ending))
        && (first + 1..end).all(|i| reading.label(i) == Some("PERSON"));
    // "LOLLIPOP Ana Ruiz": a tabloid sets its first word in capitals.
    let shouted = words == 3
        && reading.text(first).len() >= SHOUTED
        && reading.is_in_capitals(first)
        && (first + 1..end).all(|i| reading.joined(i) || !reading.is_in_capitals(i))
        && (first + 1..end).any(|i| reading.label(i) == Some("PERSON"));
    let adjective = adjective || doer || told || shouted;
    let known =
        lexicon.title(reading.lower(first)).is_some() || lexicon.person(reading.lower(first)).is_some();
    if words > 1 && reading.tokens[first].sent_start && adjective && !known { first + 1 } else { first }
}

/// Whether the last word is a noun for an organisation: "Health Ministry", "Olmo & Sons Ltd".
pub(super) fn ends_in_body(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    let last = reading.lower(end - 1);
    // "Clare-Mills" are no mills.
    let joined = end > first + 1 && reading.joined(end - 1) && reading.text(end - 2) == "-";
    // "Olmokraft A/S".
    let form = end > first + 2 && reading.text(end - 2) == "/" && reading.joined(end - 1);
    let body = form
        || !joined
            && (lexicon.ends_body(&reading.lemma(end - 1)) || lexicon.ends_body(last.trim_end_matches('.')));
    let of_body = is_body_of(reading, lexicon, first, end);
    (body || of_body) && reading.words(first, end) > 1 && !is_personal(reading, lexicon, first, end)
}

/// "The Office of the Vice-President", "the Friends of the Old Pier".
pub(super) fn is_body_of(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    (first + 1..end).any(|i| {
        let word = reading.lower(i - 1);
        let body = lexicon.is_organisation(word) || reading.capital(i - 1) && lexicon.has_charge(word);
        matches!(reading.text(i), "of" | "on" | "for") && body
    })
}

/// "Charlotte Church" is a person though churches are organisations, and so is "Charlotte Ann Church".
fn is_personal(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    let given = |i: usize| lexicon.given_name(reading.lower(i)).is_some();
    let words = reading.words(first, end);
    (words == 2 || words == 3 && given(first + 1)) && reading.label(end - 1) == Some("PERSON") && given(first)
}

/// "Clive Olmo came", where the tags take Clive for an adjective; "Per Olmo", for a preposition.
pub(super) fn begins_person(reading: &Reading<'_>, lexicon: &Lexicon, first: usize) -> bool {
    let next = first + 1;
    if next >= reading.tokens.len() || !reading.capital(first) || reading.tag(next) != "NNP" {
        return false;
    }
    let word = reading.lower(first);
    let compound = matches!(reading.dep(first), "compound" | "nmod") && reading.head(first) == next;
    let person = reading.label(next) == Some("PERSON");
    let begins = person && reading.begins_entity(next);
    // "Will Olmo pay?"
    let plain = compound || reading.tag(first) != "MD";
    // "Agathe Olmo arrived", where the tags take Agathe for an article.
    let article = reading.tag(first) == "DT"
        && reading.head(first) == next
        && !matches!(
            word,
            "an" | "the" | "this" | "that" | "these" | "those" | "all" | "any" | "no" | "some" | "la"
        )
        && lexicon.given_name(word).is_some();
    if article {
        return true;
    }
    let apart = match reading.label(first) {
        None => compound || begins,
        Some("PERSON") => person && !begins && plain,
        _ => false,
    };
    apart
        && !matches!(reading.label(next), Some("ORG" | "GPE" | "LOC" | "NORP" | "FAC"))
        && lexicon.given_name(word).is_some()
        && !lexicon.is_common_modifier(word)
        && lexicon.title(word).is_none()
}

/// "Dairyman", "beekeeper": a trade by its ending.
fn is_workman(word: &str) -> bool {
    let ends = |ending: &str| word.len() > ending.len() + 2 && word.ends_with(ending);
    ["man", "woman", "master", "keeper"].into_iter().any(ends)
}

/// The index after the last title or office in front of a name.
fn after_title(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> Option<usize> {
    let is_title = |i: &usize| {
        let word = reading.lower(*i);
        let given = |i: usize| lexicon.given_name(reading.lower(i)).is_some();
        // "Rear Admiral Ana Ruiz" is nothing but titles and a name, and so is "Mrs Justice Ruiz".
        let ranked = *i > first
            && ((first..=*i).all(|i| matches!(lexicon.title(reading.lower(i)), Some((TitleClass::Rank, _))))
                || *i == first + 1
                    && matches!(lexicon.title(reading.lower(first)), Some((TitleClass::Address, _)))
                    && lexicon.title(word).is_some());
        // "Judge Auberon Olmo said": a body seldom says anything under such a name of three words.
        let says = || {
            let head = reading.root(first, end);
            reading.dep(head) == "nsubj"
                && lexicon.title(word).is_some()
                && (reading.words(first, end) > 2 || is_surname(reading, lexicon, end - 1))
                && lexicon.is_speech(&reading.lemma(reading.head(head)))
        };
        // "DCI Olmo" is no body, though the model may know none of these letters.
        let letters = *i == first && reading.words(first, end) <= 3 && reading.is_in_capitals(*i);
        let title = letters && lexicon.title(word).is_some();
        let in_body = !(given(*i + 1) || ranked || title)
            && (*i != first || !says())
            && reading.label(*i) == Some("ORG")
            && reading.label(*i + 1) == Some("ORG")
            && !reading.begins_entity(*i + 1);
        // "President of the Republic Ana Ruiz", "Minister of Trade Ana Ruiz": a given name starts a new name after a
        // noun for a body, and in what follows an office.
        let before_given = *i + 2 < end
            && given(*i + 1)
            && !given(*i)
            && (lexicon.is_organisation(word) || office_before(reading, lexicon, first).is_some());
        // "Docker Ana Ruiz": what somebody is has its capital from the start of the sentence or from a headline.
        let opens = reading.tokens[first].sent_start && (*i + 2 < end || reading.label(*i) != Some("ORG"));
        let trade = lexicon.person(word).is_some()
            && !given(*i)
            && (*i + 2 < end && given(*i + 1) || *i == first && opens && reading.words(first, end) <= 4);
        // "Mayor-elect Ana Ruiz".
        let elect = matches!(word, "elect" | "designate") && reading.joined(*i) && given(*i + 1);
        // "Master Dairyman Ana Ruiz".
        let workman = *i + 2 < end && given(*i + 1) && !given(*i) && is_workman(word);
        // "Mr Amory-Olmo" is no company, whatever the model says.
        let address = *i == first
            && (matches!(lexicon.title(word), Some((TitleClass::Address, gender)) if gender != Gender::Unknown)
                || lexicon.title_family(word).is_some());
        // "Cook Swede Linnea Olmo".
        let origin = *i + 2 < end
            && (given(*i + 1) || *i == first && reading.tokens[first].sent_start)
            && !given(*i)
            && lexicon.demonym(word).is_some();
        // "Min-seo Olmo" is no minister, of "Dane & Olmo" nobody is a Dane, the Duke of Sard is so called, and so is Witness B.
        if reading.joined(*i + 1)
            || matches!(reading.lower(*i + 1), "&" | "of")
            || is_coded(reading, lexicon, *i, end)
        {
            return false;
        }
        before_given
            || origin
            || workman
            || elect
            || trade
            || address
            || !in_body
                && (lexicon.title(word).is_some()
                    || lexicon.is_office(word.trim_end_matches('.')) && !given(*i))
    };
    // A title word inside a name of the model's is part of it, unless it is the first: "Martin Luther King Jr"; but
    // "Judge Auberon St Clare".
    let inside = |title: usize| {
        let titles = (first..title).all(|i| {
            let word = reading.lower(i);
            word == "." || lexicon.title(word).is_some() || lexicon.is_office(word)
        });
        // "Charlotte Mayor Ana Ruiz".
        let named = title + 2 < end
            && lexicon.is_office(reading.lower(title))
            && lexicon.given_name(reading.lower(title + 1)).is_some();
        title > first
            && !titles
            && !named
            && !reading.begins_entity(title)
            && reading.label(title) == Some("PERSON")
    };
    let title = (first..end - 1).rev().filter(is_title).find(|title| !inside(*title))?;
    (!reading.joined(title + 1)).then_some(title + 1)
}

/// Whether a word is a surname elsewhere: "Detective Ruiz said" is no body where the report speaks of "Ana Ruiz".
pub(super) fn is_surname(reading: &Reading<'_>, lexicon: &Lexicon, word: usize) -> bool {
    (1..reading.tokens.len()).any(|other| {
        reading.text(other) == reading.text(word)
            && (reading.label(other) == Some("PERSON") || reading.tag(other) == "NNP")
            && lexicon.given_name(reading.lower(other - 1)).is_some()
    })
}

/// "Witness B", "Juror 8": somebody whom a court gives a letter or a number.
pub(super) fn is_coded(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    if end != first + 2 || end > reading.tokens.len() {
        return false;
    }
    let code = reading.text(end - 1);
    let letter = code.len() == 1 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let number = code.len() <= 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let person = lexicon.person(reading.lower(first)).is_some();
    (letter && reading.text(end - 1) != "I" || number)
        && person
        && reading.paragraph(first) == reading.paragraph(end - 1)
}

/// The index after what an office has charge of: "Agriculture" in "Minister of Agriculture Ana Ruiz".
fn after_domain(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> Option<usize> {
    let domain = |i: &usize| lexicon.is_domain(reading.lower(*i));
    let cut = (first..end - 1).rev().find(domain)? + 1;
    // "Head of the State Library" is no Library.
    let given = || lexicon.given_name(reading.lower(cut)).is_some();
    if reading.lower(cut - 1) == "state" && !given() {
        return None;
    }
    let whole = (first..cut).all(|i| domain(&i) || matches!(reading.text(i), "and" | "of" | "the" | "&"));
    (whole && office_before(reading, lexicon, first).is_some()).then_some(cut)
}

/// The office of whose domain the words from `first` on are a part: "Minister of" in front of "Trade Ana Ruiz".
pub(super) fn office_before(reading: &Reading<'_>, lexicon: &Lexicon, first: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let mut of = false;
    for i in (first.saturating_sub(LONGEST)..first).rev() {
        let word = reading.lower(i);
        if lexicon.is_office(word) || lexicon.title(word).is_some() {
            return of.then_some(i);
        }
        of = matches!(word, "of" | "for");
        let inside =
            of || matches!(word, "the" | "and" | "&" | "," | "-") || reading.tag(i).starts_with("NNP");
        if !inside || reading.sentence(i) != reading.sentence(first) {
            return None;
        }
    }
    None
}

/// Cuts where an entity of another kind begins, unless the parse ties the two sides together.
fn by_entity(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut start = first;
    for i in first + 1..end {
        let new = reading.begins_entity(i) && reading.label(i - 1) != reading.label(i);
        let unlabelled = reading.label(i).is_none() && reading.label(i - 1).is_some();
        // "Piet van der Olmo".
        let particle = i - 1 > start && lexicon.is_particle(reading.text(i - 1));
        let tied = reading.head(i - 1) >= i && reading.head(i - 1) < end;
        let mark = |i: usize| matches!(reading.text(i), "'" | "’" | "‘" | "“" | "”" | "\"");
        let inside = mark(i) || mark(i - 1) || (start..i).filter(|i| mark(*i)).count() % 2 == 1;
        if !reading.joined(i)
            && !inside
            && !particle
            && (new && reading.label(i - 1).is_some() || unlabelled && !tied)
        {
            pieces.push((start, i));
            start = i;
        }
    }
    if start < end {
        pieces.push((start, end));
    }
    pieces
}

/// "Juror 8", "Channel 9": the number of one of several people or bodies.
pub(super) fn has_number(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    let numbered = |word: &str| {
        lexicon.person(word).is_some()
            || lexicon.is_organisation(word)
            || matches!(word, "channel" | "local" | "radio")
    };
    let figures = |token: &str| token.len() <= 3 && token.bytes().all(|byte| byte.is_ascii_digit());
    // "Channel Six".
    let number =
        |token: usize| figures(reading.text(token)) || reading.tag(token) == "CD" && reading.capital(token);
    end == first + 1
        && numbered(reading.lower(first))
        && reading.tokens.get(end).is_some_and(|_| number(end))
        && reading.paragraph(first) == reading.paragraph(end)
        && reading.tokens.get(end + 1).is_none_or(|after| !after.tag.starts_with("NN"))
}
