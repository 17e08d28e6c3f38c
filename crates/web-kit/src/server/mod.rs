//! The HTTP server: our own accept loop, because `axum::serve` sets no timer and no cap, so that a
//! few silent clients can hold it.

mod accept;
mod answer;
mod config;
mod connection;
mod handles;
mod pulse;
mod slots;
mod timed;
mod tls;

pub use accept::{BindError, Server};
pub use config::{Config, Limits};
pub use handles::raise_open_files;
pub(crate) use pulse::Pulse;
pub use tls::{Tls, TlsError};
