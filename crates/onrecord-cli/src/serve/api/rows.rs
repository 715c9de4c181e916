//! One row, and why it is there.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use onrecord::doors;
use serde_json::json;

use crate::serve::asked::{Asked, Nothing};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// One row of any layer, with the rule that made it in words and the rows that it refers to
#[utoipa::path(
    get,
    path = "/api/v1/rows/{id}",
    params(("id" = String, Path, description = "The row's id, or the beginning of it.")),
    responses((status = 200, description = "row"))
)]
pub(crate) async fn one(
    State(room): State<Arc<Room>>,
    Path(id): Path<String>,
    _: Asked<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    let why = room.pool.ask(move |store| store.why(&id)?.ok_or_else(|| Problem::no_row(&id))).await?;
    let mut row = doors::answer(&why.answer);
    row["explanation"] = why.explanation.into();
    let related =
        why.related.iter().map(|related| (related.column.to_owned(), doors::answer(&related.answer)));
    row["related"] = json!(related.collect::<serde_json::Map<_, _>>());
    Ok(Json(row))
}
