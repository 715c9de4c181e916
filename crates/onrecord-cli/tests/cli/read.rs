//! Reading reports without keeping them.

use crate::desk::{DAM, Desk};

#[test]
fn a_report_is_shown_with_its_record() {
    let ran =
        Desk::new().with("dam.txt", DAM).run("read dam.txt --published 2026-03-04 --outlet Norvale_Wire");
    let ran = ran.finds("Dam will hold, minister says\nNorvale Wire, 2026-03-04, dam.txt, report ");
    for words in [
        "    5:1  Karel Brandt (“Brandt”), Interior Minister — told, to reporters, direct\n",
        "         “It has held for sixty years,”\n",
        "Tuesday → 2026-03-03 (DATE)\n",
        "    7:1  Nearly 300 people → nearly 300\n",
    ] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
}

/// Without the day of publication a weekday is a day of some week.
#[test]
fn nothing_is_invented_without_the_day_of_publication() {
    let ran = Desk::new().with("dam.txt", DAM).run("read dam.txt").finds("outlet unknown, day unknown");
    assert!(ran.out.contains("Tuesday → XXXX-WXX-2 (DATE)"), "{}", ran.out);
}

#[test]
fn nothing_is_left_behind() {
    let desk = Desk::new().with("dam.txt", DAM);
    desk.run("read dam.txt").finds("Statements");
    assert!(!desk.path("onrecord.db").exists());
}

#[test]
fn any_layer_can_be_shown() {
    let desk = Desk::new().with("dam.txt", DAM);
    desk.run("read dam.txt --layer sections").finds("(kind headline)");
    let tokens = desk.run("read dam.txt --layer tokens --json").json();
    assert_eq!(tokens[0]["tokens"][0]["pos"], "PROPN");
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let with_mark = format!("\u{feff}{DAM}");
    let hash = |text: &str| {
        let desk = Desk::new().with("a.txt", text);
        desk.run("read a.txt --json").json()[0]["report"]["hash"].clone()
    };
    assert_eq!(hash(&with_mark), hash(DAM));
}
