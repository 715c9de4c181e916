//! Labels before a colon that are nobody's name: "QUESTION:", "TRANSCRIPT:".

use crate::names::rows;

pub(super) static TURN_LABELS: &str = include_str!("../../../data/en/turn_labels.tsv");

/// What a label before a colon is, where it names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stages) enum TurnLabel {
    /// Of one who asks: "Q", "REPORTER".
    Asks,
    /// Of a voice without a name: "AUDIENCE".
    Nobody,
    /// Of a line that is no turn: "TRANSCRIPT: Rovers v Norvale".
    Title,
}

impl TurnLabel {
    /// What a label in capitals is: so few are asked for that the list is read anew for each.
    pub(in crate::stages) fn of(label: &str) -> Option<Self> {
        rows(TURN_LABELS).filter_map(label_row).find(|(listed, _)| *listed == label).map(|(_, what)| what)
    }
}

/// "Q8" in front of "Ana Ruiz:": the evidence of a committee numbers its questions.
pub(in crate::stages) fn is_question_number(word: &str) -> bool {
    let number = word.strip_prefix('Q').map(|number| number.trim_end_matches('.'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn label_row(row: &'static str) -> Option<(&'static str, TurnLabel)> {
    let (label, what) = row.split_once('\t')?;
    let what = match what {
        "asks" => TurnLabel::Asks,
        "title" => TurnLabel::Title,
        _ => TurnLabel::Nobody,
    };
    Some((label, what))
}
