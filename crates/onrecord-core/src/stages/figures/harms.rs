//! What happened to whom: words such as "killed", "deaths" and "missing", and those they are said of.

use super::parse::Tree;

use super::words::{HarmWord, Victims, Words};
use crate::Span;

/// One telling that something happened to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HarmSaid {
    /// What happened: `killed`.
    pub(super) harm: &'static str,
    /// The word that says so.
    pub(super) trigger: usize,
    /// The heads of those it happened to; none when the text leaves them out.
    pub(super) victims: Vec<usize>,
    /// Neither denied nor only threatened, feared or tried.
    pub(super) is_fact: bool,
}

/// Every telling of a harm in a span of the text, in order.
pub(super) fn said(tree: &Tree, words: &Words, span: Span) -> Vec<HarmSaid> {
    let (from, to) = (tree.at(span.start), tree.at(span.end.saturating_sub(1)));
    let mut found = Vec::new();
    for token in from..=to.min(tree.tokens.len().saturating_sub(1)) {
        if let Some((harm, victims)) = trigger(tree, words, token) {
            let is_fact = is_fact(tree, words, token, &victims);
            found.push(HarmSaid { harm, trigger: token, victims, is_fact });
        }
    }
    found
}

/// What a token says happened, and to whom.
fn trigger(tree: &Tree, words: &Words, token: usize) -> Option<(&'static str, Vec<usize>)> {
    let tag = tree.tag(token);
    if !(tag.starts_with("VB") || tag.starts_with("NN") || tag.starts_with("JJ") || tag == "RB") {
        return None;
    }
    let lower;
    let mut lemma = tree.lemma(token);
    if lemma.starts_with(|c: char| c.is_uppercase()) {
        lower = lemma.to_lowercase();
        lemma = &lower;
    }
    if tag.starts_with("VB") {
        return verb(tree, words, token, lemma).or_else(|| adjective(tree, words, token));
    }
    if tag.starts_with("JJ") || tag == "RB" {
        return adjective(tree, words, token);
    }
    if let [word, ..] = words.harms(lemma, "person") {
        return Some((word.harm, vec![token]));
    }
    noun(tree, words, token, lemma)
        .or_else(|| adjective(tree, words, token))
        .or_else(|| headline_verb(tree, words, token))
}

/// A verb, alone or with its particle, object or goal: "gunned down", "lost their lives", "taken to hospital".
fn verb(tree: &Tree, words: &Words, token: usize, lemma: &str) -> Option<(&'static str, Vec<usize>)> {
    // "The death toll hits 19"
    if tree.child(token, &["nsubj"]).is_some_and(|subject| words.around_harm(tree.norm(subject), "toll")) {
        return None;
    }
    let mut best: Option<HarmWord> = words.harms(lemma, "verb").first().copied();
    let opens = words.opens_harm(lemma, "verb");
    for child in tree.children(token).filter(|_| opens) {
        let other = match tree.dep(child) {
            "prt" | "dobj" | "nsubjpass" | "acomp" | "advmod" | "oprd" => child,
            "prep" if matches!(tree.norm(child), "to" | "into" | "in") => {
                match tree.child(child, &["pobj"]) {
                    Some(object) => object,
                    None => continue,
                }
            }
            _ => continue,
        };
        let phrase = format!("{lemma} {}", tree.lemma(other).to_lowercase());
        if let [word, ..] = words.harms(&phrase, "verb") {
            best = Some(*word);
            break;
        }
    }
    let word = best?;
    let victims = match word.victims {
        Victims::Subject => of_subject(tree, token),
        _ => of_life(tree, token).unwrap_or_else(|| of_object(tree, token)),
    };
    Some((deadly(tree, words, token, word.harm), victims))
}

/// "fatally shot", "shot dead", "stabbed to death" are killings.
fn deadly(tree: &Tree, words: &Words, token: usize, harm: &'static str) -> &'static str {
    if !matches!(harm, "shot" | "injured" | "hit" | "assaulted") {
        return harm;
    }
    let is_shot = matches!(harm, "shot" | "hit");
    let joined = |other: usize| {
        is_shot && words.harms(tree.lemma(other), "verb").first().is_some_and(|word| word.harm == "killed")
    };
    let bare = |verb: usize| tree.child(verb, &["dobj", "nsubj", "nsubjpass"]).is_none();
    if tree.dep(token) == "conj" && tree.head(token).is_some_and(joined) && bare(token) {
        return "killed";
    }
    let is_deadly = tree.children(token).any(|child| match tree.dep(child) {
        // "shot and killed a man", "a girl shot, killed"
        "conj" if tree.child(token, &["dobj"]).is_none() && joined(child) => true,
        "advmod" => matches!(tree.norm(child), "fatally" | "mortally"),
        "acomp" | "oprd" | "xcomp" | "advcl" | "dobj" | "conj" | "amod" | "ccomp" => {
            words.harms(tree.norm(child), "adjective").first().is_some_and(|word| word.harm == "killed")
        }
        "prep" => {
            tree.norm(child) == "to"
                && tree.child(child, &["pobj"]).is_some_and(|object| tree.norm(object) == "death")
        }
        _ => false,
    });
    let next_is_dead = tree.tokens.get(token + 1).is_some_and(|next| next.norm == "dead");
    if is_deadly || next_is_dead { "killed" } else { harm }
}

/// Whose life a verb takes: "claimed the life of Ana Ruiz", "claimed her life".
fn of_life(tree: &Tree, verb: usize) -> Option<Vec<usize>> {
    let life = tree.child(verb, &["dobj"]).filter(|object| matches!(tree.norm(*object), "life" | "lives"))?;
    let of = tree.children(life).find(|child| tree.norm(*child) == "of");
    let owner = of.and_then(|of| tree.child(of, &["pobj"])).or_else(|| tree.child(life, &["poss"]))?;
    let is_own = tree.children(life).any(|child| tree.norm(child) == "own");
    (!is_own).then(|| expand(tree, owner))
}

/// Those a verb's object names, or the subject of its passive.
fn of_object(tree: &Tree, verb: usize) -> Vec<usize> {
    if let Some(subject) = tree.child(verb, &["nsubjpass"]) {
        return expand(tree, antecedent(tree, subject, verb));
    }
    if let Some(object) = tree.child(verb, &["dobj"]) {
        if tree.norm(object).ends_with("self") || tree.norm(object) == "themselves" {
            return of_subject(tree, verb);
        }
        return expand(tree, antecedent(tree, object, verb));
    }
    // "killed or wounded twenty": the object stands at the second verb.
    if let Some(object) = tree.child(verb, &["conj"]).and_then(|other| tree.child(other, &["dobj"])) {
        return expand(tree, object);
    }
    let is_participle = tree.tag(verb) == "VBN";
    match tree.dep(verb) {
        "acl" | "amod" if is_participle => tree.head(verb).map(|head| expand(tree, head)).unwrap_or_default(),
        "conj" => match tree.head(verb) {
            Some(first) if tree.is_verb(first) && tree.child(verb, &["nsubj"]).is_none() => {
                of_object(tree, first)
            }
            Some(first) if tree.is_noun(first) && is_participle => vec![first],
            _ => of_subject(tree, verb),
        },
        "relcl" if is_participle && tree.child(verb, &["nsubj"]).is_none() => {
            tree.head(verb).into_iter().collect()
        }
        // Headlines drop the auxiliary: "Two men shot in Vale".
        _ if tree.child(verb, &["prep"]).is_some_and(|prep| tree.norm(prep) == "at") && !is_participle => {
            Vec::new()
        }
        _ if matches!(tree.tag(verb), "VBN" | "VBD") => of_subject(tree, verb),
        _ => Vec::new(),
    }
}

/// Those a verb's subject names: its own, or that of the clause above.
fn of_subject(tree: &Tree, verb: usize) -> Vec<usize> {
    let mut verb = verb;
    for _ in 0..6 {
        if let Some(subject) = tree.child(verb, &["nsubj", "nsubjpass"]) {
            return expand(tree, antecedent(tree, subject, verb));
        }
        let Some(head) = tree.head(verb) else { return Vec::new() };
        match tree.dep(verb) {
            "acl" | "relcl" | "amod" => return expand(tree, head),
            "conj" | "xcomp" | "ccomp" | "advcl" | "pcomp" | "prep" | "dep" | "acomp" | "aux" | "auxpass" => {
                verb = head;
            }
            _ => return Vec::new(),
        }
        if tree.is_noun(verb) {
            return vec![verb];
        }
    }
    Vec::new()
}

/// "who" and "which" stand for the noun before them.
fn antecedent(tree: &Tree, token: usize, verb: usize) -> usize {
    if !matches!(tree.tag(token), "WP" | "WDT") {
        return token;
    }
    // "the mother of a girl who died": one right before is meant.
    if let Some(before) = token.checked_sub(1).filter(|before| tree.tag(*before) == "NN")
        && tree.ancestors(before).take(2).any(|up| tree.norm(up) == "of")
        && tree.norm(token) == "who"
    {
        return before;
    }
    std::iter::once(verb)
        .chain(tree.ancestors(verb))
        .take(4)
        .find(|verb| tree.dep(*verb) == "relcl")
        .and_then(|verb| tree.head(verb))
        .unwrap_or(token)
}

/// A noun and those joined to it by "and".
pub(super) fn expand(tree: &Tree, head: usize) -> Vec<usize> {
    let mut all = vec![head];
    let mut next = head;
    for _ in 0..12 {
        let Some(other) = tree.child(next, &["conj"]).or_else(|| listed(tree, next)) else { break };
        if tree.is_verb(other) || other < next {
            break;
        }
        all.push(other);
        next = other;
    }
    all
}

/// "his wife, son and daughter": the parse takes the second of a list for an apposition.
fn listed(tree: &Tree, noun: usize) -> Option<usize> {
    tree.child(noun, &["appos"])
        .filter(|next| matches!(tree.tag(*next), "NN" | "NNS") && tree.child(*next, &["conj"]).is_some())
}

/// "dead", "injured", "missing": said of a noun, a subject, or a number that stands alone.
fn adjective(tree: &Tree, words: &Words, token: usize) -> Option<(&'static str, Vec<usize>)> {
    let [word, ..] = words.harms(tree.norm(token), "adjective") else { return None };
    let harm = word.harm;
    // "brain dead", "a dead-end street"
    let beside = |token: usize| tree.tokens.get(token).map(|token| &*token.norm);
    if harm == "killed"
        && (matches!(beside(token + 1), Some("-" | "end" | "zone" | "heat"))
            || matches!(token.checked_sub(1).and_then(beside), Some("-" | "brain")))
    {
        return None;
    }
    if tree.children(token).any(|child| matches!(tree.dep(child), "nummod" | "quantmod")) {
        return Some((harm, vec![token]));
    }
    if let Some(subject) = tree.child(token, &["nsubj", "nsubjpass"]) {
        return Some((harm, expand(tree, subject)));
    }
    let head = tree.head(token)?;
    let victims = match tree.dep(token) {
        "amod" | "appos" | "nummod" | "acl" | "relcl" => vec![head],
        "acomp" | "attr" | "oprd" | "xcomp" | "ccomp" | "advcl" | "dobj" | "advmod" => {
            complement(tree, head, token)
        }
        "conj" if tree.tag(head).starts_with("JJ") => {
            adjective(tree, words, head).map(|(_, victims)| victims)?
        }
        "nsubj" | "nsubjpass" | "pobj"
            if tree.tag(token) != "NN" || tree.child(token, &["det"]).is_some() =>
        {
            vec![token]
        }
        _ if tree.is_noun(head) && head + 1 == token => vec![head],
        _ => Vec::new(),
    };
    Some((harm, victims))
}

/// "left twelve dead", "was found dead", "are dead".
fn complement(tree: &Tree, verb: usize, token: usize) -> Vec<usize> {
    if let Some(subject) = tree.child(verb, &["nsubjpass"]) {
        return expand(tree, antecedent(tree, subject, verb));
    }
    if let Some(object) = tree.child(verb, &["dobj"]).filter(|object| *object != token) {
        return expand(tree, object);
    }
    of_subject(tree, verb)
}

/// "twelve deaths", "the deaths of three", "Ruiz's death", "suffered injuries".
fn noun(tree: &Tree, words: &Words, token: usize, lemma: &str) -> Option<(&'static str, Vec<usize>)> {
    let word = words.harms(lemma, "noun").first().copied().or_else(|| {
        let quality = tree.child(token, &["amod"])?;
        if !words.opens_harm(tree.norm(quality), "noun") {
            return None;
        }
        words.harms(&format!("{} {lemma}", tree.norm(quality)), "noun").first().copied()
    })?;
    if tree.children(token).any(|child| tree.dep(child) == "nummod") {
        return Some((word.harm, vec![token]));
    }
    if word.victims == Victims::Holder {
        return Some((word.harm, holder(tree, token)));
    }
    let is_fatal = tree.children(token).any(|child| matches!(tree.norm(child), "fatal" | "deadly"));
    let harm = if is_fatal && word.harm == "shot" { "killed" } else { word.harm };
    let of = tree
        .children(token)
        .filter(|child| tree.norm(*child) == "of")
        .find_map(|of| tree.child(of, &["pobj"]));
    let victims = match of.or_else(|| tree.child(token, &["poss"])) {
        Some(victim) => expand(tree, victim),
        None if tree.tag(token) == "NNS" => vec![token],
        None => Vec::new(),
    };
    Some((harm, victims))
}

/// Who has an injury: the noun it hangs on, or the subject of "suffered", "treated for", "is in".
fn holder(tree: &Tree, token: usize) -> Vec<usize> {
    let mut up = token;
    for _ in 0..3 {
        let Some(head) = tree.head(up) else { return Vec::new() };
        match tree.dep(up) {
            "dobj" | "attr" | "prep" if tree.is_verb(head) || tree.tokens[head].pos == "AUX" => {
                return of_subject(tree, head);
            }
            "prep" if tree.is_noun(head) => return vec![head],
            "pobj" | "prep" | "conj" | "compound" | "nmod" => up = head,
            _ => return Vec::new(),
        }
    }
    Vec::new()
}

/// A verb that a headline's capital made a name: "3 Killed".
fn headline_verb(tree: &Tree, words: &Words, token: usize) -> Option<(&'static str, Vec<usize>)> {
    if !tree.tag(token).starts_with("NNP") {
        return None;
    }
    let (harm, victims) = words.participle(tree.norm(token))?;
    if victims != Victims::Object {
        return None;
    }
    let before = token.checked_sub(1)?;
    Some((harm, vec![before]))
}

/// Whether a telling says that it happened.
fn is_fact(tree: &Tree, words: &Words, token: usize, victims: &[usize]) -> bool {
    let denied = |token: usize| {
        tree.children(token).any(|child| {
            tree.dep(child) == "neg" || tree.norm(child) == "no" || tree.norm(child) == "without"
        })
    };
    if denied(token)
        || victims
            .iter()
            .any(|victim| denied(*victim) || matches!(tree.norm(*victim), "nobody" | "none" | "noone"))
    {
        return false;
    }
    let is_modal = |token: usize| {
        tree.children(token)
            .any(|child| tree.dep(child) == "aux" && words.around_harm(tree.norm(child), "modal"))
    };
    let is_if = |token: usize| {
        tree.children(token)
            .any(|child| tree.dep(child) == "mark" && matches!(tree.norm(child), "if" | "unless"))
    };
    if is_modal(token) && !has_perfect(tree, token) || is_if(token) {
        return false;
    }
    if tree
        .children(token)
        .any(|child| matches!(tree.norm(child), "attempted" | "planned" | "potential" | "possible"))
    {
        return false;
    }
    tree.ancestors(token).take(2).zip(std::iter::once(token).chain(tree.ancestors(token))).all(
        |(head, below)| {
            !(words.around_harm(tree.lemma(head), "unreal")
                && matches!(tree.dep(below), "xcomp" | "ccomp" | "pobj" | "pcomp" | "dobj"))
        },
    )
}

/// "may have been killed" is told as likely so.
fn has_perfect(tree: &Tree, verb: usize) -> bool {
    tree.children(verb).any(|child| matches!(tree.norm(child), "have" | "'ve"))
}
