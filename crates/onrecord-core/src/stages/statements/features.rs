//! What the models look at: a part beside a cue, and a cue with its content and source.

use super::candidates::{Candidate, Link, Part};
use super::frame::Frame;
use super::lexicon::Chance;
use super::model::Features;

/// What a part's role is told from: is it the content, the source, or neither?
pub(super) fn role(frame: &Frame, candidate: &Candidate, part: &Part) -> Features {
    let mut features = Features::default();
    let cue = candidate.cue;
    let config = config(frame, candidate);
    let own = own_link(frame, part);
    let side = if part.head < cue { "L" } else { "R" };
    let lemma = frame.lemma(cue);
    let chance = Chance::bin(candidate.chance.statement + candidate.chance.attitude);
    let marks = quoted(frame, part.iter());
    let first = first_word(frame, part);
    let voice = voice(frame, cue);
    let mut add = |name: &str, values: &[&str]| features.add(name, values);
    add("r0", &[]);
    add("r1", &[&own, side]);
    add("r2", &[&own, lemma]);
    add("r3", &[&own, side, frame.pos(cue), chance]);
    add("r4", &[&own, side, &config]);
    add("r5", &[&own, marks]);
    add("r6", &[&own, frame.pos(part.head)]);
    add("r7", &[&own, frame.tag(part.head), frame.tag(cue)]);
    add("r8", &[&own, &first]);
    add("r9", &[lemma, &first, side]);
    add("r10", &[&own, voice, side]);
    add("r11", &[&own, length(part.iter().count())]);
    add("r12", &[&own, frame.dep(cue), side]);
    add("r13", &[&own, entity(frame, part.head)]);
    add("r14", &[frame.lemma(part.head), &own]);
    add("r15", &[&own, lemma, marks]);
    add("r16", &[&own, chance, voice, marks]);
    add("r17", &[&own, lemma, side, frame.pos(part.head)]);
    add("r18", &[&config, lemma, &own]);
    let speech = candidate.speech.name();
    add("r23", &[&own, speech, side, marks]);
    add("r24", &[&own, speech, &config]);
    add("r25", &[&own, speech, voice, frame.pos(part.head)]);
    add("r26", &[&own, speech, &first, side]);
    if let Some(mark) = frame.child(part.head, &["mark", "advmod", "aux"]) {
        add("r19", &[&own, &frame.word(mark).to_lowercase()]);
    }
    let sibling = candidate.parts.iter().any(|other| {
        other.tokens != part.tokens
            && matches!(quoted(frame, other.iter()), "all" | "most")
            && other.tokens.len() > 4
    });
    add("r22", &[&own, if sibling { "beside a quotation" } else { "" }, marks]);
    let before = part.tokens.start.checked_sub(1).map_or("", |token| frame.word(token));
    add("r20", &[&own, before, side]);
    if part.link == Link::Above || part.link == Link::Described {
        add("r21", &[frame.dep(cue), frame.lemma(frame.head(cue)), frame.tag(cue)]);
    }
    features
}

/// What a statement is told from: is this cue with its content a statement, an attitude, or neither?
pub(super) fn statement(
    frame: &Frame,
    candidate: &Candidate,
    source: Option<&Part>,
    contents: &[&Part],
    content: &[usize],
    sure: f32,
) -> Features {
    let mut features = Features::default();
    let cue = candidate.cue;
    let lemma = frame.lemma(cue);
    let (pos, tag, dep) = (frame.pos(cue), frame.tag(cue), frame.dep(cue));
    let chance = Chance::bin(candidate.chance.statement);
    let attitude = Chance::bin(candidate.chance.attitude);
    let quoted = quoted(frame, content.iter().copied());
    let voice = voice(frame, cue);
    let links: String = contents.iter().map(|part| own_link(frame, part) + "+").collect();
    let source_link = source.map_or("-".to_owned(), |part| own_link(frame, part));
    let source_pos = source.map_or("-", |part| frame.pos(part.head));
    let source_entity = source.map_or("-", |part| entity(frame, part.head));
    let source_lemma = source.map_or("-", |part| frame.lemma(part.head));
    let modal = frame
        .children(cue)
        .filter(|child| matches!(frame.dep(*child), "aux" | "neg"))
        .map(|child| frame.lemma(child).to_lowercase() + " ")
        .collect::<String>();
    let inside = if frame.quote(cue).is_some() { "in" } else { "out" };
    let first = contents.first().map(|part| first_word(frame, part)).unwrap_or_default();
    let head = contents.first().map_or("-", |part| frame.lemma(part.head));
    let head_pos = contents.first().map_or("-", |part| frame.tag(part.head));
    let size = length(content.len());
    let section = frame.section(cue).name();
    let mut add = |name: &str, values: &[&str]| features.add(name, values);
    add("s0", &[]);
    add("s1", &[lemma, pos]);
    add("s2", &[chance, attitude, pos, inside]);
    add("s3", &[&links, &source_link]);
    add("s4", &[lemma, &links]);
    add("s5", &[lemma, quoted, inside]);
    add("s6", &[chance, attitude, quoted, &links]);
    add("s7", &[chance, attitude, &source_link, source_pos]);
    add("s8", &[inside, quoted]);
    add("s9", &[&modal, chance]);
    add("s10", &[&modal, tag, inside]);
    add("s11", &[lemma, tag]);
    add("s12", &[tag, dep, &source_link]);
    add("s13", &[chance, source_entity, source_pos]);
    add("s14", &[source_lemma, chance]);
    add("s15", &[lemma, &source_link, source_pos]);
    add("s16", &[lemma, &first]);
    add("s17", &[chance, &first, &links]);
    add("s18", &[chance, size, quoted]);
    add("s19", &[lemma, size]);
    add("s20", &[chance, section, &links]);
    add("s21", &[chance, head_pos, &links]);
    add("s22", &[lemma, head]);
    add("s23", &[voice, chance, &source_link]);
    add("s24", &[lemma, voice]);
    add("s25", &[chance, dep, inside]);
    add("s26", &[frame.lemma(frame.head(cue)), dep, chance]);
    add("s27", &[step(sure), chance]);
    add("s28", &[chance, &around(frame, cue, -1)]);
    add("s29", &[chance, &around(frame, cue, 1)]);
    add("s30", &[lemma, &around(frame, cue, 1)]);
    add("s31", &[&under(frame, cue), chance]);
    add("s32", &[quoted, &links, source_pos, inside]);
    add("s33", &[lemma, source_entity, quoted]);
    let speech = candidate.speech.name();
    add("s40", &[speech, chance, inside]);
    add("s41", &[speech, &links, quoted]);
    add("s42", &[speech, tag, dep, &source_link]);
    add("s43", &[speech, &source_link, source_pos]);
    add("s44", &[speech, &modal, head_pos]);
    add("s45", &[speech, &first, voice]);
    if let Some(subject) = source {
        add("s34", &[&frame.word(subject.tokens.start).to_lowercase(), chance]);
    }
    let ending: String = lemma.chars().rev().take(3).collect();
    add("s35", &[&ending, &links, quoted]);
    if frame.word(cue) == ":" {
        let before = length(cue - frame.sentence(cue).start);
        let top = if frame.paragraph_index(cue) == 0 { "top" } else { "" };
        add("s36", &[top, before, source_entity, quoted]);
        add("s37", &[top, source_pos, source_entity]);
        add("s38", &[top, source_lemma]);
    }
    add("s39", &[chance, if frame.paragraph_index(cue) == 0 { "top" } else { "" }, tag]);
    features
}

/// The relations around a cue that tell how it is built, in order.
fn config(frame: &Frame, candidate: &Candidate) -> String {
    let mut config = String::new();
    for part in &candidate.parts {
        let link = own_link(frame, part);
        if !matches!(link.as_str(), "advmod" | "npadvmod" | "prep" | "intj" | "dep") {
            config.push_str(&link);
            if frame.quote(part.head).is_some() {
                config.push('"');
            }
            config.push(' ');
        }
    }
    config
}

/// A part's link, with its relation or preposition where it is a child.
pub(super) fn own_link(frame: &Frame, part: &Part) -> String {
    match part.link {
        Link::Child => frame.dep(part.head).to_owned(),
        Link::Object => {
            let preposition = frame.head(part.head);
            format!(
                "{}:{}:{}",
                frame.dep(preposition),
                frame.word(preposition).to_lowercase(),
                frame.dep(part.head)
            )
        }
        link => link.name().to_owned(),
    }
}

/// Whether the words stand in quotation marks.
pub(super) fn quoted(frame: &Frame, tokens: impl Iterator<Item = usize>) -> &'static str {
    match frame.quoted(tokens) {
        (_, 0) => "no",
        (words, quoted) if words == quoted => "all",
        (words, quoted) if quoted * 2 > words => "most",
        _ => "part",
    }
}

fn first_word(frame: &Frame, part: &Part) -> String {
    part.iter()
        .find(|token| frame.is_word(*token))
        .map(|token| frame.word(token).to_lowercase())
        .unwrap_or_default()
}

fn voice(frame: &Frame, cue: usize) -> &'static str {
    if frame.child(cue, &["auxpass", "nsubjpass"]).is_some() {
        return "passive";
    }
    match (frame.tag(cue), frame.dep(cue)) {
        ("VBN", "acl" | "relcl" | "advcl" | "amod") => "participle",
        ("VBG", _) => "ing",
        ("VB", _) => "bare",
        _ => "active",
    }
}

fn entity(frame: &Frame, token: usize) -> &'static str {
    use crate::nlp::EntityTag::{Begin, Inside, Outside};
    match &frame.tokens[token].entity {
        Outside => "O",
        Begin(label) | Inside(label) => match label.as_str() {
            "PERSON" => "PERSON",
            "ORG" => "ORG",
            "GPE" | "LOC" | "FAC" => "GPE",
            "NORP" => "NORP",
            _ => "other",
        },
    }
}

fn around(frame: &Frame, cue: usize, by: isize) -> String {
    cue.checked_add_signed(by)
        .filter(|token| frame.paragraph(cue).contains(token))
        .map_or("#".to_owned(), |token| frame.word(token).to_lowercase())
}

/// The chain of relations above a cue, two steps.
fn under(frame: &Frame, cue: usize) -> String {
    let head = frame.head(cue);
    format!("{}<{}<{}", frame.dep(cue), frame.dep(head), frame.pos(head))
}

const fn length(tokens: usize) -> &'static str {
    match tokens {
        0..2 => "1",
        2 => "2",
        3..5 => "4",
        5..8 => "7",
        8..15 => "14",
        15..30 => "29",
        30..60 => "59",
        _ => "60",
    }
}

fn step(chance: f32) -> &'static str {
    match chance {
        ..0.5 => "0",
        0.5..0.7 => "5",
        0.7..0.9 => "7",
        0.9..0.97 => "9",
        _ => "97",
    }
}
