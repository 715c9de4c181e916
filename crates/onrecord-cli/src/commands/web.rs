//! How commands behave towards the servers of others.

use std::time::Duration;

use clap::Args;
use onrecord::Error;
use onrecord::fetch::Manners;

/// Manners on the web.
#[derive(Args)]
#[command(next_help_heading = "On the web")]
pub(crate) struct Web {
    /// Who asks, told to every server: your address of mail or of the web
    #[arg(long, value_name = "ADDRESS", env = "ONRECORD_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Seconds between two requests to one host, at least
    #[arg(long, value_name = "SECONDS", default_value = "1")]
    delay: f64,
    /// Seconds that one request may take, at most
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    patience: f64,
}

impl Web {
    pub(crate) fn manners(&self) -> Result<Manners, Error> {
        let seconds = |name: &str, seconds: f64| {
            let asked = Duration::try_from_secs_f64(seconds).ok().filter(|time| *time <= LONGEST);
            asked.ok_or_else(|| Error::user(format!("--{name} {seconds} is no number of seconds up to 3600")))
        };
        Ok(Manners {
            contact: self.contact.clone(),
            delay: seconds("delay", self.delay)?,
            patience: seconds("patience", self.patience)?,
        })
    }
}

/// The longest time that makes sense.
const LONGEST: Duration = Duration::from_secs(3600);
