//! Tests that need what is private: other processors, and models damaged where no checksum guards them.

use std::collections::BTreeMap;

use crate::Pipeline;
use crate::files::Files;
use crate::nn::Isa;

const TINY: &[u8] = include_bytes!("../tests/suite/data/tiny.onrecord");
const DEFAULT: &[u8] = include_bytes!("../../onrecord/model/en_core_web_sm-3.8.0.onrecord");
const ANSWERS: &str = include_str!("../tests/suite/data/answers.jsonl");

/// Numbers of no pattern, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

// spaCy's patterns and tables are parsed, not trusted: with any byte changed they load or are refused.
#[test]
fn files_with_any_byte_changed_load_or_are_refused() {
    let Files::Packed(files) = Files::packed(TINY).expect("it opens") else { return };
    let mut numbers = Numbers(7);
    let (mut loaded, mut refused) = (0, 0);
    for name in files.keys() {
        for _ in 0..25 {
            let mut bytes = files[name].to_vec();
            for _ in 0..=numbers.below(3) {
                if let Some(at) = bytes.len().checked_sub(1).map(|last| numbers.below(last + 1)) {
                    bytes[at] = numbers.below(256) as u8;
                }
            }
            if numbers.below(4) == 0 {
                bytes.truncate(numbers.below(bytes.len()));
            }
            let mut changed: BTreeMap<&str, &[u8]> = files.clone();
            changed.insert(name, &bytes);
            match Pipeline::load(&Files::Packed(changed)) {
                Ok(pipeline) => {
                    loaded += 1;
                    pipeline.read("Holm met the Norvik Post in Varn; \"no\", she said. http://a.b/c  $5.50");
                }
                Err(error) => {
                    refused += 1;
                    assert!(!error.to_string().is_empty());
                }
            }
        }
    }
    assert!(loaded > 50 && refused > 50, "{loaded} loaded, {refused} refused");
}

#[test]
fn a_missing_file_is_named() {
    let Files::Packed(files) = Files::packed(TINY).expect("it opens") else { return };
    for name in ["config.cfg", "tokenizer", "tok2vec/model", "parser/moves", "ner/model"] {
        let mut without = files.clone();
        without.remove(name);
        let error = Pipeline::load(&Files::Packed(without)).expect_err("it cannot do without").to_string();
        assert!(error.contains(name), "{error}");
    }
}

#[test]
fn an_unknown_part_is_named() {
    let Files::Packed(files) = Files::packed(TINY).expect("it opens") else { return };
    let config = String::from_utf8_lossy(files["config.cfg"]).into_owned();
    let error_with = |from: &str, to: &str| {
        let changed_config = config.replace(from, to);
        assert_ne!(changed_config, config);
        let mut changed = files.clone();
        changed.insert("config.cfg", changed_config.as_bytes());
        Pipeline::load(&Files::Packed(changed)).expect_err("it is not supported").to_string()
    };
    assert!(error_with("factory = \"ner\"", "factory = \"beam_ner\"").contains("`beam_ner`"));
    assert!(error_with("spacy.HashEmbedCNN.v2", "spacy.Made.Up.v9").contains("`spacy.Made.Up.v9`"));
    assert!(error_with("mode = \"lookup\"", "mode = \"guess\"").contains("`guess`"));
    assert!(
        error_with("spacy.Tokenizer.v1", "spacy.ja.JapaneseTokenizer")
            .contains("`spacy.ja.JapaneseTokenizer`")
    );
    assert!(
        error_with("spacy.MaxoutWindowEncoder.v2", "spacy.MishWindowEncoder.v2")
            .contains("component `tok2vec`")
    );
    assert!(error_with("\"SUFFIX\"", "\"LEMMA\"").contains("`LEMMA`"));
}

#[test]
fn all_processors_decide_alike() {
    let mut isas = vec![Isa::Portable];
    #[cfg(target_arch = "x86_64")]
    if Isa::detect() == Isa::Avx512 {
        isas.push(Isa::Avx2);
    }
    let best = Pipeline::from_packed(DEFAULT).expect("the default model opens");
    for isa in isas {
        let mut other = Pipeline::from_packed(DEFAULT).expect("the default model opens");
        other.use_isa(isa);
        for line in ANSWERS.lines() {
            let answer: serde_json::Value = serde_json::from_str(line).expect("the answers are JSON");
            let text = answer["text"].as_str().expect("an answer has a text");
            assert_eq!(best.read(text), other.read(text), "{isa:?} on {text:?}");
        }
    }
}
