//! What is known of the hosts that were asked: what their `robots.txt` allows, and when they may be asked again.

use std::collections::BTreeMap;
use std::net::{IpAddr, ToSocketAddrs};
use std::time::{Duration, Instant};

use texting_robots::Robot;
use url::{Host as Name, Url};

/// The longest time between requests that a `robots.txt` is given; one that asks for more is not gone to.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// What a host allows.
pub(super) enum Rules {
    /// There are none.
    All,
    /// Nothing, and why.
    Nothing(String),
    Some(Box<Robot>),
}

impl Rules {
    /// The rules in a `robots.txt`. One that makes no sense forbids nothing, as RFC 9309 has it.
    pub(super) fn read(agent: &str, robots: &[u8]) -> Self {
        Robot::new(agent, robots).map_or(Self::All, |robot| Self::Some(Box::new(robot)))
    }

    /// Why a page may not be had, if it may not.
    fn refusal(&self, url: &Url) -> Option<String> {
        match self {
            Self::All => None,
            Self::Nothing(reason) => Some(reason.clone()),
            Self::Some(robot) => {
                let forbidden = "is not for programs: its host's robots.txt says so";
                (!robot.allowed(url.as_str())).then(|| forbidden.to_owned())
            }
        }
    }

    fn delay(&self) -> Option<Duration> {
        match self {
            Self::Some(robot) => {
                robot.delay.and_then(|seconds| Duration::try_from_secs_f32(seconds.max(0.0)).ok())
            }
            _ => None,
        }
    }
}

struct Host {
    rules: Rules,
    delay: Duration,
    next: Instant,
}

/// The hosts that were asked in this run.
#[derive(Default)]
pub(super) struct Hosts {
    known: BTreeMap<String, Host>,
}

/// The name under which a host's rules and pace are kept: scheme, host and port.
fn key(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl Hosts {
    pub(super) fn knows(&self, url: &Url) -> bool {
        self.known.contains_key(&key(url))
    }

    /// Notes the rules of a host, which was asked for them just now.
    pub(super) fn learn(&mut self, url: &Url, rules: Rules, delay: Duration) {
        let delay = rules.delay().unwrap_or_default().max(delay);
        self.known.insert(key(url), Host { rules, delay, next: Instant::now() + delay.min(LONGEST_DELAY) });
    }

    /// Why a page may not be had, if it may not.
    pub(super) fn refusal(&self, url: &Url) -> Option<String> {
        let host = self.known.get(&key(url))?;
        let slow = || {
            let most = LONGEST_DELAY.as_secs();
            format!("is not fetched: its host wants more than {most} seconds between two requests")
        };
        host.rules.refusal(url).or_else(|| (host.delay > LONGEST_DELAY).then(slow))
    }

    /// How long to wait before the host of this page may be asked.
    pub(super) fn wait(&self, url: &Url) -> Duration {
        let next = self.known.get(&key(url)).map(|host| host.next);
        next.map_or(Duration::ZERO, |next| next.saturating_duration_since(Instant::now()))
    }

    /// Notes that the host of this page was asked, and wants a rest of this length if it said so.
    pub(super) fn asked(&mut self, url: &Url, rest: Option<Duration>) {
        if let Some(host) = self.known.get_mut(&key(url)) {
            host.next = Instant::now() + host.delay.max(rest.unwrap_or_default());
        }
    }
}

/// Whether a page stands on this machine or in the network that it is in, where nobody outside has business.
pub(super) fn is_private(url: &Url) -> bool {
    let port = url.port_or_known_default().unwrap_or(80);
    match url.host() {
        Some(Name::Ipv4(address)) => is_private_address(address.into()),
        Some(Name::Ipv6(address)) => is_private_address(address.into()),
        Some(Name::Domain(name)) => {
            let found = (name, port).to_socket_addrs();
            found.is_ok_and(|mut found| found.any(|address| is_private_address(address.ip())))
        }
        None => false,
    }
}

fn is_private_address(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_unspecified()
                // 100.64.0.0/10 is shared by the customers of one provider.
                || (address.octets()[0] == 100 && address.octets()[1] & 0xc0 == 64)
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn the_rules_of_a_host_are_kept_apart_from_those_of_others() {
        let mut hosts = Hosts::default();
        let rules = Rules::read("onrecord", b"User-agent: *\nDisallow: /desk\nCrawl-delay: 5\n");
        hosts.learn(&url("https://norvale.example/a"), rules, Duration::from_secs(1));
        assert!(hosts.refusal(&url("https://norvale.example/desk/1")).is_some());
        assert!(hosts.refusal(&url("https://norvale.example/news")).is_none());
        assert!(!hosts.knows(&url("http://norvale.example/desk/1")));
        assert!(hosts.wait(&url("https://norvale.example/b")) > Duration::from_secs(4));
        assert!(hosts.wait(&url("https://lantern.example/")).is_zero());
    }

    #[test]
    fn rules_for_us_go_before_rules_for_all_and_nonsense_forbids_nothing() {
        let allowed = |robots: &[u8]| Rules::read("onrecord", robots).refusal(&url("https://a.example/b")).is_none();
        assert!(allowed(b"User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nAllow: /\n"));
        assert!(!allowed(b"User-agent: Onrecord\nDisallow: /\n"));
        assert!(allowed(b"<html>\0\xff not found"));
        assert!(allowed(b""));
    }

    #[test]
    fn a_host_that_wants_to_be_asked_once_an_hour_is_not_asked() {
        let mut hosts = Hosts::default();
        let page = url("https://norvale.example/");
        hosts.learn(&page, Rules::read("onrecord", b"User-agent: *\nCrawl-delay: 3600\n"), Duration::ZERO);
        assert!(hosts.refusal(&page).unwrap().contains("more than 60 seconds"));
    }

    #[test]
    fn the_own_network_is_told_from_the_world() {
        for inside in ["http://127.0.0.1/", "http://10.1.2.3/", "http://[::1]/", "http://169.254.1.1/", "http://[::ffff:192.168.0.1]/"] {
            assert!(is_private(&url(inside)), "{inside}");
        }
        for outside in ["http://192.0.2.1/", "http://[2001:db8::1]/"] {
            assert!(!is_private(&url(outside)), "{outside}");
        }
    }
}
