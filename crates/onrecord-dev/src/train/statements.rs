//! Fits the models that tell content, source and statement, and scores them on articles that they have not seen.

use std::path::Path;
use std::rc::Rc;

use onrecord::Engine;
use onrecord::core::Stage;
use onrecord::core::stages::statements::Statements;
use onrecord::core::stages::statements::learn::{self, CLASSES, Example, Gold, Models};
use serde_json::{Value, json};

use super::Article;
use crate::eval::{Score, own, quotes, repository};
use crate::fit::{BITS, fit};
use crate::{Result, gold, predict};

/// The articles of the project's own gold that are there to learn from.
pub(super) fn own() -> Result<Vec<Article>> {
    let engine = Engine::new()?;
    let reports = gold::reports(&repository())?;
    let annotated = |statement: &gold::Annotation| Gold {
        content: statement.spans("content").to_vec(),
        cue: statement.spans("cue").to_vec(),
        speaker: statement.spans("speaker").to_vec(),
        attitude: false,
    };
    let articles = reports.into_iter().filter(|report| report.half == "tune").map(|report| Article {
        doc: engine.read(&report.text, report.meta.clone()),
        gold: report.statements.iter().map(annotated).collect(),
        own: Some(Rc::new(report)),
    });
    Ok(articles.collect())
}

/// The model of roles learns from annotated cues. The model of statements learns from what the first makes of articles
/// that it has not seen: each half is read with the roles that the other half teaches.
pub(super) fn train(lessons: &[Article]) -> Vec<u8> {
    fit_to(&lessons.iter().collect::<Vec<_>>())
}

fn fit_to(lessons: &[&Article]) -> Vec<u8> {
    let half = |parity: usize| {
        let articles = lessons.iter().enumerate().filter(move |(index, _)| index % 2 == parity);
        articles.map(|(_, article)| *article)
    };
    let mut examples: Vec<Example> = Vec::new();
    for parity in [0, 1] {
        let packed = pack(&fit(&roles(half(parity))), &vec![0.0; CLASSES << BITS]);
        let models = Models::open(&packed).expect("what was just packed can be opened");
        examples.extend(half(1 - parity).flat_map(|article| {
            learn::statements(&article.doc, &article.gold, &models, article.own.is_none())
        }));
    }
    let roles = roles(lessons.iter().copied());
    eprintln!("{} articles, {} roles, {} candidates", lessons.len(), roles.len(), examples.len());
    pack(&fit(&roles), &fit(&examples))
}

fn roles<'a>(articles: impl Iterator<Item = &'a Article>) -> Vec<Example> {
    articles.flat_map(|article| learn::roles(&article.doc, &article.gold)).collect()
}

fn pack(roles: &[f32], statements: &[f32]) -> Vec<u8> {
    let mut bytes = learn::pack(roles, BITS);
    bytes.extend(learn::pack(statements, BITS));
    bytes
}

/// Parts of the project's own gold of which each is scored with what the others teach.
const FOLDS: usize = 2;

/// Scores on parts of the project's own gold, each with models that the other parts and the other articles teach.
pub(super) fn held_out(lessons: &[Article]) -> Vec<Score> {
    let (owned, others): (Vec<&Article>, Vec<&Article>) =
        lessons.iter().partition(|article| article.own.is_some());
    let mut stages = Vec::new();
    for fold in 0..FOLDS {
        let rest = owned.iter().enumerate().filter(|(index, _)| index % FOLDS != fold);
        let rest: Vec<&Article> = others.iter().copied().chain(rest.map(|(_, article)| *article)).collect();
        stages.push(stage(&fit_to(&rest)));
    }
    let reports = owned.iter().enumerate();
    own::held_out(
        reports.filter_map(|(index, article)| {
            Some((article.own.as_deref()?, &article.doc, &stages[index % FOLDS]))
        }),
    )
}

/// Scores of these models on other articles.
pub(super) fn check(models: &[u8], articles: &Path) -> Result<Vec<Score>> {
    Ok(quotes::score("check", &pairs(articles, &stage(models))?))
}

fn stage(models: &[u8]) -> Statements {
    Statements::with(Models::open(models).expect("what was just packed can be opened"))
}

fn pairs(articles: &Path, stage: &Statements) -> Result<Vec<(Value, Value)>> {
    let lines =
        std::fs::read_to_string(articles).map_err(|error| format!("{}: {error}", articles.display()))?;
    let read = super::read(articles)?;
    let pair = |(line, article): (&str, Article)| {
        let found = stage.run(&article.doc);
        let predicted = json!({ "quotes": predict::quotes(&article.doc, &found) });
        Ok((serde_json::from_str(line)?, predicted))
    };
    lines.lines().zip(read).map(pair).collect()
}
