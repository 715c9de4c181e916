//! Base forms of words, by rules and exceptions or by look-up.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use crate::draft::Draft;
use crate::files::Files;
use crate::hashing::{FastHash, murmur64a};
use crate::lexicon::Lexicon;
use crate::msgpack::Value;
use crate::strings::{Ids, Label, Labels};
use crate::{Error, Result, unicode};

/// How a lemmatizer finds base forms.
#[derive(Debug)]
enum Mode {
    Lookup,
    Rule(Language),
}

/// Languages whose lemmatizers differ from spaCy's general one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    French,
    Other,
}

/// A lemmatizer with its tables.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    mode: Mode,
    overwrite: bool,
    /// The tables of each part of speech, by its label.
    tables: HashMap<Label, Tables>,
    lookup: HashMap<u64, Found, FastHash>,
    ids: Ids,
}

/// An entry of the look-up table: one form, or the first of a list of them.
#[derive(Debug)]
enum Found {
    Form(SmolStr),
    FirstOfList(SmolStr),
}

/// What is known of one part of speech.
#[derive(Debug, Default)]
struct Tables {
    /// Endings and what takes their place.
    rules: Vec<(SmolStr, SmolStr)>,
    exceptions: HashMap<SmolStr, Vec<SmolStr>>,
    /// Hashes of the words that are base forms.
    index: HashSet<u64, FastHash>,
}

impl Tables {
    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.exceptions.is_empty() && self.index.is_empty()
    }

    fn has(&self, form: &str) -> bool {
        self.index.contains(&murmur64a(form.as_bytes(), 1))
    }
}

/// The base forms that a thread has found, by word, part of speech and morphology.
pub(crate) type LemmaMemory = HashMap<(u32, Label, Label), SmolStr, FastHash>;

/// Names of the universal parts of speech.
const PARTS_OF_SPEECH: [&str; 19] = [
    "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X", "SPACE",
];

/// Languages whose rule lemmatizers are their own in spaCy, and not among those here.
const LEFT_OUT: [&str; 12] = ["bn", "ca", "el", "es", "fa", "it", "mk", "nb", "nl", "pl", "ru", "uk"];

impl Lemmatizer {
    /// Whether the lemmatizer of a language is left out: the tokens then have no lemma.
    pub(crate) fn is_left_out(language: &str, mode: &str) -> bool {
        mode != "lookup" && LEFT_OUT.contains(&language)
    }

    /// Loads the lemmatizer of a language from the look-ups of a component.
    pub(crate) fn load(
        files: &Files<'_>,
        component: &str,
        language: &str,
        mode: &str,
        overwrite: bool,
        labels: &mut Labels,
    ) -> Result<Self> {
        let mode = match (mode, language) {
            ("lookup", _) => Mode::Lookup,
            ("rule", "en") => Mode::Rule(Language::English),
            ("rule", "fr") => Mode::Rule(Language::French),
            ("rule", _) => Mode::Rule(Language::Other),
            _ => return Err(Error::new(format!("the lemmatizer mode `{mode}` is not supported"))),
        };
        let name = format!("{component}/lookups/lookups.bin");
        let bytes = files.read(&name)?;
        let tables = Value::parse(&bytes).map_err(|e| e.within(&name))?;
        let ids = Ids::new();
        let lookup = read_lookup(&tables).map_err(|e| e.within(&name))?;
        let mut of_pos = HashMap::new();
        for pos in PARTS_OF_SPEECH {
            let read = read_tables(&tables, ids.of(&pos.to_lowercase())).map_err(|e| e.within(&name))?;
            of_pos.insert(labels.add(pos), read);
        }
        Ok(Lemmatizer { mode, overwrite, tables: of_pos, lookup, ids })
    }

    /// Gives every token that has none its base form.
    pub(crate) fn run(
        &self,
        labels: &Labels,
        lexicon: &Lexicon,
        memory: &mut LemmaMemory,
        draft: &mut Draft,
    ) {
        for (piece, token) in draft.pieces.iter().zip(&mut draft.tokens) {
            if self.overwrite || token.lemma.is_empty() {
                let lemma = memory.entry((piece.word, token.pos, token.morph)).or_insert_with(|| {
                    self.lemma(&lexicon.get(piece.word).text, token.pos, token.morph, labels)
                });
                token.lemma = lemma.clone();
            }
        }
    }

    fn lemma(&self, word: &SmolStr, pos: Label, morph: Label, labels: &Labels) -> SmolStr {
        let pos_name = labels.name(pos).as_str();
        let Mode::Rule(language) = self.mode else { return self.look_up(word) };
        let lower = || SmolStr::from(unicode::lower(word));
        if matches!(pos_name, "" | "EOL" | "SPACE") {
            return lower();
        }
        if language == Language::French {
            return self.french(word, pos, pos_name);
        }
        if language == Language::English && is_english_base_form(pos_name, labels.name(morph)) {
            return lower();
        }
        match self.tables.get(&pos).filter(|tables| !tables.is_empty()) {
            Some(tables) => by_rules(word, tables),
            None if pos_name == "PROPN" => word.clone(),
            None => lower(),
        }
    }

    fn look_up(&self, word: &SmolStr) -> SmolStr {
        match self.lookup.get(&self.ids.of(word)) {
            Some(Found::Form(form) | Found::FirstOfList(form)) => form.clone(),
            None => word.clone(),
        }
    }

    /// French: index, then exceptions, then rules, then the look-up table.
    fn french(&self, word: &SmolStr, pos: Label, pos_name: &str) -> SmolStr {
        const RULED: [&str; 11] =
            ["NOUN", "VERB", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "PRON", "PUNCT", "SCONJ"];
        let Some(tables) = self.tables.get(&pos).filter(|_| RULED.contains(&pos_name)) else {
            return self.look_up(word);
        };
        let lower = SmolStr::from(unicode::lower(word));
        if tables.has(&lower) {
            return lower;
        }
        if let Some(form) = tables.exceptions.get(&lower).and_then(|forms| forms.first()) {
            return form.clone();
        }
        let (known, unknown): (Vec<_>, Vec<_>) =
            forms(&lower, tables).partition(|form| is_form(form, tables));
        if let Some(form) = known.into_iter().chain(unknown).next() {
            return form;
        }
        match self.lookup.get(&self.ids.of(&lower)) {
            Some(Found::FirstOfList(form)) => form.clone(),
            // Where the table gives a string and no list, spaCy takes its first letter.
            Some(Found::Form(form)) => form.chars().take(1).collect::<String>().into(),
            None => lower,
        }
    }
}

/// What the rules make of a word, in their order.
fn forms<'a>(word: &'a str, tables: &'a Tables) -> impl Iterator<Item = SmolStr> + 'a {
    let forms = tables.rules.iter().filter_map(move |(old, new)| {
        let stem = word.strip_suffix(old.as_str())?;
        Some(SmolStr::from(format!("{stem}{new}")))
    });
    forms.filter(|form| !form.is_empty())
}

/// Whether a form is in the index, or is no word of letters that could be.
fn is_form(form: &str, tables: &Tables) -> bool {
    tables.has(form) || !form.chars().all(unicode::is_alpha)
}

/// spaCy's general rules. Its list of forms has the exceptions before the index, the later ones first.
fn by_rules(word: &SmolStr, tables: &Tables) -> SmolStr {
    let lower = SmolStr::from(unicode::lower(word));
    let mut found: Vec<SmolStr> = Vec::new();
    let mut unknown = None;
    for form in forms(&lower, tables) {
        if tables.has(&form) {
            found.insert(0, form);
        } else if is_form(&form, tables) {
            found.push(form);
        } else if unknown.is_none() {
            unknown = Some(form);
        }
    }
    for form in tables.exceptions.get(&lower).into_iter().flatten() {
        if !found.contains(form) {
            found.insert(0, form.clone());
        }
    }
    found.into_iter().next().or(unknown).unwrap_or_else(|| word.clone())
}

/// Whether tag and features already say that an English word is a base form.
fn is_english_base_form(pos: &str, morph: &str) -> bool {
    let has = |feature: &str| morph.split('|').any(|f| f == feature);
    let has_number = morph.split('|').any(|f| f.starts_with("Number="));
    match pos {
        "NOUN" if has("Number=Sing") => true,
        "VERB" if has("VerbForm=Fin") && has("Tense=Pres") && !has_number => true,
        _ => has("VerbForm=Inf") || has("VerbForm=None") || has("Degree=Pos"),
    }
}

fn read_lookup(tables: &Value<'_>) -> Result<HashMap<u64, Found, FastHash>> {
    let Some(table) = tables.get("lemma_lookup").and_then(Value::as_map) else {
        return Ok(HashMap::default());
    };
    let found = |value: &Value<'_>| match value.as_array() {
        Some(list) => list.first()?.as_str().map(|form| Found::FirstOfList(form.into())),
        None => value.as_str().map(|form| Found::Form(form.into())),
    };
    let pair = |(id, value): &(Value<'_>, Value<'_>)| Some((id.as_u64()?, found(value)?));
    table
        .iter()
        .map(pair)
        .collect::<Option<_>>()
        .ok_or_else(|| Error::new("`lemma_lookup` is no table of forms"))
}

fn read_tables(tables: &Value<'_>, pos: u64) -> Result<Tables> {
    let of_pos = |name: &str| of_part_of_speech(tables, name, pos);
    let bad = |name: &str| Error::new(format!("`{name}` is not as spaCy writes it"));
    let mut read = Tables::default();
    for rule in of_pos("lemma_rules").into_iter().flat_map(|rules| rules.as_array().unwrap_or_default()) {
        let Some([old, new]) = rule.as_array() else { return Err(bad("lemma_rules")) };
        let (Some(old), Some(new)) = (old.as_str(), new.as_str()) else { return Err(bad("lemma_rules")) };
        read.rules.push((old.into(), new.into()));
    }
    for (word, forms) in of_pos("lemma_exc").into_iter().flat_map(|words| words.as_map().unwrap_or_default())
    {
        let forms =
            forms.as_array().map(|forms| forms.iter().map(|form| form.as_str().map(SmolStr::from)).collect());
        let (Some(word), Some(Some(forms))) = (word.as_str(), forms) else { return Err(bad("lemma_exc")) };
        read.exceptions.insert(word.into(), forms);
    }
    for word in of_pos("lemma_index").into_iter().flat_map(|words| words.as_array().unwrap_or_default()) {
        let word = word.as_bytes().ok_or_else(|| bad("lemma_index"))?;
        read.index.insert(murmur64a(word, 1));
    }
    Ok(read)
}

fn of_part_of_speech<'v, 'a>(tables: &'v Value<'a>, name: &str, pos: u64) -> Option<&'v Value<'a>> {
    let table = tables.get(name)?.as_map()?;
    table.iter().find(|(id, _)| id.as_u64() == Some(pos)).map(|(_, value)| value)
}

/// The name of a part of speech by spaCy's number for it; empty if there is none.
pub(crate) fn part_of_speech(number: Option<u64>) -> &'static str {
    /// spaCy's numbers begin with that of ADJ.
    const FIRST: u64 = 84;
    let names = [
        "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
        "PUNCT", "SCONJ", "SYM", "VERB", "X", "EOL", "SPACE",
    ];
    let index =
        number.and_then(|number| number.checked_sub(FIRST)).and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| names.get(index)).copied().unwrap_or_default()
}
