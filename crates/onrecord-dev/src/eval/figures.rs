//! Scores of figures: quantities in sentences, and the killed and injured of a report.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Count, Pair, Score, array, percent};

/// Scores `{quantities: [{value, change, unit, normalized_unit, referred_concepts}]}` sentence by sentence.
pub(crate) fn newsquant(set: &str, pairs: &[Pair]) -> Vec<Score> {
    let mut right = [0.0; 4];
    let mut total = Count::default();
    for (gold, predicted) in pairs {
        let (asked, given) = (array(&gold["quantities"]), array(&predicted["quantities"]));
        total.asked += asked.len() as f64;
        total.given += given.len() as f64;
        for agreement in matched(asked, given) {
            right[0] += 1.0;
            for (sum, agrees) in right[1..].iter_mut().zip(agreement) {
                *sum += f64::from(agrees);
            }
        }
    }
    let names = ["value F1", "value and unit F1", "value and change F1", "value and concept F1"];
    names
        .iter()
        .zip(right)
        .map(|(name, right)| Score::new(set, *name, Count { right, ..total }.f1()))
        .collect()
}

/// What agrees (unit, change, concept) in each pair of equal values, pairs with most agreement first.
fn matched(asked: &[Value], given: &[Value]) -> Vec<[bool; 3]> {
    let mut pairs = Vec::new();
    for (i, gold) in asked.iter().enumerate() {
        for (j, predicted) in given.iter().enumerate() {
            if same_value(&gold["value"], &predicted["value"]) {
                let agreement =
                    [same_unit(gold, predicted), same_change(gold, predicted), same_concept(gold, predicted)];
                pairs.push((agreement.iter().filter(|agrees| !**agrees).count(), i, j, agreement));
            }
        }
    }
    pairs.sort_by_key(|(disagreements, i, j, _)| (*disagreements, *i, *j));
    let (mut used_gold, mut used_given) = (BTreeSet::new(), BTreeSet::new());
    let mut agreements = Vec::new();
    for (_, i, j, agreement) in pairs {
        if used_gold.contains(&i) || used_given.contains(&j) {
            continue;
        }
        used_gold.insert(i);
        used_given.insert(j);
        agreements.push(agreement);
    }
    agreements
}

fn same_value(gold: &Value, predicted: &Value) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-5 * a.abs().max(b.abs());
    match (numbers(gold), numbers(predicted)) {
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| close(*a, *b)),
        _ => false,
    }
}

/// One number, or the two ends of a range, in order.
fn numbers(value: &Value) -> Option<Vec<f64>> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned).replace(',', "");
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return Some(vec![number]);
    }
    let dash = text[1.min(text.len())..].find('-')? + 1;
    let mut ends = vec![text[..dash].trim().parse().ok()?, text[dash + 1..].trim().parse().ok()?];
    ends.sort_by(f64::total_cmp);
    Some(ends)
}

fn same_unit(gold: &Value, predicted: &Value) -> bool {
    let key = |value: &Value| {
        let text = value.as_str().unwrap_or_default().trim().to_lowercase();
        text.strip_suffix('s').map(str::to_owned).unwrap_or(text)
    };
    ["normalized_unit", "unit"].iter().any(|field| key(&gold[field]) == key(&predicted[field]))
}

fn same_change(gold: &Value, predicted: &Value) -> bool {
    gold["change"] == predicted["change"]
}

fn same_concept(gold: &Value, predicted: &Value) -> bool {
    const STOP: [&str; 20] = [
        "the", "a", "an", "of", "and", "in", "for", "to", "at", "on", "by", "with", "from", "his", "her",
        "its", "their", "our", "this", "that",
    ];
    let words = |value: &Value| -> BTreeSet<String> {
        let text = value.as_str().unwrap_or_default().to_lowercase();
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty() && !STOP.contains(word) && !["these", "those"].contains(word))
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(&gold["referred_concepts"]), words(&predicted["referred_concepts"]));
    (a.is_empty() && b.is_empty()) || !a.is_disjoint(&b)
}

/// Scores `{killed, injured}`: the share of reports with exactly the number of the registry.
pub(super) fn casualties(set: &str, pairs: &[Pair]) -> Vec<Score> {
    let share = |right: &dyn Fn(&Value, &Value) -> bool| {
        percent(
            pairs.iter().filter(|(gold, predicted)| right(gold, predicted)).count() as f64,
            pairs.len() as f64,
        )
    };
    let killed = |gold: &Value, predicted: &Value| gold["killed"] == predicted["killed"];
    let injured = |gold: &Value, predicted: &Value| gold["injured"] == predicted["injured"];
    vec![
        Score::new(set, "killed exact", share(&killed)),
        Score::new(set, "injured exact", share(&injured)),
        Score::new(
            set,
            "both exact",
            share(&|gold, predicted| killed(gold, predicted) && injured(gold, predicted)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn quantities_match_by_value_and_then_by_what_agrees() {
        let gold = json!({"quantities": [
            {"value": "12", "change": "=", "unit": "boats", "normalized_unit": "boat", "referred_concepts": "fishing boats"},
            {"value": "3-4", "change": "~", "unit": "days", "normalized_unit": "day", "referred_concepts": "-"}]});
        let predicted = json!({"quantities": [
            {"value": "12.0", "change": "up", "unit": "boat", "normalized_unit": "boat", "referred_concepts": "the boats"},
            {"value": "4-3", "change": "~", "unit": "day", "normalized_unit": "day", "referred_concepts": null}]});
        let scores: Vec<f64> =
            newsquant("set", &[(gold, predicted)]).iter().map(|score| score.value).collect();
        assert_eq!(scores, [100.0, 100.0, 50.0, 100.0]);
    }
}
