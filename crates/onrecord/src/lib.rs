//! The Onrecord engine: everything that touches the world except a screen or a socket.

mod engine;
mod error;
mod verify;

pub use engine::Engine;
pub use error::Error;
pub use onrecord_core as core;
pub use verify::verify;

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
