//! Lists of rows: statements, times, figures and sections.

use axum::response::Response;

use crate::serve::api::answer::List;
use crate::serve::asked::{Asked, Figures, Sections, Statements, Times};
use crate::serve::problem::Problem;

/// Who said what: statements, the latest first
#[utoipa::path(get, path = "/api/v1/statements", params(Asked<Statements>), responses((status = 200, description = "statements")))]
pub(crate) async fn statements(list: List<Statements>) -> Result<Response, Problem> {
    list.rows().await
}

/// When: expressions of time, with what they resolve to
#[utoipa::path(get, path = "/api/v1/times", params(Asked<Times>), responses((status = 200, description = "times")))]
pub(crate) async fn times(list: List<Times>) -> Result<Response, Problem> {
    list.rows().await
}

/// How many: figures, with what was counted and by whom
#[utoipa::path(get, path = "/api/v1/figures", params(Asked<Figures>), responses((status = 200, description = "figures")))]
pub(crate) async fn figures(list: List<Figures>) -> Result<Response, Problem> {
    list.rows().await
}

/// The parts of reports: headlines, credits, datelines
#[utoipa::path(get, path = "/api/v1/sections", params(Asked<Sections>), responses((status = 200, description = "sections")))]
pub(crate) async fn sections(list: List<Sections>) -> Result<Response, Problem> {
    list.rows().await
}
