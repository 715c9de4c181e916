//! Reports: which are kept, one with its record, and those that hold some words.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use onrecord::questions::{Article, Hit, Piece};
use onrecord::store::Store;
use onrecord::{doors, record};
use serde_json::{Value as JsonValue, json};

use crate::output::csv_reports;
use crate::serve::api::answer::List;
use crate::serve::asked::{Asked, Documents, Nothing, Search};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// Which reports are kept, the latest first
#[utoipa::path(get, path = "/api/v1/documents", params(Asked<Documents>), responses((status = 200, description = "documents")))]
pub(crate) async fn list(list: List<Documents>) -> Result<Response, Problem> {
    let (scope, paging) = (list.asked.scope()?, list.asked.paging()?);
    let page = list.room.pool.ask(move |store| Ok(store.reports_page(&scope, &paging)?)).await?;
    let next = page.next.map(|cursor| ("after", cursor.to_string()));
    Ok(list.page(&page.items, next, || csv_reports(&page.items)))
}

/// One report: what is known of it, its text, and its record, layer by layer
#[utoipa::path(
    get,
    path = "/api/v1/documents/{hash}",
    params(("hash" = String, Path, description = "SHA-256 of the report's text, or the beginning of it.")),
    responses((status = 200, description = "document"))
)]
pub(crate) async fn one(
    State(room): State<Arc<Room>>,
    Path(hash): Path<String>,
    _: Asked<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    room.pool.ask(move |store| Ok(object(&article(store, &hash, record::KEPT)?))).await.map(Json)
}

/// The report whose hash starts so, with some layers, or that there is none.
pub(crate) fn article(store: &Store, hash: &str, layers: &[&str]) -> Result<Article, Problem> {
    store.article(hash, layers)?.ok_or_else(|| Problem::no_report(hash, "/api/v1/documents"))
}

/// A report with its record.
pub(crate) fn object(article: &Article) -> JsonValue {
    let mut object = json!({ "report": doors::report(&article.report), "text": article.text });
    for layer in record::kept() {
        object[layer.name] = article.layer(layer.name).map(|row| doors::row(row, &article.points)).collect();
    }
    object
}

/// Reports that hold some words, the best first, each with a passage around them
#[utoipa::path(get, path = "/api/v1/search", params(Asked<Search>), responses((status = 200, description = "hits")))]
pub(crate) async fn search(list: List<Search>) -> Result<Response, Problem> {
    let question = list.asked.question()?;
    if question.scope.about.is_none() {
        return Err(Problem::wrong("give words to find, as `q`"));
    }
    let mut hits = list.room.pool.ask(move |store| Ok(store.search(&question)?)).await?;
    let next = list.asked.cut(&mut hits)?.map(|place| ("offset", place));
    let items: Vec<JsonValue> = hits.iter().map(hit).collect();
    Ok(list.page(&items, next, || csv_reports(hits.iter().map(|hit| &hit.report))))
}

fn hit(hit: &Hit) -> JsonValue {
    let piece = |piece: &Piece| json!({ "words": piece.words, "found": piece.is_found });
    json!({
        "report": doors::report(&hit.report),
        "snippet": hit.snippet.iter().map(piece).collect::<Vec<_>>(),
    })
}
