//! Scores every layer against gold, and holds the floors of `gold/scores.tsv`.
//!
//! Two kinds of gold: the project's own, in `gold/reports` and `gold/speakers`, always there; and corpora with licences of
//! their own, in the folder that `ONRECORD_GOLD` names (by default `../shared/gold`), which are skipped with a line when
//! they are not there.

pub(crate) mod figures;
mod floors;
pub(crate) mod own;
mod pages;
pub(crate) mod quotes;
mod speakers;
pub(crate) mod times;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use onrecord::Engine;
use serde_json::Value;

use crate::Result;
use crate::coreference;
use crate::predict::{self, Kind};

/// One figure of one set, in per cent or as the metric says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Score {
    /// Name of the set, such as `polnear.dev`.
    pub(crate) set: String,
    /// Name of the metric, such as `statements e2e F1`.
    pub(crate) metric: String,
    /// The score, in per cent.
    pub(crate) value: f64,
}

impl Score {
    /// A score of a set.
    pub(crate) fn new(set: &str, metric: impl Into<String>, value: f64) -> Self {
        Self { set: set.to_owned(), metric: metric.into(), value }
    }
}

/// A score, counted: right answers, answers given, answers asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Count {
    pub(crate) right: f64,
    pub(crate) given: f64,
    pub(crate) asked: f64,
}

impl Count {
    /// The harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(self) -> f64 {
        percent(2.0 * self.right, self.given + self.asked)
    }

    /// The share of the answers given that are right, in per cent.
    pub(crate) fn precision(self) -> f64 {
        percent(self.right, self.given)
    }

    /// The share of the answers asked for that were given right, in per cent.
    pub(crate) fn recall(self) -> f64 {
        percent(self.right, self.asked)
    }
}

/// `part` of `whole` in per cent; 0 of nothing.
pub(crate) fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
}

/// A gold item with its prediction.
pub(crate) type Pair = (Value, Value);

/// A set of gold: its name, its file under the gold folder, what to predict, and how to score.
struct Set {
    name: &'static str,
    files: &'static [&'static str],
    kind: Kind,
    score: fn(&str, &[Pair]) -> Vec<Score>,
}

const SETS: &[Set] = &[
    Set {
        name: "polnear.dev",
        files: &["quotes/polnear.dev.jsonl"],
        kind: Kind::Quotes,
        score: quotes::score,
    },
    Set {
        name: "times.pooled",
        files: &[
            "times/timebank.jsonl",
            "times/aquaint.jsonl",
            "times/wikiwars.jsonl",
            "times/meantime.jsonl",
        ],
        kind: Kind::Times,
        score: times::score,
    },
    Set { name: "meantime", files: &["times/meantime.jsonl"], kind: Kind::Times, score: times::score },
    Set {
        name: "newsquant",
        files: &["figures/newsquant.jsonl"],
        kind: Kind::Figures,
        score: figures::newsquant,
    },
    Set { name: "wcxb", files: &["pages/wcxb.jsonl.gz"], kind: Kind::Pages, score: pages::score },
    Set {
        name: "casualties",
        files: &["figures/casualties.jsonl"],
        kind: Kind::Casualties,
        score: figures::casualties,
    },
];

/// Scores the sets whose name or kind holds `only` (all when it is empty), prints each score, and fails when one lies
/// below its floor. With `write`, the floors become the scores reached, rounded down.
pub(crate) fn run(only: Option<&str>, write: bool) -> Result<()> {
    let engine = Engine::new()?;
    let wanted = |name: &str, kind: &str| only.is_none_or(|only| name.contains(only) || kind.contains(only));
    let mut scores = Vec::new();
    if wanted("own", "statements") {
        scores.extend(own::score(&engine)?);
    }
    if wanted("speakers", "statements") {
        scores.extend(speakers::score(&engine)?);
    }
    let gold = gold_folder();
    for set in SETS {
        if !wanted(set.name, kind_name(set.kind)) {
            continue;
        }
        let paths: Vec<PathBuf> = set.files.iter().map(|file| gold.join(file)).collect();
        if let Some(missing) = paths.iter().find(|path| !path.exists()) {
            println!("{:<14} skipped: there is no {}", set.name, missing.display());
            continue;
        }
        scores.extend((set.score)(set.name, &predictions(&engine, set.kind, &paths)?));
    }
    let gum = gold.join("language/gum");
    if wanted("gum.news", "mentions") && gum.exists() {
        let score = coreference::pronoun_accuracy(&engine, &gum)?;
        scores.push(Score::new("gum.news", "pronouns linked right", score.accuracy()));
        scores.push(Score::new("gum.news", "pronouns' names right", score.name_precision()));
    }
    floors::check(&scores, only.is_none(), write)
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Language => "language",
        Kind::Quotes => "quotes",
        Kind::Times => "times",
        Kind::Figures | Kind::Casualties => "figures",
        Kind::Pages => "pages",
    }
}

/// Where the gold with licences of its own lies.
pub(crate) fn gold_folder() -> PathBuf {
    std::env::var_os("ONRECORD_GOLD").map_or_else(|| repository().join("../shared/gold"), PathBuf::from)
}

/// The root of the repository that this program was built in.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Each gold item with its prediction, made by two threads; the order is the gold's.
fn predictions(engine: &Engine, kind: Kind, paths: &[PathBuf]) -> Result<Vec<Pair>> {
    let mut items: Vec<Value> = Vec::new();
    for path in paths {
        let text = text(path).map_err(|error| format!("{}: {error}", path.display()))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            items.push(serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display()))?);
        }
    }
    let middle = items.len() / 2;
    let predict_all =
        |items: &[Value]| items.iter().map(|item| predict::predict(kind, engine, item)).collect::<Vec<_>>();
    let predicted = std::thread::scope(|scope| {
        let late = scope.spawn(|| predict_all(&items[middle..]));
        let mut predicted = predict_all(&items[..middle]);
        late.join().map(|late| {
            predicted.extend(late);
            predicted
        })
    });
    let predicted = predicted.map_err(|_| "a text of the gold made the reader panic")?;
    Ok(items.into_iter().zip(predicted).collect())
}

/// The text of a file, unpacked when its name ends in `.gz`.
fn text(path: &Path) -> std::io::Result<String> {
    if path.extension().is_none_or(|extension| extension != "gz") {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(path)?).read_to_string(&mut text)?;
    Ok(text)
}

/// Items of a JSON array, none when it is absent.
fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Scores by set and metric, for looking up.
pub(crate) fn by_name(scores: &[Score]) -> BTreeMap<(String, String), f64> {
    scores.iter().map(|score| ((score.set.clone(), score.metric.clone()), score.value)).collect()
}
