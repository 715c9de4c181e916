//! Speakers: people in a public role and organisations.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use onrecord::doors;
use onrecord::questions::{Counted, Said};
use serde_json::{Value as JsonValue, json};

use crate::serve::api::answer::Shape;
use crate::serve::asked::{self, Asked, OneName, Speakers};
use crate::serve::pages::no_page;
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// People in a public role and organisations that said something, by name
#[utoipa::path(get, path = "/api/v1/speakers", params(Asked<Speakers>), responses((status = 200, description = "speakers")))]
pub(crate) async fn list(
    State(room): State<Arc<Room>>,
    asked: Asked<Speakers>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let shape = Shape::wanted(&asked, &headers)?;
    let (by, after) = (asked.get("by").map(str::to_owned), asked.get("after").map(str::to_owned));
    let limit = asked.limit()?;
    let (speakers, last) =
        room.pool.ask(move |store| Ok(store.speakers(by.as_deref(), after.as_deref(), limit)?)).await?;
    let items: Vec<JsonValue> = speakers.iter().map(speaker).collect();
    let next = last.map(|last| ("after", last));
    Ok(shape.page((&asked, "/api/v1/speakers"), &items, next, |_| csv(&speakers)))
}

fn csv(speakers: &[Said]) -> String {
    let line = |said: &Said| {
        doors::csv_line([
            said.name.clone(),
            said.statements.to_string(),
            said.role.clone().unwrap_or_default(),
        ])
    };
    "name,statements,role\n".to_owned() + &speakers.iter().map(line).collect::<String>()
}

fn speaker(said: &Said) -> JsonValue {
    json!({ "name": said.name, "statements": said.statements, "role": said.role })
}

/// One speaker: wordings, roles, addressees, outlets and days, each with how often
#[utoipa::path(get, path = "/api/v1/speaker", params(Asked<OneName>), responses((status = 200, description = "speaker")))]
pub(crate) async fn one(
    State(room): State<Arc<Room>>,
    asked: Asked<OneName>,
) -> Result<impl IntoResponse, Problem> {
    let Some(name) = asked.get("name").map(str::to_owned) else {
        return Err(Problem::wrong(
            "give the speaker's `name`: /api/v1/speakers lists those that have a page",
        ));
    };
    let speaker = room.pool.ask(move |store| store.speaker(&name)?.ok_or_else(|| no_page(&name))).await?;
    let counts = |counted: &[Counted]| {
        let count = |counted: &Counted| json!({ "what": counted.what, "count": counted.count });
        counted.iter().map(count).collect::<JsonValue>()
    };
    Ok(Json(json!({
        "name": speaker.name,
        "statements": speaker.statements,
        "wordings": counts(&speaker.wordings),
        "roles": counts(&speaker.roles),
        "addressees": counts(&speaker.addressees),
        "outlets": counts(&speaker.outlets),
        "days": counts(&speaker.days),
        "statements_at": asked::link("/api/v1/statements", [("name", speaker.name.as_str())]),
    })))
}
