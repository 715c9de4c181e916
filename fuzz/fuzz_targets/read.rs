//! The reading itself: every row stands on its words, whatever the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    static ENGINE: std::sync::LazyLock<onrecord::Engine> =
        std::sync::LazyLock::new(|| onrecord::Engine::new().expect("the model is there"));
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let doc = ENGINE.read(text, onrecord::core::Meta::default());
    onrecord::verify(&doc).expect("every row stands on its words");
});
