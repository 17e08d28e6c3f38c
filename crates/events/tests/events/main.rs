//! Jobs, consumers and request keys, told on both databases.
#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod common;
mod consumers;
mod jobs;
mod keys;
mod running;
