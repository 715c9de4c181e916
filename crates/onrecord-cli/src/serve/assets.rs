//! The files that pages are dressed with, all inside the program.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

/// The files: address, media type, content. The address names the version, so that a browser may keep it for good; that
/// of the style sheet is checked by a test.
const FILES: [(&str, &str, &[u8]); 3] = [
    ("/assets/room-1.css", "text/css; charset=utf-8", include_bytes!("../../assets/room.css")),
    (
        "/assets/htmx-4.0.1.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../assets/htmx-4.0.1.min.js"),
    ),
    ("/assets/mark.svg", "image/svg+xml", include_bytes!("../../assets/mark.svg")),
];

pub(crate) fn routes() -> Router {
    FILES.into_iter().fold(Router::new(), |router, (address, kind, content)| {
        let cached = if address.contains(".css") { "no-cache" } else { "public, max-age=604800" };
        let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, cached)];
        router.route(address, get(move || async move { (headers, content).into_response() }))
    })
}
