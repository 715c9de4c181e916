//! Crashes: an ingest that is killed at random moments, and started again, loses nothing and keeps nothing twice.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::Args;
use onrecord::Engine;
use onrecord::ingest::{self, Settings, Sources};
use onrecord::store::Store;

use super::volume::{article, in_folder};
use crate::Result;

/// How often an ingest is killed.
#[derive(Args)]
pub(crate) struct Crash {
    /// How many times.
    #[arg(long, default_value_t = 200)]
    times: usize,
    /// Records that are taken in.
    #[arg(long, default_value_t = 300)]
    articles: usize,
    /// Where the moments start from: the same number, the same moments.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Take this file into this database, and do nothing else: what is killed.
    #[arg(long, hide = true, num_args = 2)]
    only: Option<Vec<PathBuf>>,
}

/// How often somebody who waits looks whether the child has ended.
const NAP: Duration = Duration::from_millis(1);

impl Crash {
    pub(crate) fn run(&self) -> Result<()> {
        if let Some([file, db]) = self.only.as_deref() {
            return take_in(file, db);
        }
        in_folder(|folder| self.crash(folder))
    }

    fn crash(&self, folder: &Path) -> Result<()> {
        let (file, db) = (folder.join("records.jsonl"), folder.join("crash.db"));
        fs::write(&file, records(self.articles))?;
        let started = Instant::now();
        child(&file, &db)?.wait()?;
        let whole = started.elapsed();
        self.check(&db, true)?;
        let (mut killed, mut rounds, mut moments) = (0, 0, Moments(self.seed));
        while killed < self.times {
            remove(&db)?;
            rounds += 1;
            while killed < self.times && kill_after(child(&file, &db)?, moments.next(whole))? {
                killed += 1;
                if db.exists() {
                    self.check(&db, false)?;
                }
            }
            child(&file, &db)?.wait()?;
            self.check(&db, true)?;
        }
        println!(
            "killed\t{killed} times in {rounds} databases of {} records, each within {} ms",
            self.articles,
            whole.as_millis()
        );
        println!("check\tclean after each; every record there exactly once at the end of each database");
        Ok(())
    }

    /// The database holds together, and every record is there once, or at most once while it is not whole.
    fn check(&self, db: &Path, whole: bool) -> Result<()> {
        let store = Store::open(db)?;
        if let Some(fault) = store.check_all(&mut || ())?.faults.first() {
            return Err(format!("{} {}: {}", fault.table, fault.row, fault.what).into());
        }
        let (reports, mut sightings) = (store.len()?, 0);
        store.export("sightings", &mut |_, row| {
            sightings += usize::from(row.is_some());
            true
        })?;
        if reports != sightings || reports > self.articles || (whole && reports != self.articles) {
            return Err(
                format!("{reports} reports and {sightings} sightings of {} records", self.articles).into()
            );
        }
        Ok(())
    }
}

fn records(count: usize) -> String {
    let record = |number| {
        let text = article(number).replace("<p>", "").replace("</p>", "\n");
        let text = text.lines().take(4).fold(format!("Report {number}."), |text, line| text + "\n" + line);
        serde_json::json!({ "url": format!("https://lantern.example/{number}"), "text": text }).to_string()
            + "\n"
    };
    (0..count).map(record).collect()
}

/// Takes a file in, in this process.
fn take_in(file: &Path, db: &Path) -> Result<()> {
    let (mut store, engine) = (Store::open(db)?, Engine::new()?);
    let (sources, stop) = (Sources::find(&[file.to_owned()]), AtomicBool::new(false));
    ingest::add(&mut store, &engine, &sources, &Settings::default(), &stop, &mut |_| true)?;
    Ok(())
}

/// Takes a file in, in a process of its own.
fn child(file: &Path, db: &Path) -> Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "crash", "--only"]).arg(file).arg(db);
    Ok(command.stdin(Stdio::null()).spawn()?)
}

/// Kills a process at a moment, as with `kill -9`; no when it had ended before.
fn kill_after(mut child: Child, moment: Duration) -> Result<bool> {
    let started = Instant::now();
    while started.elapsed() < moment {
        if let Some(status) = child.try_wait()? {
            return if status.success() {
                Ok(false)
            } else {
                Err(format!("the ingest ended with {status}").into())
            };
        }
        sleep(NAP);
    }
    child.kill()?;
    child.wait()?;
    Ok(true)
}

fn remove(db: &Path) -> Result<()> {
    for end in ["db", "db-wal", "db-shm"] {
        let file = db.with_extension(end);
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// Random moments, the same for the same seed: xorshift, as nothing hangs on their quality.
struct Moments(u64);

impl Moments {
    fn next(&mut self, within: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        within.mul_f64((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}
