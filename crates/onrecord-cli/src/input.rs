//! The reports that a command is given: files, or `-` for the standard input.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use onrecord::core::stages::statements::StatementKind;
use onrecord::core::stages::times::TimeKind;
use onrecord::core::{Date, Meta};
use onrecord::{Error, questions, report};

/// The reports, and what is known of them beside their text.
#[derive(Args)]
pub(crate) struct Reports {
    /// Plain text in UTF-8, one report a file; - reads the standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Day of publication, YYYY-MM-DD: what "today" means in the report
    #[arg(long, value_name = "DAY", value_parser = day)]
    published: Option<Date>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Where it was found
    #[arg(long)]
    url: Option<String>,
}

impl Reports {
    /// What is known of the report in this file.
    pub(crate) fn meta(&self, file: &Path) -> Meta {
        Meta {
            published: self.published,
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            source: Some(name(file)),
        }
    }
}

/// The text in a file.
pub(crate) fn text(file: &Path) -> onrecord::Result<String> {
    if is_stdin(file) { report::read(&name(file), io::stdin().lock()) } else { report::read_file(file) }
}

/// What a file is called in messages and in the record.
pub(crate) fn name(file: &Path) -> String {
    if is_stdin(file) { "standard input".to_owned() } else { file.display().to_string() }
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The kinds of statement.
pub(crate) const STATEMENTS: [StatementKind; 3] =
    [StatementKind::Direct, StatementKind::Mixed, StatementKind::Indirect];

/// The kinds of time.
pub(crate) const TIMES: [TimeKind; 4] = [TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set];

/// The kind of statement with this name.
pub(crate) fn statement_kind(name: &str) -> Option<StatementKind> {
    STATEMENTS.into_iter().find(|kind| kind.name() == name)
}

/// The kind of time with this name, in whatever case.
pub(crate) fn time_kind(name: &str) -> Option<TimeKind> {
    TIMES.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
}

/// One day.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    match questions::days(text) {
        Ok((first, last)) if first == last => Ok(first),
        _ => Err("give the day as 2026-03-04".to_owned()),
    }
}

/// The first day of a date, a month or a year.
pub(crate) fn first_day(text: &str) -> Result<Date, Error> {
    questions::days(text).map(|(first, _)| first)
}

/// The last day of a date, a month or a year.
pub(crate) fn last_day(text: &str) -> Result<Date, Error> {
    questions::days(text).map(|(_, last)| last)
}
