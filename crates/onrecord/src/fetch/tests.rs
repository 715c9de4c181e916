//! Pages and feeds of a server on this machine, polite and hostile.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::Manners;
use super::server::{Asked, Server, answer};
use crate::ingest::{Settings, Sources, Summary, add};
use crate::store::{Added, Store};
use crate::testing::{Folder, engine};

fn manners() -> Manners {
    Manners {
        delay: Duration::ZERO,
        patience: Duration::from_secs(10),
        contact: Some("desk@norvale.example".into()),
    }
}

/// Fetches addresses into the folder's database, and gives what became of each, a line each, without the server's name.
fn fetch(folder: &Folder, sources: &Sources, manners: Manners) -> (Summary, Vec<String>) {
    let mut store = Store::open(&folder.path("news.db")).unwrap();
    let settings = Settings { threads: 1, manners, ..Settings::default() };
    let mut lines = Vec::new();
    let summary = add(&mut store, engine(), sources, &settings, &AtomicBool::new(false), &mut |event| {
        let place = event.place.to_string();
        let place = place.splitn(4, '/').nth(3).unwrap_or(&place).to_owned();
        lines.push(match event.outcome {
            Ok(Added::New(report)) => format!("{place}: new: {}", report.title.as_deref().unwrap_or("-")),
            Ok(Added::Known { .. }) => format!("{place}: known"),
            Err(reason) => format!("{place}: {reason}"),
        });
        true
    });
    (summary.unwrap(), lines)
}

fn get(folder: &Folder, server: &Server, paths: &[&str]) -> (Summary, Vec<String>) {
    let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    fetch(folder, &Sources::on_the_web(&urls), manners())
}

fn page(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title></head><body><article><h1>{title}</h1>\
         <p>{title}, Interior Minister Karel Brandt said on Tuesday, after a night of rain in the valley of Orrin.</p>\
         <p>“It has held for sixty years,” Brandt told reporters who had come to the town to see the water rise.</p>\
         </article></body></html>"
    )
}

const HTML: &str = "Content-Type: text/html; charset=utf-8";

#[test]
fn a_page_is_kept_and_not_sent_again_while_it_stays_the_same() {
    let server = Server::start(|asked: &Asked, stream| {
        let page = match (asked.path.as_str(), asked.header("if-none-match")) {
            ("/dam", _) => {
                "HTTP/1.1 301 Moved\r\nLocation: /dam/1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .into()
            }
            ("/dam/1", Some("\"a\"")) => "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".into(),
            ("/dam/1", _) => answer(&format!("{HTML}\r\nETag: \"a\""), &page("Dam will hold")),
            _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into(),
        };
        stream.write_all(page.as_bytes())
    });
    let folder = Folder::new("fetch");
    assert_eq!(get(&folder, &server, &["/dam"]).1, ["dam: new: Dam will hold"]);
    let (summary, lines) = get(&folder, &server, &["/dam"]);
    assert_eq!((summary.unchanged, lines), (1, vec![]));
    let asked = server.asked();
    let agent = asked[0].header("user-agent").unwrap();
    assert!(agent.starts_with("onrecord/") && agent.ends_with("; desk@norvale.example)"), "{agent}");
    assert_eq!(asked.last().unwrap().header("if-none-match"), Some("\"a\""));
    let store = Store::open(&folder.path("news.db")).unwrap();
    assert_eq!(store.versions(&server.url("/dam/1")).unwrap().len(), 1);
    assert_eq!(store.versions(&server.url("/dam")).unwrap().len(), 1);
}

#[test]
fn a_page_that_changed_is_a_new_version() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |asked: &Asked, stream| {
        let title = if asked.path == "/dam" { count.fetch_add(1, Ordering::Relaxed) } else { 0 };
        let body = page(["Dam will hold", "Dam may not hold"][title.min(1)]);
        stream.write_all(answer(HTML, if asked.path == "/dam" { &body } else { "" }).as_bytes())
    });
    let folder = Folder::new("fetch");
    get(&folder, &server, &["/dam"]);
    assert_eq!(get(&folder, &server, &["/dam"]).1, ["dam: new: Dam may not hold"]);
    let store = Store::open(&folder.path("news.db")).unwrap();
    assert_eq!(store.versions(&server.url("/dam")).unwrap().len(), 2);
}

#[test]
fn what_robots_txt_forbids_is_not_asked_for() {
    let robots = answer("Content-Type: text/plain", "User-agent: onrecord\nDisallow: /desk\n");
    let pages = vec![
        ("/robots.txt", robots),
        ("/desk/1", answer(HTML, &page("Draft"))),
        ("/1", answer(HTML, &page("Dam will hold"))),
    ];
    let server = Server::of(pages);
    let (summary, lines) = get(&Folder::new("fetch"), &server, &["/desk/1", "/1"]);
    assert_eq!(
        lines,
        ["desk/1: is not for programs: its host's robots.txt says so", "1: new: Dam will hold"]
    );
    assert_eq!((summary.failed, server.paths()), (1, vec!["/robots.txt".to_owned(), "/1".to_owned()]));
}

#[test]
fn a_host_that_cannot_say_what_it_allows_is_not_asked() {
    let broken = "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned();
    let server = Server::of(vec![("/robots.txt", broken), ("/1", answer(HTML, &page("Dam will hold")))]);
    let lines = get(&Folder::new("fetch"), &server, &["/1"]).1;
    assert_eq!(
        lines,
        ["1: is not fetched: its host answers 503 Service Unavailable when asked for its robots.txt"]
    );
}

/// The page of each entry; the feed's own text where that cannot be had; nothing again while the feed stays the same.
#[test]
fn a_feed_leads_to_its_pages() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Lantern</title><link>/</link><description>News\
        </description><item><title>Dam</title><link>/dam</link><pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate></item>\
        <item><title>Ferry late</title><link>/ferry</link><description>The ferry is late, Per Lund said.</description></item>\
        <item><title>Mine</title><link>/mine</link></item></channel></rss>";
    let server = Server::start(move |asked: &Asked, stream| {
        let page = match (asked.path.as_str(), asked.header("if-modified-since")) {
            ("/feed", Some(_)) => "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".into(),
            ("/feed", None) => answer(
                "Content-Type: application/rss+xml\r\nLast-Modified: Tue, 03 Mar 2026 23:30:00 GMT",
                feed,
            ),
            ("/dam", _) => answer(HTML, &page("Dam will hold")),
            _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into(),
        };
        stream.write_all(page.as_bytes())
    });
    let folder = Folder::new("fetch");
    let lines = get(&folder, &server, &["/feed"]).1;
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert_eq!(lines[0], "dam: new: Dam will hold");
    assert!(lines[1].ends_with(": new: Ferry late"), "{lines:#?}");
    assert_eq!(lines[2], "mine: cannot be fetched: its server answers 404 Not Found");
    let reports =
        Store::open(&folder.path("news.db")).unwrap().reports(&crate::questions::Scope::default()).unwrap();
    let dam = reports.iter().find(|report| report.title.as_deref() == Some("Dam will hold")).unwrap();
    assert_eq!(dam.meta.published.map(|day| day.to_string()).as_deref(), Some("2026-03-03"));
    assert_eq!(dam.meta.outlet.as_deref(), Some("Lantern"));
    let before = server.paths().len();
    assert_eq!(get(&folder, &server, &["/feed"]).0.unchanged, 1);
    assert_eq!(server.paths()[before..], ["/robots.txt", "/feed"]);
}

#[test]
fn the_entries_of_a_feed_are_read_as_they_stand_when_it_is_added() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Lantern", "items":
        [{"id": "1", "url": "https://lantern.example/1", "title": "Well dry", "content_text": "The well is dry, Olin Madsen said."}]}"#;
    let server = Server::of(vec![("/feed", answer("Content-Type: application/feed+json", feed))]);
    let sources = Sources::find(&[server.url("/feed").into()]);
    let (summary, lines) = fetch(&Folder::new("fetch"), &sources, manners());
    assert_eq!(summary.added, 1, "{lines:#?}");
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);
}

#[test]
fn requests_to_one_host_are_apart_in_time() {
    let robots = answer("Content-Type: text/plain", "User-agent: *\nCrawl-delay: 0.3\n");
    let pages =
        vec![("/robots.txt", robots), ("/1", answer(HTML, &page("One"))), ("/2", answer(HTML, &page("Two")))];
    let server = Server::of(pages);
    get(&Folder::new("fetch"), &server, &["/1", "/2"]);
    let times: Vec<Instant> = server.asked().iter().map(|asked| asked.when).collect();
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_millis(250)), "{times:?}");
}

#[test]
fn answers_that_are_too_long_too_slow_or_no_text_are_failures() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&vec![b' '; 40 << 20]).unwrap();
    let packed = packed.finish().unwrap();
    let server = Server::start(move |asked: &Asked, stream| match asked.path.as_str() {
        "/endless" => {
            write!(stream, "HTTP/1.1 200 OK\r\n{HTML}\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 1 << 16])?;
            }
        }
        "/told" => write!(stream, "HTTP/1.1 200 OK\r\n{HTML}\r\nContent-Length: 99999999999\r\n\r\n"),
        "/slow" => {
            write!(stream, "HTTP/1.1 200 OK\r\n{HTML}\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(b"a")?;
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        "/bomb" => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\n{HTML}\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                packed.len()
            )?;
            stream.write_all(&packed)
        }
        "/picture" => stream.write_all(answer("Content-Type: image/png", "PNG").as_bytes()),
        "/round" => write!(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: /round\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ),
        "/away" => write!(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ),
        "/short" => write!(
            stream,
            "HTTP/1.1 200 OK\r\n{HTML}\r\nContent-Length: 5000\r\nConnection: close\r\n\r\nThe dam"
        ),
        "/noise" => stream.write_all(b"\0\xff\r\n\r\n"),
        "/header" => {
            let mut header = String::new();
            (0..20_000).for_each(|i| write!(header, "X-{i}: {i}\r\n").unwrap());
            write!(stream, "HTTP/1.1 200 OK\r\n{header}\r\n")
        }
        _ => stream.write_all(answer("Content-Type: text/plain", "").as_bytes()),
    });
    let begun = Instant::now();
    let paths =
        ["/endless", "/told", "/slow", "/bomb", "/picture", "/round", "/away", "/short", "/noise", "/header"];
    let (summary, lines) = get(&Folder::new("fetch"), &server, &paths);
    assert_eq!(summary.failed, paths.len(), "{lines:#?}");
    for (start, part) in [
        ("endless: ", "is longer than 16 MB, which no page is"),
        ("told: ", "is longer than 16 MB, which no page is"),
        ("slow: ", "cannot be fetched: "),
        ("bomb: ", "is longer than 16 MB, which no page is"),
        ("picture: ", "is `image/png`, in which no report is looked for"),
        ("round: ", "is moved more than 5 times"),
        ("away: ", "is moved to where no page can be"),
        ("short: ", "cannot be fetched: it breaks off"),
        ("noise: ", "cannot be fetched: "),
        ("header: ", "cannot be fetched: "),
    ] {
        assert!(
            lines.iter().any(|line| line.starts_with(&format!("{start}{part}"))),
            "{start}{part}: {lines:#?}"
        );
    }
    assert!(begun.elapsed() < Duration::from_secs(300), "{:?}", begun.elapsed());
}

#[test]
fn a_host_that_is_busy_is_left_alone() {
    let busy = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 900\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned();
    let server = Server::of(vec![("/1", busy), ("/2", answer(HTML, &page("Two")))]);
    let lines = get(&Folder::new("fetch"), &server, &["/1", "/2"]).1;
    assert_eq!(lines[0], "1: cannot be fetched: its server answers 429 Too Many Requests");
    assert!(lines[1].starts_with("2: is not fetched: its host wants to be left alone for"), "{lines:#?}");
    assert_eq!(server.paths(), ["/robots.txt", "/1"]);
}

/// An address that a stranger wrote does not make this program ask the printer.
#[test]
fn nobody_else_leads_it_into_the_own_network() {
    let server = Server::of(vec![("/1", answer(HTML, &page("One")))]);
    let (manners, stop) = (manners(), AtomicBool::new(false));
    let folder = Folder::new("fetch");
    let lookup = Store::open(&folder.path("news.db")).unwrap().lookup();
    let mut client =
        super::client::Client::new(super::Way { manners: &manners, lookup: &lookup, stop: &stop });
    let url = url::Url::parse(&server.url("/1")).unwrap();
    let refusal = client.get(&url, None, false).err().unwrap();
    assert!(refusal.reason.starts_with("leads into your own network"), "{refusal:?}");
    assert_eq!(server.paths(), [""; 0]);
}

#[test]
fn what_is_no_address_of_the_web_is_a_failure() {
    let sources =
        Sources::on_the_web(&["ftp://norvale.example/".to_owned(), "dam".to_owned(), "http://".to_owned()]);
    let (summary, lines) = fetch(&Folder::new("fetch"), &sources, manners());
    assert_eq!(summary.failed, 3, "{lines:#?}");
}
