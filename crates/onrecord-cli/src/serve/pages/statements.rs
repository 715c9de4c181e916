//! Statements, narrowed by whatever the reader asks; the address is the question.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;

use crate::serve::asked::{Asked, Asks, Statements};
use crate::serve::pages::{Choice, Page, Pager};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words::Quote;

#[derive(Template)]
#[template(path = "statements.html")]
struct StatementsPage {
    kinds: Vec<Choice>,
    orders: Vec<Choice>,
    quotes: Vec<Quote>,
    pager: Pager,
    csv: String,
    json: String,
    atom: String,
    asked: Asked<Statements>,
}

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    asked: Asked<Statements>,
) -> Result<impl IntoResponse, Problem> {
    let (question, paging) = (asked.question()?, asked.paging()?);
    let (quotes, next) = room
        .pool
        .ask(move |store| {
            let page = store.page(&question, &paging)?;
            Ok((Quote::all(store, &page.items)?, page.next))
        })
        .await?;
    let form = |format| asked.link("/api/v1/statements", &[("format", Some(format)), ("after", None)]);
    let kinds = [
        ("", "in any way"),
        ("direct", "direct: in quotation marks"),
        ("mixed", "mixed: partly in marks"),
        ("indirect", "indirect: in the reporter’s words"),
    ];
    let orders = [("", "newest first"), ("oldest", "oldest first")];
    Ok(Page(StatementsPage {
        kinds: Choice::all(kinds, asked.or_empty("kind")),
        orders: Choice::all(orders, asked.or_empty("order")),
        quotes,
        pager: Pager::new(&asked, "/statements", next),
        csv: form("csv"),
        json: form("json"),
        atom: form("atom"),
        asked,
    }))
}
