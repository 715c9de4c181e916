//! Trains the ranker of pronouns and descriptions, and tells how it does: `docs/models/antecedents.md` has the figures.

use std::collections::BTreeMap;
use std::path::Path;

use onrecord::Engine;
use onrecord::core::nlp::Token;
use onrecord::core::stages::mentions::{AnaphorKind, Choice, FEATURE_COUNT, FEATURES, Features, Mentions};
use onrecord::core::{Layer, Meta, Span};

use crate::Result;
use crate::coreference::{self, Annotated, PronounScore, clusters};
use crate::eval::repository;
use crate::speakers::{self, Told};

/// The kind of text that is held back: no weights learn from it.
const HELD_BACK: &str = "news";
/// Parts of the cross-validation.
const FOLDS: usize = 5;
/// Steps of the gradient descent; the loss no longer moves in its fourth digit after 300.
const STEPS: usize = 500;
/// Length of a step of Adam.
const STEP: f64 = 0.03;
/// Weight of the squares of the weights in the loss, for a sample of one choice.
const RIDGE: f64 = 0.002;

/// A choice with the places of the right candidates.
struct Example {
    document: usize,
    choice: Choice,
    right: Vec<bool>,
}

/// The weights of one kind of pronoun.
type Weights = [f64; FEATURE_COUNT];

/// Learns the weights from the documents of a folder with GUM and OntoGUM, all but the news, and writes them.
pub(crate) fn train(folder: &Path, output: &Path) -> Result<()> {
    let engine = Engine::new()?;
    let documents = coreference::documents(folder)?;
    report(&engine, &documents);
    let learned =
        |document: usize| documents.get(document).is_none_or(|document| document.genre() != HELD_BACK);
    let mut examples = gather(&engine, &documents);
    let first = fitted(&examples, learned);
    let mut articles = speakers::written(&repository(), "tune")?;
    articles.extend(speakers::own(&repository())?);
    examples.extend(from_speakers(&engine, &articles, documents.len(), &first));
    for kind in AnaphorKind::ALL {
        let of_kind: Vec<&Example> = examples.iter().filter(|example| example.choice.kind == kind).collect();
        let (train, held): (Vec<&Example>, Vec<&Example>) =
            of_kind.iter().partition(|example| learned(example.document));
        let weights = fit(&train);
        println!(
            "{kind:?}: {} learned from, chosen right {:.1}; {} held back, chosen right {:.1}; cross-validated {:.1}",
            train.len(),
            accuracy(&weights, &train),
            held.len(),
            accuracy(&weights, &held),
            cross_validated(&of_kind),
        );
        if matches!(kind, AnaphorKind::Description | AnaphorKind::Body) {
            by_threshold(&of_kind, documents.len());
        }
    }
    let shipped = fitted(&examples, learned);
    std::fs::write(output, table(&shipped)).map_err(|error| format!("{}: {error}", output.display()))?;
    Ok(())
}

/// The weights of each kind, learned from the documents that may be learned from.
fn fitted(examples: &[Example], learned: impl Fn(usize) -> bool) -> Vec<Weights> {
    let of = |kind: AnaphorKind| -> Vec<&Example> {
        examples.iter().filter(|example| example.choice.kind == kind && learned(example.document)).collect()
    };
    AnaphorKind::ALL.into_iter().map(|kind| fit(&of(kind))).collect()
}

/// All choices of all documents, each made as the annotation has it, so that later ones see right earlier ones.
fn gather(engine: &Engine, documents: &[Annotated]) -> Vec<Example> {
    let stage = Mentions::new();
    let mut examples = Vec::new();
    for (document, annotated) in documents.iter().enumerate() {
        let doc = engine.read(&annotated.text, Meta::default());
        let clusters = clusters(annotated, &doc);
        stage.run_with(&doc, &mut |choice| {
            let gold = clusters.get(&choice.anaphor);
            let mut right: Vec<bool> = choice
                .heads
                .iter()
                .map(|head| {
                    let candidate = coreference::clusters_at(&doc, &clusters, *head);
                    gold.zip(candidate).is_some_and(|(gold, candidate)| !gold.is_disjoint(candidate))
                })
                .collect();
            let chosen = right.iter().position(|right| *right);
            right.push(chosen.is_none());
            // "He" stands for somebody even when nobody on the list is the one.
            if chosen.is_some() || choice.kind != AnaphorKind::Person {
                examples.push(Example { document, choice: choice.clone(), right });
            }
            chosen.map(|chosen| (chosen, 1.0))
        });
    }
    examples
}

/// The choices whose answer the annotated speakers tell; the others are made with these weights, so that what is learned
/// depends on nothing that this build has learned.
fn from_speakers(engine: &Engine, articles: &[Told], first: usize, weights: &[Weights]) -> Vec<Example> {
    let stage = Mentions::new();
    let mut examples = Vec::new();
    for (document, told) in (first..).zip(articles) {
        let doc = engine.read(&told.text, Meta::default());
        let tokens = doc.layer::<Token>();
        stage.run_with(&doc, &mut |choice| {
            let token = tokens[choice.anaphor].span();
            let speaker = told.speakers.iter().find(|speaker| speaker.span.overlaps(token));
            let Some(speaker) = speaker else { return chosen_with(weights, choice) };
            let name = speakers::folded(&speaker.name);
            let named =
                |span: &Option<Span>| span.map(|span| speakers::folded(doc.words(span))).unwrap_or_default();
            let mut right: Vec<bool> = choice.names.iter().map(|span| named(span) == name).collect();
            let chosen = right.iter().position(|right| *right);
            right.push(chosen.is_none() || name.is_empty());
            if matches!(choice.kind, AnaphorKind::Description | AnaphorKind::Body)
                || choice.kind == AnaphorKind::Person && !name.is_empty() && chosen.is_some()
            {
                examples.push(Example { document, choice: choice.clone(), right });
                return chosen.filter(|_| !name.is_empty()).map(|chosen| (chosen, 1.0));
            }
            chosen_with(weights, choice)
        });
    }
    examples
}

/// What weights choose, with the probability; `None` for nobody.
fn chosen_with(weights: &[Weights], choice: &Choice) -> Option<(usize, f32)> {
    let kind = AnaphorKind::ALL.iter().position(|kind| *kind == choice.kind)?;
    let some = choice.features.len().saturating_sub(usize::from(choice.somebody));
    let probabilities = probabilities(&weights[kind], &choice.features[..some]);
    let best = best(&probabilities)?;
    (best < choice.heads.len()).then_some((best, probabilities[best] as f32))
}

fn best(probabilities: &[f64]) -> Option<usize> {
    (0..probabilities.len()).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]))
}

/// Prints, cross-validated, how many descriptions the articles' speakers give a name, and how many of these right.
fn by_threshold(examples: &[&Example], first: usize) {
    let mut chosen: Vec<(f64, bool, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let (test, train): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|example| example.document % FOLDS == fold);
        let weights = fit(&train);
        for example in test.into_iter().filter(|example| example.document >= first) {
            let p = probabilities(&weights, &example.choice.features);
            let best = best(&p).unwrap_or_default();
            let named = example.choice.names.get(best).is_some_and(Option::is_some);
            chosen.push((p[best], named, example.right[best]));
        }
    }
    let with_name = examples
        .iter()
        .filter(|example| example.document >= first && !example.right.last().copied().unwrap_or_default())
        .count();
    println!("{} choices of articles, {with_name} with the right one among the candidates", chosen.len());
    for threshold in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let given: Vec<_> = chosen.iter().filter(|(p, named, _)| *named && *p >= threshold).collect();
        println!(
            "  from {threshold}: {} named, {} right",
            given.len(),
            given.iter().filter(|given| given.2).count()
        );
    }
}

/// The weights that make the right candidates most probable: a softmax over each choice's candidates.
fn fit(examples: &[&Example]) -> Weights {
    let mut weights = [0.0; FEATURE_COUNT];
    let (mut mean, mut square) = ([0.0; FEATURE_COUNT], [0.0; FEATURE_COUNT]);
    for step in 1..=STEPS {
        let mut gradient = [0.0; FEATURE_COUNT];
        for example in examples {
            let probabilities = probabilities(&weights, &example.choice.features);
            let right: f64 =
                probabilities.iter().zip(&example.right).filter(|(_, right)| **right).map(|(p, _)| p).sum();
            for ((features, probability), is_right) in
                example.choice.features.iter().zip(&probabilities).zip(&example.right)
            {
                let wanted = if *is_right { probability / right.max(1e-12) } else { 0.0 };
                for (slot, feature) in gradient.iter_mut().zip(features) {
                    *slot += (probability - wanted) * f64::from(*feature);
                }
            }
        }
        let count = examples.len().max(1) as f64;
        for i in 0..FEATURE_COUNT {
            let slope = gradient[i] / count + RIDGE * weights[i];
            mean[i] = 0.9 * mean[i] + 0.1 * slope;
            square[i] = 0.999 * square[i] + 0.001 * slope * slope;
            let exponent = i32::try_from(step).unwrap_or(i32::MAX);
            let unbiased = mean[i] / (1.0 - 0.9_f64.powi(exponent));
            let scale = (square[i] / (1.0 - 0.999_f64.powi(exponent))).sqrt();
            weights[i] -= STEP * unbiased / (scale + 1e-8);
        }
    }
    weights
}

fn probabilities(weights: &Weights, features: &[Features]) -> Vec<f64> {
    let scores: Vec<f64> = features
        .iter()
        .map(|features| {
            features.iter().zip(weights).map(|(feature, weight)| f64::from(*feature) * weight).sum()
        })
        .collect();
    let top = scores.iter().copied().fold(f64::MIN, f64::max);
    let exponentials: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
    let sum: f64 = exponentials.iter().sum();
    exponentials.iter().map(|exponential| exponential / sum).collect()
}

/// Share of choices whose most probable candidate is right, in per cent.
fn accuracy(weights: &Weights, examples: &[&Example]) -> f64 {
    let right = examples
        .iter()
        .filter(|example| {
            let probabilities = probabilities(weights, &example.choice.features);
            let best =
                (0..probabilities.len()).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
            best.is_some_and(|best| example.right[best])
        })
        .count();
    crate::eval::percent(right as f64, examples.len() as f64)
}

/// The accuracy when each document is judged by weights that have not seen it.
fn cross_validated(examples: &[&Example]) -> f64 {
    let mut right = 0.0;
    for fold in 0..FOLDS {
        let (test, train): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|example| example.document % FOLDS == fold);
        right += accuracy(&fit(&train), &test) * test.len() as f64;
    }
    right / examples.len().max(1) as f64
}

/// The weights as a data file.
fn table(weights: &[Weights]) -> String {
    let mut table = String::from(
        "# source: trained by `onrecord-dev train antecedents` on GUM and OntoGUM (Amir Zeldes and others), genres with open \
         text, news left out, licence CC BY 4.0, and on `gold/speakers/tune.jsonl` and the tuned half of `gold/reports`, written for Onrecord; columns: feature, person, plural, thing, description, body\n",
    );
    for (i, feature) in FEATURES.iter().enumerate() {
        table.push_str(feature);
        for weights in weights {
            table.push_str(&format!("\t{:.3}", weights[i]));
        }
        table.push('\n');
    }
    table
}

/// Prints the score of the weights that this build has, by kind of text.
fn report(engine: &Engine, documents: &[Annotated]) {
    let mut scores: BTreeMap<&str, PronounScore> = BTreeMap::new();
    for annotated in documents {
        let doc = engine.read(&annotated.text, Meta::default());
        scores.entry(annotated.genre()).or_default().add(coreference::score(annotated, &doc));
    }
    println!("he and she, with the weights of this build:");
    for (genre, score) in scores {
        println!(
            "  {genre:<10} {:>4} pronouns, {:>5.1} linked right; {:>4} named, {:>5.1} of these right",
            score.pronouns,
            score.accuracy(),
            score.named,
            score.name_precision()
        );
    }
}
