//! What the room tells its keeper: a log line for each request, counts for Prometheus, and whether it is well.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Instant;

use axum::Json;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Response;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::IntoResponse;
use serde_json::json;

use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// Upper ends of the classes of duration, in seconds.
const CLASSES: [f64; 8] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

/// What is counted.
#[derive(Default)]
pub(crate) struct Measures {
    /// Requests by the hundred of their status, 1xx to 5xx.
    by_status: [AtomicU64; 5],
    /// Requests by duration; the last class has no upper end.
    by_duration: [AtomicU64; CLASSES.len() + 1],
    microseconds: AtomicU64,
    kept: AtomicU64,
    connections: AtomicI64,
}

impl Measures {
    /// An answer was kept from before.
    pub(crate) fn kept(&self) {
        self.kept.fetch_add(1, Ordering::Relaxed);
    }

    /// One connection more, or one less.
    pub(crate) fn connected(&self, change: i64) {
        self.connections.fetch_add(change, Ordering::Relaxed);
    }

    fn answered(&self, status: u16, seconds: f64) {
        let hundred = usize::from(status / 100).clamp(1, 5) - 1;
        self.by_status[hundred].fetch_add(1, Ordering::Relaxed);
        let class = CLASSES.iter().position(|end| seconds <= *end).unwrap_or(CLASSES.len());
        self.by_duration[class].fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add((seconds * 1e6) as u64, Ordering::Relaxed);
    }

    /// In the text format of Prometheus.
    fn text(&self, room: &Room) -> String {
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let mut text = String::new();
        let head = |name: &str, kind: &str, help: &str| {
            format!("# HELP onrecord_{name} {help}\n# TYPE onrecord_{name} {kind}\n")
        };
        text += &head("requests_total", "counter", "Requests that were answered, by class of status.");
        for (index, count) in self.by_status.iter().enumerate() {
            let class = index + 1;
            text += &format!("onrecord_requests_total{{status=\"{class}xx\"}} {}\n", load(count));
        }
        text += &head("request_seconds", "histogram", "How long an answer took.");
        let mut all = 0;
        for (index, count) in self.by_duration.iter().enumerate() {
            all += load(count);
            let end = CLASSES.get(index).map_or_else(|| "+Inf".to_owned(), f64::to_string);
            text += &format!("onrecord_request_seconds_bucket{{le=\"{end}\"}} {all}\n");
        }
        let seconds = load(&self.microseconds) as f64 / 1e6;
        text += &format!("onrecord_request_seconds_sum {seconds}\nonrecord_request_seconds_count {all}\n");
        text += &head("kept_answers_total", "counter", "Requests that were answered with a kept answer.");
        text += &format!("onrecord_kept_answers_total {}\n", load(&self.kept));
        text += &head("connections", "gauge", "Open connections.");
        text += &format!("onrecord_connections {}\n", self.connections.load(Ordering::Relaxed));
        if let Some(overview) = room.overview() {
            let counts = [
                ("reports", "Reports in the database.", overview.reports),
                ("statements", "Statements in the database.", overview.statements),
                ("failures", "Things that could not be read.", overview.failures),
                (
                    "stale_reports",
                    "Reports that wait to be read, or were read by another version.",
                    overview.stale,
                ),
            ];
            for (name, help, count) in counts {
                text += &head(name, "gauge", help);
                writeln!(text, "onrecord_{name} {count}").expect("a string takes all");
            }
        }
        text
    }
}

/// Starts the log: lines of JSON on the standard error.
pub(crate) fn log() {
    let level = std::env::var("ONRECORD_LOG").ok().and_then(|level| level.parse().ok());
    let level = level.unwrap_or(tracing::Level::WARN);
    // A second start, in the same process, keeps the first log.
    drop(
        tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_target(false)
            .with_max_level(level)
            .with_writer(std::io::stderr)
            .try_init(),
    );
}

/// Counts a request and logs it, without what was asked: that is the reader's business.
pub(crate) async fn observe(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let seconds = started.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    room.measures.answered(status, seconds);
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let milliseconds = seconds * 1e3;
    if status >= 500 {
        tracing::error!(%method, route, status, milliseconds, "answered");
    } else {
        tracing::info!(%method, route, status, milliseconds, "answered");
    }
    response
}

/// `/healthz`: whether the database can be asked.
pub(crate) async fn health(State(room): State<Arc<Room>>) -> Result<impl IntoResponse, Problem> {
    room.pool.ask(|store| Ok(store.data_version()?)).await?;
    Ok(Json(json!({ "status": "ok" })))
}

/// `/metrics`: counts for Prometheus.
pub(crate) async fn metrics(State(room): State<Arc<Room>>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], room.measures.text(&room))
}
