//! The runtime says what spaCy says, on a sample of invented news held with spaCy's answers.

use onrecord_nlp::{EntityTag, Pipeline, Token};
use serde_json::Value;

/// A token as an answer has it: offsets in code points, then every decision.
fn row(token: &Token, text: &str) -> Value {
    let points = |range| text.get(range).map_or(0, |part: &str| part.chars().count());
    let entity = match &token.entity {
        EntityTag::Outside => "O".to_owned(),
        EntityTag::Begin(kind) => format!("B-{kind}"),
        EntityTag::Inside(kind) => format!("I-{kind}"),
    };
    serde_json::json!([
        points(0..token.start as usize),
        points(token.range()),
        u8::from(token.space_after),
        token.norm.as_str(),
        token.tag.as_str(),
        token.pos.as_str(),
        token.morph.as_str(),
        token.lemma.as_str(),
        token.head,
        token.dep.as_str(),
        u8::from(token.sent_start),
        entity,
    ])
}

fn compare(pipeline: &Pipeline, answers: &str) -> usize {
    let mut tokens = 0;
    for line in answers.lines() {
        let answer: Value = serde_json::from_str(line).expect("the answers are JSON");
        let text = answer["text"].as_str().expect("an answer has a text");
        let analysis = pipeline.read(text);
        let ours: Vec<Value> = analysis.tokens.iter().map(|token| row(token, text)).collect();
        let theirs = answer["tokens"].as_array().expect("an answer has tokens");
        for (our, their) in ours.iter().zip(theirs) {
            assert_eq!(our, their, "in {text:?}");
        }
        assert_eq!(ours.len(), theirs.len(), "tokens of {text:?}");
        let chunks = analysis.noun_chunks().into_iter().map(|chunk| [chunk.tokens.start, chunk.tokens.end]);
        assert_eq!(
            serde_json::json!(chunks.collect::<Vec<_>>()),
            answer["chunks"],
            "noun chunks of {text:?}"
        );
        tokens += ours.len();
    }
    tokens
}

#[test]
fn the_default_model_answers_as_in_spacy() {
    assert_eq!(compare(&crate::common::default_model(), include_str!("data/answers.jsonl")), 1944);
}

// Static vectors, morphologizer, sentence recogniser, HashEmbedCNN, lemmas by look-up.
#[test]
fn the_tiny_model_answers_as_in_spacy() {
    assert_eq!(compare(&crate::common::tiny_model(), include_str!("data/tiny_answers.jsonl")), 222);
}
