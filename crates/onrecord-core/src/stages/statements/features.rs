//! What the models look at: a part beside a cue, and a cue with its content and source.

use super::assemble::Attribution;
use super::candidates::{Candidate, Link, Part};
use super::frame::Frame;
use super::lexicon::Chance;
use super::model::{Code, Features};

/// What several features of one candidate ask for, worked out once.
#[derive(Debug)]
pub(super) struct Looks {
    lemma: Code,
    pos: Code,
    tag: Code,
    dep: Code,
    speech: Code,
    voice: Code,
    /// The relations around the cue that tell how it is built, in order.
    config: Code,
    parts: Vec<Look>,
}

/// What several features of one part ask for.
#[derive(Debug)]
struct Look {
    /// The part's link, with its relation or preposition where it is a child.
    own: Code,
    marks: &'static str,
    words: usize,
    first: Code,
    side: Code,
    pos: Code,
    entity: Code,
    lemma: Code,
}

const LEFT: Code = Code::of("left");
const RIGHT: Code = Code::of("right");
const BESIDE: Code = Code::of("beside a quotation");
const TOP: Code = Code::of("top");
const IN: Code = Code::of("in");
const OUT: Code = Code::of("out");
/// What a cue without content or source has in its place.
const MISSING: Code = Code::of("-");

impl Looks {
    pub(super) fn new(frame: &Frame, candidate: &Candidate) -> Self {
        let cue = candidate.cue;
        let parts: Vec<Look> = candidate.parts.iter().map(|part| Look::new(frame, cue, part)).collect();
        Self {
            lemma: Code::of(frame.lemma(cue)),
            pos: Code::of(frame.pos(cue)),
            tag: Code::of(frame.tag(cue)),
            dep: Code::of(frame.dep(cue)),
            speech: Code::of(candidate.speech.name()),
            voice: Code::of(voice(frame, cue)),
            config: config(frame, candidate, &parts),
            parts,
        }
    }

    /// Whether another part is a passage in quotation marks.
    fn beside_quotation(&self, candidate: &Candidate, part: &Part) -> bool {
        candidate.parts.iter().zip(&self.parts).any(|(other, look)| {
            other.tokens.len() > 4 && matches!(look.marks, "all" | "most") && other.tokens != part.tokens
        })
    }
}

impl Look {
    fn new(frame: &Frame, cue: usize, part: &Part) -> Self {
        let first = part.iter().find(|token| frame.is_word(*token));
        Self {
            own: own_link(frame, part),
            marks: quoted(frame, part.iter()),
            words: part.iter().count(),
            first: first.map_or(Code::NONE, |token| Code::lower(frame.word(token))),
            side: if part.head < cue { LEFT } else { RIGHT },
            pos: Code::of(frame.pos(part.head)),
            entity: Code::of(entity(frame, part.head)),
            lemma: Code::of(frame.lemma(part.head)),
        }
    }
}

/// What a part's role is told from: is it the content, the source, or neither?
pub(super) fn role(frame: &Frame, candidate: &Candidate, looks: &Looks, index: usize) -> Features {
    let (part, cue) = (&candidate.parts[index], candidate.cue);
    let Looks { lemma, pos, tag, dep, speech, voice, config, .. } = *looks;
    let Look { own, marks, words, first, side, pos: part_pos, entity, lemma: part_lemma } =
        looks.parts[index];
    let marks = Code::of(marks);
    let chance = Code::of(Chance::bin(candidate.chance.statement + candidate.chance.attitude));
    let beside = if looks.beside_quotation(candidate, part) { BESIDE } else { Code::NONE };
    let before = part.tokens.start.checked_sub(1).map_or(Code::NONE, |token| Code::of(frame.word(token)));
    let mut features = Features::with_room();
    let mut add = |number: u16, values: &[Code]| features.add(number, values);
    add(0, &[]);
    add(1, &[own, side]);
    add(2, &[own, lemma]);
    add(3, &[own, side, pos, chance]);
    add(4, &[own, side, config]);
    add(5, &[own, marks]);
    add(6, &[own, part_pos]);
    add(7, &[own, Code::of(frame.tag(part.head)), tag]);
    add(8, &[own, first]);
    add(9, &[lemma, first, side]);
    add(10, &[own, voice, side]);
    add(11, &[own, Code::of(length(words))]);
    add(12, &[own, dep, side]);
    add(13, &[own, entity]);
    add(14, &[part_lemma, own]);
    add(15, &[own, lemma, marks]);
    add(16, &[own, chance, voice, marks]);
    add(17, &[own, lemma, side, part_pos]);
    add(18, &[config, lemma, own]);
    add(20, &[own, before, side]);
    add(22, &[own, beside, marks]);
    add(23, &[own, speech, side, marks]);
    add(24, &[own, speech, config]);
    add(25, &[own, speech, voice, part_pos]);
    add(26, &[own, speech, first, side]);
    if let Some(mark) = frame.child(part.head, &["mark", "advmod", "aux"]) {
        add(19, &[own, Code::lower(frame.word(mark))]);
    }
    if part.link == Link::Above || part.link == Link::Described {
        add(21, &[dep, Code::of(frame.lemma(frame.head(cue))), tag]);
    }
    features
}

/// What a statement is told from: is this cue with its content a statement, an attitude, or neither?
pub(super) fn statement(
    frame: &Frame,
    candidate: &Candidate,
    looks: &Looks,
    attribution: &Attribution,
) -> Features {
    let cue = candidate.cue;
    let Looks { lemma, pos, tag, dep, speech, voice, .. } = *looks;
    let chance = Code::of(Chance::bin(candidate.chance.statement));
    let attitude = Code::of(Chance::bin(candidate.chance.attitude));
    let quoted = Code::of(quoted(frame, attribution.content.iter().copied()));
    let links =
        attribution.contents.iter().fold(Code::NONE, |links, index| links.and(looks.parts[*index].own));
    let source = attribution.source.map(|index| &looks.parts[index]);
    let source_link = source.map_or(MISSING, |look| look.own);
    let source_pos = source.map_or(MISSING, |look| look.pos);
    let source_entity = source.map_or(MISSING, |look| look.entity);
    let source_lemma = source.map_or(MISSING, |look| look.lemma);
    let modal = frame
        .children(cue)
        .filter(|child| matches!(frame.dep(*child), "aux" | "neg"))
        .fold(Code::NONE, |modal, child| modal.and(Code::lower(frame.lemma(child))));
    let inside = if frame.quote(cue).is_some() { IN } else { OUT };
    let content = attribution.contents.first();
    let first = content.map_or(Code::NONE, |index| looks.parts[*index].first);
    let head = content.map_or(MISSING, |index| looks.parts[*index].lemma);
    let head_pos = content.map_or(MISSING, |index| Code::of(frame.tag(candidate.parts[*index].head)));
    let size = Code::of(length(attribution.content.len()));
    let section = Code::of(frame.section(cue).name());
    let (before, after) = (around(frame, cue, -1), around(frame, cue, 1));
    let top = if frame.paragraph_index(cue) == 0 { TOP } else { Code::NONE };
    let mut features = Features::with_room();
    let mut add = |number: u16, values: &[Code]| features.add(number, values);
    add(100, &[]);
    add(101, &[lemma, pos]);
    add(102, &[chance, attitude, pos, inside]);
    add(103, &[links, source_link]);
    add(104, &[lemma, links]);
    add(105, &[lemma, quoted, inside]);
    add(106, &[chance, attitude, quoted, links]);
    add(107, &[chance, attitude, source_link, source_pos]);
    add(108, &[inside, quoted]);
    add(109, &[modal, chance]);
    add(110, &[modal, tag, inside]);
    add(111, &[lemma, tag]);
    add(112, &[tag, dep, source_link]);
    add(113, &[chance, source_entity, source_pos]);
    add(114, &[source_lemma, chance]);
    add(115, &[lemma, source_link, source_pos]);
    add(116, &[lemma, first]);
    add(117, &[chance, first, links]);
    add(118, &[chance, size, quoted]);
    add(119, &[lemma, size]);
    add(120, &[chance, section, links]);
    add(121, &[chance, head_pos, links]);
    add(122, &[lemma, head]);
    add(123, &[voice, chance, source_link]);
    add(124, &[lemma, voice]);
    add(125, &[chance, dep, inside]);
    add(126, &[Code::of(frame.lemma(frame.head(cue))), dep, chance]);
    add(127, &[Code::of(step(attribution.sure)), chance]);
    add(128, &[chance, before]);
    add(129, &[chance, after]);
    add(130, &[lemma, after]);
    add(131, &[under(frame, cue), chance]);
    add(132, &[quoted, links, source_pos, inside]);
    add(133, &[lemma, source_entity, quoted]);
    add(139, &[chance, top, tag]);
    add(140, &[speech, chance, inside]);
    add(141, &[speech, links, quoted]);
    add(142, &[speech, tag, dep, source_link]);
    add(143, &[speech, source_link, source_pos]);
    add(144, &[speech, modal, head_pos]);
    add(145, &[speech, first, voice]);
    if let Some(source) = attribution.source {
        add(134, &[Code::lower(frame.word(candidate.parts[source].tokens.start)), chance]);
    }
    let ending = frame.lemma(cue);
    let ending = ending.char_indices().rev().nth(2).map_or(ending, |(at, _)| &ending[at..]);
    add(135, &[Code::of(ending), links, quoted]);
    if frame.word(cue) == ":" {
        let before = Code::of(length(cue - frame.sentence(cue).start));
        add(136, &[top, before, source_entity, quoted]);
        add(137, &[top, source_pos, source_entity]);
        add(138, &[top, source_lemma]);
    }
    features
}

fn config(frame: &Frame, candidate: &Candidate, looks: &[Look]) -> Code {
    let mut config = Code::NONE;
    for (part, look) in candidate.parts.iter().zip(looks) {
        let aside = part.link == Link::Near
            || part.link == Link::Child
                && matches!(frame.dep(part.head), "advmod" | "npadvmod" | "prep" | "intj" | "dep");
        if !aside {
            config = config.and(look.own);
            if frame.quote(part.head).is_some() {
                config = config.and(IN);
            }
        }
    }
    config
}

/// A part's link, with its relation or preposition where it is a child.
fn own_link(frame: &Frame, part: &Part) -> Code {
    match part.link {
        Link::Child => Code::of(frame.dep(part.head)),
        Link::Object => {
            let preposition = frame.head(part.head);
            let dep = Code::of(frame.dep(preposition));
            dep.and(Code::lower(frame.word(preposition))).and(Code::of(frame.dep(part.head)))
        }
        link => Code::of(link.name()),
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

fn around(frame: &Frame, cue: usize, by: isize) -> Code {
    cue.checked_add_signed(by)
        .filter(|token| frame.paragraph(cue).contains(token))
        .map_or(Code::of("#"), |token| Code::lower(frame.word(token)))
}

/// The chain of relations above a cue, two steps.
fn under(frame: &Frame, cue: usize) -> Code {
    let head = frame.head(cue);
    Code::of(frame.dep(cue)).and(Code::of(frame.dep(head))).and(Code::of(frame.pos(head)))
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
