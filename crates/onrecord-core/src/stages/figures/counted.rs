//! What a figure counts, the remark on it, and what the figure is said of.

use super::Class;
use super::parse::Tree;
use super::quantity::Quantity;
use super::words::Words;
use crate::Span;
use crate::numbers::Decimal;

/// Where a quantity stands among the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// First token of number and unit.
    pub(super) first: usize,
    /// Last token of number and unit.
    pub(super) last: usize,
    /// The one of them that hangs on a word outside.
    pub(super) root: usize,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) span: Span,
    /// The noun that heads it.
    pub(super) head: usize,
    /// Whether it stands after "of": "half of the seats".
    pub(super) after_of: bool,
}

/// Words that a count's noun phrase does not go past.
pub(super) const LONGEST_PHRASE: usize = 8;

/// The place of a quantity; none outside the tokens.
pub(super) fn place(tree: &Tree, quantity: &Quantity) -> Option<Place> {
    let core = quantity.unit_words.map_or(quantity.number, |unit| unit.cover(quantity.number));
    let first = tree.at(core.start);
    let last = tree.at(core.end.saturating_sub(1));
    (first <= last && last < tree.tokens.len()).then(|| Place {
        first,
        last,
        root: tree.root_of(first, last),
    })
}

/// Whether "over" says of a stretch of time during what something went on, and sets no bound: "drilled over three
/// summers".
pub(super) fn is_stretch(tree: &Tree, quantity: &Quantity, place: &Place) -> bool {
    let over = tree.at(quantity.span.start);
    let is_time = quantity.measure.is_some_and(|unit| unit.dimension == "duration")
        || next_noun(tree, place.last + 1).is_some_and(|noun| SEASONS.contains(&tree.lemma(noun)));
    over < place.first && tree.norm(over) == "over" && tree.dep(over) == "prep" && is_time
}

/// Times that are counted without being a measure.
const SEASONS: [&str; 6] = ["autumn", "fall", "season", "spring", "summer", "winter"];

pub(super) fn is_plural_tag(tag: &str) -> bool {
    matches!(tag, "NNS" | "NNPS")
}

pub(super) fn is_plural(tree: &Tree, token: usize) -> bool {
    is_plural_tag(tree.tag(token)) || tree.norm(token) == "people"
}

/// Whether a plural stands after a number: "787 crews".
pub(super) fn counts_plural(tree: &Tree, place: &Place) -> bool {
    next_noun(tree, place.last + 1).is_some_and(|noun| is_plural(tree, noun))
}

/// The last noun of the phrase that starts at a token: over adjectives, participles and nouns.
pub(super) fn next_noun(tree: &Tree, from: usize) -> Option<usize> {
    let mut noun = None;
    for token in from..(from + LONGEST_PHRASE).min(tree.tokens.len()) {
        if token > from && tree.tokens[token].sent_start {
            break;
        }
        match tree.tag(token) {
            "NN" | "NNS" | "NNP" | "NNPS" => {
                // A noun that is the subject of what follows, after a plural, begins a new phrase.
                if noun.is_some_and(|noun| is_plural(tree, noun) && tree.dep(noun) != "compound") {
                    break;
                }
                noun = Some(token);
            }
            "JJ" | "JJR" | "JJS" | "HYPH" | "POS" | "AFX" | "ADD" => {
                if noun.is_some_and(|noun| is_plural(tree, noun)) && tree.tag(token) != "HYPH" {
                    break;
                }
            }
            "VBN" | "VBG" | "RB" if noun.is_none() && opens_noun(tree, token) => {}
            "CD" if noun.is_none() => {}
            "CC" | "," if noun.is_none() && token > from && tree.tag(token - 1).starts_with("JJ") => {}
            "CC" if noun.is_some_and(|noun| tree.tag(noun).starts_with("NNP"))
                && next_is_name(tree, token + 1) => {}
            _ => break,
        }
    }
    noun
}

/// "Kia and Hyundai vehicles": the names go on to a plural.
fn next_is_name(tree: &Tree, from: usize) -> bool {
    (from..(from + 3).min(tree.tokens.len()))
        .take_while(|token| tree.tag(*token).starts_with("NN"))
        .any(|token| tree.tag(token) == "NNS")
        && tree.tag(from) == "NNP"
}

/// A participle or adverb inside a noun phrase hangs on a later word.
fn opens_noun(tree: &Tree, token: usize) -> bool {
    tree.head(token).is_some_and(|head| {
        head > token
            && (tree.is_noun(head)
                || tree.tag(head).starts_with("JJ")
                || tree.is_verb(head) && tree.dep(token) == "advmod" && tree.dep(head) == "amod")
    })
}

/// What is counted: the noun phrase after the number, or after its "of".
pub(super) fn counted(tree: &Tree, quantity: &Quantity, place: &Place) -> Option<Counted> {
    if quantity.class == Class::Age {
        return None;
    }
    let next = over_break(tree, tree.at(quantity.span.end));
    let follows = tree.tokens.get(next)?;
    if follows.start > quantity.span.end + 1 || next == 0 || follows.sent_start {
        return None;
    }
    if follows.norm == "of" {
        return phrase_after_of(tree, next + 1);
    }
    if let Some(of) = over_brackets(tree, next) {
        return phrase_after_of(tree, of + 1);
    }
    if quantity.class == Class::Money && follows.norm == "in" {
        // "$1 billion in gains"
        return phrase_after_of(tree, next + 1).filter(|counted| {
            matches!(tree.tag(counted.head), "NNS" | "NN") && tree.tokens[next + 1].tag != "DT"
        });
    }
    match quantity.class {
        Class::Count | Class::Ordinal => phrase(tree, quantity, place, next),
        Class::Fraction => {
            let from = if matches!(&*follows.tag, "DT" | "PRP$" | "PDT") { next + 1 } else { next };
            phrase(tree, quantity, place, from)
        }
        _ => None,
    }
}

/// "8 miles (13 kilometres) of tunnels": the "of" after brackets.
fn over_brackets(tree: &Tree, open: usize) -> Option<usize> {
    if tree.norm(open) != "(" {
        return None;
    }
    let close = (open + 1..(open + 6).min(tree.tokens.len())).find(|token| tree.norm(*token) == ")")?;
    (tree.tokens.get(close + 1)?.norm == "of").then_some(close + 1)
}

fn phrase(tree: &Tree, quantity: &Quantity, place: &Place, next: usize) -> Option<Counted> {
    // "The 12th and 38th minutes": what is joined is not what is counted.
    if tree.tag(next) == "CC" {
        return None;
    }
    let head = tree.head(place.root).filter(|head| {
        tree.dep(place.root) == "nummod"
            && tree.is_noun(*head)
            && (next..next + LONGEST_PHRASE).contains(head)
    });
    let noun = match (next_noun(tree, next), head) {
        (Some(noun), Some(head)) if head > noun && head - noun > 2 => noun,
        (_, Some(head)) => head,
        (Some(noun), None) => noun,
        (None, None) => return None,
    };
    let noun = modifier(tree, quantity, next, noun).unwrap_or(noun);
    let start = tree.tokens[next].start.max(quantity.span.end);
    Some(Counted { span: Span::new(start, tree.tokens[noun].end), head: noun, after_of: false })
}

/// "a 12 page report": after more than one, a singular before another singular is what is counted.
fn modifier(tree: &Tree, quantity: &Quantity, first: usize, noun: usize) -> Option<usize> {
    let several =
        quantity.low.is_some_and(|value| value > Decimal::from(1)) && quantity.class == Class::Count;
    (several && noun > first && tree.tag(noun) == "NN" && tree.tag(first) == "NN").then_some(first)
}

/// Past the token of a line's end.
fn over_break(tree: &Tree, token: usize) -> usize {
    let is_break =
        tree.tokens.get(token).is_some_and(|token| token.pos == "SPACE" && token.end - token.start <= 1);
    token + usize::from(is_break)
}

fn phrase_after_of(tree: &Tree, from: usize) -> Option<Counted> {
    let from = over_break(tree, from);
    let token = tree.tokens.get(from)?;
    let skip = usize::from(matches!(&*token.tag, "DT" | "PRP$" | "PDT" | "CD"));
    let skip = skip
        + usize::from(
            tree.tokens.get(from + skip).is_some_and(|next| matches!(&*next.tag, "DT" | "PRP$" | "CD")),
        );
    let noun = match next_noun(tree, from + skip) {
        Some(noun) => noun,
        None if matches!(&*token.tag, "PRP" | "DT" | "WP") => from,
        None => return None,
    };
    // A possessor is passed: "two of Ana's friends".
    let noun = match tree.tokens.get(noun + 1) {
        Some(next) if next.tag == "POS" => next_noun(tree, noun + 2).unwrap_or(noun),
        _ => noun,
    };
    Some(Counted { span: tree.cover(from, noun), head: noun, after_of: true })
}

/// A remark between commas, dashes or brackets after what is counted: ", mostly women and children,".
pub(super) fn remark(
    tree: &Tree,
    words: &Words,
    quantity: &Quantity,
    counted: Option<&Counted>,
) -> Option<Span> {
    if !matches!(quantity.class, Class::Count | Class::Fraction | Class::Percent) {
        return None;
    }
    let from = counted.map_or(quantity.span.end, |counted| counted.span.end) as usize;
    let limit = (from + 160).min(tree.text.len());
    let limit =
        (limit..tree.text.len()).find(|at| tree.text.is_char_boundary(*at)).unwrap_or(tree.text.len());
    let after = &tree.text[from..limit];
    // At the mark itself, or after the words that end the phrase: "12 people in two cars, mostly children".
    let marks = [", ", " (", " – ", " — ", "—"];
    let (at, mark) =
        marks.iter().filter_map(|mark| after.find(mark).map(|at| (at, *mark))).min_by_key(|(at, _)| *at)?;
    if after[..at].contains(['.', '\n', ';', '"', '”', '!', '?']) {
        return None;
    }
    let start = from + at + mark.len();
    let rest = &tree.text[start..limit];
    words.remark_opener(rest)?;
    let closing: &[&str] = match mark {
        " (" => &[")"],
        ", " => &[",", ". ", ".\n", ";", "\n", "”", " – ", " — "],
        _ => &[" – ", " — ", "—", ". ", "\n", ";"],
    };
    let end = closing
        .iter()
        .filter_map(|close| rest.find(close))
        .min()
        .unwrap_or_else(|| rest.trim_end_matches('.').len());
    let end = rest[..end].trim_end_matches(['.', ' ']).len();
    (end > 0 && limit - start > end || start + end == tree.text.trim_end_matches(['.', '\n', ' ']).len())
        .then(|| Span::of(start..start + end))
}

/// What the figure is said of: the noun that the measure describes, or the subject of its clause.
pub(super) fn about(
    tree: &Tree,
    places: &[Place],
    quantity: &Quantity,
    place: &Place,
    counted: Option<&Counted>,
) -> Option<Span> {
    if counted.is_some_and(|counted| counted.after_of) && quantity.class != Class::Count {
        return None;
    }
    let head = counted.filter(|counted| !counted.after_of).map_or(place.root, |counted| counted.head);
    let look = Look { tree, places };
    let mut described = look.described(place, head, counted.is_some())?;
    // A pronoun stands for what the clause above is about; where there is none, the text does not tell.
    for _ in 0..3 {
        if !is_pronoun(tree, described) {
            return phrase_around(tree, described, place);
        }
        let verb = tree.head(described)?;
        described = look.subject(tree.head(verb)?, verb, false).filter(|above| *above != described)?;
    }
    None
}

fn is_pronoun(tree: &Tree, token: usize) -> bool {
    matches!(tree.tag(token), "PRP" | "EX" | "WP" | "WDT" | "DT" | "WRB")
}

/// Nouns that only carry a figure: "a total of".
const CARRIERS: &[&str] = &["total", "average", "sum", "maximum", "minimum", "equivalent", "estimate"];

/// A walk up the parse that passes over other figures.
struct Look<'a> {
    tree: &'a Tree<'a>,
    places: &'a [Place],
}

impl Look<'_> {
    fn is_figure(&self, token: usize) -> bool {
        let from = self.places.partition_point(|place| place.last < token);
        self.places.get(from).is_some_and(|place| place.first <= token)
    }

    fn names(&self, token: usize) -> bool {
        self.tree.is_noun(token) && !self.is_figure(token) && !CARRIERS.contains(&self.tree.lemma(token))
    }

    /// Up from the figure to the noun that it is said of.
    fn described(&self, place: &Place, head: usize, is_count: bool) -> Option<usize> {
        let tree = self.tree;
        let mut token = head;
        for _ in 0..12 {
            let Some(up) = tree.head(token) else {
                return if tree.is_verb(token) { None } else { self.own_subject(token, token) };
            };
            let dep = tree.dep(token);
            let own = (place.first..=place.last).contains(&up);
            if !own
                && self.names(up)
                && matches!(
                    dep,
                    "nummod" | "amod" | "compound" | "nmod" | "quantmod" | "npadvmod" | "appos" | "dep"
                )
            {
                return Some(up);
            }
            if dep == "pobj" && !is_preposition_of_clause(tree, up) {
                let over = tree.head(up)?;
                if self.names(over) && !(place.first..=place.last).contains(&over) {
                    return Some(over);
                }
            }
            if tree.is_verb(up) || tree.tag(up) == "MD" || tree.tokens[up].pos == "AUX" {
                return self.subject(up, token, is_count);
            }
            if let Some(subject) = self.own_subject(up, token) {
                return Some(subject);
            }
            token = up;
        }
        None
    }

    fn own_subject(&self, head: usize, not: usize) -> Option<usize> {
        self.tree
            .child(head, &["nsubj", "nsubjpass"])
            .filter(|subject| *subject != not && !self.is_figure(*subject))
    }

    /// The subject of a verb, its own or that of the clause above it; the object when the figure is no object itself.
    fn subject(&self, verb: usize, from: usize, is_count: bool) -> Option<usize> {
        let tree = self.tree;
        let dep = tree.dep(from);
        if matches!(dep, "nsubj" | "nsubjpass") {
            // The figure is the subject: it is said of the predicate's noun, if there is one.
            let deps: &[&str] = if is_count { &["attr"] } else { &["attr", "dobj"] };
            return tree.child(verb, deps).filter(|noun| !self.is_figure(*noun));
        }
        if !matches!(dep, "dobj" | "attr" | "oprd")
            && let Some(object) =
                tree.child(verb, &["dobj"]).filter(|object| *object < from && self.names(*object))
        {
            return Some(object);
        }
        let mut verb = verb;
        for _ in 0..6 {
            if let Some(subject) = self.own_subject(verb, from) {
                if matches!(tree.tag(subject), "WDT" | "WP") && tree.dep(verb) == "relcl" {
                    return tree.head(verb);
                }
                return Some(subject);
            }
            let up = tree.head(verb)?;
            if matches!(tree.dep(verb), "acl" | "relcl") || self.names(up) {
                return Some(up);
            }
            verb = up;
        }
        None
    }
}

fn is_preposition_of_clause(tree: &Tree, preposition: usize) -> bool {
    tree.head(preposition).is_some_and(|head| tree.is_verb(head) || tree.tokens[head].pos == "AUX")
}

/// The noun phrase around a noun: its words on the left, and what "of" or a name adds on the right, up to a mark.
fn phrase_around(tree: &Tree, noun: usize, place: &Place) -> Option<Span> {
    let (mut first, last) = tree.edges(noun);
    let mut end = noun;
    for token in noun + 1..=last.min(noun + 12) {
        let stop = (place.first..=place.last).contains(&token)
            || matches!(&*tree.tokens[token].pos, "PUNCT" | "SPACE" | "VERB" | "AUX" | "SCONJ" | "PRON")
                && tree.tag(token) != "POS"
                && tree.tag(token) != "HYPH";
        if stop {
            break;
        }
        if tree.is_noun(token) {
            end = token;
        }
    }
    if noun.saturating_sub(first) > 12 {
        first = noun - 12;
    }
    if (first..=end).contains(&place.first) && noun > place.last {
        // "a 12-page report": what the figure describes stands after it.
        first = (place.last + 1..=noun).find(|token| tree.tokens[*token].pos != "PUNCT")?;
    } else if noun < place.first {
        end = end.min(place.first - 1);
    }
    (first <= end).then(|| tree.cover(first, end))
}

/// "Ana Ruiz, 43," and "aged 43": a bare number that is an age.
pub(super) fn is_age(tree: &Tree, quantity: &Quantity, place: &Place) -> bool {
    let is_digits = tree.text[quantity.number].bytes().all(|byte| byte.is_ascii_digit());
    if quantity.class != Class::Count || !is_digits || place.first == 0 {
        return false;
    }
    let in_years = quantity.low.is_some_and(|value| {
        value > Decimal::from(0) && value < Decimal::from(120) && value.whole().is_some()
    });
    if !in_years {
        return false;
    }
    let before = place.first - 1;
    let aged = |token: usize| matches!(tree.norm(token), "aged" | "age" | "ages");
    // "aged 22 and 24"
    let joined = matches!(tree.norm(before), "and" | "or" | "to")
        && before.checked_sub(2).is_some_and(|aged_at| aged(aged_at) && tree.tag(before - 1) == "CD");
    if aged(before) || joined {
        return true;
    }
    let closes = tree.tokens.get(place.last + 1).is_none_or(|next| {
        next.sent_start
            || matches!(
                &*next.norm,
                "," | "."
                    | "of"
                    | "and"
                    | ")"
                    | ";"
                    | "was"
                    | "from"
                    | "is"
                    | "-"
                    | "–"
                    | "\n\n"
                    | "\n"
                    | "has"
                    | "were"
                    | "who"
            )
    });
    let name = before
        .checked_sub(1)
        .is_some_and(|name| tree.is_noun(name) && tree.text[tree.span(name)].starts_with(char::is_uppercase));
    (tree.norm(before) == "," && name && closes)
        || (matches!(tree.norm(before), "(" | "-LRB-")
            && name
            && tree.norm((place.last + 1).min(tree.tokens.len() - 1)) == ")")
}
