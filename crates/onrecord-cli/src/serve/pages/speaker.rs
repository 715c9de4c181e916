//! A speaker: names and roles as worded, statements in time. Only people in a public role and organisations have one.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use onrecord::questions::{Counted, SaidQuestion, Speaker};

use crate::output::count;
use crate::serve::asked::{self, Asked, OneSpeaker, Speakers};
use crate::serve::chart::{self, Bars};
use crate::serve::pages::front::{Person, person};
use crate::serve::pages::{Page, Pager};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words::Quote;

#[derive(Template)]
#[template(path = "speaker.html")]
struct SpeakerPage {
    name: String,
    roles: Option<String>,
    count: String,
    chart: Option<Bars>,
    tables: Vec<Table>,
    quotes: Vec<Quote>,
    pager: Pager,
    atom: String,
    json: String,
}

/// What was counted, under a title.
struct Table {
    title: &'static str,
    rows: Vec<(String, u32)>,
}

/// How many rows a table has.
const ROWS: usize = 8;
/// How many roles stand below the name.
const ROLES: usize = 3;

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    asked: Asked<OneSpeaker>,
) -> Result<impl IntoResponse, Problem> {
    let Some(name) = asked.owned("name") else {
        return Err(Problem::wrong("give the speaker's `name`: /speakers lists those that have a page"));
    };
    let paging = asked.paging()?;
    let (speaker, quotes, next) = room
        .pool
        .ask(move |store| {
            let speaker = store.speaker(&name)?.ok_or_else(|| Problem::no_page(&name))?;
            let question = SaidQuestion { name: Some(name), ..SaidQuestion::default() };
            let page = store.page(&question, &paging)?;
            Ok((speaker, Quote::all(store, &page.items)?, page.next))
        })
        .await?;
    let statements = [("name", speaker.name.as_str())];
    let atom = statements.into_iter().chain([("format", "atom")]);
    Ok(Page(SpeakerPage {
        roles: roles(&speaker),
        count: count(speaker.statements, "statement", "statements"),
        chart: chart::bars("Statements", &days(&speaker)),
        tables: tables(&speaker),
        quotes,
        pager: Pager::new(&asked, "/speaker", next),
        atom: asked::link("/api/v1/statements", atom),
        json: asked::link("/api/v1/speaker", statements),
        name: speaker.name,
    }))
}

fn roles(speaker: &Speaker) -> Option<String> {
    let roles: Vec<&str> = speaker.roles.iter().take(ROLES).map(|role| role.what.as_str()).collect();
    (!roles.is_empty()).then(|| roles.join("; "))
}

fn days(speaker: &Speaker) -> Vec<(&str, u32)> {
    speaker.days.iter().map(|day| (day.what.as_str(), day.count)).collect()
}

fn tables(speaker: &Speaker) -> Vec<Table> {
    let rows = |counted: &[Counted]| {
        counted.iter().take(ROWS).map(|counted| (counted.what.clone(), counted.count)).collect()
    };
    vec![
        Table { title: "As worded", rows: rows(&speaker.wordings) },
        Table { title: "To whom", rows: rows(&speaker.addressees) },
        Table { title: "Through which outlets", rows: rows(&speaker.outlets) },
    ]
}

#[derive(Template)]
#[template(path = "speakers.html")]
struct SpeakersPage {
    by: String,
    speakers: Vec<Person>,
    said: String,
    pager: Pager,
}

/// Everybody who has a page, by name.
pub(crate) async fn list(
    State(room): State<Arc<Room>>,
    asked: Asked<Speakers>,
) -> Result<impl IntoResponse, Problem> {
    let (by, after) = (asked.owned("by"), asked.owned("after"));
    let limit = asked.limit()?;
    let (speakers, last) =
        room.pool.ask(move |store| Ok(store.speakers(by.as_deref(), after.as_deref(), limit)?)).await?;
    let by = asked.or_empty("by").to_owned();
    Ok(Page(SpeakersPage {
        said: asked::link("/statements", [("by", by.as_str())]),
        by,
        speakers: speakers.iter().map(person).collect(),
        pager: Pager::new(&asked, "/speakers", last),
    }))
}
