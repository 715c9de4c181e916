//! Reports: which are kept, one with its record, and those that hold some words.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use onrecord::questions::{Article, Hit, Piece};
use onrecord::store::{REPORT_COLUMNS, Report};
use onrecord::{doors, record};
use serde_json::{Value as JsonValue, json};

use crate::serve::api::answer::Shape;
use crate::serve::asked::{Asked, Documents, Nothing, Search};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// Which reports are kept, the latest first
#[utoipa::path(get, path = "/api/v1/documents", params(Asked<Documents>), responses((status = 200, description = "documents")))]
pub(crate) async fn list(
    State(room): State<Arc<Room>>,
    asked: Asked<Documents>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let shape = Shape::wanted(&asked, &headers)?;
    let (scope, paging) = (asked.scope()?, asked.paging()?);
    let page = room.pool.ask(move |store| Ok(store.reports_page(&scope, &paging)?)).await?;
    let next = page.next.map(|cursor| ("after", cursor.to_string()));
    Ok(shape.page((&asked, "/api/v1/documents"), &page.items, next, csv))
}

fn csv(reports: &[Report]) -> String {
    let header = doors::csv_line(REPORT_COLUMNS.iter().map(|column| column.name.to_owned()));
    let line = |report: &Report| doors::csv_line(report.fields().iter().map(doors::csv_value));
    header + &reports.iter().map(line).collect::<String>()
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
    let body = room
        .pool
        .ask(move |store| {
            let article = store.article(&hash, record::KEPT)?.ok_or_else(|| missing(&hash))?;
            Ok(object(&article))
        })
        .await?;
    Ok(Json(body))
}

/// What is said where there is no such report.
pub(crate) fn missing(hash: &str) -> Problem {
    Problem::missing(format!("no report starts with `{hash}`: /api/v1/documents lists those that are kept"))
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
pub(crate) async fn search(
    State(room): State<Arc<Room>>,
    asked: Asked<Search>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let shape = Shape::wanted(&asked, &headers)?;
    let mut question = asked.question()?;
    if question.scope.about.is_none() {
        return Err(Problem::wrong("give words to find, as `q`"));
    }
    let (offset, limit) = (asked.offset()?, asked.limit()?);
    // One more tells whether there is a next page.
    question.scope.limit = Some(limit + 1);
    let mut hits = room.pool.ask(move |store| Ok(store.search(&question)?)).await?;
    let more = hits.len() > limit as usize;
    hits.truncate(limit as usize);
    let next = more.then(|| ("offset", (offset + limit).to_string()));
    let reports = |_: &[JsonValue]| csv(&hits.iter().map(|hit| hit.report.clone()).collect::<Vec<_>>());
    let items: Vec<JsonValue> = hits.iter().map(hit).collect();
    Ok(shape.page((&asked, "/api/v1/search"), &items, next, reports))
}

fn hit(hit: &Hit) -> JsonValue {
    let piece = |piece: &Piece| json!({ "words": piece.words, "found": piece.is_found });
    json!({
        "report": doors::report(&hit.report),
        "snippet": hit.snippet.iter().map(piece).collect::<Vec<_>>(),
    })
}
