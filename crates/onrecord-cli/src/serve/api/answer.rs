//! The shapes of an answer, by an Accept header or a parameter: JSON, JSON lines, CSV and Atom; and the pages of lists.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LINK};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use onrecord::core::Layer as _;
use onrecord::questions::Question;
use onrecord::record;
use onrecord::store::Store;
use serde::Serialize;

use crate::output::csv_answers;
use crate::serve::api::atom;
use crate::serve::asked::{Asked, Asking, Asks};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

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
    fn wanted<A: Asking>(asked: &Asked<A>, headers: &HeaderMap) -> Result<Self, Problem> {
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

    fn of(self, body: String) -> Response {
        ([(CONTENT_TYPE, self.media_type())], body).into_response()
    }
}

/// A list that is asked for, in the shape that it is to have.
pub(crate) struct List<A> {
    pub(crate) room: Arc<Room>,
    pub(crate) asked: Asked<A>,
    shape: Shape,
    path: String,
}

impl<A: Asking> FromRequestParts<Arc<Room>> for List<A> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, room: &Arc<Room>) -> Result<Self, Problem> {
        let asked = Asked::from_request_parts(parts, room).await?;
        let shape = Shape::wanted(&asked, &parts.headers)?;
        Ok(Self { room: Arc::clone(room), asked, shape, path: parts.uri.path().to_owned() })
    }
}

/// Where a list goes on, and the parameter that takes it.
pub(crate) type Next = Option<(&'static str, String)>;

impl<A: Asking> List<A> {
    /// A page of the list; `csv` writes it as CSV.
    pub(crate) fn page<T: Serialize>(
        &self,
        items: &[T],
        next: Next,
        csv: impl FnOnce() -> String,
    ) -> Response {
        let body = match self.shape {
            Shape::Csv => csv(),
            shape => listed(shape, items, next.as_ref().map(|(_, place)| place.as_str())),
        };
        self.answer(body, next)
    }

    /// An answer that says in a header at which address the list goes on.
    fn answer(&self, body: String, next: Next) -> Response {
        let mut response = self.shape.of(body);
        let link = next.map(|(parameter, place)| self.asked.link(&self.path, &[(parameter, Some(&place))]));
        let link = link.and_then(|link| HeaderValue::from_str(&format!("<{link}>; rel=\"next\"")).ok());
        if let Some(link) = link {
            response.headers_mut().insert(LINK, link);
        }
        response
    }

    /// A page of the rows that answer the question.
    pub(crate) async fn rows<Q: Question + Send + 'static>(self) -> Result<Response, Problem>
    where
        Asked<A>: Asks<Question = Q>,
    {
        let (question, paging, shape) = (self.asked.question()?, self.asked.paging()?, self.shape);
        let this = self.asked.link(&self.path, &[]);
        // Rows are written where they are read, on a thread that may take its time.
        let ask = move |store: &Store| {
            let page = store.page(&question, &paging)?;
            let next = page.next.map(|cursor| cursor.to_string());
            let body = match shape {
                Shape::Csv => csv_answers(record::layer(Q::Row::NAME), &page.items),
                Shape::Atom => atom::feed(&this, &page.items),
                Shape::Json | Shape::JsonLines => listed(shape, &page.items, next.as_deref()),
            };
            Ok((body, next.map(|place| ("after", place))))
        };
        let (body, next) = self.room.pool.ask(ask).await?;
        Ok(self.answer(body, next))
    }
}

/// The items of a list in JSON or JSON lines, and where it goes on.
fn listed<T: Serialize>(shape: Shape, items: &[T], next: Option<&str>) -> String {
    match shape {
        Shape::JsonLines => items.iter().map(|item| written(item) + "\n").collect(),
        _ => written(&Listed { items, next }),
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
