//! Volume: how fast and in how much memory reports are taken in, and how fast a large database answers.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::Args;
use onrecord::Engine;
use onrecord::core::Meta;
use onrecord::core::stages::statements::Statement;
use onrecord::ingest::{self, Settings, Sources};
use onrecord::questions::{SaidQuestion, Scope, SearchQuestion};
use onrecord::store::Store;

use super::speed::{load, process_time};
use crate::Result;

/// Sentences that pages are made of; `{n}` is a number that makes each page another.
const SENTENCES: [&str; 6] = [
    "The dam above Orrin will hold, Interior Minister Karel Brandt said on Tuesday, after a night of rain in valley {n}.",
    "“It has held for sixty years, and it will hold for sixty more,” Brandt told reporters who had come to see the water rise.",
    "Nearly {n} people have left their homes since Monday, according to Ines Moreau, a spokeswoman for the civil guard.",
    "The road to the north stays closed until the end of the week, the ministry announced in a statement.",
    "Olin Madsen, who farms on the east bank, denied that anybody had refused to leave when the order came last March.",
    "At least 12 boats were lost and 3 fishermen were injured in the harbour of Selm, the coast guard added.",
];
/// Sentences a page, which comes to 400 words.
const LENGTH: usize = 21;

/// How many reports are taken in.
#[derive(Args)]
pub(crate) struct Ingest {
    /// Pages that are read, of 400 words each.
    #[arg(long, default_value_t = 2000)]
    articles: usize,
    /// Records that are stored and not read.
    #[arg(long, default_value_t = 20_000)]
    unread: usize,
    /// Threads; 0 for one a core.
    #[arg(long, default_value_t = 0)]
    threads: usize,
}

impl Ingest {
    pub(crate) fn run(&self) -> Result<()> {
        in_folder(|folder| {
            let engine = Engine::new()?;
            let pages = archive(folder, self.articles)?;
            let records = lines(folder, self.unread)?;
            println!("load before\t{}", load());
            println!("what\treports\tseconds\ta second\ta second of processor time\tpeak MB");
            for (what, file, later) in [("html to record", pages, false), ("stored alone", records, true)] {
                let settings = Settings { threads: self.threads, later, ..Settings::default() };
                let mut store = Store::open(&folder.join("bench.db"))?;
                let (started, own) = (Instant::now(), process_time());
                let (sources, stop) = (Sources::find(&[file]), AtomicBool::new(false));
                let added =
                    ingest::add(&mut store, &engine, &sources, &settings, &stop, &mut |_| true)?.added;
                let seconds = started.elapsed().as_secs_f64();
                let own = added as f64 / (process_time() - own);
                println!(
                    "{what}\t{added}\t{seconds:.1}\t{:.0}\t{own:.0}\t{}",
                    added as f64 / seconds,
                    peak()
                );
            }
            Ok(())
        })
    }
}

pub(crate) fn in_folder(work: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("onrecord-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = work(&folder);
    fs::remove_dir_all(&folder)?;
    done
}

/// How large a database is asked, and how often.
#[derive(Args)]
pub(crate) struct Questions {
    /// Statements in the database.
    #[arg(long, default_value_t = 1_000_000)]
    statements: usize,
    /// Questions of each kind.
    #[arg(long, default_value_t = 100)]
    questions: usize,
    /// Keep the database in this file, and use it when it is there.
    #[arg(long)]
    db: Option<PathBuf>,
}

/// Speakers in the generated database: each statement is by one of these many.
pub(crate) const SPEAKERS: usize = 2000;

impl Questions {
    pub(crate) fn run(&self) -> Result<()> {
        in_folder(|folder| {
            let path = self.db.clone().unwrap_or_else(|| folder.join("bench.db"));
            let store = opened(&path, self.statements)?;
            let done = AtomicBool::new(false);
            std::thread::scope(|scope| {
                let writer = scope.spawn(|| write_on(&path, &done));
                let asked = self.ask(&store);
                done.store(true, Ordering::Relaxed);
                let written = writer.join().map_err(|_| "the writer failed")??;
                println!("written meanwhile\t{written} reports");
                asked
            })
        })
    }

    fn ask(&self, store: &Store) -> Result<()> {
        println!("load before\t{}", load());
        println!("reports\t{}\nquestion\tanswers\tp50 ms\tp95 ms", store.len()?);
        let said = |number: usize| {
            let since = "2026-03-01".parse().ok();
            let scope =
                Scope { about: Some("sixty years".into()), since, limit: Some(20), ..Scope::default() };
            SaidQuestion { by: Some(speaker(number)), scope, ..SaidQuestion::default() }
        };
        self.time("said", |number| Ok(store.answers(&said(number))?.len()))?;
        let search = |number: usize| {
            let about = Some(format!("{} dam", speaker(number)));
            SearchQuestion { scope: Scope { about, ..Scope::default() }, offset: 0 }
        };
        self.time("search", |number| Ok(store.search(&search(number))?.len()))?;
        let common = Scope { about: Some("dam valley".into()), ..Scope::default() };
        let common = SearchQuestion { scope: common, offset: 0 };
        self.time("search, in every report", |_| Ok(store.search(&common)?.len()))
    }

    fn time(&self, what: &str, ask: impl Fn(usize) -> Result<usize>) -> Result<()> {
        let (mut times, mut answers) = (Vec::new(), 0);
        for number in 0..self.questions {
            let started = Instant::now();
            answers += ask(number * 7 % SPEAKERS)?;
            times.push(started.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        println!("{what}\t{answers}\t{:.1}\t{:.1}", at(50), at(95));
        Ok(())
    }
}

/// The surname of one of many speakers, as long as every other.
pub(crate) fn speaker(number: usize) -> String {
    let number = number % SPEAKERS;
    let letter = |place: usize| char::from(b'a' + u8::try_from(number / place % 10).unwrap_or_default());
    format!("Br{}{}{}{}", letter(1000), letter(100), letter(10), letter(1))
}

/// The database in a file, filled when it is empty.
pub(crate) fn opened(path: &Path, statements: usize) -> Result<Store> {
    let mut store = Store::open(path)?;
    if store.is_empty()? {
        generate(&mut store, statements)?;
    }
    Ok(store)
}

/// Fills a database with copies of one report, each with another speaker and another number.
fn generate(store: &mut Store, statements: usize) -> Result<()> {
    let text = article(10_000_000).replace("<p>", "").replace("</p>", "\n");
    let published = "2026-03-04".parse().ok();
    let doc = Engine::new()?.read(&text, Meta { published, ..Meta::default() });
    let each = doc.layer::<Statement>().len().max(1);
    store.keep_copies(&doc, statements / each, &|copy| {
        vec![("Brandt".into(), speaker(copy)), ("100000".into(), (200_000 + copy).to_string())]
    })?;
    Ok(())
}

/// Keeps reports until it is told to stop. Answers how many.
pub(crate) fn write_on(path: &Path, done: &AtomicBool) -> onrecord::Result<usize> {
    let mut store = Store::open(path)?;
    let engine = Engine::new()?;
    let mut written = 0;
    while !done.load(Ordering::Relaxed) {
        let text = format!("Report {written} of a writer: the ferry is late, Per Lund said.");
        store.keep(&text, Meta::default(), |text, meta| engine.read(text, meta))?;
        written += 1;
    }
    Ok(written)
}

pub(crate) fn article(number: usize) -> String {
    let mut text = String::new();
    for index in 0..LENGTH {
        let sentence =
            SENTENCES[(number + index) % SENTENCES.len()].replace("{n}", &(number + index).to_string());
        writeln!(text, "<p>{sentence}</p>").expect("a string takes all");
    }
    text
}

fn archive(folder: &Path, articles: usize) -> Result<PathBuf> {
    let path = folder.join("pages.warc");
    let mut file = std::io::BufWriter::new(fs::File::create(&path)?);
    for number in 0..articles {
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><html lang=\"en\"><head><title>Dam {number} \
             will hold | Norvale Wire</title><meta property=\"article:published_time\" content=\"2026-03-04\"></head><body>\
             <nav><a href=\"/\">Home</a></nav><article><h1>Dam {number} will hold</h1>{}</article></body></html>",
            article(number)
        );
        write!(
            file,
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://norvale.example/{number}\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
            page.len()
        )?;
    }
    file.flush()?;
    Ok(path)
}

fn lines(folder: &Path, unread: usize) -> Result<PathBuf> {
    let path = folder.join("records.jsonl");
    let mut file = std::io::BufWriter::new(fs::File::create(&path)?);
    for number in 0..unread {
        let text = article(number).replace("<p>", "").replace("</p>", "\n");
        let record = serde_json::json!({ "url": format!("https://lantern.example/{number}"), "text": text });
        writeln!(file, "{record}")?;
    }
    file.flush()?;
    Ok(path)
}

/// The most memory that the process had, in megabytes, where the system tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}
