//! Speakers: people in a public role and organisations.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use onrecord::doors;
use onrecord::questions::{Counted, Said};
use onrecord::store::Store;
use serde_json::{Value as JsonValue, json};

use crate::serve::api::answer::List;
use crate::serve::asked::{self, Asked, OneName, Speakers};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

/// People in a public role and organisations that said something, by name
#[utoipa::path(get, path = "/api/v1/speakers", params(Asked<Speakers>), responses((status = 200, description = "speakers")))]
pub(crate) async fn list(list: List<Speakers>) -> Result<Response, Problem> {
    let (by, after, limit) = (list.asked.owned("by"), list.asked.owned("after"), list.asked.limit()?);
    let ask = move |store: &Store| Ok(store.speakers(by.as_deref(), after.as_deref(), limit)?);
    let (speakers, last) = list.room.pool.ask(ask).await?;
    let items: Vec<JsonValue> = speakers.iter().map(speaker).collect();
    Ok(list.page(&items, last.map(|last| ("after", last)), || csv(&speakers)))
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
    let Some(name) = asked.owned("name") else {
        return Err(Problem::wrong(
            "give the speaker's `name`: /api/v1/speakers lists those that have a page",
        ));
    };
    let speaker =
        room.pool.ask(move |store| store.speaker(&name)?.ok_or_else(|| Problem::no_page(&name))).await?;
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
