//! Coreference in GUM: whom the pronouns stand for, by OntoGUM's annotation, and how often the mentions stage agrees.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::Engine;
use onrecord::core::nlp::Token;
use onrecord::core::stages::mentions::{Mention, MentionKind};
use onrecord::core::{Document, Id, Layer, Meta, Span};

use crate::Result;
use crate::eval::percent;

/// A document of GUM with its clusters.
pub(crate) struct Annotated {
    /// Name without "GUM_" and ending: `news_clock`.
    pub(crate) name: String,
    /// The text, a paragraph a line.
    pub(crate) text: String,
    /// The mentions, each with the number of its cluster.
    pub(crate) mentions: Vec<(Span, u32)>,
}

impl Annotated {
    /// The kind of text: `news`.
    pub(crate) fn genre(&self) -> &str {
        self.name.split('_').next().unwrap_or_default()
    }
}

/// The documents of a folder with GUM's `.conllu` and OntoGUM's `.conll` files, by name.
pub(crate) fn documents(folder: &Path) -> Result<Vec<Annotated>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "conllu"));
    paths.sort();
    paths.iter().map(|path| document(path)).collect()
}

fn document(path: &Path) -> Result<Annotated> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let (text, tokens) = text(&read(path)?);
    let clusters = read(&path.with_extension("conll"))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Annotated {
        name: stem.trim_start_matches("GUM_").to_owned(),
        text,
        mentions: mentions(&clusters, &tokens),
    })
}

/// The text of a `.conllu` file, and where its tokens stand.
fn text(conllu: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    let mut at = 0;
    for line in conllu.lines() {
        if line.starts_with("# newpar_block") || line == "# newpar" {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
        } else if let Some(sentence) = line.strip_prefix("# text = ") {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            at = text.len();
            text.push_str(sentence);
        } else if let Some((id, rest)) = line.split_once('\t')
            && id.bytes().all(|byte| byte.is_ascii_digit())
        {
            let form = rest.split('\t').next().unwrap_or_default();
            let start = text[at..].find(form).map_or(at, |offset| at + offset);
            at = start + if text[start..].starts_with(form) { form.len() } else { 0 };
            tokens.push(Span::of(start..at));
        }
    }
    (text, tokens)
}

/// The mentions of a `.conll` file, whose last column opens and closes them: `(3`, `3)`, `(3)`, one after the other.
fn mentions(conll: &str, tokens: &[Span]) -> Vec<(Span, u32)> {
    let mut mentions = Vec::new();
    let mut open: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    let rows = conll.lines().filter(|line| !line.starts_with('#') && line.contains('\t'));
    for (row, token) in rows.zip(tokens) {
        let column = row.rsplit('\t').next().unwrap_or_default();
        for (opens, cluster, closes) in brackets(column) {
            if opens {
                open.entry(cluster).or_default().push(*token);
            }
            if closes && let Some(first) = open.get_mut(&cluster).and_then(Vec::pop) {
                mentions.push((first.cover(*token), cluster));
            }
        }
    }
    mentions.sort();
    mentions
}

fn brackets(column: &str) -> Vec<(bool, u32, bool)> {
    let mut found = Vec::new();
    let mut opens = false;
    let mut digits = String::new();
    let mut end = |opens: &mut bool, digits: &mut String, closes: bool| {
        if let Ok(cluster) = digits.parse() {
            found.push((*opens, cluster, closes));
        }
        *opens = false;
        digits.clear();
    };
    for c in column.chars() {
        match c {
            '(' => {
                end(&mut opens, &mut digits, false);
                opens = true;
            }
            ')' => end(&mut opens, &mut digits, true),
            c if c.is_ascii_digit() => digits.push(c),
            _ => end(&mut opens, &mut digits, false),
        }
    }
    end(&mut opens, &mut digits, false);
    found
}

/// The clusters by the token that heads a mention of theirs.
pub(crate) fn clusters(annotated: &Annotated, doc: &Document) -> BTreeMap<usize, BTreeSet<u32>> {
    let tokens = doc.layer::<Token>();
    let mut clusters: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    for (span, cluster) in &annotated.mentions {
        let first = tokens.partition_point(|token| token.end <= span.start);
        let end = tokens.partition_point(|token| token.start < span.end);
        let outside = |token: &usize| {
            let head = tokens[*token].head as usize;
            head == *token || !(first..end).contains(&head)
        };
        if let Some(root) = (first..end).find(outside) {
            clusters.entry(root).or_default().insert(*cluster);
        }
    }
    clusters
}

/// How the stage does on pronouns for one person: "he", "she" and their forms.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PronounScore {
    /// Pronouns that the annotation links to something.
    pub(crate) pronouns: usize,
    /// Those linked to a mention of the right actor.
    pub(crate) right: usize,
    /// Those for which the stage gives a name.
    pub(crate) named: usize,
    /// Those for which the name is of the right actor.
    pub(crate) named_right: usize,
}

impl PronounScore {
    /// Share of all pronouns that are linked to the right actor, in per cent.
    pub(crate) fn accuracy(&self) -> f64 {
        percent(self.right as f64, self.pronouns as f64)
    }

    /// Share of the names given that are right, in per cent.
    pub(crate) fn name_precision(&self) -> f64 {
        percent(self.named_right as f64, self.named as f64)
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.pronouns += other.pronouns;
        self.right += other.right;
        self.named += other.named;
        self.named_right += other.named_right;
    }
}

/// The score on the news documents of a GUM folder: the shipped weights have learned from none of them.
pub(crate) fn pronoun_accuracy(engine: &Engine, folder: &Path) -> Result<PronounScore> {
    let mut total = PronounScore::default();
    for annotated in documents(folder)?.iter().filter(|annotated| annotated.genre() == "news") {
        let doc = engine.read(&annotated.text, Meta::default());
        total.add(score(annotated, &doc));
    }
    Ok(total)
}

/// The score of the mentions found in one document.
pub(crate) fn score(annotated: &Annotated, doc: &Document) -> PronounScore {
    let mentions = doc.layer::<Mention>();
    let clusters = clusters(annotated, doc);
    let none = BTreeSet::new();
    let of = |head: usize| clusters_at(doc, &clusters, head).unwrap_or(&none);
    let by_head: BTreeMap<usize, &Mention> =
        mentions.iter().map(|mention| (mention.head.index(), mention)).collect();
    let mut score = PronounScore::default();
    for (token, gold) in clusters.iter().filter(|(token, _)| is_personal(doc, **token)) {
        score.pronouns += 1;
        let Some(mention) = by_head.get(token).filter(|mention| mention.kind == MentionKind::Pronoun) else {
            continue;
        };
        let Some(antecedent) = mention.refers_to else { continue };
        score.right += usize::from(!of(mentions[antecedent.index()].head.index()).is_disjoint(gold));
        if mention.name.is_some()
            && let Some(name) = name_of(mentions, antecedent)
        {
            score.named += 1;
            score.named_right += usize::from(!of(name.head.index()).is_disjoint(gold));
        }
    }
    score
}

/// The clusters at a head, or at the noun that it stands beside: a cluster's mention may hold name and apposition.
pub(crate) fn clusters_at<'c>(
    doc: &Document,
    clusters: &'c BTreeMap<usize, BTreeSet<u32>>,
    head: usize,
) -> Option<&'c BTreeSet<u32>> {
    let token = &doc.layer::<Token>()[head];
    let up = || matches!(token.dep.as_str(), "appos" | "compound" | "nmod").then_some(token.head as usize);
    clusters.get(&head).or_else(|| clusters.get(&up()?))
}

/// The name at the end of a chain of references.
fn name_of(mentions: &[Mention], from: Id<Mention>) -> Option<&Mention> {
    const LONGEST: usize = 1000;
    let mut at = from;
    for _ in 0..LONGEST {
        let mention = &mentions[at.index()];
        if mention.kind == MentionKind::Name {
            return Some(mention);
        }
        at = mention.refers_to?;
    }
    None
}

fn is_personal(doc: &Document, token: usize) -> bool {
    let word = doc.words(doc.layer::<Token>()[token].span()).to_lowercase();
    matches!(word.as_str(), "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_stand_one_after_the_other() {
        assert_eq!(brackets("(1(2)"), [(true, 1, false), (true, 2, true)]);
        assert_eq!(brackets("3)2)(4"), [(false, 3, true), (false, 2, true), (true, 4, false)]);
        assert_eq!(brackets("_"), []);
    }

    #[test]
    fn tokens_and_mentions_stand_in_the_text() {
        let conllu = "# newpar\n# text = Ruiz can't. She left.\n1\tRuiz\tx\n2-3\tcan't\tx\n2\tca\tx\n3\tn't\tx\n4\t.\tx\n\
                      5\tShe\tx\n6\tleft\tx\n7\t.\tx\n";
        let (text, tokens) = text(conllu);
        let text = text.as_str();
        let words: Vec<&str> = tokens.iter().map(|token| &text[*token]).collect();
        assert_eq!(words, ["Ruiz", "ca", "n't", ".", "She", "left", "."]);
        let conll = "0\tRuiz\t(1)\n1\tca\t_\n2\tn't\t_\n3\t.\t_\n4\tShe\t(1)\n5\tleft\t_\n6\t.\t_\n";
        let found: Vec<(&str, u32)> =
            mentions(conll, &tokens).iter().map(|(span, cluster)| (&text[*span], *cluster)).collect();
        assert_eq!(found, [("Ruiz", 1), ("She", 1)]);
    }
}
