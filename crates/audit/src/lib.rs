//! What administrators look after beside people and tickets: what was done by whom, the audit chain and
//! its signed heads, configuration objects with their history, and backups.

mod api;
mod diff;
mod read;
mod revert;
mod slice;
mod store;
mod web;

pub use slice::slice;
