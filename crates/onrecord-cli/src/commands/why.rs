//! `onrecord why`: which rule or model made a row, and from what.

use clap::Args;
use onrecord::doors;
use onrecord::questions::{Answer, Related, Why as Reason};
use onrecord::record::{self, Clue};
use serde_json::{Value as Json, json};

use crate::commands::Database;
use crate::failure::{self, Outcome, Result};
use crate::output::{self, BOLD, DIM, Format, Output, PLAIN, Text, short};

/// Ask why a row is there
///
/// Shows the rule or model that made it, what that went by, the sentence, and
/// the place to the byte, so that anyone can check it against the text.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord why 3f2a9c1d04
  onrecord why 3f2a9c1d04 --json"
)]
pub(crate) struct Why {
    /// The row: the beginning of its id
    row: String,
    #[command(flatten)]
    database: Database,
}

impl Why {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let Some(why) = self.database.ask()?.why(&self.row)? else {
            failure::report(&format!(
                "no row starts with `{}`: `onrecord said` and the like show the ids of rows",
                self.row
            ));
            return Ok(Outcome::Nothing);
        };
        match output.format {
            Format::People => output.write(&people(&why))?,
            Format::Json | Format::JsonLines => output.json(vec![object(&why)])?,
            Format::Csv => {
                let layer = record::layer(why.answer.row.layer);
                output.csv(layer, std::slice::from_ref(&why.answer), true)?;
            }
        }
        Ok(Outcome::Found)
    }
}

fn object(why: &Reason) -> Json {
    let mut json = doors::answer(&why.answer);
    if let Json::Object(object) = &mut json {
        let related = why.related.iter().map(|Related { column, answer }| {
            json!({ "column": column, "row": doors::row(&answer.row, &answer.points) })
        });
        object.insert("explanation".into(), why.explanation.into());
        object.insert("related".into(), related.collect());
    }
    json
}

fn people(why: &Reason) -> String {
    let Answer { row, sentence, report, points, .. } = &why.answer;
    let mut words = output::heading(report);
    words.push('\n');
    words += &output::lines(&why.answer, "");
    words.push('\n');
    let mut fact = |name: &str, value: &str| {
        words += &Text::new().and(PLAIN, value).fold(&format!("{name:<12}"));
    };
    let span = row.passage.span;
    let [first, last] = points.pair(span);
    fact("Made by", &format!("{}, version {} of `{}`", row.rule, row.version, row.layer));
    if let Some(explanation) = why.explanation {
        fact("", explanation);
    }
    for (index, clue) in row.evidence.iter().enumerate() {
        fact(if index == 0 { "From" } else { "" }, &evidence(clue, &why.answer));
    }
    if let Some(sentence) = sentence {
        fact("Sentence", &sentence.words);
    }
    fact("Words", &row.passage.words);
    fact("Stands at", &format!("bytes {}-{}, code points {first}-{last}", span.start, span.end));
    fact("Row", &row.id);
    fact("Report", &row.document);
    for Related { column, answer } in &why.related {
        let row = &answer.row;
        let name = row.text("name").map(|name| format!(" → {name}")).unwrap_or_default();
        words += &Text::new()
            .and(BOLD, column)
            .and(PLAIN, &format!(": “{}”{name} at {}, by {}", row.passage.words, answer.place(), row.rule))
            .and(DIM, &format!(" (row {})", short(&row.id)))
            .fold("\n");
    }
    words
}

fn evidence(clue: &Clue, answer: &Answer) -> String {
    let words = clue.passage.as_ref().map(|passage| {
        let place = answer.points.place(passage.span.start);
        format!("“{}” at {place}", passage.words)
    });
    let known: Vec<String> = words.into_iter().chain(clue.value.clone()).collect();
    format!("{}: {}", clue.what, known.join(", "))
}
