//! What was answered already: an answer is kept until the database changes, and sent again only to those who lack it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use onrecord::core::document_hash;

use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// How many bytes of answers are kept.
const KEPT: usize = 24 * 1024 * 1024;
/// The longest answer: an article of 8 MB with all its marks.
const LONGEST: usize = 256 * 1024 * 1024;
/// The longest answer that is kept, so that one does not push out all others.
const LONGEST_KEPT: usize = KEPT / 8;
/// The headers of an answer that are kept with it.
const HEADERS: [HeaderName; 3] = [CONTENT_TYPE, LINK, CACHE_CONTROL];

/// Answers by address and wanted type.
#[derive(Default)]
pub(crate) struct Answers {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    version: u64,
    bytes: usize,
    answers: HashMap<String, Arc<Answer>>,
}

struct Answer {
    headers: HeaderMap,
    body: Bytes,
    tag: HeaderValue,
}

impl Answers {
    fn get(&self, version: u64, key: &str) -> Option<Arc<Answer>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answers.get(key).filter(|_| kept.version == version).cloned()
    }

    fn keep(&self, version: u64, key: String, answer: &Arc<Answer>) {
        let size = key.len() + answer.body.len();
        if size > LONGEST_KEPT {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // What is old, or too much, goes as a whole: what is asked for often is soon there again.
        if kept.version != version || kept.bytes + size > KEPT {
            *kept = Kept { version, ..Kept::default() };
        }
        kept.bytes += size;
        kept.answers.insert(key, Arc::clone(answer));
    }
}

/// Answers from what is kept, or lets the question through and keeps its answer.
pub(crate) async fn answer(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response<Body> {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    // Taken before the question is asked: an answer is never younger than it says.
    let version = room.version();
    let wanted = request.headers().get(ACCEPT).map(HeaderValue::as_bytes).unwrap_or_default();
    let key = format!("{} {}", request.uri(), String::from_utf8_lossy(wanted));
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    if let Some(answer) = room.answers.get(version, &key) {
        room.measures.kept();
        return answer.response(known.as_ref());
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    match Answer::of(response).await {
        Some(answer) => {
            let answer = Arc::new(answer);
            room.answers.keep(version, key, &answer);
            answer.response(known.as_ref())
        }
        None => Problem::bug().into_response(),
    }
}

impl Answer {
    async fn of(response: Response<Body>) -> Option<Self> {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, LONGEST).await.ok()?;
        let mut headers = HeaderMap::new();
        for name in HEADERS {
            if let Some(value) = parts.headers.get(&name) {
                headers.insert(name, value.clone());
            }
        }
        headers.insert(VARY, HeaderValue::from_static("accept"));
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
        let hash = document_hash(&String::from_utf8_lossy(&body));
        // Weak: on the way the body may be compressed.
        let tag = HeaderValue::from_str(&format!("W/\"{}\"", &hash[..32])).ok()?;
        Some(Self { headers, body, tag })
    }

    fn response(&self, known: Option<&HeaderValue>) -> Response<Body> {
        let has = |known: &HeaderValue| {
            let tags = known.to_str().unwrap_or_default();
            tags.split(',').any(|tag| tag.trim() == "*" || tag.trim().as_bytes() == self.tag.as_bytes())
        };
        let mut response = if known.is_some_and(has) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.body.clone()).into_response()
        };
        let headers = response.headers_mut();
        headers.extend(self.headers.clone());
        headers.insert(ETAG, self.tag.clone());
        response
    }
}
