//! Keeping reports.

use crate::desk::{DAM, Desk};

#[test]
fn a_report_is_kept_with_its_record() {
    let desk = Desk::new().with("dam.txt", DAM);
    desk.run("add dam.txt --published 2026-03-04").finds("dam.txt: added as report ");
    let reports = desk.run("documents --json").json();
    assert_eq!(reports[0]["title"], "Dam will hold, minister says");
    assert_eq!(reports[0]["published"], "2026-03-04");
    assert_eq!(reports[0]["source"], "dam.txt");
}

#[test]
fn the_same_text_is_kept_once() {
    let desk = Desk::with_dam().with("copy.txt", DAM);
    desk.run("add copy.txt").finds("copy.txt: this text is already kept as report ");
    assert_eq!(desk.run("documents --jsonl").out.lines().count(), 1);
}

#[test]
fn what_was_unknown_is_filled_in_and_what_was_known_stays() {
    let desk = Desk::new().with("a.txt", DAM);
    desk.run("add a.txt --outlet Norvale_Wire").finds("added");
    let ran = desk.run("add a.txt --outlet Lantern --published 2026-03-04 --json").finds("completed").json();
    assert_eq!(ran[0]["filled"], serde_json::json!(["published"]));
    assert_eq!(ran[0]["differences"][0]["kept"], "Norvale Wire");
    assert_eq!(ran[0]["differences"][0]["given"], "Lantern");
}

#[test]
fn the_standard_input_is_a_report_too() {
    let desk = Desk::new();
    let ran = desk.run_with("add - --db news.db", DAM.as_bytes());
    ran.finds("standard input: added");
    desk.run("documents --db news.db").finds("Dam will hold");
}

#[test]
fn the_database_can_be_named_once_for_all() {
    let desk = Desk::new().with("a.txt", DAM);
    let mut command = desk.command("add a.txt");
    let ran = command.env("ONRECORD_DB", "named.db").output().expect("it runs");
    assert!(ran.status.success());
    desk.run("documents --db named.db").finds("Dam will hold");
}

#[test]
fn reports_are_found_by_outlet_day_and_words() {
    let desk = Desk::with_dam();
    desk.run("documents --outlet norvale --since 2026-03-04 --until 2026-03 --about valleys")
        .finds("Dam will hold");
    desk.run("documents --outlet lantern").finds_nothing();
    desk.run("documents --until 2025").finds_nothing();
    desk.run("documents --about sea").finds_nothing();
}

/// With its day of publication a report says more: "Tuesday" becomes a date.
#[test]
fn a_day_of_publication_that_becomes_known_resolves_the_times() {
    let desk = Desk::new().with("a.txt", DAM);
    desk.run("add a.txt").finds("added");
    desk.run("times --since 2026").finds_nothing();
    desk.run("add a.txt --published 2026-03-04").finds("now known: published");
    desk.run("times --since 2026-03-03 --until 2026-03-03").finds("Tuesday → 2026-03-03");
}
