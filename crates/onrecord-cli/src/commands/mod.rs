//! The commands, one a file, in the order of the help.

pub(crate) mod add;
pub(crate) mod check;
mod database;
pub(crate) mod demo;
pub(crate) mod documents;
pub(crate) mod export;
pub(crate) mod fetch;
pub(crate) mod figures;
mod intake;
pub(crate) mod narrow;
pub(crate) mod read;
pub(crate) mod refresh;
pub(crate) mod said;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod times;
pub(crate) mod versions;
pub(crate) mod watch;
mod web;
pub(crate) mod why;

pub(crate) use database::Database;
pub(crate) use narrow::Narrow;
pub(crate) use web::Web;
