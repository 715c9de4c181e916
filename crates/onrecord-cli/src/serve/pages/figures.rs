//! Figures: what was counted, by outlet and day, as a chart and a table.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use onrecord::questions::{Answer, Paging};
use onrecord::record::Cell;

use crate::serve::asked::{Asked, Asks, Figures};
use crate::serve::chart::{self, Count, Dots};
use crate::serve::pages::{Choice, Page, Pager};
use crate::serve::problem::Problem;
use crate::serve::room::Room;
use crate::serve::words::{self, Part};

#[derive(Template)]
#[template(path = "figures.html")]
struct FiguresPage {
    happenings: Vec<Choice>,
    classes: Vec<Choice>,
    chart: Option<Dots>,
    rows: Vec<Line>,
    pager: Pager,
    csv: String,
    json: String,
    asked: Asked<Figures>,
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
            let page = store.page(&question, &paging)?;
            let all = Paging { after: None, limit: DRAWN, ..paging };
            let drawn = if is_narrow { store.page(&question, &all)?.items } else { Vec::new() };
            Ok((page, drawn))
        })
        .await?;
    let form = |format| asked.link("/api/v1/figures", &[("format", Some(format)), ("after", None)]);
    let overview = room.overview();
    let happened = overview.as_ref().map_or(&[] as &[_], |overview| &overview.happened);
    let happened = happened.iter().map(|happened| (happened.what.as_str(), happened.what.as_str()));
    Ok(Page(FiguresPage {
        happenings: Choice::all(
            std::iter::once(("", "anything")).chain(happened),
            asked.or_empty("happened"),
        ),
        classes: Choice::all(
            std::iter::once(("", "any")).chain(CLASSES.map(|class| (class, class))),
            asked.or_empty("class"),
        ),
        chart: chart::dots(&title(&asked), &drawn.iter().filter_map(count).collect::<Vec<_>>()),
        rows: page.items.iter().map(line).collect(),
        pager: Pager::new(&asked, "/figures", page.next),
        csv: form("csv"),
        json: form("json"),
        asked,
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
        words: row.passage.words.clone(),
        value: words::figure(row),
        sentence: words::sentence(answer),
        article: words::anchored(row),
        row: words::row(&row.id),
    }
}
