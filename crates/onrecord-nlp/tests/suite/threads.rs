//! What is said of a text depends on that text alone.

const TEXTS: [&str; 5] = [
    "The minister said no.",
    "Holm met Tan in Pell on Friday. They didn't talk.",
    "",
    "\"We won't pay,\" she said, \"and that's that.\"",
    "At least 14 people were killed near St. Odile's Square, police said.",
];

#[test]
fn results_do_not_depend_on_threads_or_order() {
    let pipeline = crate::common::default_model();
    let many: Vec<&str> = TEXTS.iter().cycle().take(40).copied().collect();
    let alone: Vec<_> = TEXTS.iter().map(|text| crate::common::default_model().read(text)).collect();
    for threads in [1, 2, 7] {
        let read = pipeline.pipe(&many, threads);
        assert_eq!(read.len(), many.len());
        for (i, analysis) in read.iter().enumerate() {
            assert_eq!(*analysis, alone[i % TEXTS.len()], "text {i} on {threads} threads");
        }
    }
}

#[test]
fn a_long_text_is_read_as_its_beginning_is() {
    // Longer than a block of tokens, and than the parser's products that are kept.
    let sentence = "The minister of fisheries said that the boats of the old fleet had not been sold. ";
    let pipeline = crate::common::default_model();
    let long = pipeline.read(&sentence.repeat(120));
    let short = pipeline.read(&sentence.repeat(3));
    let first = short.sentences().next().expect("there is a sentence");
    assert_eq!(long.tokens[first.clone()], short.tokens[first]);
    assert_eq!(long.sentences().count(), 120);
}

#[test]
fn margins_go_with_tokens() {
    let pipeline = crate::common::default_model();
    let text = "Ilse Vantongeren met reporters in Norvik.";
    let (analysis, margins) = pipeline.read_with_margins(text);
    assert_eq!(analysis, pipeline.read(text));
    assert_eq!(margins.arcs.len(), analysis.tokens.len());
    assert!(margins.arcs.iter().chain(&margins.entities).all(|margin| *margin >= 0.0));
    let name = &analysis.entities()[0];
    assert_eq!(name.tokens, 0..2);
    assert_eq!(margins.entities[0], margins.entities[1], "an entity has one margin");
}
