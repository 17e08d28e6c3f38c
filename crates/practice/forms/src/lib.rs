//! What administrators shape without a program: custom fields, forms, and the kinds of tickets with their
//! states. As pages below `/admin` and over REST.
//!
//! Invariants: a key never changes and is never used twice; every change is a version of a configuration
//! object with its author; nothing that records hold is lost without being said.

pub mod actions;

mod api;
mod diff;
mod graph;
pub mod job;
mod retype;
mod slice;
mod views;
mod web;

pub use slice::slice;
