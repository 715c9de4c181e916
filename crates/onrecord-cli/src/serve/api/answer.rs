//! The shapes of an answer: JSON, JSON lines and CSV, by an Accept header or a parameter.

use axum::http::header::{ACCEPT, CONTENT_TYPE, LINK};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::serve::asked::{Asked, Asking};
use crate::serve::problem::Problem;

/// The shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Json,
    JsonLines,
    Csv,
    Atom,
}

/// The names of the shapes, with their media types.
pub(crate) const SHAPES: [(Shape, &str, &str); 4] = [
    (Shape::Json, "json", "application/json"),
    (Shape::JsonLines, "jsonl", "application/jsonl"),
    (Shape::Csv, "csv", "text/csv"),
    (Shape::Atom, "atom", "application/atom+xml"),
];

impl Shape {
    /// The shape that a request wants. Of the types that it takes the first that there is wins.
    pub(crate) fn wanted<A: Asking>(asked: &Asked<A>, headers: &HeaderMap) -> Result<Self, Problem> {
        let formats =
            A::KNOWN.iter().find(|known| known.name == "format").map_or(&[] as &[_], |known| known.words);
        let there = || SHAPES.into_iter().filter(|(_, name, _)| formats.contains(name));
        if let Some(format) = asked.get("format") {
            return there()
                .find(|(_, name, _)| *name == format)
                .map(|(shape, ..)| shape)
                .ok_or_else(Problem::bug);
        }
        let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("*/*");
        let ranges = accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim());
        for range in ranges {
            if matches!(range, "*/*" | "application/*" | "") {
                return Ok(Self::Json);
            }
            let range = if range == "application/x-ndjson" { "application/jsonl" } else { range };
            if let Some((shape, ..)) = there().find(|(_, _, kind)| *kind == range) {
                return Ok(shape);
            }
        }
        let kinds: Vec<&str> = there().map(|(_, _, kind)| kind).collect();
        let detail = format!("this comes as {}, not as `{accept}`", kinds.join(", "));
        Err(Problem::new(StatusCode::NOT_ACCEPTABLE, detail))
    }

    fn media_type(self) -> &'static str {
        SHAPES.into_iter().find(|(shape, ..)| *shape == self).map_or("application/json", |(_, _, kind)| kind)
    }

    /// A page of a list at an address. `next` is where the list goes on, and the parameter that takes it; `csv` writes
    /// the items as CSV.
    pub(crate) fn page<A: Asking, T: Serialize>(
        self,
        (asked, path): (&Asked<A>, &str),
        items: &[T],
        next: Option<(&'static str, String)>,
        csv: impl FnOnce(&[T]) -> String,
    ) -> Response {
        let body = match self {
            Self::Csv => csv(items),
            _ => self.list(items, next.as_ref().map(|(_, place)| place.as_str())),
        };
        let next = next.map(|(parameter, place)| asked.link(path, &[(parameter, Some(&place))]));
        linked(self.body(body), next)
    }

    /// The body of a page of a list, in JSON or JSON lines. `next` is where the list goes on.
    pub(crate) fn list<T: Serialize>(self, items: &[T], next: Option<&str>) -> String {
        match self {
            Self::JsonLines => items.iter().map(|item| written(item) + "\n").collect(),
            _ => written(&Listed { items, next }),
        }
    }

    /// An answer whose body was written in this shape.
    pub(crate) fn body(self, body: String) -> Response {
        ([(CONTENT_TYPE, self.media_type())], body).into_response()
    }
}

/// A page of a list.
#[derive(Serialize)]
struct Listed<'a, T> {
    items: &'a [T],
    next: Option<&'a str>,
}

fn written(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("every key is a string")
}

/// Says where a list goes on, in a header: the address of the next page.
pub(crate) fn linked(mut response: Response, next: Option<String>) -> Response {
    let link = next.and_then(|link| HeaderValue::from_str(&format!("<{link}>; rel=\"next\"")).ok());
    if let Some(link) = link {
        response.headers_mut().insert(LINK, link);
    }
    response
}
