//! Statements, narrowed by whatever the reader asks; the address is the question.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;

use crate::serve::asked::{Asked, Statements};
use crate::serve::pages::{Choice, Page};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words::Quote;

#[derive(Template)]
#[template(path = "statements.html")]
struct StatementsPage {
    search: String,
    by: String,
    to: String,
    about: String,
    outlet: String,
    since: String,
    until: String,
    kinds: Vec<Choice>,
    orders: Vec<Choice>,
    quotes: Vec<Quote>,
    earlier: Option<String>,
    next: Option<String>,
    csv: String,
    json: String,
    atom: String,
}

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    asked: Asked<Statements>,
) -> Result<impl IntoResponse, Problem> {
    let (question, paging) = (asked.question()?, asked.paging()?);
    let (quotes, next) = room
        .pool
        .ask(move |store| {
            let page = store.said_page(&question, &paging)?;
            Ok((Quote::all(store, &page.items)?, page.next))
        })
        .await?;
    let here = "/statements";
    let next = next.map(|cursor| asked.link(here, &[("after", Some(&cursor.to_string()))]));
    let form = |format| asked.link("/api/v1/statements", &[("format", Some(format)), ("after", None)]);
    let field = |name| asked.or_empty(name).to_owned();
    let kinds = [
        ("", "in any way"),
        ("direct", "direct: in quotation marks"),
        ("mixed", "mixed: partly in marks"),
        ("indirect", "indirect: in the reporter’s words"),
    ];
    let orders = [("", "newest first"), ("oldest", "oldest first")];
    Ok(Page(StatementsPage {
        search: String::new(),
        by: field("by"),
        to: field("to"),
        about: field("about"),
        outlet: field("outlet"),
        since: field("since"),
        until: field("until"),
        kinds: Choice::all(kinds, asked.or_empty("kind")),
        orders: Choice::all(orders, asked.or_empty("order")),
        quotes,
        earlier: asked.get("after").map(|_| asked.link(here, &[("after", None)])),
        next,
        csv: form("csv"),
        json: form("json"),
        atom: form("atom"),
    }))
}
