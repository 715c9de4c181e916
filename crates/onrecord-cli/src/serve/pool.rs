//! Connections that read: as many as questions are answered at a time, each question on a thread that may block.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use onrecord::store::{Stopper, Store};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::serve::problem::Problem;

/// How long a question may take.
const LONGEST: Duration = Duration::from_secs(10);
/// How long a question waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// The connections.
pub(crate) struct Pool {
    /// The connection that the others are opened from.
    first: Mutex<Store>,
    idle: Mutex<Vec<Store>>,
    seats: Arc<Semaphore>,
}

impl Pool {
    pub(crate) fn new(first: Store) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let seats = Arc::new(Semaphore::new(cores * 2));
        Self { first: Mutex::new(first), idle: Mutex::default(), seats }
    }

    /// Another connection.
    pub(crate) fn open(&self) -> onrecord::Result<Store> {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).reader()
    }

    /// Asks the database, and stops the question when it takes too long or nobody waits for the answer any more.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let seat = timeout(PATIENCE, Arc::clone(&self.seats).acquire_owned()).await;
        let Ok(Ok(seat)) = seat else { return Err(Problem::busy()) };
        let store = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let store = store.map_or_else(|| self.open(), Ok)?;
        let mut asking = Asking { stopper: store.stopper(), done: Arc::default() };
        let (pool, done) = (Arc::clone(self), Arc::clone(&asking.done));
        let answering = tokio::task::spawn_blocking(move || {
            let answer = question(&store);
            done.store(true, Ordering::Release);
            pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
            drop(seat);
            answer
        });
        match timeout(LONGEST, answering).await {
            Ok(answer) => answer.unwrap_or_else(|_| Err(Problem::bug())),
            Err(_) => {
                asking.stop();
                Err(Problem::too_long(LONGEST))
            }
        }
    }
}

/// A question that is being answered.
struct Asking {
    stopper: Stopper,
    done: Arc<AtomicBool>,
}

impl Asking {
    fn stop(&mut self) {
        if !self.done.swap(true, Ordering::AcqRel) {
            self.stopper.stop();
        }
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.stop();
    }
}
