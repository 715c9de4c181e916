//! The reading room: web pages and an API on a database, which it only reads.
//!
//! A request passes the [`guard`] (who may come in), then [`fresh`] (what was answered already), then a handler in
//! [`pages`] or [`api`], which asks the [`room`] for a connection. Nothing here knows SQL.

mod api;
mod asked;
mod assets;
mod chart;
mod fresh;
mod guard;
mod listen;
mod measure;
mod pages;
mod pool;
mod problem;
mod room;
mod words;

#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Router, middleware};
use onrecord::store::Store;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::failure::{Failure, Result};
use room::Room;

/// How the reading room is opened.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Address to listen at.
    pub(crate) host: IpAddr,
    /// Port to listen at; 0 takes one that is free.
    pub(crate) port: u16,
    /// What readers sign in with.
    pub(crate) token: Option<String>,
    /// Requests a second from one other machine.
    pub(crate) rate: u32,
}

impl Settings {
    /// A room for this machine alone.
    pub(crate) fn this_machine(port: u16) -> Self {
        Self { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port, token: None, rate: RATE }
    }
}

/// Requests a second from one other machine, where nobody says.
const RATE: u32 = 50;
/// The largest body: a report of a megabyte, which is read in some ten seconds, as a form may write it.
const LARGEST_BODY: usize = 3 * 1024 * 1024;
/// How long a request may take as a whole, its body included.
const WHOLE_REQUEST: Duration = Duration::from_secs(30);

/// Opens the reading room on a database, until somebody stops it.
pub(crate) fn run(store: Store, settings: Settings) -> Result<()> {
    measure::log();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Told(format!("no threads can be started: {error}")))?;
    let room = Arc::new(Room::new(store, settings)?);
    let done = runtime.block_on(listen::listen(&room, router(&room)));
    runtime.shutdown_timeout(Duration::from_secs(1));
    done
}

/// Everything that can be asked for, behind everything that a request passes.
fn router(room: &Arc<Room>) -> Router {
    let state = Arc::clone(room);
    let with = |room: &Arc<Room>| Arc::clone(room);
    Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .with_state(state)
        .layer(middleware::from_fn_with_state(with(room), fresh::answer))
        .route("/metrics", get(measure::metrics).with_state(with(room)))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, WHOLE_REQUEST))
        .layer(middleware::from_fn_with_state(with(room), guard::admit))
        .merge(assets::routes())
        .route("/healthz", get(measure::health).with_state(with(room)))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn(problem::explain))
        .layer(middleware::from_fn(guard::protect))
        .layer(middleware::from_fn_with_state(with(room), measure::observe))
}
