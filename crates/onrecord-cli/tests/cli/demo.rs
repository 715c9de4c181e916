//! The first command that anybody runs.

use crate::desk::Desk;

#[test]
fn the_demo_reads_one_report_and_answers_three_questions() {
    let ran = Desk::new().run("demo").finds("$ onrecord read examples/port-blast-wire.txt");
    assert_eq!(ran.out.matches("\n$ onrecord ").count(), 4, "{}", ran.out);
    for (index, answer) in ran.out.split("\n$ onrecord ").enumerate().skip(1) {
        assert!(answer.lines().count() > 5, "the answer to command {index} is empty: {answer}");
    }
}

#[test]
fn the_demo_keeps_its_database_when_asked_to() {
    let desk = Desk::new();
    desk.run("demo --db demo.db").finds("reports are kept in demo.db");
    desk.run("documents --db demo.db").finds("Norvale Wire");
    desk.run("demo --db demo.db").fails("demo.db is already there: name a new file for the demo\n");
}
