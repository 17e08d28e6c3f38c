//! What is to be done for a ticket besides answering it, and how long it took: checklists with tasks that
//! people and teams own, and the time that people spent.
//!
//! Invariants: what people wrote stands in texts of the ticket, so that erasing a person finds it; each
//! change is an event of the ticket that only the desk reads; who does not see a ticket from the inside
//! hears nothing of its tasks and its time, not even how many there are.

pub mod actions;
pub mod store;
pub mod template;
pub mod time_rules;

mod api;
mod guard;
mod length;
mod log;
mod read;
mod rules;
mod slice;
mod web;

pub use guard::GUARDS;
pub use slice::slice;

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261125_0700_task", "../migrations/0700_task.sql"),
    db::migration!("20261125_0702_time", "../migrations/0702_time.sql"),
];
