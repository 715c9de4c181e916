//! Tests of the runtime on whole pipelines.

mod common;
mod damage;
mod parity;
mod strange_texts;
mod threads;
