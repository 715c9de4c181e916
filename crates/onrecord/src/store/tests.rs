use super::*;
use crate::core::Meta;
use crate::core::stages::statements::StatementKind;
use crate::questions::{FiguresQuestion, SaidQuestion, Scope, TimesQuestion};
use crate::record::{self, KEPT};
use crate::testing::{self, Folder, TEXT};

/// A store with the one report.
fn store() -> Store {
    let mut store = Store::in_memory().expect("there is memory");
    store.keep(TEXT, testing::meta(), testing::read).expect("it is kept");
    store
}

fn count(store: &Store, query: &str) -> i64 {
    store.connection.query_row(query, [], |row| row.get(0)).expect("the query is right")
}

/// The words of the statements that answer a question.
fn said(question: &SaidQuestion) -> Vec<String> {
    let answers = store().answers(question).expect("the question is answered");
    answers.iter().map(|answer| answer.row.text("kind").unwrap_or_default().to_owned()).collect()
}

fn by(name: &str) -> SaidQuestion {
    SaidQuestion { by: Some(name.into()), ..SaidQuestion::default() }
}

fn scoped(scope: Scope) -> SaidQuestion {
    SaidQuestion { scope, ..SaidQuestion::default() }
}

#[test]
fn what_is_kept_comes_back_as_it_was() {
    let shown = store().show("").expect("it can be read").expect("there is one report");
    assert_eq!(shown.text, TEXT);
    assert_eq!(shown.report.title.as_deref(), Some("Dam “will hold”"));
    assert_eq!(shown.report.meta, testing::meta());
    let rows: Vec<_> = shown.answers.into_iter().map(|answer| answer.row).collect();
    assert_eq!(rows, record::rows(&testing::document(), KEPT));
}

#[test]
fn a_report_that_is_not_kept_gives_the_same_answers() {
    let kept = store().answers(&SaidQuestion::default()).expect("it is answered");
    let read = crate::questions::answers(&testing::document(), &["statements"]);
    for (kept, read) in kept.iter().zip(&read) {
        assert_eq!((&kept.row, &kept.sentence, &kept.points), (&read.row, &read.sentence, &read.points));
        assert_eq!(kept.when, read.when);
    }
    assert_eq!(kept.len(), read.len());
    assert_eq!(kept[0].when.as_deref(), Some("Tuesday (2026-03-03)"));
}

#[test]
fn every_reference_points_at_a_row_that_is_there() {
    let store = store();
    let mut check = store.connection.prepare("PRAGMA foreign_key_check").expect("it is SQL");
    assert!(check.query([]).expect("it runs").next().expect("it runs").is_none());
    assert_eq!(count(&store, "SELECT count(*) FROM statements WHERE said_when IS NOT NULL"), 1);
    assert_eq!(count(&store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

#[test]
fn a_person_is_found_under_any_wording() {
    for name in ["Qa'ani", "Qaani", "General Qa’ani", "ILYAS QAANI", "the Quds commander", "commander"] {
        assert_eq!(said(&by(name)), ["mixed", "indirect"], "{name}");
    }
    for name in ["Qa", "Ilyas Ruiz", "the Navy commander", "", "Qaani\" OR \"reporters"] {
        assert_eq!(said(&by(name)), [""; 0], "{name}");
    }
}

#[test]
fn statements_are_found_by_kind_cue_addressee_and_outlet() {
    let all = SaidQuestion::default();
    assert_eq!(said(&SaidQuestion { kind: Some(StatementKind::Mixed), ..all.clone() }), ["mixed"]);
    assert_eq!(said(&SaidQuestion { to: Some("the reporters".into()), ..all.clone() }), ["mixed"]);
    assert_eq!(said(&SaidQuestion { cue: Some("deny".into()), ..all }), [""; 0]);
    let outlet = |outlet: &str| scoped(Scope { outlet: Some(outlet.into()), ..Scope::default() });
    assert_eq!(said(&outlet("norvale")).len(), 2);
    assert_eq!(said(&outlet("%")), [""; 0]);
}

#[test]
fn statements_are_found_by_their_words_in_any_form() {
    let about = |words: &str| said(&scoped(Scope { about: Some(words.into()), ..Scope::default() }));
    assert_eq!(about("dams hold"), ["mixed"]);
    assert_eq!(about("\"people had left\""), ["indirect"]);
    assert_eq!(about("\"left people\""), [""; 0]);
    assert_eq!(about("?!"), [""; 0]);
}

#[test]
fn a_statement_is_of_the_day_on_which_it_was_said_or_else_reported() {
    let between = |since: &str, until: &str| {
        said(&scoped(Scope { since: since.parse().ok(), until: until.parse().ok(), ..Scope::default() }))
    };
    assert_eq!(between("2026-03-03", "2026-03-03"), ["mixed"], "said on Tuesday");
    assert_eq!(between("2026-03-04", "2026-03-09"), ["indirect"], "reported on Wednesday");
    assert_eq!(between("2026-03-05", "2026-03-09"), [""; 0]);
    assert_eq!(between("2026-01-01", ""), ["mixed", "indirect"]);
}

#[test]
fn times_and_figures_are_found_with_their_sentence_and_place() {
    let store = store();
    let times = store.answers(&TimesQuestion::default()).expect("it is answered");
    assert_eq!(times[0].place().to_string(), "2:91");
    let question = FiguresQuestion {
        by: Some("Qaani".into()),
        counted: Some("PEOPLE".into()),
        happened: Some("displaced".into()),
        ..FiguresQuestion::default()
    };
    let figures = store.answers(&question).expect("it is answered");
    let sentence = figures[0].sentence.as_ref().expect("it stands in a sentence");
    assert_eq!(sentence.words, "The commander said nearly 300 people had left.");
    let killed = FiguresQuestion { happened: Some("killed".into()), ..FiguresQuestion::default() };
    assert!(store.answers(&killed).expect("it is answered").is_empty());
}

#[test]
fn why_tells_the_rule_the_evidence_and_the_rows_behind() {
    let store = store();
    let statement = &store.answers(&by("Qaani")).expect("it is answered")[0].row;
    let why = store.why(&statement.id[..10]).expect("it is answered").expect("the row is there");
    assert_eq!(why.answer.row, *statement);
    assert_eq!(why.answer.row.evidence[0].passage.as_ref().map(|cue| cue.words.as_str()), Some("told"));
    let related: Vec<_> = why.related.iter().map(|r| (r.column, r.answer.row.rule.as_str())).collect();
    assert_eq!(related, [("mention", "mention.name"), ("said_when", "time.weekday")]);
    assert!(store.why("zz").expect("it is answered").is_none());
}

#[test]
fn the_same_text_is_kept_once_and_what_was_unknown_is_filled_in() {
    let mut store = Store::in_memory().expect("there is memory");
    let first = Meta { outlet: Some("Norvale Wire".into()), ..Meta::default() };
    let Added::New(report) = store.keep(TEXT, first, testing::read).expect("it is kept") else {
        panic!("the text is new");
    };
    assert_eq!(report.number, 1);
    let second = Meta { outlet: Some("Tavenna Post".into()), ..testing::meta() };
    let Added::Known { report, filled, differences } =
        store.keep(TEXT, second, testing::read).expect("it is kept")
    else {
        panic!("the text is known");
    };
    assert_eq!(filled, ["published", "source"]);
    assert_eq!(
        (differences[0].kept.as_str(), differences[0].given.as_str()),
        ("Norvale Wire", "Tavenna Post")
    );
    assert_eq!(report.meta, testing::meta());
    assert_eq!(store.len().expect("it can be read"), 1);
    assert_eq!(count(&store, "SELECT count(*) FROM statements"), 2);
    assert_eq!(count(&store, "SELECT count(*) FROM voices"), 2);
}

#[test]
fn a_text_that_is_known_is_not_read_again() {
    let mut store = store();
    store.keep(TEXT, testing::meta(), |_, _| panic!("it is read again")).expect("it is kept");
}

#[test]
fn an_unread_report_is_read_again() {
    let mut store = store();
    assert!(store.stale().expect("it can be read").is_empty());
    store
        .connection
        .execute_batch("UPDATE documents SET stages = NULL; DELETE FROM times;")
        .expect("it is SQL");
    let unread = store.unread().expect("it can be read");
    assert_eq!(unread.len(), 1);
    store.read_again(&unread[0], testing::read).expect("it is read");
    assert!(store.unread().expect("it can be read").is_empty());
    assert_eq!(store.answers(&TimesQuestion::default()).expect("it is answered").len(), 1);
}

#[test]
fn tables_of_other_columns_are_made_anew_and_the_texts_stay() {
    let folder = Folder::new("layout");
    let path = folder.path("news.db");
    let mut store = Store::open(&path).expect("it is made");
    store.keep(TEXT, testing::meta(), testing::read).expect("it is kept");
    store.connection.execute_batch("ALTER TABLE statements ADD COLUMN mood TEXT").expect("it is SQL");
    drop(store);
    let store = Store::open(&path).expect("it opens");
    assert_eq!(store.unread().expect("it can be read").len(), 1);
    assert_eq!(count(&store, "SELECT count(*) FROM statements"), 0);
    assert_eq!(count(&store, "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH 'dam'"), 1);
}

#[test]
fn a_database_that_another_program_is_writing_can_be_read() {
    let folder = Folder::new("locked");
    let path = folder.path("news.db");
    let mut store = Store::open(&path).expect("it is made");
    store.keep(TEXT, testing::meta(), testing::read).expect("it is kept");
    let other = Connection::open(&path).expect("it opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("it is SQL");
    store.connection.busy_timeout(std::time::Duration::ZERO).expect("it can be set");
    let refused = store.keep("The dam holds.", Meta::default(), testing::read).expect_err("it is locked");
    assert!(refused.to_string().contains("is in use by another program: try again"), "{refused}");
    let second = Store::open_existing(&path).expect("it opens");
    assert_eq!(second.answers(&SaidQuestion::default()).expect("it is answered").len(), 2);
    other.execute_batch("ROLLBACK").expect("it is SQL");
    store.keep("The dam holds.", Meta::default(), testing::read).expect("it is kept");
}

/// A reader that fails half-way leaves nothing of the report behind.
#[test]
fn a_report_is_kept_whole_or_not_at_all() {
    let mut store = Store::in_memory().expect("there is memory");
    store.connection.execute_batch("DROP TABLE figures").expect("it is SQL");
    store.keep(TEXT, testing::meta(), testing::read).expect_err("a table is missing");
    for table in ["documents", "statements", "voices"] {
        assert_eq!(count(&store, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
}

#[test]
fn every_column_of_the_schema_says_what_it_holds() {
    let sql = schema();
    let columns = sql.lines().filter(|line| line.starts_with("  "));
    for line in columns.clone() {
        assert!(line.contains(" -- "), "{line}");
    }
    assert!(columns.count() > 60);
    assert!(sql.contains("CREATE TABLE statements ( -- Something that somebody said"), "{sql}");
}
