//! The API: what the pages show, for programs. Every route is described where it is written.

mod annotations;
mod answer;
mod atom;
mod describe;
mod documents;
mod lists;
pub(crate) mod read;
mod rows;
mod speakers;

use std::sync::Arc;

use axum::routing::get;
use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::serve::room::Room;

/// What the description says of the API as a whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Onrecord",
        description = "Who said what to whom, when, and how many: every row points at the exact words that it stands on."
    ),
    servers((url = "/"))
)]
struct Whole;

fn described() -> OpenApiRouter<Arc<Room>> {
    OpenApiRouter::with_openapi(Whole::openapi())
        .routes(routes!(documents::list))
        .routes(routes!(documents::one))
        .routes(routes!(annotations::of_document))
        .routes(routes!(lists::statements))
        .routes(routes!(lists::times))
        .routes(routes!(lists::figures))
        .routes(routes!(lists::sections))
        .routes(routes!(rows::one))
        .routes(routes!(speakers::list))
        .routes(routes!(speakers::one))
        .routes(routes!(documents::search))
        .routes(routes!(read::read))
}

/// Every route.
pub(crate) fn routes() -> Router<Arc<Room>> {
    let (router, _) = described().split_for_parts();
    router.route("/api/v1/openapi.json", get(async || Json(description())))
}

/// The description of every route, as OpenAPI 3.1.
pub(crate) fn description() -> utoipa::openapi::OpenApi {
    let (_, api) = described().split_for_parts();
    describe::complete(api)
}
