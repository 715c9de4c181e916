//! Small files of every format, good and hostile, through the readers and into a store.

use std::cell::Cell;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::Engine;
use crate::store::{Added, Store};

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("onrecord-ingest-{}-{count}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.join(name), content).unwrap();
        self
    }

    fn store(&self) -> Store {
        Store::open(&self.0.join("news.db")).unwrap()
    }

    /// Adds everything but the database, and gives what became of each item, a line each.
    fn add(&self, threads: usize) -> Vec<String> {
        let names: Vec<PathBuf> = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().path()).collect();
        let mut names: Vec<PathBuf> =
            names.into_iter().filter(|name| !name.to_string_lossy().contains("news.db")).collect();
        names.sort();
        self.add_files(&names, &Settings { threads, ..Settings::default() })
    }

    fn add_files(&self, names: &[PathBuf], settings: &Settings) -> Vec<String> {
        let (mut lines, folder) = (Vec::new(), format!("{}/", self.0.display()));
        let stop = AtomicBool::new(false);
        add(&mut self.store(), engine(), &Sources::find(names), settings, &stop, &mut |event| {
            let place = event.place.to_string().replace(&folder, "");
            lines.push(match event.outcome {
                Ok(Added::New(report)) => format!("{place}: new: {}", report.title.as_deref().unwrap_or("-")),
                Ok(Added::Known { .. }) => format!("{place}: known"),
                Err(reason) => format!("{place}: {}", reason.replace(&folder, "")),
            });
            true
        })
        .unwrap();
        lines
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().unwrap())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Dam will hold | Norvale Wire</title>
<meta property="og:site_name" content="Norvale Wire"><meta property="article:published_time" content="2026-03-04T09:00:00Z">
<link rel="canonical" href="https://norvale.example/dam"></head><body><article><h1>Dam will hold</h1>
<p>The dam at Orrin will hold, Interior Minister Karel Brandt said on Tuesday, after a night of rain in the valley.</p>
<p>“It has held for sixty years,” Brandt told reporters who had come to the town of Orrin to see the water rise.</p>
<p>Nearly 300 people have left the valley since Monday, and the road to the north is closed until the end of the week.</p>
</article></body></html>"#;

fn record(kind: &str, extra: &str, body: &str) -> String {
    let length = body.len();
    format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{extra}Content-Length: {length}\r\n\r\n{body}\r\n\r\n")
}

fn response(url: &str, body: &str) -> String {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    record("response", &format!("WARC-Target-URI: {url}\r\n"), &answer)
}

#[test]
fn a_folder_of_every_format_gives_reports_with_what_is_known_of_them() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Lantern</title><link>https://l.example</link>\
        <description>News</description><item><title>Bridge opens</title><link>https://l.example/bridge</link>\
        <pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate><description>&lt;p&gt;The bridge opened, Mayor Ana Ruiz said.&lt;/p&gt;\
        </description></item></channel></rss>";
    let archive = record("warcinfo", "", "software: none")
        + &response("https://w.example/dam", &PAGE.replace("Orrin", "Selm"));
    let folder = Folder::new()
        .with("a.txt", "The well is dry, farmer Olin Madsen said.\n")
        .with("b.html", PAGE)
        .with("c.xml", rss)
        .with("d.jsonl", "{\"title\": \"Ferry late\", \"text\": \"The ferry was late, Ines Moreau said.\", \"published\": \"2026-03-05\"}\n")
        .with("e.csv", "title,text,outlet\nMine shut,\"The mine is shut, Per Lund said.\",Courier\n")
        .with("f.warc.gz", gzip(archive.as_bytes()));
    let lines = folder.add(2);
    let new: Vec<&str> = lines.iter().filter(|line| line.contains(": new: ")).map(String::as_str).collect();
    assert_eq!(new.len(), 6, "{lines:#?}");
    let reports = folder.store().reports(&crate::questions::Scope::default()).unwrap();
    let day = |title: &str| {
        let report = reports.iter().find(|report| report.title.as_deref() == Some(title)).unwrap();
        (
            report.meta.published.map(|day| day.to_string()),
            report.meta.outlet.clone(),
            report.meta.url.clone(),
        )
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        day("Dam will hold"),
        (text("2026-03-04"), text("Norvale Wire"), text("https://norvale.example/dam"))
    );
    assert_eq!(day("Bridge opens"), (text("2026-03-03"), text("Lantern"), text("https://l.example/bridge")));
    assert_eq!(day("Ferry late"), (text("2026-03-05"), None, None));
    assert_eq!(day("Mine shut"), (None, text("Courier"), None));
    assert_eq!(folder.store().check_all(&mut || ()).unwrap().faults, []);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let lines: String = (0..40)
        .map(|i| format!("{{\"text\": \"Well {i} is dry, farmer Olin Madsen said on Monday.\"}}\n"))
        .collect();
    let rows = |threads| {
        let folder = Folder::new().with("a.jsonl", lines.clone()).with("b.txt", "");
        let told = folder.add(threads);
        let mut rows = Vec::new();
        for table in crate::store::tables() {
            folder
                .store()
                .export(table, &mut |_, fields| {
                    rows.push(format!("{fields:?}").replace(&folder.0.display().to_string(), ""));
                    true
                })
                .unwrap();
        }
        (told, rows)
    };
    assert_eq!(rows(1), rows(4));
}

#[test]
fn what_was_added_is_known_the_next_time_and_what_is_new_beside_it_is_added() {
    let line = |i| format!("{{\"text\": \"Well {i} is dry, farmer Olin Madsen said.\"}}\n");
    let folder = Folder::new().with("a.jsonl", line(1) + &line(2));
    assert_eq!(folder.add(2).iter().filter(|line| line.contains("new")).count(), 2);
    let folder = folder.with("a.jsonl", line(1) + &line(2) + &line(3));
    let lines = folder.add(2);
    assert_eq!(lines.iter().map(|line| line.contains("known")).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(folder.store().len().unwrap(), 3);
}

#[test]
fn a_page_whose_text_changes_has_two_versions() {
    let folder = Folder::new().with("1.html", PAGE).with("2.html", PAGE.replace("Nearly 300", "Nearly 450"));
    folder.add(2);
    let store = folder.store();
    let versions = store.versions("https://norvale.example/dam").unwrap();
    assert_eq!(versions.len(), 2);
    let changes = store.changes(&versions[0].report.hash, &versions[1].report.hash).unwrap();
    let words = |answer: &crate::questions::Answer, words: &str| answer.row.passage.words.contains(words);
    let changed = changes.iter().any(|change| {
        matches!(change, crate::questions::Change::Changed(both) if words(&both[0], "300") && words(&both[1], "450"))
    });
    assert!(changed, "{changes:#?}");
}

#[test]
fn a_text_in_a_language_that_is_not_read_is_kept_and_found() {
    let german = "Der Damm über dem Tal hält, sagte die Ministerin am Dienstag vor Journalisten in der Hauptstadt. Er habe \
                  seit sechzig Jahren gehalten, und er werde auch weiterhin halten, solange das Wasser nicht mehr steigt.";
    let folder = Folder::new().with("a.txt", german);
    folder.add(1);
    let store = folder.store();
    assert!(store.stale().unwrap().is_empty() && store.unread().unwrap().is_empty());
    let scope = crate::questions::Scope { about: Some("Ministerin".into()), ..Default::default() };
    let hits = store.search(&crate::questions::SearchQuestion { scope, offset: 0 }).unwrap();
    assert_eq!(hits[0].report.language.as_deref(), Some("de"));
    assert!(hits[0].snippet.iter().any(|piece| piece.is_found && piece.words == "Ministerin"));
}

#[test]
fn what_cannot_be_read_is_named_with_its_place_and_the_rest_goes_on() {
    let whole = response("https://w.example/a", PAGE);
    let liar = whole.replace("Content-Length: ", "Content-Length: 9");
    let length = whole.split("Content-Length: ").nth(1).and_then(|rest| rest.split('\r').next()).unwrap();
    let short = whole.replace(&format!("Content-Length: {length}"), "Content-Length: 200");
    let deep = format!("<html><body>{}The dam holds.</body></html>", "<div>".repeat(100_000));
    let packed = gzip("The dam holds, he said. ".repeat(5000).as_bytes());
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss><channel>\
                    <item><description>&b;</description></item></channel></rss>";
    let folder = Folder::new()
        .with("a.jsonl", "{\"text\": \"The well is dry, she said.\"}\n{broken\n{\"body\": 1}\n{\"text\": \"The ferry is late.\"}\n")
        .with("b.html", deep)
        .with("c.gz", &packed[..packed.len() / 2])
        .with("d.xml", entities)
        .with("e.warc", short + &whole)
        .with("f.warc", liar)
        .with("g.gz", gzip(&vec![b' '; 80 << 20]))
        .with("h.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .with("i.csv", format!("title,text\n\"never closed,{}", "x".repeat(100)))
        .with("j.txt", "The road is closed, he said.");
    let lines = folder.add(2);
    let said = |file: &str| lines.iter().filter(|line| line.starts_with(file)).collect::<Vec<_>>();
    assert!(said("a.jsonl, byte 39: is no line of JSON").len() == 1, "{lines:#?}");
    assert!(said("a.jsonl, byte 47: has no `text`").len() == 1, "{lines:#?}");
    assert!(said("b.html: is a page with elements nested").len() == 1, "{lines:#?}");
    assert!(said("c.gz: cannot be read: its compressed data end too early").len() == 1, "{lines:#?}");
    assert!(said("d.xml: is a feed that declares entities").len() == 1, "{lines:#?}");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("e.warc, byte") && line.contains("the length before it is wrong")),
        "{lines:#?}"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("e.warc, byte") && line.contains(": new: Dam will hold")),
        "{lines:#?}"
    );
    assert!(said("f.warc: is a record of").len() == 1, "{lines:#?}");
    assert!(said("g.gz: ").len() == 1, "{lines:#?}");
    assert!(said("h.png: is no text: byte 8 is zero").len() == 1, "{lines:#?}");
    assert!(said("i.csv").len() == 1, "{lines:#?}");
    assert!(said("j.txt: new: ").len() == 1, "{lines:#?}");
    let failures = Cell::new(0);
    folder
        .store()
        .export("failures", &mut |_, row| {
            failures.set(failures.get() + usize::from(row.is_some()));
            true
        })
        .unwrap();
    assert_eq!(failures.get(), lines.iter().filter(|line| !line.contains(": new: ")).count());
}

#[cfg(unix)]
#[test]
fn links_in_a_ring_and_names_that_are_no_text_do_no_harm() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let inner = folder.0.join("inner");
    fs::create_dir(&inner).unwrap();
    std::os::unix::fs::symlink(&folder.0, inner.join("ring")).unwrap();
    fs::write(inner.join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt")), "The dam holds, he said.").unwrap();
    let lines = folder.add_files(std::slice::from_ref(&folder.0), &Settings::default());
    assert!(
        lines.iter().any(|line| line.ends_with("ring: is a link to a folder that it stands in")),
        "{lines:#?}"
    );
    assert!(lines.iter().any(|line| line.contains(": new: ")), "{lines:#?}");
}

#[test]
fn a_run_that_is_stopped_writes_what_is_in_hand_and_goes_on_later() {
    let lines: String = (0..5000).map(|i| format!("{{\"text\": \"Well {i} is dry.\"}}\n")).collect();
    let folder = Folder::new().with("a.jsonl", lines);
    let stop = AtomicBool::new(false);
    let sources = Sources::find(&[folder.0.join("a.jsonl")]);
    let settings = Settings { later: true, ..Settings::default() };
    let mut told = 0;
    let summary = add(&mut folder.store(), engine(), &sources, &settings, &stop, &mut |_| {
        told += 1;
        told < 10
    });
    let summary = summary.unwrap();
    assert!(summary.stopped && summary.added == told && told < 5000, "{summary:?}");
    let again =
        add(&mut folder.store(), engine(), &sources, &settings, &AtomicBool::new(false), &mut |_| true)
            .unwrap();
    assert_eq!((again.known, again.added + again.known, again.stopped), (told, 5000, false));
}

/// A disk that is full is told in words; what was told of before is there, whole, and the next run goes on.
#[test]
fn a_full_disk_stops_the_run_and_tears_nothing() {
    let lines: String =
        (0..3000).map(|i| format!("{{\"text\": \"Well {i} is dry.{}\"}}\n", " Dry.".repeat(100))).collect();
    let folder = Folder::new().with("a.jsonl", lines);
    let sources = Sources::find(&[folder.0.join("a.jsonl")]);
    let settings = Settings { later: true, ..Settings::default() };
    let mut told = 0;
    let mut store = folder.store();
    store.limit_pages(600);
    let error = add(&mut store, engine(), &sources, &settings, &AtomicBool::new(false), &mut |_| {
        told += 1;
        true
    })
    .unwrap_err();
    assert!(error.to_string().contains("the disk is full; what was kept before is safe"), "{error}");
    drop(store);
    let mut store = folder.store();
    assert_eq!(store.check_all(&mut || ()).unwrap().faults, []);
    assert_eq!(store.len().unwrap(), told);
    assert!(told > 0 && told < 3000, "{told}");
    add(&mut store, engine(), &sources, &settings, &AtomicBool::new(false), &mut |_| true).unwrap();
    assert_eq!((store.len().unwrap(), store.check_all(&mut || ()).unwrap().faults), (3000, vec![]));
}

/// Another program that holds the database for longer than we wait is named, and nothing is lost.
#[test]
fn a_locked_database_is_told_and_keeps_what_it_had() {
    let folder = Folder::new().with("a.jsonl", "{\"text\": \"The well is dry.\"}\n");
    let sources = Sources::find(&[folder.0.join("a.jsonl")]);
    let (mut store, other) = (folder.store(), folder.store());
    other.lock();
    let stop = AtomicBool::new(false);
    let error = add(&mut store, engine(), &sources, &Settings::default(), &stop, &mut |_| true).unwrap_err();
    assert!(error.to_string().contains("is in use by another program"), "{error}");
    drop(other);
    let summary =
        add(&mut store, engine(), &sources, &Settings::default(), &AtomicBool::new(false), &mut |_| true);
    assert_eq!(summary.unwrap().added, 1);
}

/// The text of a page leads back to its bytes, paragraph by paragraph; so does the same page in another place.
#[test]
fn the_text_of_a_page_has_a_map_back_to_its_bytes() {
    let folder = Folder::new().with("a.html", PAGE).with("b.html", PAGE).with("c.txt", "The well is dry.");
    folder.add(1);
    let store = folder.store();
    let text = store.reports(&crate::questions::Scope::default()).unwrap();
    let dam = text.iter().find(|report| report.title.as_deref() == Some("Dam will hold")).unwrap();
    let text = store.show(&dam.hash).unwrap().unwrap().text;
    let mut maps = Vec::new();
    store
        .export("origins", &mut |_, row| {
            maps.extend(row.map(|row| row[1].clone()));
            true
        })
        .unwrap();
    assert_eq!(maps.len(), 2, "{maps:?}");
    let crate::table::Field::Text(map) = &maps[0] else { panic!("{maps:?}") };
    let places: Vec<[usize; 4]> = serde_json::from_str(map).unwrap();
    assert_eq!(places.len(), 4, "{places:?}");
    for [start, end, from, to] in places {
        assert_eq!(text[start..end], PAGE[from..to]);
    }
    assert_eq!(maps[0], maps[1]);
}
