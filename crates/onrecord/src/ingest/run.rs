//! Adds all that sources hold: one thread reads them, workers look into the items, the calling thread writes.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::article::{self, Given};
use super::budget::Budget;
use super::fields::Map;
use super::item::{Item, Place, Unreadable};
use super::sources::Sources;
use crate::core::{Meta, document_hash};
use crate::fetch::{Fetched, Manners, Way};
use crate::store::{Added, Found, Look, Lookup, Ready, Store};
use crate::{Engine, Error, Result};

/// Memory for all that is in hand, in bytes.
const IN_HAND: usize = 96 * 1024 * 1024;
/// What an item takes: its record, and several copies of its bytes while it is looked into.
const LEAST: usize = 32 * 1024;
const TIMES_ITS_BYTES: usize = 16;
/// How many items are written in one transaction at most, how long one waits for the next of them, and for all.
/// The index of words takes a large batch in half the time of five small ones.
const BATCH: usize = 500;
const WAIT: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(1);
/// Stack of a worker: the extractor of pages goes down into what is nested.
const STACK: usize = 64 * 1024 * 1024;

/// How to add.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Number of workers; 0 for one a core.
    pub threads: usize,
    /// Keep the texts and read them later, with `refresh`.
    pub later: bool,
    /// Names of fields.
    pub map: Map,
    /// What is known of everything that is added.
    pub given: Given,
    /// How to behave towards the servers of others.
    pub manners: Manners,
}

/// What became of one item. It is in the database when this is told.
#[derive(Debug)]
pub struct Event<'a> {
    /// Where it was found.
    pub place: &'a Place,
    /// The report, or why there is none.
    pub outcome: std::result::Result<&'a Added, &'a str>,
    /// The language, when the embedded pipeline does not read it: the text is kept and can be searched.
    pub unread: Option<&'a str>,
    /// Bytes of the sources that were taken in so far.
    pub bytes: u64,
}

/// What became of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Reports that were not there before.
    pub added: usize,
    /// Reports of which something was not known before.
    pub completed: usize,
    /// Texts that were there already.
    pub known: usize,
    /// Reports in a language that is not read.
    pub unread: usize,
    /// Things that could not be read.
    pub failed: usize,
    /// Pages and feeds on the web that had not changed since they were fetched last.
    pub unchanged: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// An item on its way to the workers, with its place in the order and its share of the budget.
struct Job {
    order: u64,
    share: usize,
    item: std::result::Result<Item, Unreadable>,
}

/// What a worker made of an item.
struct Done {
    order: u64,
    share: usize,
    /// None when it came after the stop, and was left for the next run.
    found: Option<Found>,
}

/// Adds everything to the store, and tells what became of each item, in the order in which they were found. When `stop`
/// becomes true, or `tell` answers no, what is in hand is still written.
///
/// # Errors
/// When the database cannot be written. What was told of is kept.
pub fn add(
    store: &mut Store,
    engine: &Engine,
    sources: &Sources,
    settings: &Settings,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Event<'_>) -> bool,
) -> Result<Summary> {
    let budget = Budget::new(IN_HAND);
    let count = Arc::new(AtomicU64::new(0));
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = if settings.threads == 0 { cores() } else { settings.threads };
    let visits = store.lookup();
    let lookups: Vec<Lookup> = (0..threads).map(|_| store.lookup()).collect();
    thread::scope(|scope| {
        let (jobs, waiting) = channel();
        let (results, done) = channel();
        let (budget, count) = (&budget, &count);
        let reader = spawn(scope, move || {
            let way = Way { manners: &settings.manners, lookup: &visits, stop };
            read(sources, settings, count, budget, way, &jobs)
        })?;
        let waiting = Arc::new(Mutex::new(waiting));
        for lookup in lookups {
            let (waiting, results) = (Arc::clone(&waiting), results.clone());
            spawn(scope, move || work(&waiting, &results, engine, settings, &lookup, stop))?;
        }
        drop((waiting, results));
        let mut writer = Writer { store, engine, count, stop, summary: Summary::default() };
        let written = writer.run(&done, budget, tell);
        if written.is_err() {
            // Whoever reads or works must not wait for a writer that is gone.
            stop.store(true, Ordering::Relaxed);
            done.iter().for_each(|done| budget.give(done.share));
        }
        written?;
        let fetched = reader.join().map_err(|_| Error::bug("the reader of the sources failed"))?;
        let stopped = stop.load(Ordering::Relaxed);
        let summary = Summary { stopped, unchanged: fetched.unchanged, ..writer.summary };
        if !stopped {
            store.note_visits(&fetched.feeds)?;
        }
        Ok(summary)
    })
}

fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>> {
    let started = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
    started.map_err(|error| Error::user(format!("no thread can be started: {error}; try --threads 1")))
}

/// Reads the sources, no faster than the writer writes.
fn read(
    sources: &Sources,
    settings: &Settings,
    count: &Arc<AtomicU64>,
    budget: &Budget,
    way: Way<'_>,
    jobs: &Sender<Job>,
) -> Fetched {
    let mut order = 0;
    sources.read(&settings.map, count, way, &mut |item| {
        let bytes = item.as_ref().map_or(0, |item| item.bytes.len());
        let share = budget.take(LEAST + TIMES_ITS_BYTES * bytes);
        let sent = jobs.send(Job { order, share, item });
        order += 1;
        sent.is_ok() && !way.stop.load(Ordering::Relaxed)
    })
}

/// Looks into items until there are no more.
fn work(
    waiting: &Mutex<Receiver<Job>>,
    results: &Sender<Done>,
    engine: &Engine,
    settings: &Settings,
    lookup: &Lookup,
    stop: &AtomicBool,
) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { order, share, item }) = job else { return };
        let found = match item {
            _ if stop.load(Ordering::Relaxed) => None,
            Ok(item) => Some(look_into(&item, engine, settings, lookup)),
            Err(Unreadable { place, reason }) => Some(Found::unreadable(place, reason)),
        };
        if results.send(Done { order, share, found }).is_err() {
            return;
        }
    }
}

fn look_into(item: &Item, engine: &Engine, settings: &Settings, lookup: &Lookup) -> Found {
    let payload = payload(item);
    let known = lookup.document(&payload);
    // The readers of formats come from elsewhere: one page that makes them panic is a failure, not the end.
    let look = match known {
        Some(hash) => Ok(Look::Known { hash, given: given(item, settings) }),
        None => catch_unwind(AssertUnwindSafe(|| article(item, engine, settings, lookup)))
            .unwrap_or_else(|_| Err("makes the reader of its format fail".to_owned())),
    };
    Found { place: item.place.clone(), format: item.format, payload, visit: item.visit.clone(), look }
}

/// What the caller says of an item.
fn given(item: &Item, settings: &Settings) -> Meta {
    let Given { published, outlet, url } = settings.given.clone();
    Meta { published, outlet, url, source: Some(item.place.file.clone()) }
}

fn article(
    item: &Item,
    engine: &Engine,
    settings: &Settings,
    lookup: &Lookup,
) -> std::result::Result<Look, String> {
    let article = article::open(item, &settings.given)?;
    let known = lookup.has(&document_hash(&article.text));
    let ready = (!known && !settings.later && article.is_readable)
        .then(|| Ready::of(&engine.read(&article.text, article.meta.clone())));
    Ok(Look::Article { article: Box::new(article), ready, later: settings.later })
}

/// Names the bytes of an item, with what they were said to be: the same again need not be looked into again.
fn payload(item: &Item) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{:?} {:?} {:?} ", item.form, item.charset, item.known));
    hash.update(&item.bytes);
    hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Writer<'a> {
    store: &'a mut Store,
    engine: &'a Engine,
    count: &'a AtomicU64,
    stop: &'a AtomicBool,
    summary: Summary,
}

impl Writer<'_> {
    /// Writes what the workers made, in the order in which it was found.
    fn run(
        &mut self,
        done: &Receiver<Done>,
        budget: &Budget,
        tell: &mut dyn FnMut(&Event<'_>) -> bool,
    ) -> Result<()> {
        let mut early = BTreeMap::new();
        let (mut next, mut share, mut batch) = (0, 0, Vec::new());
        let mut written = Instant::now();
        loop {
            let came = done.recv_timeout(WAIT);
            let ended = matches!(came, Err(RecvTimeoutError::Disconnected));
            let idle = came.is_err();
            if let Ok(Done { order, share, found }) = came {
                early.insert(order, (share, found));
            }
            while let Some((its, found)) = early.remove(&next) {
                batch.extend(found);
                share += its;
                next += 1;
            }
            if idle || batch.len() >= BATCH || written.elapsed() >= PATIENCE {
                let done = self.write(&std::mem::take(&mut batch), tell);
                budget.give(std::mem::take(&mut share));
                done?;
                written = Instant::now();
            }
            if ended {
                return Ok(());
            }
        }
    }

    fn write(&mut self, batch: &[Found], tell: &mut dyn FnMut(&Event<'_>) -> bool) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let engine = self.engine;
        let kept = self.store.take_in(batch, |text, meta| engine.read(text, meta))?;
        for (found, added) in batch.iter().zip(&kept) {
            let unread = found.unread();
            match added {
                Ok(Added::New(_)) => self.summary.added += 1,
                Ok(Added::Known { filled, .. }) if filled.is_empty() => self.summary.known += 1,
                Ok(Added::Known { .. }) => self.summary.completed += 1,
                Err(_) => self.summary.failed += 1,
            }
            self.summary.unread += usize::from(unread.is_some());
            let outcome = added.as_ref().map_err(String::as_str);
            let bytes = self.count.load(Ordering::Relaxed);
            if !tell(&Event { place: &found.place, outcome, unread, bytes }) {
                self.stop.store(true, Ordering::Relaxed);
            }
        }
        Ok(())
    }
}
