//! Answers in pages, by day of publication, in a database of any size.
//!
//! A page is found in two steps: first the numbers of its rows, then the rows. The first step walks the index of days;
//! where an index of words finds little, it sorts what that finds instead; where it finds much, it walks the days report
//! by report, some at a time, and asks the index for the rows of these alone.

use std::fmt;
use std::str::FromStr;

use crate::core::{Layer, LayerInfo};
use crate::questions::scope::{Filter, Scope};
use crate::questions::{Answer, Question, Reading, Text, answer_columns, reports};
use crate::store::{Report, Store, report_columns};
use crate::table::Field;
use crate::{Error, Result, record};

/// In which order answers come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The latest day of publication first.
    #[default]
    Newest,
    /// The earliest first.
    Oldest,
}

/// Which page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// In which order answers come. Within a report it is that of the text.
    pub order: Order,
    /// What the page comes after: [`Page::next`] of the page before.
    pub after: Option<Cursor>,
    /// How many answers a page has at most.
    pub limit: u32,
}

/// A page of answers.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The answers.
    pub items: Vec<T>,
    /// Where the next page goes on, if there is one.
    pub next: Option<Cursor>,
}

/// A place in a list of answers, which can be written down: `2026-03-04.12.345.678`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    published: Option<String>,
    number: i64,
    start: i64,
    row: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { published, number, start, row } = self;
        write!(f, "{}.{number}.{start}.{row}", published.as_deref().unwrap_or_default())
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let numbers =
            |parts: &[&str]| parts.iter().map(|part| part.parse().ok()).collect::<Option<Vec<i64>>>();
        match parts.as_slice() {
            [published, rest @ ..] if rest.len() == 3 => numbers(rest).map(|numbers| Self {
                published: (!published.is_empty()).then(|| (*published).to_owned()),
                number: numbers[0],
                start: numbers[1],
                row: numbers[2],
            }),
            _ => None,
        }
        .ok_or_else(|| Error::user(format!("`{text}` is no place in a list: take `next` from an answer")))
    }
}

/// How many reports are gone through at a time, at first and at most.
const WINDOW: u32 = 64;
const WIDEST: u32 = 4096;

impl Store {
    /// A page of reports; days are those of publication.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reports_page(&self, scope: &Scope, paging: &Paging) -> Result<Page<Report>> {
        let found = || -> rusqlite::Result<Page<Report>> {
            let keys = Walk::new(self, None, "", reports::filter(scope))?.keys(paging)?;
            let query = format!("SELECT {} FROM documents d WHERE d.number = ?", report_columns("d"));
            let mut query = self.connection().prepare_cached(&query)?;
            let report = |key: &Cursor| query.query_row([key.number], |row| Report::from_sql(row, 0));
            let items = keys.items.iter().map(report).collect::<rusqlite::Result<_>>()?;
            Ok(Page { items, next: keys.next })
        };
        found().map_err(|error| self.fault(error))
    }

    /// A page of the rows that answer a question.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn page<Q: Question>(&self, question: &Q, paging: &Paging) -> Result<Page<Answer>> {
        let layer = record::layer(Q::Row::NAME);
        let found = || -> rusqlite::Result<Option<Page<Answer>>> {
            let keys = Walk::new(self, Some(layer), Q::JOINS, question.filter())?.keys(paging)?;
            let query = format!(
                "SELECT {} FROM {} r JOIN documents d ON d.hash = r.document WHERE r.rowid = ?",
                answer_columns(layer),
                layer.name
            );
            let mut query = self.connection().prepare_cached(&query)?;
            let mut reading = Reading { layer, connection: self.connection(), last: Text::default() };
            let mut items = Vec::new();
            for key in &keys.items {
                let mut rows = query.query([key.row])?;
                // A row that was replaced between the two steps is left out.
                let Some(row) = rows.next()? else { continue };
                let Some(answer) = reading.answer(row)? else { return Ok(None) };
                items.push(answer);
            }
            Ok(Some(Page { items, next: keys.next }))
        };
        let found = found().map_err(|error| self.fault(error))?;
        found.ok_or_else(|| self.strange(layer))
    }
}

/// A question whose rows are met in the order of their reports.
struct Walk<'a> {
    store: &'a Store,
    layer: Option<&'static LayerInfo>,
    joins: &'a str,
    filter: Filter,
    /// Whether an index of words finds too much to be taken as a whole.
    finds_much: bool,
}

impl<'a> Walk<'a> {
    fn new(
        store: &'a Store,
        layer: Option<&'static LayerInfo>,
        joins: &'a str,
        mut filter: Filter,
    ) -> rusqlite::Result<Self> {
        let finds_much = filter.settle(store.connection())?;
        Ok(Self { store, layer, joins, filter, finds_much })
    }

    /// The places of the rows of a page.
    fn keys(&self, paging: &Paging) -> rusqlite::Result<Page<Cursor>> {
        let wanted = paging.limit as usize;
        let mut items = Vec::new();
        if self.finds_much {
            self.by_windows(paging, &mut items)?;
        } else {
            for stretch in self.stretches(paging) {
                // One more tells whether there is a next page.
                let missing = wanted + 1 - items.len();
                self.collect(&stretch, missing, &mut items)?;
                if items.len() > wanted {
                    break;
                }
            }
        }
        let more = items.len() > wanted;
        items.truncate(wanted);
        let next = items.last().filter(|_| more).cloned();
        Ok(Page { items, next })
    }

    /// Goes through the reports some at a time, until there are enough rows.
    fn by_windows(&self, paging: &Paging, keys: &mut Vec<Cursor>) -> rusqlite::Result<()> {
        let wanted = paging.limit as usize + 1;
        if let Some(Cursor { number, start, row, .. }) = &paging.after
            && self.layer.is_some()
        {
            let rest = format!("(r.start, r.rowid) > ({start}, {row})");
            self.window(&[*number], &rest, paging.order, wanted, keys)?;
        }
        let reports =
            Walk { store: self.store, layer: None, joins: "", filter: Filter::default(), finds_much: false };
        let mut some = Paging { limit: WINDOW, ..paging.clone() };
        while keys.len() < wanted {
            let page = reports.keys(&some)?;
            let numbers: Vec<i64> = page.items.iter().map(|key| key.number).collect();
            self.window(&numbers, "1", paging.order, wanted, keys)?;
            if page.next.is_none() {
                break;
            }
            some = Paging { after: page.next, limit: (some.limit * 2).min(WIDEST), ..some };
        }
        Ok(())
    }

    /// Adds the rows of some reports.
    fn window(
        &self,
        numbers: &[i64],
        rest: &str,
        order: Order,
        wanted: usize,
        keys: &mut Vec<Cursor>,
    ) -> rusqlite::Result<()> {
        let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else { return Ok(()) };
        let list = Field::Text(serde_json::json!(numbers).to_string());
        let mut filter = self.filter.clone();
        for index in 0..filter.probes.len() {
            let bounds = match filter.probes[index].key.as_str() {
                "d.number" => Some((*first, *last)),
                _ => self.numbers_of(&list)?,
            };
            let Some(bounds) = bounds else { return Ok(()) };
            filter.between(index, bounds);
        }
        let (rows, place) = match self.layer {
            Some(layer) => {
                (format!("CROSS JOIN {} r ON r.document = d.hash", layer.name), "r.start, r.rowid")
            }
            None => (String::new(), "0, 0"),
        };
        let way = if order == Order::Newest { "DESC" } else { "ASC" };
        let query = format!(
            "SELECT d.published, d.number, {place} FROM json_each(?) w CROSS JOIN documents d ON d.number = w.value
             {rows} {} WHERE ({rest}) AND {} ORDER BY d.published IS NULL, d.published {way}, d.number {way}, {place}
             LIMIT {}",
            self.joins,
            filter.condition(),
            wanted - keys.len(),
        );
        self.run(&query, std::iter::once(&list).chain(&filter.values), keys)
    }

    /// The first and the last number of the layer's rows in some reports.
    fn numbers_of(&self, reports: &Field) -> rusqlite::Result<Option<(i64, i64)>> {
        let Some(layer) = self.layer else { return Ok(None) };
        let query = format!(
            "SELECT min(r.rowid), max(r.rowid) FROM json_each(?) w CROSS JOIN documents d ON d.number = w.value
             CROSS JOIN {} r ON r.document = d.hash",
            layer.name
        );
        let mut query = self.store.connection().prepare_cached(&query)?;
        let (first, last): (Option<i64>, Option<i64>) =
            query.query_row([reports], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last))
    }

    fn collect(&self, stretch: &Stretch, limit: usize, keys: &mut Vec<Cursor>) -> rusqlite::Result<()> {
        let (from, place) = self.tables();
        let query = format!(
            "SELECT d.published, d.number, {place} FROM {from} {} WHERE ({}) AND {} ORDER BY {} LIMIT {limit}",
            self.joins,
            stretch.condition,
            self.filter.condition(),
            stretch.order,
        );
        self.run(&query, stretch.values.iter().chain(&self.filter.values), keys)
    }

    fn run<'v>(
        &self,
        query: &str,
        values: impl Iterator<Item = &'v Field>,
        keys: &mut Vec<Cursor>,
    ) -> rusqlite::Result<()> {
        let mut query = self.store.connection().prepare_cached(query)?;
        let mut rows = query.query(rusqlite::params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let (published, number) = (row.get(0)?, row.get(1)?);
            keys.push(Cursor { published, number, start: row.get(2)?, row: row.get(3)? });
        }
        Ok(())
    }

    /// The tables in the order in which they are gone through, and where a row stands in its report.
    fn tables(&self) -> (String, &'static str) {
        let Some(layer) = self.layer else { return ("documents d".to_owned(), "0, 0") };
        let name = layer.name;
        let from = if self.filter.few_of == Some("r") {
            format!("{name} r CROSS JOIN documents d ON d.hash = r.document")
        } else {
            format!("documents d CROSS JOIN {name} r ON r.document = d.hash")
        };
        (from, "r.start, r.rowid")
    }

    /// The parts of the list that a page may take its rows from, in order.
    fn stretches(&self, paging: &Paging) -> Vec<Stretch> {
        let newest = paging.order == Order::Newest;
        let (after, way) = if newest { ("<", "DESC") } else { (">", "ASC") };
        let place = if self.layer.is_some() { ", r.start, r.rowid" } else { "" };
        let mut stretches = Vec::new();
        let mut add = |condition: &str, order: String, values: Vec<Field>| {
            stretches.push(Stretch { condition: condition.to_owned(), order: order + place, values });
        };
        let number = format!("d.number {way}");
        let day = format!("d.published {way}, d.number {way}");
        match &paging.after {
            None => {
                add("d.published IS NOT NULL", day, Vec::new());
                add("d.published IS NULL", number, Vec::new());
            }
            Some(Cursor { published, number: last, start, row }) => {
                let [last, start, row] = [last, start, row].map(|number| Field::Integer(*number));
                if self.layer.is_some() {
                    let values = vec![last.clone(), start, row];
                    add("d.number = ? AND (r.start, r.rowid) > (?, ?)", number.clone(), values);
                }
                match published.clone().map(Field::Text) {
                    None => add(&format!("d.published IS NULL AND d.number {after} ?"), number, vec![last]),
                    Some(published) => {
                        let values = vec![published.clone(), last];
                        add(&format!("d.published = ? AND d.number {after} ?"), number.clone(), values);
                        add(&format!("d.published {after} ?"), day, vec![published]);
                        add("d.published IS NULL", number, Vec::new());
                    }
                }
            }
        }
        if self.filter.few_of.is_some() {
            stretches.iter_mut().for_each(Stretch::sort);
        }
        stretches
    }
}

/// A part of the list of answers.
struct Stretch {
    condition: String,
    order: String,
    values: Vec<Field>,
}

impl Stretch {
    /// Has the rows sorted, so that no index of days is walked for their order.
    fn sort(&mut self) {
        self.condition = self.condition.replace("d.", "+d.");
        self.order = self.order.replace("d.", "+d.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::Meta;
    use crate::questions::SaidQuestion;
    use crate::testing;

    /// Reports of one text each, some without a day, added in an order that is not that of their days.
    fn store() -> Store {
        let mut store = Store::in_memory().expect("there is memory");
        store.keep(testing::TEXT, testing::meta(), testing::read).expect("it is kept");
        let days = ["2026-03-01", "", "2026-03-06", "2026-03-01", ""];
        for (number, day) in days.into_iter().enumerate() {
            let meta = Meta { published: day.parse().ok(), ..Meta::default() };
            store.keep(&format!("Report {number}."), meta, testing::read).expect("it is kept");
        }
        store
    }

    fn numbers(store: &Store, order: Order, limit: u32) -> Vec<i64> {
        let mut paging = Paging { order, after: None, limit };
        let mut numbers = Vec::new();
        loop {
            let page = store.reports_page(&Scope::default(), &paging).expect("it is answered");
            numbers.extend(page.items.iter().map(|report| report.number));
            let Some(next) = page.next else { return numbers };
            // A cursor is written into an address and read from it again.
            paging.after = Some(next.to_string().parse().expect("it is one"));
        }
    }

    #[test]
    fn pages_go_by_day_and_those_without_one_come_last() {
        let store = store();
        for limit in 1..7 {
            assert_eq!(numbers(&store, Order::Newest, limit), [4, 1, 5, 2, 6, 3], "{limit}");
            assert_eq!(numbers(&store, Order::Oldest, limit), [2, 5, 1, 4, 3, 6], "{limit}");
        }
    }

    #[test]
    fn a_page_has_what_the_whole_answer_has() {
        let store = store();
        let by = |by: &str, about: &str| SaidQuestion {
            by: Some(by.into()),
            scope: Scope { about: Some(about.into()), ..Scope::default() },
            ..SaidQuestion::default()
        };
        for question in
            [SaidQuestion::default(), by("Qaani", "dam"), by("the commander", "left"), by("x", "y")]
        {
            let whole: Vec<String> = store
                .answers(&question)
                .expect("it is answered")
                .into_iter()
                .map(|answer| answer.row.id)
                .collect();
            let paging = Paging { order: Order::Newest, after: None, limit: 10 };
            let page = store.page(&question, &paging).expect("it is answered");
            assert_eq!(page.items.into_iter().map(|answer| answer.row.id).collect::<Vec<_>>(), whole);
        }
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for wrong in ["", "2026-03-04", "1.2.3", "a.b.c.d", "2026-03-04.1.2.3.4"] {
            assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
        }
    }
}
