//! Figures: what was counted, by outlet and day, as a chart and a table.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use onrecord::questions::{Answer, Paging};
use onrecord::record::{Cell, Row};

use crate::serve::asked::{Asked, Figures};
use crate::serve::chart::{self, Count, Dots};
use crate::serve::pages::{Choice, Page};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words::{self, Part};

#[derive(Template)]
#[template(path = "figures.html")]
struct FiguresPage {
    search: String,
    counted: String,
    happenings: Vec<Choice>,
    by: String,
    about: String,
    outlet: String,
    since: String,
    until: String,
    classes: Vec<Choice>,
    chart: Option<Dots>,
    rows: Vec<Line>,
    earlier: Option<String>,
    next: Option<String>,
    csv: String,
    json: String,
}

/// A row of the table.
struct Line {
    day: String,
    outlet: String,
    words: String,
    value: String,
    sentence: Vec<Part>,
    article: String,
    row: String,
}

/// How many figures a chart shows at most.
const DRAWN: u32 = 200;
/// The classes of unit that a reader can choose.
const CLASSES: [&str; 7] = ["count", "money", "percent", "measure", "age", "rate", "fraction"];

pub(crate) async fn page(
    State(room): State<Arc<Room>>,
    asked: Asked<Figures>,
) -> Result<impl IntoResponse, Problem> {
    let (question, paging) = (asked.question()?, asked.paging()?);
    let is_narrow = question.counted.is_some() || question.happened.is_some();
    let (page, drawn) = room
        .pool
        .ask(move |store| {
            let page = store.figures_page(&question, &paging)?;
            let all = Paging { after: None, limit: DRAWN, ..paging };
            let drawn = if is_narrow { store.figures_page(&question, &all)?.items } else { Vec::new() };
            Ok((page, drawn))
        })
        .await?;
    let here = "/figures";
    let form = |format| asked.link("/api/v1/figures", &[("format", Some(format)), ("after", None)]);
    let field = |name| asked.or_empty(name).to_owned();
    let overview = room.overview();
    let happened = overview.as_ref().map_or(&[] as &[_], |overview| &overview.happened);
    let happened = happened.iter().map(|happened| (happened.what.as_str(), happened.what.as_str()));
    Ok(Page(FiguresPage {
        search: String::new(),
        counted: field("counted"),
        happenings: Choice::all(
            std::iter::once(("", "anything")).chain(happened),
            asked.or_empty("happened"),
        ),
        by: field("by"),
        about: field("about"),
        outlet: field("outlet"),
        since: field("since"),
        until: field("until"),
        classes: Choice::all(
            std::iter::once(("", "any")).chain(CLASSES.map(|class| (class, class))),
            asked.or_empty("class"),
        ),
        chart: chart::dots(&title(&asked), &drawn.iter().filter_map(count).collect::<Vec<_>>()),
        rows: page.items.iter().map(line).collect(),
        earlier: asked.get("after").map(|_| asked.link(here, &[("after", None)])),
        next: page.next.map(|cursor| asked.link(here, &[("after", Some(&cursor.to_string()))])),
        csv: form("csv"),
        json: form("json"),
    }))
}

fn title(asked: &Asked<Figures>) -> String {
    let parts = [asked.get("counted"), asked.get("happened")];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("Counts of {words}")
}

/// What is drawn of a figure: a count on a day that is known.
fn count(answer: &Answer) -> Option<Count> {
    let Answer { row, report, .. } = answer;
    let number = |column| match row.cell(column) {
        Cell::Real(number) => Some(*number),
        _ => None,
    };
    if row.text("class") != Some("count") || row.text("change").is_some() {
        return None;
    }
    let outlet = report.meta.outlet.clone().unwrap_or_else(|| "outlet unknown".to_owned());
    Some(Count {
        day: report.meta.published?,
        label: format!("{}: {} ({})", words::origin(report), row.passage.words, words::figure(row)),
        outlet,
        low: number("low")?,
        high: number("high"),
        link: words::row(&row.id),
    })
}

fn line(answer: &Answer) -> Line {
    let Answer { row, report, .. } = answer;
    Line {
        day: report.meta.published.map_or_else(|| "unknown".to_owned(), |day| day.to_string()),
        outlet: report.meta.outlet.clone().unwrap_or_else(|| "unknown".to_owned()),
        words: shown(row),
        value: words::figure(row),
        sentence: words::sentence(answer),
        article: words::anchored(row),
        row: words::row(&row.id),
    }
}

fn shown(row: &Row) -> String {
    row.passage.words.clone()
}
