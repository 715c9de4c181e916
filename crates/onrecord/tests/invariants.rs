//! What holds for every text: spans stand in it, references point at records, the same text gives the same record.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use onrecord::core::{Document, Meta, document_hash, layers};
use onrecord::{Engine, verify};
use proptest::prelude::*;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the embedded model opens"));

fn read(text: &str) -> Document {
    let meta = Meta { published: Some("2026-03-04".parse().expect("a date")), ..Meta::default() };
    ENGINE.read(text, meta)
}

#[track_caller]
fn assert_holds_together(text: &str) {
    if let Err(fault) = verify(&read(text)) {
        panic!("{fault}\nin {text:?}");
    }
}

#[test]
fn every_span_of_the_examples_stands_in_its_text() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut read = 0;
    for entry in fs::read_dir(examples).expect("the examples are there") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            assert_holds_together(&fs::read_to_string(&path).expect("an example is text"));
            read += 1;
        }
    }
    assert!(read >= 8, "only {read} examples were read");
}

#[test]
fn strange_texts_give_fewer_records_and_no_panic() {
    let unbalanced = "“He said “no and ‘never, “ she said. \"Yes, he added.\n“\n”\n'\n";
    let long_line = "The minister said that 12 boats sank on Monday. ".repeat(400);
    for text in [
        "",
        " ",
        "\n\n\n",
        "\0\0\0",
        "\u{feff}Headline\n\nBody \0 text, he said.",
        "“”‘’\"'«»„“",
        unbalanced,
        "قال الوزير: «لن ندفع شيئا» يوم الاثنين.",
        "\u{202e}“We will pay,” said Ruiz.\u{202c}",
        "e\u{301}\u{301}\u{301}",
        "\u{301}\u{302}\u{303}",
        "👩‍👩‍👧 said: “👍🏽” on Monday",
        "\r\nHEADLINE\r\n\r\nThe mayor said:\r\n\r\n“We will rebuild.\r\n\r\n“All of it.”\r\n",
        "9999999999999999999999999999999999999999 people were killed on 99/99/9999",
        "January 0, 0000 and 31 June 10000 and week 99",
        ":::::: — -- said said said said. According to according to according to.",
        &long_line,
    ] {
        assert_holds_together(text);
    }
}

#[test]
fn the_same_text_gives_the_same_rows() {
    let text =
        "“We will pay nothing,” Ana Ruiz, the minister, said on Monday. About 40 boats were lost, she said.";
    let hash = document_hash(text);
    let (first, second) = (read(text), read(text));
    for layer in layers() {
        assert_eq!(layer.records(&first, &hash), layer.records(&second, &hash), "{}", layer.name);
    }
}

/// Pieces of news, marks and odd characters: texts that reach the rules more often than random characters do.
fn newsish() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "«",
        "»",
        "\n",
        "\n\n",
        " ",
        ". ",
        ", ",
        ": ",
        " — ",
        "(",
        ")",
        "Ana Ruiz",
        "the minister",
        "he",
        "she",
        "who",
        "said",
        " told ",
        "according to",
        "that ",
        "not",
        "Monday",
        "last May",
        "in 2019",
        "3 days",
        "about 40",
        "1,200",
        "two-thirds",
        "per cent",
        "$3.5 million",
        "killed",
        "people",
        "residents",
        "MEHR:",
        "Q:",
        "GENEVA, May 3 (XYZ) —",
        "é",
        "ß",
        "👍",
        "\u{301}",
        "\0",
        "\t",
        "中文",
        "of the ",
        "commander",
        "IRGC",
        "and",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_holds_together(text in "\\PC{0,200}") {
        prop_assert_eq!(verify(&read(&text)), Ok(()));
    }

    #[test]
    fn any_news_like_text_holds_together(text in newsish()) {
        prop_assert_eq!(verify(&read(&text)), Ok(()));
    }
}
