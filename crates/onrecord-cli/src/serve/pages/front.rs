//! The front page: a question, the latest reports, and who is quoted most.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use onrecord::questions::{Order, Overview, Paging, Scope};
use onrecord::store::Report;

use crate::output::count;
use crate::serve::asked::{Asked, Nothing};
use crate::serve::pages::{Listed, Page};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words;

/// How many reports and speakers are listed.
const LISTED: u32 = 12;

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    state: Option<String>,
    db: String,
    reports: Vec<Listed>,
    more: Option<String>,
    speakers: Vec<Person>,
}

/// A speaker in a list.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) link: String,
    pub(crate) count: String,
    pub(crate) role: Option<String>,
}

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    _: Asked<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    let overview = room.overview();
    let (reports, db) = room
        .pool
        .ask(|store| {
            let paging = Paging { order: Order::Newest, after: None, limit: LISTED };
            Ok((store.reports_page(&Scope::default(), &paging)?, store.path().display().to_string()))
        })
        .await?;
    let speakers = overview.as_ref().map_or(&[] as &[_], |overview| &overview.speakers);
    let speakers = speakers.iter().take(LISTED as usize).map(person).collect();
    Ok(Page(Front {
        state: overview.as_deref().map(state),
        db,
        reports: reports.items.iter().map(listed).collect(),
        more: reports.next.map(|_| "/search".to_owned()),
        speakers,
    }))
}

/// A report in a list.
pub(crate) fn listed(report: &Report) -> Listed {
    Listed {
        link: words::report(&report.hash),
        title: words::title(report),
        origin: words::origin(report),
        snippet: Vec::new(),
    }
}

pub(crate) fn person(said: &onrecord::questions::Said) -> Person {
    Person {
        name: said.name.clone(),
        link: words::speaker(&said.name),
        count: count(said.statements, "statement", "statements"),
        role: said.role.clone(),
    }
}

/// What the database holds, and how the intake goes.
fn state(overview: &Overview) -> String {
    let mut state = format!(
        "{}, {}, {}.",
        count(overview.reports, "report", "reports"),
        count(overview.statements, "statement", "statements"),
        count(overview.figures, "figure", "figures"),
    );
    if overview.failures > 0 {
        state += &format!(" {} could not be read.", count(overview.failures, "thing", "things"));
    }
    if overview.stale > 0 {
        let stale = count(overview.stale, "report waits", "reports wait");
        state += &format!(" {stale} to be read: run `onrecord refresh`.");
    }
    state
}
