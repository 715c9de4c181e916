//! Reports that hold some words, or all reports where nobody asks for words.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use onrecord::questions::{Hit, Order, Paging};

use crate::serve::asked::{self, Asked, Search};
use crate::serve::pages::front::listed;
use crate::serve::pages::{Listed, Page, Pager};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words::Part;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    search: String,
    said: String,
    hits: Vec<Listed>,
    pager: Pager,
}

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    asked: Asked<Search>,
) -> Result<impl IntoResponse, Problem> {
    let question = asked.question()?;
    let (offset, limit) = (question.offset, question.scope.limit.unwrap_or_default());
    let words = question.scope.about.clone().unwrap_or_default();
    let mut hits: Vec<Listed> = room
        .pool
        .ask(move |store| {
            if question.scope.about.is_some() {
                return Ok(store.search(&question)?.iter().map(hit).collect());
            }
            let paging = Paging { order: Order::Newest, after: None, limit: offset + limit };
            let reports = store.reports_page(&question.scope, &paging)?.items;
            Ok(reports.iter().skip(offset as usize).map(listed).collect())
        })
        .await?;
    let next = asked.cut(&mut hits)?;
    Ok(Page(SearchPage {
        said: asked::link("/statements", [("about", words.as_str())]),
        search: words,
        hits,
        pager: Pager {
            earlier: (offset > 0).then(|| asked.link("/search", &[("offset", None)])),
            next: next.map(|next| asked.link("/search", &[("offset", Some(&next))])),
        },
    }))
}

fn hit(hit: &Hit) -> Listed {
    let part =
        |piece: &onrecord::questions::Piece| Part { words: piece.words.clone(), marked: piece.is_found };
    Listed { snippet: hit.snippet.iter().map(part).collect(), ..listed(&hit.report) }
}
