//! `onrecord serve`: the reading room, a web page and an API on a database.

use std::net::IpAddr;

use clap::Args;

use crate::commands::Database;
use crate::failure::{Failure, Outcome, Result};
use crate::serve::{self, Settings};

/// Open the reading room: web pages and an API on a database
///
/// Shows reports with their record marked in them, who said what, and why each
/// row is there, in a web browser; programs find the same under /api/v1. It
/// reads the database and never writes to it.
///
/// It can be reached from this machine alone. Another --host needs a token,
/// which readers give once to sign in and programs send as a bearer token.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord serve --db news.db
  ONRECORD_TOKEN=$(cat token) onrecord serve --db news.db --host 0.0.0.0
  curl -s 'http://127.0.0.1:8080/api/v1/statements?by=minister&format=csv'"
)]
pub(crate) struct Serve {
    /// Address to listen at
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen at; 0 takes one that is free
    #[arg(long, default_value = "8080")]
    port: u16,
    /// What readers sign in with, and programs send as bearer token
    #[arg(long, env = "ONRECORD_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Let everybody who reaches the address read, without a token
    #[arg(long, conflicts_with = "token")]
    without_token: bool,
    /// Requests a second from one other machine, before it has to wait
    #[arg(long, value_name = "COUNT", default_value = "50")]
    rate: u32,
    #[command(flatten)]
    database: Database,
}

/// The shortest token: what is shorter can be guessed.
const SHORTEST: usize = 16;

impl Serve {
    pub(crate) fn run(self) -> Result {
        let token = self.token.filter(|token| !token.is_empty());
        if token.as_ref().is_some_and(|token| token.len() < SHORTEST) {
            return Err(Failure::Told(format!(
                "the token can be guessed: give one of {SHORTEST} characters or more, as `openssl rand -hex 24` makes"
            )));
        }
        if !self.host.is_loopback() && token.is_none() && !self.without_token {
            let host = self.host;
            return Err(Failure::Told(format!(
                "{host} can be reached from other machines: give a --token that readers sign in with, or say \
                 --without-token to let everybody read"
            )));
        }
        let store = self.database.ask()?;
        serve::run(store, Settings { host: self.host, port: self.port, token, rate: self.rate })?;
        Ok(Outcome::Found)
    }
}
