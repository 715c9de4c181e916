//! What the tests share: the models, and texts that nobody writes.

use onrecord_nlp::{Analysis, EntityTag, Pipeline};

/// The default model of the project.
pub(crate) fn default_model() -> Pipeline {
    let bytes = include_bytes!("../../../onrecord/model/en_core_web_sm-3.8.0.onrecord");
    Pipeline::from_packed(bytes).expect("the default model opens")
}

/// A model with the parts that the default one lacks; it knows nothing.
pub(crate) fn tiny_model() -> Pipeline {
    Pipeline::from_packed(include_bytes!("data/tiny.onrecord")).expect("the tiny model opens")
}

/// Checks what holds of the analysis of any text.
pub(crate) fn check(text: &str, analysis: &Analysis) {
    let mut end = 0;
    for (i, token) in analysis.tokens.iter().enumerate() {
        assert!(token.start < token.end, "token {i} of {text:?} is empty");
        let between = &text[end..token.start as usize];
        let space_before = i > 0 && analysis.tokens[i - 1].space_after;
        assert_eq!(between, if space_before { " " } else { "" }, "before token {i} of {text:?}");
        end = token.range().end;
        assert!(text.is_char_boundary(end));
        assert!((token.head as usize) < analysis.tokens.len(), "the head of token {i} is a token");
        if let EntityTag::Inside(label) = &token.entity {
            let before = i.checked_sub(1).map(|i| &analysis.tokens[i].entity);
            let continues = matches!(before, Some(EntityTag::Begin(l) | EntityTag::Inside(l)) if l == label);
            assert!(continues, "token {i} of {text:?} continues an entity");
        }
    }
    assert!(matches!(&text[end..], "" | " "), "the tokens cover {text:?}");
    let covered: usize = analysis.sentences().map(|sentence| sentence.len()).sum();
    assert_eq!(covered, analysis.tokens.len(), "every token is in one sentence");
}
