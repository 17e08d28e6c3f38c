//! The server against raw sockets: honest clients are answered while hostile ones are let go.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod bodies;
mod drain;
mod files;
mod floods;
mod frames;
mod rig;
mod silence;
mod tls;
