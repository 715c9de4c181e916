//! One request at a time: `robots.txt` first, at the host's pace, within limits, redirects followed by hand.

use std::io::Read;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};
use url::Url;

use super::Way;
use super::hosts::{Hosts, Rules, is_private};
use crate::ingest::LONGEST_PAGE;
use crate::store::Visit;

/// The name under which a `robots.txt` speaks to this program.
const AGENT: &str = "onrecord";
/// The page about this program.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");
/// Redirects that are followed; RFC 9309 wants five at least.
const MOST_REDIRECTS: usize = 5;
/// What is read of a `robots.txt`, in bytes: as much as RFC 9309 wants.
const LONGEST_ROBOTS: u64 = 512 * 1024;
/// How long a host is left alone that says it is asked too often and not for how long.
const REST: Duration = Duration::from_secs(60);
/// How long a host may rest and still be waited for in this run.
const LONGEST_REST: Duration = Duration::from_secs(120);
/// How often somebody who waits looks whether to stop.
const NAP: Duration = Duration::from_millis(50);
/// Kinds of content that can hold a report.
const KINDS: [&str; 8] = [
    "text/",
    "application/xhtml",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/rdf",
    "application/json",
    "application/feed+json",
];

/// What was had of an address.
pub(super) enum Answer {
    /// It has not changed since it was fetched last.
    Unchanged,
    Page(Box<Page>),
}

/// A page as it was sent.
pub(super) struct Page {
    /// Where it was at last, after every redirect.
    pub(super) url: Url,
    pub(super) bytes: Vec<u8>,
    /// The charset that the server named.
    pub(super) charset: Option<String>,
    /// What to ask with next time.
    pub(super) visit: Visit,
}

/// Why a page was not had.
#[derive(Debug)]
pub(super) struct Refusal {
    /// In words that follow the address.
    pub(super) reason: String,
    /// Whether it may be otherwise next time.
    pub(super) passes: bool,
}

impl Refusal {
    pub(super) fn lasting(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), passes: false }
    }

    fn passing(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), passes: true }
    }
}

/// Asks hosts for pages.
pub(super) struct Client<'a> {
    agent: Agent,
    hosts: Hosts,
    way: Way<'a>,
}

impl<'a> Client<'a> {
    pub(super) fn new(way: Way<'a>) -> Self {
        let contact = way.manners.contact.as_deref().unwrap_or_default();
        let contact: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
        let contact = if contact.is_empty() { String::new() } else { format!("; {contact}") };
        let config = Agent::config_builder()
            .user_agent(format!("{AGENT}/{} (+{HOME}{contact})", env!("CARGO_PKG_VERSION")))
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain;q=0.8, */*;q=0.5")
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(way.manners.patience))
            .build();
        Self { agent: config.new_agent(), hosts: Hosts::default(), way }
    }

    /// How long the host of this page is still to be left alone.
    pub(super) fn wait(&self, url: &Url) -> Duration {
        self.hosts.wait(url)
    }

    /// Gets a page, unless it has not changed since that visit. `trusted` says whether the address comes from the
    /// person who asks: any other must not lead into the own network.
    pub(super) fn get(&mut self, url: &Url, last: Option<&Visit>, trusted: bool) -> Result<Answer, Refusal> {
        let mut here = url.clone();
        let trusted = trusted && is_private(url);
        for _ in 0..=MOST_REDIRECTS {
            if !trusted && is_private(&here) {
                return Err(Refusal::lasting(
                    "leads into your own network, where an address from elsewhere has no business",
                ));
            }
            self.may(&here)?;
            let response = self.ask(&here, last)?;
            match response.status() {
                StatusCode::OK => return page(url, here, response, self.way.manners.patience),
                StatusCode::NOT_MODIFIED => return Ok(Answer::Unchanged),
                status if status.is_redirection() => here = target(&here, &response)?,
                status => return Err(bad(status)),
            }
        }
        Err(Refusal::lasting(format!("is moved more than {MOST_REDIRECTS} times")))
    }

    /// Whether the host lets programs have this page. Asks it for its rules first.
    fn may(&mut self, url: &Url) -> Result<(), Refusal> {
        if !self.hosts.knows(url) {
            let rules = self.rules(url);
            self.hosts.learn(url, rules, self.way.manners.delay);
        }
        self.hosts.refusal(url).map_or(Ok(()), |reason| Err(Refusal::lasting(reason)))
    }

    /// The rules of a host. One that has none allows all; one that cannot say which it has allows nothing for now.
    fn rules(&self, url: &Url) -> Rules {
        let Ok(mut here) = url.join("/robots.txt") else { return Rules::All };
        let trusted = is_private(url);
        for _ in 0..=MOST_REDIRECTS {
            if !trusted && is_private(&here) {
                return Rules::All;
            }
            let response = match self.agent.get(here.as_str()).call() {
                Ok(response) => response,
                Err(error) => return Rules::Nothing(format!("cannot be fetched: {}", self.words(&error))),
            };
            match response.status() {
                status if status.is_success() => {
                    let mut robots = Vec::new();
                    let read =
                        response.into_body().into_reader().take(LONGEST_ROBOTS).read_to_end(&mut robots);
                    return match read {
                        Ok(_) => Rules::read(AGENT, &robots),
                        Err(error) => {
                            Rules::Nothing(format!("cannot be fetched: its robots.txt breaks off: {error}"))
                        }
                    };
                }
                status if status.is_redirection() => match target(&here, &response) {
                    Ok(next) => here = next,
                    Err(_) => return Rules::All,
                },
                status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                    return Rules::Nothing(format!(
                        "is not fetched: its host answers {status} when asked for its robots.txt"
                    ));
                }
                _ => return Rules::All,
            }
        }
        Rules::All
    }

    /// Asks for a page, when its host's turn has come.
    fn ask(&mut self, url: &Url, last: Option<&Visit>) -> Result<Response<Body>, Refusal> {
        let wait = self.hosts.wait(url);
        if wait > LONGEST_REST {
            return Err(Refusal::passing(format!(
                "is not fetched: its host wants to be left alone for {} seconds",
                wait.as_secs()
            )));
        }
        self.rest(wait)?;
        let mut request = self.agent.get(url.as_str());
        let known = [
            ("if-none-match", last.and_then(|last| last.etag.as_deref())),
            ("if-modified-since", last.and_then(|last| last.modified.as_deref())),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let answered = request.call();
        let rest = answered.as_ref().ok().and_then(rest);
        self.hosts.asked(url, rest);
        answered.map_err(|error| Refusal::passing(format!("cannot be fetched: {}", self.words(&error))))
    }

    /// Waits, unless it is to stop.
    fn rest(&self, wait: Duration) -> Result<(), Refusal> {
        let until = Instant::now() + wait;
        loop {
            if self.way.stop.load(Ordering::Relaxed) {
                return Err(Refusal::passing("was not fetched: stopped before its turn"));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(NAP));
        }
    }

    fn words(&self, error: &ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(_) => {
                format!("no answer within {} seconds", self.way.manners.patience.as_secs())
            }
            ureq::Error::HostNotFound => "there is no such host".to_owned(),
            ureq::Error::Io(error) => error.to_string(),
            other => other.to_string(),
        }
    }
}

/// How long a server that is asked too often wants to be left alone.
fn rest(response: &Response<Body>) -> Option<Duration> {
    let status = response.status();
    let seconds = || header(response, "retry-after")?.trim().parse().ok();
    let busy = status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE;
    busy.then(|| seconds().map_or(REST, Duration::from_secs))
}

fn bad(status: StatusCode) -> Refusal {
    let reason = format!("cannot be fetched: its server answers {status}");
    let passes = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    Refusal { reason, passes }
}

/// Where a redirect leads.
fn target(here: &Url, response: &Response<Body>) -> Result<Url, Refusal> {
    let target = header(response, "location").and_then(|target| here.join(&target).ok());
    let target = target.filter(|target| matches!(target.scheme(), "http" | "https"));
    target.ok_or_else(|| Refusal::lasting("is moved to where no page can be"))
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn is_timeout(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
    error.kind() == std::io::ErrorKind::TimedOut || matches!(inner, Some(ureq::Error::Timeout(_)))
}

/// The page in an answer.
fn page(asked: &Url, url: Url, response: Response<Body>, patience: Duration) -> Result<Answer, Refusal> {
    let kind = header(&response, "content-type").map(|kind| kind.to_ascii_lowercase());
    if let Some(kind) = kind.as_deref().filter(|kind| !KINDS.iter().any(|known| kind.starts_with(known))) {
        return Err(Refusal::lasting(format!("is `{kind}`, in which no report is looked for")));
    }
    let charset = kind.as_deref().and_then(|kind| kind.split_once("charset="));
    let charset = charset.map(|(_, name)| name.trim_matches(['"', ' ', ';']).to_owned());
    let named = |name| header(&response, name);
    let visit = Visit {
        url: asked.to_string(),
        etag: named("etag"),
        modified: named("last-modified"),
        answered: named("date"),
    };
    let too_long =
        || Refusal::lasting(format!("is longer than {} MB, which no page is", LONGEST_PAGE / 1024 / 1024));
    let length = named("content-length").and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > LONGEST_PAGE) {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    let read = response.into_body().into_reader().take(LONGEST_PAGE + 1).read_to_end(&mut bytes);
    match read {
        Err(error) if is_timeout(&error) => Err(Refusal::passing(format!(
            "cannot be fetched: it was not there after {} seconds",
            patience.as_secs()
        ))),
        Err(error) => Err(Refusal::passing(format!("cannot be fetched: it breaks off: {error}"))),
        Ok(_) if bytes.len() as u64 > LONGEST_PAGE => Err(too_long()),
        Ok(_) => Ok(Answer::Page(Box::new(Page { url, bytes, charset, visit }))),
    }
}
