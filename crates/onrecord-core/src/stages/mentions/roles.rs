//! Finds what the report says an actor is: titles in front of a name, appositions on either side, "is the mayor".

use super::bodies::{body_between_commas, defined, kind_behind};
use super::court::is_bench;
use super::fronts::{bare_noun, in_front, joined_office};
use super::lexicon::{Gender, Lexicon, PersonClass};
use super::nominals::{head_lemma, is_honour, phrase_end, phrase_start};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};
use crate::Span;

/// A description and a name that stand side by side and mean one actor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    pub(super) nominal: usize,
    pub(super) name: usize,
}

/// Gives names their titles and roles, and tells which descriptions stand beside which name.
pub(super) fn find_roles(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    found: &mut [Found],
    at: &[Option<usize>],
) -> Vec<Beside> {
    let mut beside = Vec::new();
    for name in 0..found.len() {
        if found[name].kind != MentionKind::Name {
            continue;
        }
        if let Some(noun) = joined_office(reading, lexicon, &mut found[name]) {
            beside.extend(at[noun].map(|nominal| Beside { nominal, name }));
            continue;
        }
        if let Some(noun) = bare_noun(reading, lexicon, &mut found[name]) {
            beside.extend(at[noun].map(|nominal| Beside { nominal, name }));
            continue;
        }
        beside.extend(kind_behind(reading, lexicon, found, at, name).map(|nominal| Beside { nominal, name }));
        beside.extend(defined(reading, found, at, name).map(|nominal| Beside { nominal, name }));
        in_front(reading, lexicon, &mut found[name]);
        beside.extend(office_of(reading, found, at, name).map(|nominal| Beside { nominal, name }));
        person_of_office(reading, lexicon, &mut found[name]);
        let noun = apposition(reading, lexicon, &found[name]);
        let Some(noun) = noun else {
            if found[name].role.is_none() && found[name].actor == ActorKind::Person {
                let name = &mut found[name];
                name.role = is_the(reading, lexicon, name)
                    .or_else(|| who_does(reading, lexicon, name))
                    .or_else(|| pleads(reading, name))
                    .or_else(|| letters(reading, lexicon, name))
                    .or_else(|| bracketed(reading, lexicon, name))
                    .or_else(|| of_body(reading, lexicon, name));
            }
            continue;
        };
        found[name].place = false;
        make_person(lexicon, reading, noun, &mut found[name]);
        if found[name].actor == ActorKind::Person && found[name].role.is_none() {
            let start = phrase_start(reading, noun);
            let end = role_end(reading, noun, &found[name]);
            found[name].role = Some(reading.span(start, end));
        }
        if let Some(nominal) = at[noun].filter(|nominal| found[*nominal].kind == MentionKind::Nominal) {
            beside.push(Beside { nominal, name });
        }
        // "Its oldest member, Ana Ruiz, a former seamstress": the one in front is of her too.
        let front = reading.head(found[name].head);
        if front != noun
            && front < found[name].first
            && reading.dep(found[name].head) == "appos"
            && (lexicon.person(&head_lemma(reading, front)).is_some()
                || stands_for_person(reading, lexicon, front)
                || is_honour(reading, lexicon, front))
            && found[name].actor == ActorKind::Person
        {
            beside.extend(at[front].map(|nominal| Beside { nominal, name }));
        }
    }
    beside
}

/// "Minister of Water Economy Ana Ruiz": the office below which the parse has put the name of its holder.
fn office_of(reading: &Reading<'_>, found: &[Found], at: &[Option<usize>], name: usize) -> Option<usize> {
    let role = found[name].role.filter(|role| role.end <= found[name].span.start)?;
    let office = reading.tokens.partition_point(|token| token.start < role.start);
    let below = office < found[name].first && reading.right_edge(office) >= found[name].head;
    at[office].filter(|nominal| below && found[*nominal].kind == MentionKind::Nominal)
}

/// "His opposite number, Ana Ruiz, the only woman": any noun with an owner in front of a person's name is that person.
fn stands_for_person(reading: &Reading<'_>, lexicon: &Lexicon, noun: usize) -> bool {
    reading.tag(noun) == "NN"
        && !lexicon.is_organisation(&reading.lemma(noun))
        && reading.tag(phrase_start(reading, noun)) == "PRP$"
}

/// "Agnete Frost, director of the Sela Museum": a name of two words beside an office is a person's, whatever the model
/// took it for.
fn person_of_office(reading: &Reading<'_>, lexicon: &Lexicon, name: &mut Found) {
    let body = name.actor == ActorKind::Organisation;
    let given = lexicon.given_name(reading.lower(name.first));
    // "Her daughter, Carol, said", "the plasterer's daughter, Arta, said".
    if body && reading.words(name.first, name.end) == 1 {
        let head = reading.head(name.head);
        let beside = reading.dep(name.head) == "appos" && head < name.first && reading.tag(head) == "NN";
        let noun = lexicon.person(&head_lemma(reading, head)).filter(|_| beside);
        let of = || (phrase_start(reading, head)..head).any(|i| matches!(reading.tag(i), "POS" | "PRP$"));
        let kin = noun.is_some_and(|noun| noun.class == PersonClass::Kin && of());
        if kin || noun.is_some() && given.is_some() {
            (name.actor, name.gender, name.place) = (ActorKind::Person, given.unwrap_or_default(), false);
        }
        return;
    }
    let place = name.place;
    let words = reading.words(name.first, name.end);
    if !body || lexicon.ends_body(reading.lower(name.end - 1)) || lexicon.ends_body(reading.lower(name.first))
    {
        return;
    }
    let hers = |noun: usize| reading.tag(phrase_start(reading, noun)) == "PRP$";
    let person = |noun: usize| lexicon.person(&head_lemma(reading, noun)).is_some();
    let front = reading.head(name.head);
    let in_front = reading.dep(name.head) == "appos" && front < name.first;
    let holds = |noun: usize| {
        let lemma = head_lemma(reading, noun);
        let class = lexicon.person(&lemma).map(|noun| noun.class);
        matches!(class, Some(PersonClass::Office | PersonClass::Trade))
            && !lexicon.is_generic(&lemma)
            && !lexicon.is_business(&lemma)
    };
    let several = (name.first..name.end).any(|token| reading.text(token) == "&");
    // "The interior minister, Graça Olmo, said", "her neighbour, Agnete Frost, said".
    let office_in_front = || words < 4 && !several && reading.tag(front) == "NN" && holds(front);
    let hers_in_front = || words == 2 && hers(front) && person(front);
    let office = |noun: usize| {
        let lemma = head_lemma(reading, noun);
        let told = !place && lexicon.is_office(&lemma) || hers(noun) && person(noun);
        told && !lexicon.is_generic(&lemma) && !matches!(&*lemma, "owner" | "rival")
    };
    let behind = || words == 2 && after_comma(reading, name, office).is_some();
    // "The Chairman of the State Council of Norvale, Ildar Olmo, said".
    let across =
        || words == 2 && reading.tag(front) == "NNP" && across_complement(reading, lexicon, name).is_some();
    if in_front && (office_in_front() || hers_in_front() || across()) || behind() {
        (name.actor, name.gender, name.place) = (ActorKind::Person, given.unwrap_or_default(), false);
    }
}

/// The noun for a person in apposition to a name, after it or before it.
fn apposition(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<usize> {
    // "HOST: Dr Olmo?" says nothing of the doctor.
    let label = |noun: usize| reading.tokens.get(noun + 1).is_some_and(|after| after.lemma == ":");
    let describes = |noun: usize| {
        let lemma = head_lemma(reading, noun);
        !label(noun)
            && matches!(reading.tag(noun), "NN" | "NNP")
            && match name.actor {
                // "Olmovanta, the flag carrier" is no town, whatever the model says.
                ActorKind::Organisation if name.place => {
                    lexicon.is_business(&lemma)
                        || reading.words(name.first, name.end) > 2 && lexicon.is_generic(&lemma)
                }
                ActorKind::Organisation => lexicon.is_organisation(&lemma),
                ActorKind::Unknown => lexicon.person(&lemma).is_some() || lexicon.is_organisation(&lemma),
                _ => lexicon.person(&lemma).is_some(),
            }
    };
    // Where the parse is plain, a common noun beside a person's name describes the person, in the list or not.
    let beside = |noun: usize| {
        let next_to = if noun > name.end {
            phrase_start(reading, noun) <= name.end + 1
        } else {
            phrase_end(reading, noun) + 1 >= phrase_start(reading, name.head).min(name.first)
        };
        // "In sending that one letter, Ana Ruiz": nobody is "that one".
        let first = &reading.tokens[phrase_start(reading, noun)];
        let article = matches!(first.norm.as_str(), "the" | "a" | "an" | "another");
        // "Ana Ruiz, good morning."
        let greets = first.norm == "good";
        // "Ana Ruiz, whose late husband, Bo, built it".
        let start = phrase_start(reading, noun);
        let whose = (start.saturating_sub(1)..=start).any(|token| reading.tag(token) == "WP$");
        let pointed = first.tag == "DT" && !article || first.norm == "one" || greets || whose;
        let common = reading.tag(noun) == "NN"
            && !lexicon.is_organisation(&reading.lemma(noun))
            && !lexicon.is_group(&reading.lemma(noun))
            && !label(noun)
            && !pointed;
        describes(noun) && !whose || name.actor == ActorKind::Person && common && next_to
    };
    let after = reading
        .children(name.head)
        .filter(|child| *child >= name.end && reading.dep(*child) == "appos" && beside(*child))
        // "Ana Ruiz, vice-chancellor": the parse may hang each part of the word on the name.
        .filter(|child| {
            let part = |i: usize| i < reading.tokens.len() && reading.head(i) == name.head;
            let hyphen = reading.tokens.get(child + 1).is_some_and(|hyphen| hyphen.lemma == "-");
            reading.is_word(*child) && !(hyphen && part(child + 1) && part(child + 2))
        })
        // "In answer to the host, Ana Ruiz, who had asked, the minister said": he is another.
        .filter(|child| !speaks_itself(reading, lexicon, name, *child))
        // "RUIZ: Chair, may I?"
        .find(|child| (name.end..*child).all(|i| !reading.text(i).ends_with(':')));
    let of = reading.head(name.head);
    // "Ana Ruiz (Chair); Bo Velk": what is closed is of another.
    let closed = || (of..name.first).any(|i| matches!(reading.text(i), ")" | ";"));
    let before =
        (reading.dep(name.head) == "appos" && of < name.first && beside(of) && !closed()).then_some(of);
    // "The driver of the first train, Bo Ruiz": a train is no driver.
    let across = before
        .filter(|of| reading.dep(*of) == "pobj" && !describes(*of))
        .and_then(|_| across_complement(reading, lexicon, name));
    after
        .or(across)
        .or(before)
        .or_else(|| named(reading, name))
        .or_else(|| who_is(reading, name).filter(|noun| describes(*noun)))
        .or_else(|| {
            across_complement(reading, lexicon, name).filter(|_| name.actor != ActorKind::Organisation)
        })
        .or_else(|| before_comma(reading, lexicon, name))
        .or_else(|| after_comma(reading, name, describes))
        .or_else(|| body_between_commas(reading, lexicon, name))
}

/// Whether a verb of saying follows a noun right away, behind a clause that tells of the name before it.
fn speaks_itself(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found, noun: usize) -> bool {
    let verb = noun + 1;
    let clause = reading.children(name.head).any(|child| reading.dep(child) == "relcl" && child < noun);
    let finite = reading.tokens.get(verb).is_some_and(|verb| matches!(verb.tag.as_str(), "VBD" | "VBZ"));
    let article = reading.tokens[phrase_start(reading, noun)].norm == "the";
    clause && finite && article && lexicon.is_speech(&reading.lemma(verb))
}

/// "The director of the Norvale Museum, Ana Ruiz, said": the parse may hang the name on the last word of the complement.
fn across_complement(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<usize> {
    const DEEPEST: usize = 8;
    // "The mayor of Norvale, Ana Ruiz, and her deputy": the parse may take her for another Norvale.
    let closed = || reading.tokens.get(name.end).is_some_and(|comma| comma.lemma == ",");
    let listed = reading.dep(name.head) == "conj"
        && reading.label(reading.head(name.head)) != Some("PERSON")
        && closed();
    if comma_before(reading, name).is_none() || reading.dep(name.head) != "appos" && !listed {
        return None;
    }
    let mut at = reading.head(name.head);
    for _ in 0..DEEPEST {
        if !matches!(reading.dep(at), "pobj" | "prep" | "compound" | "nmod" | "poss" | "conj") {
            return None;
        }
        at = reading.head(at);
        let lemma = head_lemma(reading, at).to_lowercase();
        let person = lexicon.person(&lemma).is_some_and(|noun| noun.class != PersonClass::Kin);
        // "The Coast Guard" is no guard.
        if person && (reading.tag(at) == "NN" || reading.tag(at) == "NNP" && lexicon.is_office(&lemma)) {
            return Some(at);
        }
    }
    None
}

/// The comma in front of a name and its title.
pub(super) fn comma_before(reading: &Reading<'_>, name: &Found) -> Option<usize> {
    let start = name.title.map_or(name.span.start, |title| title.start);
    let first = reading.tokens.partition_point(|token| token.start < start);
    // "The vicar, the Rev Bo Ruiz".
    let the = name.title.and(first.checked_sub(1)).filter(|the| reading.text(*the) == "the");
    the.unwrap_or(first).checked_sub(1).filter(|comma| reading.text(*comma) == ",")
}

/// "By the regional health director, Dr Ana Ruiz, who": the parse may hang the name on something further back.
fn before_comma(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<usize> {
    let comma = comma_before(reading, name)?;
    let split = name.title.is_some() && reading.tokens[name.first].sent_start;
    let noun = described_before(reading, lexicon, comma)?;
    let person = name.actor == ActorKind::Person
        && matches!(reading.tag(noun), "NN" | "NNP")
        && lexicon.person(&head_lemma(reading, noun)).is_some()
        && (split || reading.sentence(noun) == reading.sentence(name.first));
    let first = phrase_start(reading, noun);
    let determined =
        matches!(reading.tag(first), "DT" | "PRP$") || (first..noun).any(|token| reading.tag(token) == "POS");
    let governor = reading.head(noun);
    // "Its president, Capt. Wendell Broome, said": between commas, or at the start of a sentence, no list goes on.
    let closed = reading.tokens.get(name.end).is_some_and(|after| after.lemma == ",");
    let opens = reading.tokens[first].sent_start;
    let plain = reading.dep(name.head) == "appos"
        || matches!(reading.dep(noun), "nsubj" | "nsubjpass" | "npadvmod")
        || reading.dep(noun) == "pobj" && reading.tokens[governor].norm == "by"
        || closed
        || opens;
    let office = opens && closed && lexicon.is_office(&head_lemma(reading, noun));
    (person && (determined || office) && plain && reading.dep(name.head) != "conj").then_some(noun)
}

/// The noun for a person that ends at a comma, with its complement: "the ambassador of Tavia,".
pub(super) fn described_before(reading: &Reading<'_>, lexicon: &Lexicon, comma: usize) -> Option<usize> {
    const LONGEST: usize = 10;
    let person = |noun: &usize| {
        reading.tag(*noun).starts_with("NN")
            && reading.sentence(*noun) == reading.sentence(comma)
            && lexicon.person(&head_lemma(reading, *noun)).is_some()
            && (*noun + 1 == comma || phrase_end(reading, *noun) == comma)
    };
    (comma.saturating_sub(LONGEST)..comma).rev().find(person)
}

/// "A teacher named Ana Ruiz".
fn named(reading: &Reading<'_>, name: &Found) -> Option<usize> {
    let verb = reading.head(name.head);
    let noun = reading.head(verb);
    let told = reading.dep(name.head) == "oprd"
        && reading.dep(verb) == "acl"
        && matches!(reading.tokens[verb].lemma.as_str(), "name" | "call")
        && noun < name.first;
    if told {
        return Some(noun);
    }
    // "Their spokesman, known only as Olmo".
    let known = reading.head(verb);
    let noun = reading.head(known);
    let alias = reading.dep(name.head) == "pobj"
        && reading.tokens[verb].norm == "as"
        && reading.tokens[known].lemma == "know"
        && reading.tag(known) == "VBN"
        && reading.dep(known) == "acl"
        && noun < name.first;
    alias.then_some(noun)
}

/// "Her rival on the council is Ana Ruiz."
fn who_is(reading: &Reading<'_>, name: &Found) -> Option<usize> {
    let verb = reading.head(name.head);
    let is = reading.dep(name.head) == "attr"
        && reading.tokens[verb].lemma == "be"
        && reading.children(verb).all(|child| reading.dep(child) != "neg");
    let subject = reading.children(verb).find(|child| reading.dep(*child) == "nsubj" && *child < verb)?;
    (is && name.actor == ActorKind::Person).then_some(subject)
}

/// Where the parse is silent: a name, a comma, a description without a verb, and a comma or stop.
fn after_comma(reading: &Reading<'_>, name: &Found, describes: impl Fn(usize) -> bool) -> Option<usize> {
    const LONGEST: usize = 16;
    let sentence = reading.sentences.get(reading.sentence(name.head))?.tokens();
    if reading.tokens.get(name.end)?.lemma != "," {
        return None;
    }
    let mut noun = None;
    let mut open = true;
    for i in name.end + 1..sentence.end.min(name.end + LONGEST) {
        let tag = reading.tag(i);
        match tag {
            "," | "." | ":" => return noun,
            "VBD" | "VBZ" | "VBP" | "MD" | "WP" | "WDT" | "CC" | "PRP" | "VBG" | "VBN" if noun.is_none() => {
                return None;
            }
            "VBD" | "VBZ" | "VBP" | "MD" => return None,
            "IN" => open = false,
            _ if open && describes(i) => noun = Some(i),
            // A later noun is the head: "the finance ministry spokesman".
            _ if open && tag.starts_with("NN") => noun = None,
            _ => {}
        }
    }
    None
}

/// Where a role ends: before the name that it stands in front of.
fn role_end(reading: &Reading<'_>, noun: usize, name: &Found) -> usize {
    let end = with_second(reading, noun, phrase_end(reading, noun));
    if noun < name.first { end.min(name.first) } else { end }
}

/// "Chairman of Olmo Optics and grandson of its founder": a second noun belongs to the role.
fn with_second(reading: &Reading<'_>, noun: usize, end: usize) -> usize {
    let and = reading.tokens.get(end).is_some_and(|token| token.dep == "cc" && token.head as usize == noun);
    let second = reading
        .children(noun)
        .find(|child| *child > end && reading.dep(*child) == "conj" && reading.tag(*child) == "NN");
    second.filter(|_| and).map_or(end, |second| phrase_end(reading, second))
}

/// A name that has an office is a person's, whatever the model took it for; one beside "a charity" is a body's.
fn make_person(lexicon: &Lexicon, reading: &Reading<'_>, noun: usize, name: &mut Found) {
    let lemma = head_lemma(reading, noun);
    let Some(noun) = lexicon.person(&lemma) else {
        if name.actor == ActorKind::Unknown && lexicon.is_organisation(&lemma) {
            name.actor = ActorKind::Organisation;
        }
        return;
    };
    if name.actor == ActorKind::Unknown {
        name.actor = ActorKind::Person;
    }
    name.gender = name.gender.or(noun.gender);
}

/// "Ruiz is the mayor of Norvale."
fn is_the(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<Span> {
    let verb = reading.head(name.head);
    let is_subject = name.actor == ActorKind::Person
        && reading.dep(name.head) == "nsubj"
        && matches!(reading.tokens[verb].lemma.as_str(), "be")
        && matches!(reading.tag(verb), "VBZ" | "VBD" | "VBP");
    if !is_subject || reading.children(verb).any(|child| reading.dep(child) == "neg") {
        return None;
    }
    let noun = reading.children(verb).find(|child| reading.dep(*child) == "attr")?;
    lexicon
        .is_office(&head_lemma(reading, noun))
        .then(|| reading.span(phrase_start(reading, noun), phrase_end(reading, noun)))
}

/// "Ruiz, who runs the ferry, said": the clause from "who" to its comma.
fn who_does(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<Span> {
    const LONGEST: usize = 16;
    let verb = reading.children(name.head).find(|child| {
        *child > name.head && reading.dep(*child) == "relcl" && lexicon.is_role_verb(&reading.lemma(*child))
    })?;
    let who = (name.end..verb).find(|i| reading.tokens[*i].norm == "who")?;
    let limit = (reading.right_edge(verb) + 1).min(who + LONGEST);
    let end = (who..limit).find(|i| matches!(reading.tag(*i), "," | "." | ":" | "``")).unwrap_or(limit);
    (end > verb).then(|| reading.span(who, end))
}

/// "Ana Ruiz, defending, said", "Prosecuting, Ana Ruiz said".
fn pleads(reading: &Reading<'_>, name: &Found) -> Option<Span> {
    const PLEADING: [&str; 3] = ["defending", "mitigating", "prosecuting"];
    let start = name
        .title
        .map_or(name.first, |title| reading.tokens.partition_point(|token| token.start < title.start));
    let comma = |i: usize| reading.tokens.get(i).is_some_and(|token| token.lemma == ",");
    let pleading = |i: usize| {
        let told = i < reading.tokens.len() && PLEADING.contains(&reading.lower(i));
        told.then(|| reading.span(i, i + 1))
    };
    let after = || pleading(name.end + 1).filter(|_| comma(name.end) && comma(name.end + 2));
    let before = || pleading(start.checked_sub(2)?).filter(|_| comma(start - 1));
    after().or_else(before)
}

/// "Ana Ruiz MP": letters that tell an office.
fn letters(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<Span> {
    let after = (name.end < reading.tokens.len()).then_some(name.end)?;
    let office = lexicon.is_postnominal(reading.lower(after)) && lexicon.is_office(reading.lower(after));
    (office && reading.paragraph(after) == reading.paragraph(name.head))
        .then(|| reading.span(after, after + 1))
}

/// "Dame Ana Ruiz (Chair)": an office in the bracket behind a name.
fn bracketed(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<Span> {
    const LONGEST: usize = 4;
    let open = (name.end < reading.tokens.len() && reading.text(name.end) == "(").then_some(name.end)?;
    let close = (open + 2..reading.tokens.len().min(open + LONGEST + 2)).find(|i| reading.text(*i) == ")")?;
    lexicon.is_office(reading.lower(close - 1)).then(|| reading.span(open + 1, close))
}

/// "Ruiz of the Norvale Institute said", "Ruiz, for the defence, said".
fn of_body(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<Span> {
    const SIDES: [&str; 7] = ["claimant", "crown", "defence", "defense", "plaintiff", "prosecution", "state"];
    const LONGEST: usize = 12;
    let comma = reading.tokens.get(name.end).is_some_and(|token| token.lemma == ",");
    let first = name.end + usize::from(comma);
    let preposition =
        reading.tokens.get(first).filter(|_| first < reading.right_edge(name.head) + LONGEST)?;
    if !matches!(preposition.norm.as_str(), "of" | "from" | "at" | "with" | "for") {
        return None;
    }
    let limit = reading.sentences.get(reading.sentence(name.head))?.tokens().end.min(first + LONGEST);
    let inside = |i: &usize| {
        matches!(reading.tag(*i), "DT" | "POS" | "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "HYPH" | "CD")
            || matches!(reading.text(*i), "of" | "and" | "for" | "&" | "in" | "." | "'s" | "’s")
    };
    let end = (first + 1..limit).find(|i| !inside(i)).unwrap_or(limit);
    let end =
        (first + 1..end).rev().find(|i| reading.tag(*i).starts_with("NN") || reading.tag(*i) == "CD")? + 1;
    let body = |i: usize| {
        reading.capital(i) && (lexicon.ends_body(reading.lower(i)) || reading.label(i) == Some("ORG"))
    };
    let told = if preposition.norm == "for" {
        SIDES.contains(&reading.lower(end - 1))
    } else {
        (first + 1..end).any(body)
    };
    (told && name.description.is_none()).then(|| reading.span(first, end))
}

/// What a description tells of gender.
pub(super) fn gender_of(reading: &Reading<'_>, lexicon: &Lexicon, noun: usize) -> Gender {
    lexicon.person(&head_lemma(reading, noun)).map(|noun| noun.gender).unwrap_or_default()
}

/// The word under which a description's noun goes: "prime minister" and "vice president" are offices of their own, neither
/// minister nor president.
pub(super) fn family(reading: &Reading<'_>, lexicon: &Lexicon, noun: usize) -> String {
    let lemma = head_lemma(reading, noun);
    if is_bench(reading, noun) {
        return "judge".to_owned();
    }
    let family = lexicon.person(&lemma).map_or(&*lemma, |noun| noun.family);
    // Her brother-in-law is not her brother.
    if reading
        .joined_word(noun)
        .is_some_and(|word| word.start == noun && reading.lower(word.end - 1) == "law")
    {
        return format!("{family}-in-law");
    }
    let before = match noun.checked_sub(1) {
        Some(hyphen) if reading.text(hyphen) == "-" => hyphen.checked_sub(1),
        before => before,
    };
    let before = before.filter(|before| reading.sentence(*before) == reading.sentence(noun));
    if lemma == "head" && reading.tokens.get(noun + 1).is_some_and(|of| of.norm == "of") {
        match reading.tokens.get(noun + 2).map(|of| of.norm.as_str()) {
            Some("state") => return "president".to_owned(),
            Some("government") => return "premier".to_owned(),
            _ => {}
        }
    }
    match before.map(|before| reading.lower(before)) {
        Some("prime") if lemma == "minister" => "premier".to_owned(),
        Some("executive") if lemma == "officer" => "executive".to_owned(),
        Some(second @ ("vice" | "deputy" | "assistant" | "shadow" | "sous")) => format!("{second} {family}"),
        _ => family.to_owned(),
    }
}

/// The families of the nouns for persons or bodies in a description, and all its words, folded.
pub(super) fn described(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    names: &crate::Names,
    role: Span,
) -> (Vec<String>, Vec<String>) {
    let mut families = Vec::new();
    let mut words = Vec::new();
    let mut heads = true;
    for i in reading.tokens_in(role) {
        if reading.tag(i) == "IN" {
            heads = false;
        }
        let lemma = reading.lemma(i);
        // "The chancellor's adviser" is no chancellor.
        let owner = reading.tokens.get(i + 1).is_some_and(|after| after.tag == "POS");
        if let Some(noun) = lexicon.person(&lemma).filter(|_| heads && !owner) {
            families.push(if noun.family == "-" { "-".to_owned() } else { family(reading, lexicon, i) });
        } else if let Some(family) = lexicon.title_family(&lemma).filter(|_| heads && !owner) {
            families.push(family.to_owned());
        } else if heads && !owner && (lexicon.is_organisation(&lemma) || is_honour(reading, lexicon, i)) {
            families.push(lemma.into_owned());
        }
        let word = names.fold(reading.text(i));
        if !word.is_empty() {
            words.push(word);
        }
    }
    (families, words)
}
