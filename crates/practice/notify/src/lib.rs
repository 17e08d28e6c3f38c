//! Who hears of what happens to a ticket: notices from the log, the inbox that shows them, the bell.
//!
//! Invariants: a notice follows from a committed event, at most one for each event and person; nobody
//! is told what they did themselves, nor of what they may not see, asked when it is written and again
//! whenever it is shown or counted; what was done silently tells nobody.

pub mod actions;
pub mod inbox;
pub mod mention;
pub mod outbox;
pub mod preferences;
pub mod push;
pub mod store;
pub mod wishes;

mod api;
mod bell;
mod follow;
mod reason;
mod rules;
mod slice;
mod views;
mod web;

pub use bell::Bell;
pub use follow::Notify;
pub use reason::Reason;
pub use slice::slice;

/// The tables of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261124_0720_notice", "../migrations/0720_notice.sql"),
    db::migration!("20261124_0721_notify_preference", "../migrations/0721_notify_preference.sql"),
];
