//! The components of a pipeline: how each is loaded from its files, and how it is run.

use crate::config::Config;
use crate::draft::{Boundary, Draft};
use crate::files::Files;
use crate::lemma::Lemmatizer;
use crate::lexicon::Lexicon;
use crate::model::Layers;
use crate::nn::{Classifier, Embeddings, Isa, StateScorer, Tok2Vec};
use crate::parse::{EntityRecogniser, Parser};
use crate::ruler::Ruler;
use crate::strings::{Label, Labels};
use crate::vocab::{Feature, Vocab};
use crate::{Error, Result};

/// Where a component gets its token vectors from.
#[derive(Debug)]
pub(crate) enum Source {
    /// Those of an earlier component, by number.
    Shared(usize),
    /// Its own.
    Own(Box<Tok2Vec>),
}

/// A component that reads token vectors.
#[derive(Debug)]
pub(crate) enum Head {
    Tagger { classifier: Classifier, tags: Vec<Label> },
    Morphologizer { classifier: Classifier, pos: Vec<Label>, morph: Vec<Label>, overwrite: bool },
    Senter { classifier: Classifier },
    Parser(Box<Parser>),
    Entities(Box<EntityRecogniser>),
}

/// A component of a pipeline.
#[derive(Debug)]
pub(crate) enum Component {
    Tok2Vec(Box<Tok2Vec>),
    Head(Source, Head),
    Ruler(Ruler),
    Lemmatizer(Box<Lemmatizer>),
}

/// The components of a pipeline, and what they are called.
pub(crate) struct Loaded {
    pub(crate) components: Vec<Component>,
    pub(crate) names: Vec<String>,
    pub(crate) left_out: Vec<String>,
}

/// What the components of a pipeline are loaded from.
pub(crate) struct Loader<'l, 'f> {
    pub(crate) files: &'l Files<'f>,
    pub(crate) config: &'l Config,
    pub(crate) vocab: &'l Vocab,
    pub(crate) labels: &'l mut Labels,
}

impl Loader<'_, '_> {
    /// Loads the enabled components, in the order in which they run, and names those that are left out.
    pub(crate) fn components(&mut self) -> Result<Loaded> {
        let disabled = self.config.list("nlp", "disabled");
        let mut names: Vec<&str> = Vec::new();
        let mut components: Vec<Component> = Vec::new();
        let mut left_out = Vec::new();
        for name in self.config.list("nlp", "pipeline") {
            if disabled.contains(&name) {
                continue;
            }
            if self.is_left_out(name) {
                left_out.push(name.to_owned());
                continue;
            }
            let component = self.component(name, &names, &components);
            components.push(component.map_err(|e| e.within(format!("component `{name}`")))?);
            names.push(name);
        }
        Ok(Loaded { components, names: names.into_iter().map(str::to_owned).collect(), left_out })
    }

    /// Whether a component is a lemmatizer of a language that has its own rules in spaCy, not in this crate.
    fn is_left_out(&self, name: &str) -> bool {
        let setting = |key| self.config.str(&format!("components.{name}"), key);
        let Ok(language) = self.config.str("nlp", "lang") else { return false };
        setting("factory").is_ok_and(|factory| factory == "lemmatizer")
            && setting("mode").is_ok_and(|mode| Lemmatizer::is_left_out(language, mode))
    }

    fn component(&mut self, name: &str, names: &[&str], before: &[Component]) -> Result<Component> {
        let section = format!("components.{name}");
        let factory = self.config.str(&section, "factory")?;
        match factory {
            "tok2vec" => {
                let model = self.model(name)?;
                self.tok2vec(&format!("{section}.model"), &model).map(|t| Component::Tok2Vec(Box::new(t)))
            }
            "tagger" | "morphologizer" | "senter" | "parser" | "ner" => {
                let model = self.model(name)?;
                let (source, width) = self.source(&format!("{section}.model"), &model, names, before)?;
                let head = match factory {
                    "parser" => {
                        Head::Parser(Box::new(Parser::new(&model, &self.moves(name)?, width, self.labels)?))
                    }
                    "ner" => {
                        let moves = self.moves(name)?;
                        Head::Entities(Box::new(EntityRecogniser::new(&model, &moves, width, self.labels)?))
                    }
                    _ => self.classifier(name, factory, &model, width)?,
                };
                Ok(Component::Head(source, head))
            }
            "attribute_ruler" => {
                let file = format!("{name}/patterns");
                let bytes = self.files.read(&file)?;
                Ruler::parse(&bytes, self.labels).map(Component::Ruler).map_err(|e| e.within(file))
            }
            "lemmatizer" => self.lemmatizer(name, &section),
            _ => Err(Error::new(format!("the factory `{factory}` is not supported"))),
        }
    }

    fn lemmatizer(&mut self, name: &str, section: &str) -> Result<Component> {
        let language = self.config.str("nlp", "lang")?;
        let mode = self.config.str(section, "mode")?;
        let overwrite = self.config.bool(section, "overwrite");
        let lemmatizer = Lemmatizer::load(self.files, name, language, mode, overwrite, self.labels)?;
        Ok(Component::Lemmatizer(Box::new(lemmatizer)))
    }

    fn model(&self, name: &str) -> Result<Layers> {
        let file = format!("{name}/model");
        let bytes = self.files.read(&file)?;
        Layers::parse(&bytes).map_err(|e| e.within(file))
    }

    fn moves(&self, name: &str) -> Result<Vec<u8>> {
        Ok(self.files.read(&format!("{name}/moves"))?.into_owned())
    }

    /// Where a component's token vectors come from, and how wide they are.
    fn source(
        &self,
        section: &str,
        model: &Layers,
        names: &[&str],
        before: &[Component],
    ) -> Result<(Source, usize)> {
        let tagger = ["spacy.Tagger.v1", "spacy.Tagger.v2"];
        let parser = ["spacy.TransitionBasedParser.v1", "spacy.TransitionBasedParser.v2"];
        self.check_architecture(section, &[&tagger[..], &parser[..]].concat())?;
        let section = format!("{section}.tok2vec");
        if self.config.str(&section, "@architectures")? != "spacy.Tok2VecListener.v1" {
            let tok2vec = self.tok2vec(&section, model)?;
            let width = tok2vec.width();
            return Ok((Source::Own(Box::new(tok2vec)), width));
        }
        let upstream = self.config.get(&section, "upstream").and_then(|name| name.as_str()).unwrap_or("*");
        let shared = (0..before.len()).rev().find_map(|i| match &before[i] {
            Component::Tok2Vec(tok2vec) if upstream == "*" || names[i] == upstream => {
                Some((i, tok2vec.width()))
            }
            _ => None,
        });
        let (i, width) = shared
            .ok_or_else(|| Error::new(format!("it listens to `{upstream}`, which does not run before")))?;
        Ok((Source::Shared(i), width))
    }

    fn check_architecture(&self, section: &str, known: &[&str]) -> Result<()> {
        let architecture = self.config.str(section, "@architectures")?;
        if known.contains(&architecture) {
            return Ok(());
        }
        Err(Error::new(format!("the architecture `{architecture}` is not supported")))
    }

    /// Builds the token vectors that a section of the configuration describes.
    fn tok2vec(&self, section: &str, model: &Layers) -> Result<Tok2Vec> {
        let simple = ["spacy.HashEmbedCNN.v1", "spacy.HashEmbedCNN.v2"];
        let columns = if simple.contains(&self.config.str(section, "@architectures")?) {
            ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
                .map(Feature::named)
                .into_iter()
                .collect::<Result<Vec<_>>>()?
        } else {
            self.check_architecture(section, &["spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2"])?;
            let encoders = ["spacy.MaxoutWindowEncoder.v1", "spacy.MaxoutWindowEncoder.v2"];
            self.check_architecture(&format!("{section}.encode"), &encoders)?;
            let embed = format!("{section}.embed");
            self.check_architecture(&embed, &["spacy.MultiHashEmbed.v1", "spacy.MultiHashEmbed.v2"])?;
            self.config.list(&embed, "attrs").into_iter().map(Feature::named).collect::<Result<Vec<_>>>()?
        };
        Tok2Vec::new(model, &columns, self.vocab)
    }

    /// Loads a tagger, morphologizer or sentence recogniser.
    fn classifier(&mut self, name: &str, factory: &str, model: &Layers, width: usize) -> Result<Head> {
        let file = format!("{name}/cfg");
        let bytes = self.files.read(&file)?;
        let cfg: Cfg = serde_json::from_slice(&bytes).map_err(|e| Error::new(e.to_string()).within(&file))?;
        if factory == "senter" {
            return Ok(Head::Senter { classifier: Classifier::new(model, 2, width)? });
        }
        if factory == "tagger" {
            let tags: Vec<Label> = cfg.labels.iter().map(|name| self.labels.add(name)).collect();
            return Ok(Head::Tagger { classifier: Classifier::new(model, tags.len(), width)?, tags });
        }
        let classifier = Classifier::new(model, cfg.labels_morph.0.len(), width)?;
        let morph = cfg
            .labels_morph
            .0
            .iter()
            .map(|(_, morph)| crate::ruler::normal_morph(morph.as_str().unwrap_or_default()));
        let morph = morph.map(|morph| self.labels.add(&morph)).collect();
        let pos = |label: &String| cfg.labels_pos.0.iter().find(|(other, _)| other == label)?.1.as_u64();
        let pos = cfg.labels_morph.0.iter().map(|(label, _)| crate::lemma::part_of_speech(pos(label)));
        let pos = pos.map(|name| self.labels.add(name)).collect();
        Ok(Head::Morphologizer { classifier, pos, morph, overwrite: cfg.overwrite.unwrap_or(false) })
    }
}

/// The settings of a classifier.
#[derive(serde::Deserialize)]
struct Cfg {
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    labels_morph: Pairs,
    #[serde(default)]
    labels_pos: Pairs,
    overwrite: Option<bool>,
}

/// A JSON object, its members in the order of the file, which is that of the model's classes.
#[derive(Default)]
struct Pairs(Vec<(String, serde_json::Value)>);

impl<'de> serde::Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> serde::de::Visitor<'de> for InOrder {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Memory of the neural components, kept by one thread from text to text.
#[derive(Debug, Default)]
pub(crate) struct HeadMemory {
    pub(crate) embeddings: Embeddings,
    pub(crate) scorer: StateScorer,
}

impl Head {
    /// Begins a text.
    pub(crate) fn begin(&self, scorer: &mut StateScorer) {
        scorer.clear();
    }

    /// Takes the vectors of the next tokens, the first of them of this number.
    pub(crate) fn take(
        &self,
        isa: Isa,
        first: usize,
        vectors: &[f32],
        scorer: &mut StateScorer,
        draft: &mut Draft,
    ) {
        let mut tokens = draft.tokens[first..].iter_mut();
        match self {
            Head::Tagger { classifier, tags } => classifier.best(isa, vectors, |class| {
                if let Some(token) = tokens.next().filter(|token| token.tag.is_none()) {
                    token.tag = tags[class];
                }
            }),
            Head::Morphologizer { classifier, pos, morph, overwrite } => {
                classifier.best(isa, vectors, |class| {
                    let Some(token) = tokens.next() else { return };
                    if token.morph.is_none() || *overwrite {
                        token.morph = morph[class];
                    }
                    if token.pos.is_none() || *overwrite {
                        token.pos = pos[class];
                    }
                });
            }
            Head::Senter { classifier } => classifier.best(isa, vectors, |class| {
                if let Some(token) = tokens.next().filter(|token| token.sentence == Boundary::Unknown) {
                    token.sentence = if class == 1 { Boundary::Start } else { Boundary::Inside };
                }
            }),
            Head::Parser(parser) => scorer.add(isa, &parser.model, vectors),
            Head::Entities(entities) => scorer.add(isa, &entities.model, vectors),
        }
    }

    /// Ends a text, all vectors of which were taken.
    pub(crate) fn finish(&self, isa: Isa, scorer: &mut StateScorer, lexicon: &Lexicon, draft: &mut Draft) {
        match self {
            Head::Parser(parser) => parser.run(isa, scorer, lexicon, draft),
            Head::Entities(entities) => entities.run(isa, scorer, lexicon, draft),
            _ => {}
        }
    }
}
