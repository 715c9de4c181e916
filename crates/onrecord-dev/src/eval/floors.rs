//! The floors under the scores: `gold/scores.tsv`, one line a score, held by continuous integration.

use std::fmt::Write as _;
use std::fs;

use super::{Score, by_name, repository};
use crate::Result;

const HEADER: &str = "# Floors under the scores, in per cent. `onrecord-dev eval` fails below them; `eval --write` raises them.\nset\tmetric\tfloor\n";

/// Prints every score beside its floor. With `write`, floors become the scores reached; otherwise a score below its floor
/// fails, and so does, when everything was scored, a floor whose set is gone.
pub(super) fn check(scores: &[Score], all: bool, write: bool) -> Result<()> {
    let path = repository().join("gold/scores.tsv");
    let floors = parse(&fs::read_to_string(&path).unwrap_or_default())?;
    let known = by_name(&floors);
    let mut fallen = Vec::new();
    for score in scores {
        let floor = known.get(&(score.set.clone(), score.metric.clone()));
        let shown = floor.map_or_else(|| "-".to_owned(), |floor| format!("{floor:.1}"));
        println!("{:<14} {:<34} {:>6.2}   floor {shown}", score.set, score.metric, score.value);
        if floor.is_some_and(|floor| score.value < *floor) {
            fallen.push(format!("{} {} is {:.2}, its floor {shown}", score.set, score.metric, score.value));
        }
    }
    let reached = by_name(scores);
    if all {
        let scored = |floor: &&Score| scores.iter().any(|score| score.set == floor.set);
        for floor in floors.iter().filter(scored) {
            if !reached.contains_key(&(floor.set.clone(), floor.metric.clone())) {
                fallen.push(format!("{} {} has a floor and no score", floor.set, floor.metric));
            }
        }
    }
    if write {
        fs::write(&path, render(&floors, scores)).map_err(|error| format!("{}: {error}", path.display()))?;
        return Ok(());
    }
    if fallen.is_empty() { Ok(()) } else { Err(fallen.join("\n").into()) }
}

fn parse(text: &str) -> Result<Vec<Score>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && *line != "set\tmetric\tfloor");
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [set, metric, floor] = fields[..] else {
                return Err(format!("gold/scores.tsv: {line:?}").into());
            };
            Ok(Score::new(set, metric, floor.parse()?))
        })
        .collect()
}

/// The floors with the scores reached put in, rounded down to a tenth; sets that were not scored keep theirs.
fn render(floors: &[Score], scores: &[Score]) -> String {
    let mut merged = by_name(floors);
    for score in scores {
        merged.insert((score.set.clone(), score.metric.clone()), (score.value * 10.0).floor() / 10.0);
    }
    let mut out = HEADER.to_owned();
    for ((set, metric), floor) in merged {
        writeln!(out, "{set}\t{metric}\t{floor:.1}").expect("writing to a string cannot fail");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scores that the README shows: a set in backquotes goes on until the next.
    fn shown(readme: &str) -> Vec<Score> {
        let mut set = String::new();
        let mut scores = Vec::new();
        for line in readme
            .lines()
            .skip_while(|line| *line != "## How good it is")
            .filter(|line| line.starts_with('|'))
        {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let quoted = |cell: &str| cell.split('`').nth(1).map(str::to_owned);
            set = quoted(cells[1]).unwrap_or(set);
            if let (Some(metric), Ok(value)) = (quoted(cells[2]), cells[3].parse()) {
                scores.push(Score::new(&set, metric, value));
            }
        }
        scores
    }

    #[test]
    fn the_scores_of_the_readme_are_the_floors() {
        let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap();
        let floors = by_name(&parse(&read("gold/scores.tsv")).unwrap());
        let shown = shown(&read("README.md"));
        assert!(shown.len() > 10, "{shown:?}");
        for Score { set, metric, value } in shown {
            let floor = floors.get(&(set.clone(), metric.clone())).copied();
            assert_eq!(Some(value), floor, "README.md: {set}, {metric}");
        }
    }

    #[test]
    fn floors_rise_to_the_scores_and_keep_what_was_not_scored() {
        let floors = parse("# floors\nset\tmetric\tfloor\na\tF1\t50.0\nb\tF1\t60.0\n").unwrap();
        let text = render(&floors, &[Score::new("a", "F1", 71.29)]);
        assert_eq!(text, format!("{HEADER}a\tF1\t71.2\nb\tF1\t60.0\n"));
    }
}
