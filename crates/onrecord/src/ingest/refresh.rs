//! Reads kept reports again, over all cores: only the stages whose version changed, and those that read them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::store::Store;
use crate::{Engine, Error, Result};

/// How many reports are read and written together.
const BATCH: usize = 64;
/// Stack of a worker, as for reading at first.
const STACK: usize = 64 * 1024 * 1024;

/// Brings kept reports up to date, and calls `step` after each. When `stop` becomes true, what is in hand is still
/// written. Answers how many were read.
///
/// # Errors
/// When the database cannot be read or written. What was read before is kept.
pub fn refresh(
    store: &mut Store,
    engine: &Engine,
    hashes: &[String],
    threads: usize,
    stop: &AtomicBool,
    step: &mut dyn FnMut(),
) -> Result<usize> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = if threads == 0 { cores() } else { threads };
    let mut done = 0;
    for hashes in hashes.chunks(BATCH) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let stale = hashes.iter().map(|hash| store.stale_report(hash)).collect::<Result<Vec<_>>>()?;
        let mut stale: Vec<_> = stale.into_iter().flatten().collect();
        let share = stale.len().div_ceil(threads).max(1);
        let again = thread::scope(|scope| {
            let mut workers = Vec::new();
            while !stale.is_empty() {
                let part = stale.split_off(stale.len().saturating_sub(share));
                let read = move || part.into_iter().map(|stale| stale.read(engine)).collect::<Vec<_>>();
                workers.push(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read));
            }
            workers.into_iter().rev().map(joined).collect::<Result<Vec<_>>>()
        })?;
        let again: Vec<_> = again.into_iter().flatten().collect();
        store.put_again(&again)?;
        done += again.len();
        hashes.iter().for_each(|_| step());
    }
    Ok(done)
}

fn joined<T>(worker: std::io::Result<thread::ScopedJoinHandle<'_, T>>) -> Result<T> {
    let worker = worker.map_err(|error| Error::user(format!("no thread can be started: {error}")))?;
    worker.join().map_err(|_| Error::bug("a report makes its reader fail"))
}
