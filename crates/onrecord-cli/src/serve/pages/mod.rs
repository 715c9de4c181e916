//! The pages, one a file. Each asks the database once and fills a template.

mod api;
mod article;
mod figures;
mod front;
mod marks;
mod read;
mod row;
mod search;
mod speaker;
mod statements;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::serve::asked::{Asked, Asking};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// Every page with its address.
pub(crate) fn routes() -> Router<Arc<Room>> {
    Router::new()
        .route("/", get(front::page))
        .route("/search", get(search::page))
        .route("/documents/{hash}", get(article::page))
        .route("/rows/{id}", get(row::page))
        .route("/statements", get(statements::page))
        .route("/speaker", get(speaker::page))
        .route("/speakers", get(speaker::list))
        .route("/figures", get(figures::page))
        .route("/read", get(read::form).post(read::page))
        .route("/sign-in", get(read::sign_in))
        .route("/api", get(api::page))
}

/// A filled template.
pub(crate) struct Page<T>(pub(crate) T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(page) => Html(page).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page cannot be made");
                Problem::bug().into_response()
            }
        }
    }
}

/// Links from a page of a list to its first and its next.
#[derive(Debug, Clone)]
pub(crate) struct Pager {
    pub(crate) earlier: Option<String>,
    pub(crate) next: Option<String>,
}

impl Pager {
    /// The links of a list at an address; `next` is where it goes on.
    pub(crate) fn new<A: Asking>(asked: &Asked<A>, here: &str, next: Option<impl ToString>) -> Self {
        Self {
            earlier: asked.get("after").map(|_| asked.link(here, &[("after", None)])),
            next: next.map(|place| asked.link(here, &[("after", Some(&place.to_string()))])),
        }
    }
}

/// A choice in a form.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) words: String,
    pub(crate) chosen: bool,
}

impl Choice {
    /// Choices, of which the one with the value `chosen` is chosen.
    pub(crate) fn all<'a>(choices: impl IntoIterator<Item = (&'a str, &'a str)>, chosen: &str) -> Vec<Self> {
        let choice = |(value, words): (&str, &str)| Self {
            value: value.to_owned(),
            words: words.to_owned(),
            chosen: value == chosen,
        };
        choices.into_iter().map(choice).collect()
    }
}

/// A report in a list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) link: String,
    pub(crate) title: String,
    pub(crate) origin: String,
    pub(crate) snippet: Vec<crate::serve::words::Part>,
}
