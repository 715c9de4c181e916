//! What the command does, as somebody at a terminal sees it. Each test has a folder of its own.

mod add;
mod ask;
mod bad_input;
mod demo;
mod desk;
mod output;
mod read;
mod serve;
mod volume;
#[cfg(feature = "fetch")]
mod web;
