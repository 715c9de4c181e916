//! How much may be in hand at once: what holds a fast reader back while the writer is behind.

use std::sync::{Condvar, Mutex, PoisonError};

/// A number of bytes, shared between threads.
#[derive(Debug)]
pub(super) struct Budget {
    whole: usize,
    left: Mutex<usize>,
    returned: Condvar,
}

impl Budget {
    pub(super) fn new(whole: usize) -> Self {
        Self { whole, left: Mutex::new(whole), returned: Condvar::new() }
    }

    /// Takes so much, and waits until it is there. What is larger than the whole budget takes all of it. Answers what
    /// was taken.
    pub(super) fn take(&self, amount: usize) -> usize {
        let amount = amount.min(self.whole);
        // Nothing that holds the lock can panic.
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = self.returned.wait_while(left, |left| *left < amount);
        *wait.unwrap_or_else(PoisonError::into_inner) -= amount;
        amount
    }

    /// Gives back what was taken.
    pub(super) fn give(&self, amount: usize) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) += amount;
        self.returned.notify_all();
    }
}
