//! Scores of statements: which words, by whom. The definition is that of the gold's own scorer.
//!
//! A span is the set of word tokens (`\w+`) that begin inside it, so that quotation marks and commas at its edges do not
//! matter. Gold and predicted statements are paired one to one by falling overlap of their content (intersection over
//! union, at least a half). *End to end* is an overlapping pair whose speakers agree: they share a telling token, or both
//! are empty. Gold that is marked `ignore` neither rewards nor punishes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Count, Pair, Score, array, percent};

type Tokens = BTreeSet<usize>;

/// Least overlap of a pair, as intersection over union.
const LEAST_OVERLAP: f64 = 0.5;

/// Scores `{quotes: [{content, cue, speaker}]}` on two tracks: statements, and all attributions.
pub(crate) fn score(set: &str, pairs: &[Pair]) -> Vec<Score> {
    let mut tally = Tally::default();
    for (gold, predicted) in pairs {
        tally.add(gold, predicted);
    }
    let mut scores = vec![
        Score::new(set, "statements e2e F1", tally.all(|t| t.end_to_end).f1()),
        Score::new(set, "statements e2e precision", tally.all(|t| t.end_to_end).precision()),
        Score::new(set, "statements e2e recall", tally.all(|t| t.end_to_end).recall()),
        Score::new(set, "statements overlap F1", tally.all(|t| t.overlap).f1()),
        Score::new(set, "statements exact F1", tally.all(|t| t.exact).f1()),
        Score::new(set, "speaker right of those paired", percent(tally.speaker.right, tally.speaker.asked)),
        Score::new(set, "cue right of those paired", percent(tally.cue.right, tally.cue.asked)),
    ];
    for kind in KINDS {
        scores.push(Score::new(
            set,
            format!("{} e2e F1", kind.name()),
            tally.of(kind, |t| t.end_to_end).f1(),
        ));
    }
    if pairs.iter().any(|(_, predicted)| !predicted["attitudes"].is_null()) {
        scores.extend(everything(set, pairs));
    }
    scores
}

/// Scores all attributions: attitudes, too, which the gold marks as ignored among statements.
fn everything(set: &str, pairs: &[Pair]) -> [Score; 2] {
    let mut tally = Tally::default();
    for (gold, predicted) in pairs {
        let (mut gold, mut predicted) = (gold.clone(), predicted.clone());
        for quote in gold["quotes"].as_array_mut().into_iter().flatten() {
            quote["ignore"] = Value::Bool(false);
        }
        let attitudes = array(&predicted["attitudes"]).to_vec();
        predicted["quotes"].as_array_mut().into_iter().for_each(|quotes| quotes.extend(attitudes.clone()));
        tally.add(&gold, &predicted);
    }
    [
        Score::new(set, "all attributions e2e F1", tally.all(|t| t.end_to_end).f1()),
        Score::new(set, "all attributions overlap F1", tally.all(|t| t.overlap).f1()),
    ]
}

/// Which statements of the gold and of the prediction are paired, by their places in the two lists.
pub(super) fn paired(gold: &Value, predicted: &Value) -> Vec<(usize, usize)> {
    let text = Text::new(gold["text"].as_str().unwrap_or_default());
    let (asked, given) = (text.quotes(&gold["quotes"]), text.quotes(&predicted["quotes"]));
    matched(&asked, &given).into_iter().map(|(i, j, _)| (asked[i].place, given[j].place)).collect()
}

/// How content stands to quotation marks, told from the text alone for gold and prediction alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Direct,
    Mixed,
    Indirect,
}

const KINDS: [Kind; 3] = [Kind::Direct, Kind::Mixed, Kind::Indirect];

impl Kind {
    fn of(content: &Tokens, quoted: &Tokens) -> Self {
        match content.intersection(quoted).count() {
            0 => Self::Indirect,
            inside if inside as f64 >= 0.9 * content.len() as f64 => Self::Direct,
            _ => Self::Mixed,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// What was right of one kind, from the gold's side and from the predictions' side.
#[derive(Clone, Copy, Default)]
struct Hits {
    exact: f64,
    overlap: f64,
    end_to_end: f64,
}

impl Hits {
    fn add(&mut self, exact: bool, end_to_end: bool) {
        self.overlap += 1.0;
        self.exact += f64::from(exact);
        self.end_to_end += f64::from(end_to_end);
    }
}

#[derive(Default)]
struct Tally {
    asked: [f64; 3],
    given: [f64; 3],
    /// By the gold's kind.
    found: [Hits; 3],
    /// By the prediction's kind.
    right: [Hits; 3],
    speaker: Count,
    cue: Count,
}

/// A statement of either side.
struct Quote {
    place: usize,
    content: Tokens,
    speaker: Tokens,
    cue: Tokens,
    kind: Kind,
    ignored: bool,
}

impl Tally {
    fn all(&self, hit: fn(&Hits) -> f64) -> Count {
        let right = self.found.iter().map(hit).sum();
        Count { right, given: self.given.iter().sum(), asked: self.asked.iter().sum() }
    }

    /// Recall over gold of a kind and precision over predictions of it, as one count whose F1 is their harmonic mean.
    fn of(&self, kind: Kind, hit: fn(&Hits) -> f64) -> Count {
        let kind = kind as usize;
        let (found, right) = (hit(&self.found[kind]), hit(&self.right[kind]));
        let recall = if self.asked[kind] > 0.0 { found / self.asked[kind] } else { 0.0 };
        let precision = if self.given[kind] > 0.0 { right / self.given[kind] } else { 0.0 };
        // F1 = 2pr/(p+r), written as 2·right/(given+asked) with right = pr, given = p, asked = r.
        Count { right: precision * recall, given: precision, asked: recall }
    }

    fn add(&mut self, gold: &Value, predicted: &Value) {
        let text = Text::new(gold["text"].as_str().unwrap_or_default());
        let asked = text.quotes(&gold["quotes"]);
        let given = text.quotes(&predicted["quotes"]);
        let pairs = matched(&asked, &given);
        let ignored: Tokens =
            asked.iter().filter(|quote| quote.ignored).flat_map(|quote| quote.content.clone()).collect();
        let dropped = |index: usize| match pairs.iter().find(|(_, j, _)| *j == index) {
            Some((i, _, _)) => asked[*i].ignored,
            None => given[index].content.intersection(&ignored).count() * 2 >= given[index].content.len(),
        };
        for quote in asked.iter().filter(|quote| !quote.ignored) {
            self.asked[quote.kind as usize] += 1.0;
        }
        for (_, quote) in given.iter().enumerate().filter(|(index, _)| !dropped(*index)) {
            self.given[quote.kind as usize] += 1.0;
        }
        for (i, j, overlap) in pairs.iter().filter(|(i, _, _)| !asked[*i].ignored) {
            self.add_pair(&text, &asked[*i], &given[*j], *overlap);
        }
    }

    fn add_pair(&mut self, text: &Text, gold: &Quote, predicted: &Quote, overlap: f64) {
        let agree = text.agree(&gold.speaker, &predicted.speaker);
        let exact = overlap > 0.999_999;
        self.found[gold.kind as usize].add(exact, agree);
        self.right[predicted.kind as usize].add(exact, agree);
        if !gold.speaker.is_empty() {
            self.speaker.asked += 1.0;
            self.speaker.right += f64::from(agree);
        }
        if !gold.cue.is_empty() {
            self.cue.asked += 1.0;
            self.cue.right += f64::from(!gold.cue.is_disjoint(&predicted.cue));
        }
    }
}

/// Pairs of gold and prediction with their overlap, one to one, most overlap first.
fn matched(asked: &[Quote], given: &[Quote]) -> Vec<(usize, usize, f64)> {
    let mut pairs = Vec::new();
    for (i, gold) in asked.iter().enumerate() {
        for (j, predicted) in given.iter().enumerate() {
            let both = gold.content.intersection(&predicted.content).count();
            let overlap = both as f64 / (gold.content.len() + predicted.content.len() - both) as f64;
            if overlap >= LEAST_OVERLAP {
                pairs.push((i, j, overlap));
            }
        }
    }
    pairs.sort_by(|a, b| {
        let starts =
            |pair: &(usize, usize, f64)| (asked[pair.0].content.first(), given[pair.1].content.first());
        b.2.total_cmp(&a.2).then_with(|| starts(a).cmp(&starts(b))).then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
    });
    let (mut used_gold, mut used_given) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|(i, j, _)| {
        let free = !used_gold.contains(i) && !used_given.contains(j);
        if free {
            used_gold.insert(*i);
            used_given.insert(*j);
        }
        free
    });
    pairs
}

/// A text as the scorer sees it: words, and which of them stand between double quotation marks.
struct Text {
    starts: Vec<usize>,
    words: Vec<String>,
    quoted: Tokens,
}

impl Text {
    fn new(text: &str) -> Self {
        let (mut starts, mut words) = (Vec::new(), Vec::<String>::new());
        let mut quoted = Tokens::new();
        let mut open: Option<char> = None;
        let mut in_word = false;
        for (point, character) in text.chars().enumerate() {
            open = after(open, character);
            let word = character.is_alphanumeric() || character == '_';
            if word && !in_word {
                if open.is_some() {
                    quoted.insert(starts.len());
                }
                starts.push(point);
                words.push(String::new());
            }
            if let (true, Some(last)) = (word, words.last_mut()) {
                last.extend(character.to_lowercase());
            }
            in_word = word;
        }
        Self { starts, words, quoted }
    }

    /// The words whose first character lies in one of the spans.
    fn cover(&self, spans: &Value) -> Tokens {
        let at = |point: &Value| {
            self.starts.partition_point(|start| (*start as u64) < point.as_u64().unwrap_or_default())
        };
        array(spans).iter().flat_map(|span| at(&span[0])..at(&span[1])).collect()
    }

    fn quotes(&self, quotes: &Value) -> Vec<Quote> {
        array(quotes)
            .iter()
            .enumerate()
            .map(|(place, quote)| {
                let content = self.cover(&quote["content"]);
                Quote {
                    place,
                    kind: Kind::of(&content, &self.quoted),
                    content,
                    speaker: self.cover(&quote["speaker"]),
                    cue: self.cover(&quote["cue"]),
                    ignored: quote["ignore"].as_bool().unwrap_or(false),
                }
            })
            .filter(|quote| !quote.content.is_empty())
            .collect()
    }

    /// Whether two speakers are the same: they share a word that tells something, or neither is there.
    fn agree(&self, gold: &Tokens, predicted: &Tokens) -> bool {
        const STOP: [&str; 18] = [
            "the",
            "a",
            "an",
            "of",
            "and",
            "s",
            "mr",
            "mrs",
            "ms",
            "dr",
            "sen",
            "rep",
            "gov",
            "president",
            "in",
            "for",
            "to",
            "at",
        ];
        if gold.is_empty() || predicted.is_empty() {
            return gold.is_empty() && predicted.is_empty();
        }
        let telling = |token: &usize| !STOP.contains(&self.words[*token].as_str());
        let shared: Vec<&usize> = gold.intersection(predicted).collect();
        shared.iter().any(|token| telling(token)) || (!shared.is_empty() && !gold.iter().any(telling))
    }
}

/// The opening mark in force after a character; paragraphs end it.
fn after(open: Option<char>, character: char) -> Option<char> {
    match character {
        '\n' | '”' | '»' => None,
        '„' | '«' => Some(character),
        '“' if open == Some('„') => None,
        '“' => Some(character),
        '"' => {
            if open.is_some() {
                None
            } else {
                Some('"')
            }
        }
        _ => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_statement_counts_end_to_end_when_words_overlap_and_speakers_agree() {
        let text = "“We pay nothing,” Ruiz said. Berg said that it rained.";
        let gold = json!({"text": text, "quotes": [
            {"content": [[0, 17]], "cue": [[23, 27]], "speaker": [[18, 22]]},
            {"content": [[39, 53]], "cue": [[34, 38]], "speaker": [[29, 33]]}]});
        let predicted = json!({"quotes": [
            {"content": [[1, 15]], "cue": [[23, 27]], "speaker": [[18, 22]]},
            {"content": [[39, 53]], "cue": [], "speaker": [[18, 22]]}]});
        let scores = score("set", &[(gold, predicted)]);
        let value = |metric: &str| scores.iter().find(|score| score.metric == metric).unwrap().value;
        assert_eq!(value("statements overlap F1"), 100.0);
        assert_eq!(value("statements e2e F1"), 50.0);
        assert_eq!(value("direct e2e F1"), 100.0);
        assert_eq!(value("indirect e2e F1"), 0.0);
        assert_eq!(value("cue right of those paired"), 50.0);
    }
}
