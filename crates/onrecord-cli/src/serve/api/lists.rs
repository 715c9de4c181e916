//! Lists of rows: statements, times, figures and sections.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord::core::Layer;
use onrecord::core::stages::figures::Figure;
use onrecord::core::stages::sections::Section;
use onrecord::core::stages::statements::Statement;
use onrecord::core::stages::times::Time;
use onrecord::questions::{Answer, Page, Paging};
use onrecord::record;
use onrecord::store::Store;

use crate::output::{csv_header, csv_row};
use crate::serve::api::answer::{Shape, linked};
use crate::serve::api::atom;
use crate::serve::asked::{Asked, Asking, Figures, Sections, Statements, Times};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// Who said what: statements, the latest first
#[utoipa::path(get, path = "/api/v1/statements", params(Asked<Statements>), responses((status = 200, description = "statements")))]
pub(crate) async fn statements(
    State(room): State<Arc<Room>>,
    asked: Asked<Statements>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let question = asked.question()?;
    let ask = move |store: &Store, paging: &Paging| store.said_page(&question, paging);
    rows(&room, Statement::NAME, "/api/v1/statements", &asked, &headers, ask).await
}

/// When: expressions of time, with what they resolve to
#[utoipa::path(get, path = "/api/v1/times", params(Asked<Times>), responses((status = 200, description = "times")))]
pub(crate) async fn times(
    State(room): State<Arc<Room>>,
    asked: Asked<Times>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let question = asked.question()?;
    let ask = move |store: &Store, paging: &Paging| store.times_page(&question, paging);
    rows(&room, Time::NAME, "/api/v1/times", &asked, &headers, ask).await
}

/// How many: figures, with what was counted and by whom
#[utoipa::path(get, path = "/api/v1/figures", params(Asked<Figures>), responses((status = 200, description = "figures")))]
pub(crate) async fn figures(
    State(room): State<Arc<Room>>,
    asked: Asked<Figures>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let question = asked.question()?;
    let ask = move |store: &Store, paging: &Paging| store.figures_page(&question, paging);
    rows(&room, Figure::NAME, "/api/v1/figures", &asked, &headers, ask).await
}

/// The parts of reports: headlines, credits, datelines
#[utoipa::path(get, path = "/api/v1/sections", params(Asked<Sections>), responses((status = 200, description = "sections")))]
pub(crate) async fn sections(
    State(room): State<Arc<Room>>,
    asked: Asked<Sections>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let question = asked.question()?;
    let ask = move |store: &Store, paging: &Paging| store.sections_page(&question, paging);
    rows(&room, Section::NAME, "/api/v1/sections", &asked, &headers, ask).await
}

async fn rows<A: Asking>(
    room: &Arc<Room>,
    layer: &'static str,
    path: &'static str,
    asked: &Asked<A>,
    headers: &HeaderMap,
    ask: impl FnOnce(&Store, &Paging) -> onrecord::Result<Page<Answer>> + Send + 'static,
) -> Result<Response, Problem> {
    let shape = Shape::wanted(asked, headers)?;
    let paging = asked.paging()?;
    // Rows are written where they are read, on a thread that may take its time.
    let this = asked.link(path, &[]);
    let (body, next) = room
        .pool
        .ask(move |store| {
            let page = ask(store, &paging)?;
            let next = page.next.map(|cursor| cursor.to_string());
            let body = match shape {
                Shape::Csv => {
                    let header = csv_header(record::layer(layer));
                    std::iter::once(header).chain(page.items.iter().map(csv_row)).collect()
                }
                Shape::Atom => atom::feed(&this, &page.items),
                Shape::Json | Shape::JsonLines => shape.list(&page.items, next.as_deref()),
            };
            Ok((body, next))
        })
        .await?;
    let next = next.map(|cursor| asked.link(path, &[("after", Some(&cursor))]));
    Ok(linked(shape.body(body), next))
}
