//! Asking a database.

use crate::desk::{DAM, Desk};

#[test]
fn a_speaker_is_found_under_any_wording() {
    let desk = Desk::with_dam();
    for who in ["Brandt", "brandt", "Karel_Brandt", "Minister_Brandt", "the_interior_minister"] {
        desk.run(&format!("said --by {who}")).finds("It has held for sixty years");
    }
    desk.run("said --by Ruiz").finds_nothing();
}

#[test]
fn statements_are_narrowed_down() {
    let desk = Desk::with_dam();
    let all = "said --to reporters --kind direct --about years --outlet wire --since 2026-03 --until 2026-03";
    desk.run(all).finds("It has held for sixty years");
    for narrower in ["--about sea", "--outlet Lantern", "--since 2026-04", "--until 2025", "--kind mixed"] {
        desk.run(&format!("said --to reporters {narrower}")).finds_nothing();
    }
}

#[test]
fn an_answer_comes_with_sentence_offsets_place_and_report() {
    let answers = Desk::with_dam().run("said --kind direct --json").json();
    let answer = &answers[0];
    assert_eq!(answer["name"], "Karel Brandt");
    assert_eq!(answer["speaker"]["words"], "Brandt");
    assert_eq!((&answer["line"], &answer["column"]), (&5.into(), &1.into()));
    assert_eq!(answer["report"]["outlet"], "Norvale Wire");
    let sentence = &answer["sentence"];
    assert_eq!(sentence["words"], "“It has held for sixty years,” Brandt told reporters.");
    let (start, end) = (sentence["start"].as_u64(), sentence["end"].as_u64());
    let [start, end] =
        [start, end].map(|offset| usize::try_from(offset.unwrap_or_default()).expect("it is small"));
    assert_eq!(&DAM[start..end], sentence["words"]);
    let points: Vec<char> = DAM.chars().collect();
    let point =
        |index: usize| usize::try_from(sentence["points"][index].as_u64().unwrap_or(0)).expect("it is small");
    assert_eq!(points[point(0)..point(1)].iter().collect::<String>(), sentence["words"]);
}

#[test]
fn an_answer_tells_when_it_was_said() {
    let desk = Desk::with_dam();
    for command in ["said --kind indirect", "read dam.txt --published 2026-03-04"] {
        desk.run(command).finds("— said, Tuesday (2026-03-03), indirect");
    }
    desk.run("read dam.txt").finds("— said, Tuesday, indirect");
}

#[test]
fn times_and_figures_are_asked_for_alike() {
    let desk = Desk::with_dam();
    desk.run("times --type date --about dam").finds("Tuesday → 2026-03-03 (DATE)");
    desk.run("figures --counted people").finds("Nearly 300 people → nearly 300");
    desk.run("figures --counted ships").finds_nothing();
}

#[test]
fn why_leads_from_a_row_to_its_rule_and_its_words() {
    let desk = Desk::with_dam();
    let answers = desk.run("said --kind direct --json").json();
    let id = answers[0]["id"].as_str().expect("a row has an id");
    let ran = desk.run(&format!("why {}", &id[..8])).finds("Made by     statement.");
    for words in ["Stands at   bytes", "told", "mention", id] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let json = desk.run(&format!("why {id} --json")).json();
    assert_eq!(json[0]["id"], answers[0]["id"]);
    assert!(json[0]["explanation"].is_string(), "{json}");
}

#[test]
fn a_name_of_nothing_or_of_several() {
    let desk = Desk::with_dam();
    let ran = desk.run("why 00000000000000000000000f");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no row starts with"), "{ran:?}");
    let ran = desk.run("show 00000000000000000000000f");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no report starts with"), "{ran:?}");
}

#[test]
fn show_marks_the_record_in_the_text() {
    let desk = Desk::with_dam();
    let reports = desk.run("documents --json").json();
    let hash = reports[0]["hash"].as_str().expect("a report has a hash");
    let ran = desk.run(&format!("show {}", &hash[..8])).finds("[t1|March 4|t1]");
    assert!(
        ran.out.contains("[s2|“It has held for [t3|[f1|sixty years|f1]|t3],”|s2] Brandt told"),
        "{}",
        ran.out
    );
    assert_eq!(desk.run(&format!("show {hash} --json")).json()[0]["text"], DAM);
}
