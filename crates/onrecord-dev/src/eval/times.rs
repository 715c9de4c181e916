//! TempEval-3's scores of times: extent by exact span and by overlap, type and value over overlapping pairs.

use serde_json::Value;

use super::{Count, Pair, Score, array, percent};

/// Scores `{timexes: [{start, end, type, value}]}` against gold of the same shape.
pub(crate) fn score(set: &str, pairs: &[Pair]) -> Vec<Score> {
    let mut tally = Tally::default();
    for (gold, predicted) in pairs {
        tally.add(gold, predicted);
    }
    let count = |right| Count { right, given: tally.given, asked: tally.asked };
    vec![
        Score::new(set, "value F1", count(tally.value).f1()),
        Score::new(set, "relaxed F1", count(tally.relaxed).f1()),
        Score::new(set, "strict F1", count(tally.strict).f1()),
        Score::new(set, "type F1", count(tally.kind).f1()),
        Score::new(set, "extent and value F1", count(tally.strict_value).f1()),
        Score::new(set, "bare weekday right", percent(tally.weekday.right, tally.weekday.asked)),
        Score::new(set, "bare month right", percent(tally.month.right, tally.month.asked)),
    ]
}

#[derive(Default)]
struct Tally {
    asked: f64,
    given: f64,
    strict: f64,
    relaxed: f64,
    kind: f64,
    value: f64,
    strict_value: f64,
    weekday: Count,
    month: Count,
}

/// A time of either side.
#[derive(Clone)]
struct Timex {
    start: u64,
    end: u64,
    kind: String,
    value: String,
}

impl Timex {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().unwrap_or_default().trim().to_owned();
        Self {
            start: value["start"].as_u64().unwrap_or_default(),
            end: value["end"].as_u64().unwrap_or_default(),
            kind: text("type"),
            value: text("value"),
        }
    }

    fn overlap(&self, other: &Self) -> u64 {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }
}

impl Tally {
    fn add(&mut self, gold: &Value, predicted: &Value) {
        let text: Vec<char> = gold["text"].as_str().unwrap_or_default().chars().collect();
        let (ignored, asked): (Vec<&Value>, Vec<&Value>) =
            array(&gold["timexes"]).iter().partition(|timex| timex["ignore"].as_bool().unwrap_or(false));
        let ignored: Vec<Timex> = ignored.into_iter().map(Timex::read).collect();
        let asked = sorted(asked.into_iter().map(Timex::read));
        let given = sorted(array(&predicted["timexes"]).iter().map(Timex::read));
        let given: Vec<Timex> =
            given.into_iter().filter(|timex| ignored.iter().all(|skip| skip.overlap(timex) == 0)).collect();
        self.asked += asked.len() as f64;
        self.given += given.len() as f64;
        for (timex, partner) in asked.iter().zip(matched(&asked, &given)) {
            let partner = partner.map(|index| &given[index]);
            self.add_pair(timex, partner);
            let words: String = text[timex.start as usize..timex.end as usize].iter().collect();
            let right = f64::from(partner.is_some_and(|partner| partner.value == timex.value));
            if is_weekday(&words) {
                self.weekday.asked += 1.0;
                self.weekday.right += right;
            } else if is_month(&words) {
                self.month.asked += 1.0;
                self.month.right += right;
            }
        }
    }

    fn add_pair(&mut self, gold: &Timex, predicted: Option<&Timex>) {
        let Some(predicted) = predicted else { return };
        let strict = (gold.start, gold.end) == (predicted.start, predicted.end);
        let value = gold.value == predicted.value;
        self.relaxed += 1.0;
        self.strict += f64::from(strict);
        self.kind += f64::from(gold.kind == predicted.kind);
        self.value += f64::from(value);
        self.strict_value += f64::from(strict && value);
    }
}

fn sorted(timexes: impl Iterator<Item = Timex>) -> Vec<Timex> {
    let mut timexes: Vec<Timex> = timexes.collect();
    timexes.sort_by_key(|timex| (timex.start, timex.end));
    timexes
}

/// For each gold time its prediction: equal spans first, then, in order, the one that overlaps most.
fn matched(asked: &[Timex], given: &[Timex]) -> Vec<Option<usize>> {
    let mut used = vec![false; given.len()];
    let mut partners: Vec<Option<usize>> = Vec::with_capacity(asked.len());
    for timex in asked {
        let same = given.iter().position(|other| (other.start, other.end) == (timex.start, timex.end));
        let same = same.filter(|index| !used[*index]);
        if let Some(index) = same {
            used[index] = true;
        }
        partners.push(same);
    }
    for (timex, partner) in asked.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
        let mut best: Option<(u64, usize)> = None;
        for (index, other) in given.iter().enumerate().filter(|(index, _)| !used[*index]) {
            let overlap = timex.overlap(other);
            if overlap > 0 && best.is_none_or(|(most, _)| overlap > most) {
                best = Some((overlap, index));
            }
        }
        if let Some((_, index)) = best {
            used[index] = true;
            *partner = Some(index);
        }
    }
    partners
}

fn is_weekday(words: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.contains(&words.to_lowercase().as_str())
}

fn is_month(words: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.contains(&words.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_overlap_counts_as_relaxed_and_an_ignored_time_not_at_all() {
        let gold = json!({"text": "On Monday, in early May, 3 May.", "timexes": [
            {"start": 3, "end": 9, "type": "DATE", "value": "2030-05-06"},
            {"start": 14, "end": 23, "type": "DATE", "value": "2030-05"},
            {"start": 25, "end": 30, "type": "DATE", "value": "2030-05-03", "ignore": true}]});
        let predicted = json!({"timexes": [
            {"start": 3, "end": 9, "type": "DATE", "value": "2030-05-06"},
            {"start": 20, "end": 23, "type": "DATE", "value": "2030-05"},
            {"start": 25, "end": 30, "type": "DATE", "value": "2031"}]});
        let scores = score("set", &[(gold, predicted)]);
        let value = |metric: &str| scores.iter().find(|score| score.metric == metric).unwrap().value;
        assert_eq!(value("value F1"), 100.0);
        assert_eq!(value("strict F1"), 50.0);
        assert_eq!(value("bare weekday right"), 100.0);
    }
}
