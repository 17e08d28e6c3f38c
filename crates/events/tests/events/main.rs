//! Jobs, consumers, request keys and the chain, told on both databases.
#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod chain;
mod common;
mod consumers;
mod jobs;
mod keys;
mod running;
