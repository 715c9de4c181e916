//! `onrecord show`: the text of a kept report with its record marked in it.

use clap::Args;
use onrecord::core::Layer;
use onrecord::core::stages::figures::Figure;
use onrecord::core::stages::statements::Statement;
use onrecord::core::stages::times::Time;
use onrecord::doors;
use onrecord::questions::{Answer, Shown};
use onrecord::record;
use serde_json::{Value as Json, json};

use crate::commands::Database;
use crate::failure::{self, Outcome, Result};
use crate::output::{self, DIM, FIGURE, Format, Output, PLAIN, STATEMENT, TIME, Text};

/// Show a kept report with its record marked in the text
///
/// Statements are marked [s1|so|s1], times [t1|so|t1] and figures
/// [f1|so|f1]; the list below the text says what each is.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord show 3f2a9c1d04
  onrecord show 3f2a9c1d04 --json | jq -r '.[0].text'"
)]
pub(crate) struct Show {
    /// The report: the beginning of its hash
    report: String,
    #[command(flatten)]
    database: Database,
}

/// The layers that are marked, with the letter and colour of each.
const MARKED: [(&str, char, anstyle::Style); 3] =
    [(Statement::NAME, 's', STATEMENT), (Time::NAME, 't', TIME), (Figure::NAME, 'f', FIGURE)];

impl Show {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let Some(shown) = self.database.ask()?.show(&self.report)? else {
            failure::report(&format!(
                "no report starts with `{}`: `onrecord documents` lists those that are kept",
                self.report
            ));
            return Ok(Outcome::Nothing);
        };
        match output.format {
            Format::People => output.write(&people(&shown))?,
            Format::Json => output.json(vec![object(&shown)])?,
            Format::JsonLines => output.json(shown.answers.iter().map(doors::answer).collect())?,
            Format::Csv => {
                let rows: Vec<Answer> = of(&shown, Statement::NAME).cloned().collect();
                output.csv(record::layer(Statement::NAME), &rows, true)?;
            }
        }
        Ok(Outcome::Found)
    }
}

fn of<'a>(shown: &'a Shown, layer: &'static str) -> impl Iterator<Item = &'a Answer> {
    shown.answers.iter().filter(move |answer| answer.row.layer == layer)
}

fn object(shown: &Shown) -> Json {
    let mut object = json!({ "report": doors::report(&shown.report), "text": shown.text });
    for layer in record::kept() {
        object[layer.name] = of(shown, layer.name).map(doors::answer).collect();
    }
    object
}

fn people(shown: &Shown) -> String {
    let marks = marks(shown);
    let mut words = output::heading(&shown.report);
    words.push('\n');
    let mut start = 0;
    for line in shown.text.split_inclusive('\n') {
        words += &marked(&shown.text, start, start + line.len(), &marks).fold("");
        start += line.len();
    }
    for (layer, letter, _) in MARKED {
        words += if of(shown, layer).next().is_some() { "\n" } else { "" };
        for (index, answer) in of(shown, layer).enumerate() {
            words += &output::lines(answer, &format!("{letter}{}", index + 1));
        }
    }
    words
}

/// A mark that goes into the text.
struct Mark {
    at: usize,
    /// Where the other end is: of two that open at one place, the longer opens first, and closes last.
    other: usize,
    opens: bool,
    /// Which of several on the same words it belongs to, in order.
    order: i64,
    label: String,
    style: anstyle::Style,
}

/// All marks, in the order in which they go into the text.
fn marks(shown: &Shown) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut order = 0;
    for (layer, letter, style) in MARKED {
        for (index, answer) in of(shown, layer).enumerate() {
            let label = format!("{letter}{}", index + 1);
            let content = answer.row.passages("content");
            let own = std::slice::from_ref(&answer.row.passage);
            for passage in if content.is_empty() { own } else { content } {
                let range = passage.span.range();
                let (start, end) = (range.start, range.end);
                order += 1;
                marks.push(Mark { at: start, other: end, opens: true, order, label: label.clone(), style });
                marks.push(Mark { at: end, other: start, opens: false, order, label: label.clone(), style });
            }
        }
    }
    // At one place, what closes comes before what opens; the inner closes first and the outer opens first. Of two on the
    // same words, the earlier layer is the outer.
    marks.sort_by_key(|mark| {
        let order = if mark.opens { mark.order } else { -mark.order };
        (mark.at, mark.opens, std::cmp::Reverse(mark.other), order)
    });
    marks
}

/// The text from `start` to `end` with its marks.
fn marked(text: &str, start: usize, end: usize, marks: &[Mark]) -> Text {
    let first = marks.partition_point(|mark| mark.at < start || (mark.at == start && !mark.opens));
    let mut words = Text::new();
    let mut at = start;
    // What is open at the start of the line.
    let mut open: Vec<&Mark> =
        marks[..first].iter().filter(|mark| mark.opens && mark.other > start).collect();
    for mark in marks[first..].iter().take_while(|mark| mark.at < end || (mark.at == end && !mark.opens)) {
        words.push(style(&open), &text[at..mark.at]);
        at = mark.at;
        if mark.opens {
            words.push(DIM, &format!("[{}|", mark.label));
            open.push(mark);
        } else {
            words.push(DIM, &format!("|{}]", mark.label));
            open.retain(|earlier| earlier.label != mark.label || earlier.other != mark.at);
        }
    }
    words.push(style(&open), &text[at..end]);
    words
}

fn style(open: &[&Mark]) -> anstyle::Style {
    open.last().map_or(PLAIN, |mark| mark.style)
}
