//! What is kept of real reading comes back as it was: for every example report, all rows, and the same answers.

use onrecord::core::{Meta, document_hash};
use onrecord::questions::{FiguresQuestion, SaidQuestion, Scope, TimesQuestion, answers};
use onrecord::store::Store;
use onrecord::{Engine, examples, record};

/// A store with every example, and the engine that read them.
fn kept() -> (Engine, Store) {
    let engine = Engine::new().expect("the model is there");
    let mut store = Store::in_memory().expect("there is memory");
    for example in examples::all() {
        store.keep(example.text, example.meta, |text, meta| engine.read(text, meta)).expect("it is kept");
    }
    (engine, store)
}

#[test]
fn every_row_of_every_example_comes_back() {
    let (engine, store) = kept();
    for example in examples::all() {
        let doc = engine.read(example.text, example.meta);
        let shown = store.show(&document_hash(example.text)).expect("it can be read").expect("it is kept");
        assert_eq!(shown.text, example.text);
        for layer in record::KEPT {
            let mut read: Vec<_> = answers(&doc, &[layer]).into_iter().map(|answer| answer.row).collect();
            let mut kept: Vec<_> = shown
                .answers
                .iter()
                .map(|answer| answer.row.clone())
                .filter(|row| row.layer == *layer)
                .collect();
            read.sort_by(|a, b| a.id.cmp(&b.id));
            kept.sort_by(|a, b| a.id.cmp(&b.id));
            assert_eq!(kept, read, "{layer} of {:?}", shown.report.meta.source);
        }
    }
}

#[test]
fn every_answer_has_its_words_its_sentence_and_its_reason() {
    let (_, store) = kept();
    let said = store.answers(&SaidQuestion::default()).expect("it is answered");
    let times = store.answers(&TimesQuestion::default()).expect("it is answered");
    let figures = store.answers(&FiguresQuestion::default()).expect("it is answered");
    for answer in said.iter().chain(&times).chain(&figures) {
        let why = store.why(&answer.row.id).expect("it is answered").expect("the row is there");
        assert_eq!(why.answer.row, answer.row);
        assert!(why.explanation.is_some(), "`{}` has no explanation", answer.row.rule);
        let sentence = answer.sentence.as_ref().expect("a row stands in a sentence");
        assert!(sentence.span.overlaps(answer.row.passage.span));
    }
}

#[test]
fn reading_again_changes_nothing() {
    let (engine, mut store) = kept();
    let before = store.answers(&SaidQuestion::default()).expect("it is answered");
    for report in store.reports(&Scope::default()).expect("it is answered") {
        store.read_again(&report.hash, |text, meta| engine.read(text, meta)).expect("it is read");
    }
    let after = store.answers(&SaidQuestion::default()).expect("it is answered");
    let rows = |answers: Vec<onrecord::questions::Answer>| {
        answers.into_iter().map(|answer| answer.row).collect::<Vec<_>>()
    };
    assert_eq!(rows(before), rows(after));
}

#[test]
fn strange_texts_are_kept_and_come_back() {
    let engine = Engine::new().expect("the model is there");
    let mut store = Store::in_memory().expect("there is memory");
    for text in ["", "\"", "“”", "a\0b said “no”.", "\u{202e}قال: «لا»", "🙂🙂", "’ ” – \u{301}", "\r\n\r\n"]
    {
        store.keep(text, Meta::default(), |text, meta| engine.read(text, meta)).expect("it is kept");
        let shown = store.show(&document_hash(text)).expect("it can be read").expect("it is kept");
        assert_eq!(shown.text, text);
    }
}
