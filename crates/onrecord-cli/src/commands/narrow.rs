//! What every question can be narrowed by.

use clap::Args;
use onrecord::core::Date;
use onrecord::questions::Scope;

use crate::input::{first_day, last_day};

/// What every question can be narrowed by.
#[derive(Args)]
#[command(next_help_heading = "Narrow it down")]
pub(crate) struct Narrow {
    /// Words that must be there, in any form; "in quotes" in this order
    #[arg(long, value_name = "WORDS")]
    about: Option<String>,
    /// From this day on: 2026-03-04, or 2026-03, or 2026
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    since: Option<Date>,
    /// Up to this day
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    until: Option<Date>,
    /// Part of the outlet's name
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only in this report: the beginning of its hash
    #[arg(long, value_name = "HASH")]
    document: Option<String>,
    /// At most so many answers
    #[arg(long, value_name = "COUNT")]
    limit: Option<u32>,
}

impl From<Narrow> for Scope {
    fn from(narrow: Narrow) -> Self {
        let Narrow { about, since, until, outlet, document, limit } = narrow;
        Self { about, outlet, since, until, document, limit }
    }
}

/// Outlet and days of publication.
#[derive(Args)]
#[command(next_help_heading = "Narrow it down")]
pub(crate) struct Dates {
    /// Published from this day on: 2026-03-04, or 2026-03, or 2026
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    pub(crate) since: Option<Date>,
    /// Published up to this day
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    pub(crate) until: Option<Date>,
    /// Part of the outlet's name
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
}
