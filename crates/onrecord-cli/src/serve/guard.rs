//! Who may come in, and what a browser may do with what it is given.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    AUTHORIZATION, CONTENT_LENGTH, COOKIE, HOST, HeaderName, SET_COOKIE, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect};
use onrecord::core::document_hash;
use subtle::ConstantTimeEq;

use crate::serve::LARGEST_BODY;
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// What every answer says to a browser. No script but our own file runs, and nothing is fetched from elsewhere: the
/// articles are hostile.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Puts those headers on every answer.
pub(crate) async fn protect(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Lets a request in, or says why not.
pub(crate) async fn admit(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response<Body> {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip());
    if from.is_some_and(|from| !from.is_loopback() && !room.visitors.may_ask(from)) {
        let detail =
            "too many requests from this address: wait a second, or ask the keeper for a higher --rate";
        return Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).into_response();
    }
    if let Err(problem) = same_site(request.headers(), request.method()) {
        return problem.into_response();
    }
    // A body that says that it is too long is not waited for.
    let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > LARGEST_BODY) {
        return Problem::too_large().into_response();
    }
    match &room.settings.token {
        Some(token) => with_token(token, request, next).await,
        None if room.settings.host.is_loopback() && !names_this_machine(&request) => {
            let detail = "this room answers to the name of this machine alone: open it as http://127.0.0.1 or localhost";
            Problem::new(StatusCode::FORBIDDEN, detail).into_response()
        }
        None => next.run(request).await,
    }
}

/// A page of another site may not send texts here.
fn same_site(headers: &HeaderMap, method: &Method) -> Result<(), Problem> {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    if *method == Method::POST && matches!(site, Some("cross-site" | "same-site")) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "another site's page may not send texts here"));
    }
    Ok(())
}

/// Whether the request calls the server by a name of this machine. A page elsewhere whose name was made to lead here
/// calls it by another.
fn names_this_machine(request: &Request) -> bool {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).or(request.uri().host());
    let Some(host) = host else { return true };
    let Ok(uri) = host.parse::<Uri>() else { return false };
    let name = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The cookie of a reader who has signed in: not the token, but made from it.
const SESSION: &str = "onrecord_session";
/// Where readers sign in.
const SIGN_IN: &str = "/sign-in";

async fn with_token(token: &str, request: Request, next: Next) -> Response<Body> {
    let session = document_hash(&format!("onrecord session {token}"));
    let headers = request.headers();
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    let is_bearer = bearer.is_some_and(|given| is_same(given, token.as_bytes()));
    let is_reader =
        cookie(headers, SESSION).is_some_and(|given| is_same(given.as_bytes(), session.as_bytes()));
    let path = request.uri().path();
    if is_bearer || is_reader {
        next.run(request).await
    } else if path == SIGN_IN && request.method() == Method::POST {
        sign_in(token, &session, request).await
    } else if path == SIGN_IN {
        next.run(request).await
    } else if path.starts_with("/api/") || path == "/metrics" || request.method() != Method::GET {
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "give the token: `Authorization: Bearer TOKEN`");
        let mut response = problem.into_response();
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        response
    } else {
        Redirect::to(SIGN_IN).into_response()
    }
}

/// Whether two are the same, in a time that does not tell how much of them is.
fn is_same(given: &[u8], wanted: &[u8]) -> bool {
    // Hashes are of one length, so that the length is not told either.
    let hash = |bytes: &[u8]| document_hash(&String::from_utf8_lossy(bytes));
    hash(given).as_bytes().ct_eq(hash(wanted).as_bytes()).into()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|cookies| cookies.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// The longest body of the form, in bytes.
const FORM: usize = 4096;

async fn sign_in(token: &str, session: &str, request: Request) -> Response<Body> {
    let Ok(body) = axum::body::to_bytes(request.into_body(), FORM).await else {
        return Problem::wrong("this is no token").into_response();
    };
    let given = form_urlencoded::parse(&body).find(|(key, _)| key == "token").map(|(_, value)| value);
    if !given.is_some_and(|given| is_same(given.as_bytes(), token.as_bytes())) {
        return Redirect::to("/sign-in?wrong=1").into_response();
    }
    let mut response = Redirect::to("/").into_response();
    let cookie = format!("{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// How many addresses are remembered; when there are more, all are forgotten.
const ADDRESSES: usize = 10_000;

/// Counts the requests of each address: a bucket that fills with so many a second, and holds those of two seconds.
pub(crate) struct Visitors {
    rate: f64,
    buckets: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

impl Visitors {
    pub(crate) fn new(rate: u32) -> Self {
        Self { rate: f64::from(rate.max(1)), buckets: Mutex::default() }
    }

    fn may_ask(&self, from: IpAddr) -> bool {
        let now = Instant::now();
        let most = self.rate * 2.0;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > ADDRESSES {
            buckets.clear();
        }
        let (left, at) = buckets.entry(from).or_insert((most, now));
        *left = (*left + now.duration_since(*at).as_secs_f64() * self.rate).min(most);
        *at = now;
        let may = *left >= 1.0;
        if may {
            *left -= 1.0;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_asks_too_often_has_to_wait() {
        let visitors = Visitors::new(5);
        let from = IpAddr::from([192, 0, 2, 1]);
        assert_eq!((0..30).filter(|_| visitors.may_ask(from)).count(), 10);
        assert!(visitors.may_ask(IpAddr::from([192, 0, 2, 2])));
    }

    #[test]
    fn a_token_is_the_same_or_not() {
        assert!(is_same(b"a long enough token", b"a long enough token"));
        assert!(!is_same(b"a long enough token", b"a long enough tokem"));
        assert!(!is_same(b"", b"a long enough token"));
    }
}
