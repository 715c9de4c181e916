//! An article: its text as it was read, with what is on record marked in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use onrecord::core::stages::mentions::PublicRoles;
use onrecord::questions::Article;
use onrecord::store::Store;

use crate::output::count;
use crate::serve::asked::{Asked, Nothing};
use crate::serve::pages::Page;
use crate::serve::pages::marks::{self, Part};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words;

/// The layers that an article is shown with.
pub(crate) const SHOWN: [&str; 4] = ["sections", "statements", "times", "figures"];

#[derive(Template)]
#[template(path = "article.html")]
pub(crate) struct ArticlePage {
    title: String,
    origin: String,
    hash: String,
    url: Option<String>,
    saved: bool,
    statements: String,
    times: String,
    figures: String,
    versions: Vec<Seen>,
    sections: Vec<Part>,
}

/// A version of the article's page.
struct Seen {
    title: String,
    link: String,
    file: String,
    is_this: bool,
}

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    Path(hash): Path<String>,
    _: Asked<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    room.pool.ask(move |store| kept(store, &hash)).await.map(Page)
}

fn kept(store: &Store, hash: &str) -> Result<ArticlePage, Problem> {
    let article = store.article(hash, &SHOWN)?.ok_or_else(|| Problem::no_report(hash, "/search"))?;
    let roles = PublicRoles::new();
    let mut pages = BTreeSet::new();
    for row in article.layer("statements") {
        if store.has_page(&roles, row)? {
            pages.insert(row.id.clone());
        }
    }
    let mut page = ArticlePage::of(&article, &pages, true);
    if let Some(url) = &article.report.meta.url {
        let seen = |version: onrecord::questions::Version| Seen {
            title: words::title(&version.report),
            link: words::report(&version.report.hash),
            file: version.file,
            is_this: version.report.hash == article.report.hash,
        };
        page.versions = store.versions(url)?.into_iter().map(seen).collect();
    }
    Ok(page)
}

impl ArticlePage {
    /// The page of an article.
    pub(crate) fn of(article: &Article, pages: &BTreeSet<String>, saved: bool) -> Self {
        let count = |layer, one, many| count(article.layer(layer).count(), one, many);
        Self {
            title: words::title(&article.report),
            origin: words::origin(&article.report),
            hash: article.report.hash.clone(),
            url: article.report.meta.url.clone(),
            saved,
            statements: count("statements", "statement", "statements"),
            times: count("times", "time", "times"),
            figures: count("figures", "figure", "figures"),
            versions: Vec::new(),
            sections: marks::parts(article, pages, saved),
        }
    }
}
