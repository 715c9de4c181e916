//! What is said when a request cannot be answered: RFC 9457 for programs, a page for people. Each says what to do.

use std::any::Any;
use std::time::Duration;

use askama::Template;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse};
use onrecord::ErrorKind;
use serde_json::json;

/// Why a request is not answered.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    /// The request is not well formed.
    pub(crate) fn wrong(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// There is no such thing.
    pub(crate) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// There is no such row.
    pub(crate) fn no_row(id: &str) -> Self {
        Self::missing(format!("no row starts with `{id}`: it may be of a text that is gone"))
    }

    /// There is no such report; `list` is the address of those that there are.
    pub(crate) fn no_report(hash: &str, list: &str) -> Self {
        Self::missing(format!("no report starts with `{hash}`: {list} lists those that are kept"))
    }

    /// The speaker has no page.
    pub(crate) fn no_page(name: &str) -> Self {
        Self::missing(format!(
            "`{name}` has no page: only people in a public role that a report names, and organisations, have one"
        ))
    }

    /// The text is too long.
    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "the text is too long: at most 1 MB is read at once")
    }

    /// Too much is asked at once.
    pub(crate) fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too much is asked at once: try again in a few seconds")
    }

    /// The question takes too long.
    pub(crate) fn too_long(limit: Duration) -> Self {
        let seconds = limit.as_secs();
        let detail = format!(
            "this took longer than {seconds} s and was stopped: narrow it down by day, outlet or words"
        );
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// Something that should not happen.
    pub(crate) fn bug() -> Self {
        let detail = "the program failed at this; this is a bug in onrecord, please report it";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }
}

impl From<onrecord::Error> for Problem {
    fn from(error: onrecord::Error) -> Self {
        let message = error.to_string();
        let status = match error.kind() {
            ErrorKind::Bug => StatusCode::INTERNAL_SERVER_ERROR,
            ErrorKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
            ErrorKind::Several => StatusCode::CONFLICT,
            // What a user can put right is wrong with the request.
            _ => StatusCode::BAD_REQUEST,
        };
        if status.is_server_error() {
            tracing::error!(%message, "the database cannot be asked");
            return Self::new(status, "the database cannot be asked now: the log of the server says why");
        }
        Self::new(status, message)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let body = json!({
            "type": "about:blank",
            "title": title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if self.status == StatusCode::SERVICE_UNAVAILABLE || self.status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

const MEDIA_TYPE: &str = "application/problem+json";
/// The longest words of a refusal that are passed on.
const LONGEST: usize = 4096;

/// A page that says what is wrong.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    title: String,
    status: u16,
    detail: String,
}

/// Turns every refusal, ours or the web server's, into one of the two shapes.
pub(crate) async fn explain(request: Request, next: Next) -> Response<Body> {
    let is_api = is_api(request.uri().path());
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let problem = match parts.extensions.get::<Problem>() {
        Some(problem) => problem.clone(),
        None => {
            let words = to_bytes(body, LONGEST).await.unwrap_or_default();
            let words = String::from_utf8_lossy(&words).into_owned();
            Problem::new(parts.status, told(parts.status, &path, &words))
        }
    };
    let mut response = if is_api { problem.into_response() } else { page(&problem) };
    for kept in [ALLOW, RETRY_AFTER, WWW_AUTHENTICATE] {
        if let Some(value) = parts.headers.get(&kept) {
            response.headers_mut().insert(kept, value.clone());
        }
    }
    response
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api") || path == "/healthz" || path == "/metrics"
}

/// What to say of a refusal that the web server made.
fn told(status: StatusCode, path: &str, words: &str) -> String {
    match status {
        StatusCode::NOT_FOUND => format!("there is nothing at {path}: the API is described at /api"),
        StatusCode::METHOD_NOT_ALLOWED => {
            format!("{path} does not take this method: /api says which it takes")
        }
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large().detail,
        StatusCode::SERVICE_UNAVAILABLE => "this took too long and was stopped: ask for less".to_owned(),
        _ if words.is_empty() => status.canonical_reason().unwrap_or("this cannot be answered").to_owned(),
        _ => words.to_owned(),
    }
}

fn page(problem: &Problem) -> Response<Body> {
    let title = match problem.status {
        StatusCode::NOT_FOUND => "Not here",
        StatusCode::BAD_REQUEST => "This question cannot be read",
        StatusCode::CONFLICT => "More than one",
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => "Too much at once",
        StatusCode::PAYLOAD_TOO_LARGE => "Too long",
        _ => "This cannot be answered",
    };
    let page = ProblemPage {
        title: title.to_owned(),
        status: problem.status.as_u16(),
        detail: problem.detail.clone(),
    };
    let body = page.render().unwrap_or_else(|_| title.to_owned());
    (problem.status, Html(body)).into_response()
}

/// What is said after a panic, which is a bug.
#[expect(clippy::needless_pass_by_value, reason = "the web server gives what the panic said")]
pub(crate) fn panicked(said: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let said =
        said.downcast_ref::<String>().map(String::as_str).or_else(|| said.downcast_ref::<&str>().copied());
    tracing::error!(said, "a request failed");
    Problem::bug().into_response()
}
