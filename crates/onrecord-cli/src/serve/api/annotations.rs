//! An article's record as W3C Web Annotations: every row with a position and a quotation of its words.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use onrecord::core::Span;
use onrecord::doors;
use onrecord::questions::Article;
use onrecord::record::Row;
use serde_json::{Value as Json, json};

use crate::serve::api::documents::article;
use crate::serve::asked::{Asked, Nothing};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words;

/// The layers that are annotations.
const LAYERS: [&str; 3] = ["statements", "times", "figures"];
/// How many characters before and after the words tell them from the same words elsewhere.
const AROUND: usize = 32;
/// The media type of a web annotation.
const MEDIA_TYPE: &str = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";

/// A report's statements, times and figures as W3C Web Annotations, with both kinds of text selector
#[utoipa::path(
    get,
    path = "/api/v1/documents/{hash}/annotations",
    params(("hash" = String, Path, description = "SHA-256 of the report's text, or the beginning of it.")),
    responses((status = 200, description = "annotations"))
)]
pub(crate) async fn of_document(
    State(room): State<Arc<Room>>,
    Path(hash): Path<String>,
    _: Asked<Nothing>,
) -> Result<Response<Body>, Problem> {
    let body = room.pool.ask(move |store| Ok(page(&article(store, &hash, &LAYERS)?).to_string())).await?;
    Ok(([(CONTENT_TYPE, MEDIA_TYPE)], body).into_response())
}

fn page(article: &Article) -> Json {
    let items: Vec<Json> = article.rows.iter().map(|row| annotation(article, row)).collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:onrecord:annotations:{}", article.report.hash),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    })
}

fn annotation(article: &Article, row: &Row) -> Json {
    let (lead, rest) = words::gist(row);
    let spans = words::marked(row);
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:onrecord:row:{}", row.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": { "type": "Software", "name": format!("onrecord {}", env!("CARGO_PKG_VERSION")) },
        "body": [
            { "type": "TextualBody", "purpose": "tagging", "value": row.layer.trim_end_matches('s') },
            { "type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": format!("{lead}: {rest}") },
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": doors::row(row, &article.points).to_string(),
            },
        ],
        "target": spans.iter().map(|span| target(article, *span)).collect::<Vec<_>>(),
    })
}

fn target(article: &Article, span: Span) -> Json {
    let text = &article.text;
    let [start, end] = article.points.pair(span);
    let range = span.range();
    let before = text[..range.start].chars().rev().take(AROUND).collect::<Vec<_>>();
    let after: String = text[range.end..].chars().take(AROUND).collect();
    json!({
        "source": format!("urn:sha256:{}", article.report.hash),
        "selector": [
            { "type": "TextPositionSelector", "start": start, "end": end },
            {
                "type": "TextQuoteSelector",
                "exact": &text[range],
                "prefix": before.into_iter().rev().collect::<String>(),
                "suffix": after,
            },
        ],
    })
}
