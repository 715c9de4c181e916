//! Reading a text that somebody sends, without keeping it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use onrecord::core::Meta;
use onrecord::questions::Article;
use onrecord::record;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::serve::api::documents::object;
use crate::serve::asked::{Asked, Nothing};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// A text, with what is known of it beside.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sent {
    /// The text of the report.
    #[schema(pattern = "^[^\\u0000]*[^\\u0000\\u0085\\ufeff\\s][^\\u0000]*$")]
    text: String,
    /// Day of publication, YYYY-MM-DD: what "today" means in the report.
    #[schema(format = Date)]
    published: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// Where it was found.
    url: Option<String>,
}

/// The text of a report, alone.
#[derive(ToSchema)]
#[schema(value_type = String, pattern = "^[^\\u0000]*[^\\u0000\\u0085\\ufeff\\s][^\\u0000]*$")]
#[expect(dead_code, reason = "it stands for the body in the description")]
pub(crate) struct Alone(String);

/// Read a text and answer with its record; nothing is kept
#[utoipa::path(
    post,
    path = "/api/v1/read",
    request_body(content((Sent = "application/json"), (Alone = "text/plain"))),
    responses((status = 200, description = "document"))
)]
pub(crate) async fn read(
    State(room): State<Arc<Room>>,
    _: Asked<Nothing>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Problem> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("text/plain");
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let (text, meta) = match kind {
        "application/json" => {
            let wrong = |error| Problem::wrong(format!("the body is no such JSON: {error}"));
            let sent: Sent = serde_json::from_slice(&body).map_err(wrong)?;
            let published = sent.published.as_deref().map(report::day).transpose()?;
            (sent.text, Meta { published, outlet: sent.outlet, url: sent.url, source: None })
        }
        "text/plain" => (onrecord::report::read("the text", &*body).map_err(Problem::from)?, Meta::default()),
        _ => {
            let detail = format!("send the text as application/json or text/plain, not as `{kind}`");
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
    };
    let doc = room.read(report::checked(&text)?, meta).await?;
    let body = tokio::task::spawn_blocking(move || object(&Article::of(&doc, record::KEPT))).await;
    Ok(Json(body.map_err(|_| Problem::bug())?))
}

/// Checks of a text that somebody sends.
pub(crate) mod report {
    use onrecord::core::Date;

    use crate::input;
    use crate::serve::problem::Problem;

    /// The longest text, in bytes: it takes some ten seconds of a core.
    const LONGEST: usize = 1024 * 1024;

    /// The text, if it is one that can be read.
    pub(crate) fn checked(text: &str) -> Result<String, Problem> {
        if text.len() > LONGEST {
            return Err(Problem::too_large());
        }
        Ok(onrecord::report::read("the text", text.as_bytes())?)
    }

    /// A day of publication.
    pub(crate) fn day(text: &str) -> Result<Date, Problem> {
        input::day(text)
            .map_err(|_| Problem::wrong(format!("`published` is a day such as 2026-03-04, not `{text}`")))
    }
}
