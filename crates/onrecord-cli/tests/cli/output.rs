//! The shapes of the output.

use std::io::Read;

use crate::desk::{DAM, Desk};

#[test]
fn colour_is_for_terminals_or_when_asked_for() {
    let desk = Desk::with_dam();
    let colourful = |arguments: &str| desk.run(arguments).out.contains('\u{1b}');
    assert!(!colourful("said"));
    assert!(colourful("said --color always"));
    assert!(!colourful("said --color never"));
}

#[test]
fn no_line_is_wider_than_eighty_columns() {
    let desk = Desk::with_dam();
    for command in ["said", "times", "figures", "documents", "read dam.txt"] {
        for line in desk.run(command).out.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

#[test]
fn csv_has_the_columns_of_the_table() {
    let columns = onrecord::table::columns(onrecord::record::layer("statements"));
    let columns = columns.into_iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    let ran = Desk::with_dam().run("said --csv").finds("\n");
    let header = ran.out.lines().next().unwrap_or_default();
    assert!(header.starts_with(&format!("{columns},sentence,line,column,report_number")), "{header}");
}

#[test]
fn json_lines_are_rows_of_their_own() {
    let ran = Desk::new().with("a.txt", DAM).run("read a.txt --jsonl").finds("\n");
    for line in ran.out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        let [start, end] =
            [&row["start"], &row["end"]].map(|at| usize::try_from(at.as_u64().unwrap_or(0)).expect("small"));
        assert_eq!(&DAM[start..end], row["words"]);
    }
}

#[test]
fn one_json_document_holds_all_reports() {
    let desk = Desk::new().with("a.txt", DAM).with("b.txt", "The dam holds.\n");
    let json = desk.run("read a.txt b.txt --json").json();
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    assert_eq!(json[1]["report"]["source"], "b.txt");
    assert!(json[0]["statements"].is_array() && json[0]["times"].is_array() && json[0]["figures"].is_array());
}

/// `head` closes the pipe when it has seen enough: no message, no failure.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::new().with("a.txt", DAM.repeat(200));
    let mut child = desk.command("read a.txt --jsonl --layer tokens").spawn().expect("it starts");
    drop(child.stdin.take());
    drop(child.stdout.take());
    let mut message = String::new();
    child.stderr.take().expect("it has one").read_to_string(&mut message).expect("it is UTF-8");
    let status = child.wait().expect("it ends");
    assert_eq!((status.code(), message.as_str()), (Some(0), ""));
}
