//! Any text is cut into tokens that cover it, and read.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use onrecord_nlp::Pipeline;

static DEFAULT: LazyLock<Pipeline> = LazyLock::new(|| {
    let model = include_bytes!("../../../onrecord/model/en_core_web_sm-3.8.0.onrecord");
    Pipeline::from_packed(model).expect("the default model opens")
});

fuzz_target!(|text: &str| {
    let tokens = DEFAULT.tokenize(text);
    let mut end = 0;
    for token in &tokens {
        assert!(token.start < token.end && matches!(&text[end..token.start], "" | " "));
        end = token.end;
    }
    assert!(matches!(&text[end..], "" | " "));
    let analysis = DEFAULT.read(text);
    assert_eq!(analysis.tokens.len(), tokens.len());
    assert!(analysis.tokens.iter().all(|token| (token.head as usize) < tokens.len()));
    analysis.noun_chunks();
});
