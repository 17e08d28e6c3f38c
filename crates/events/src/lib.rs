//! The log of what happened, and everything that follows from it: consumers, jobs, live updates.
//!
//! Invariants: state and event are committed together; the database refuses to change or delete an
//! event; followers read in an order that skips nothing, on either database; effects happen at least
//! once, and each is idempotent by consumer and sequence.

mod act;
mod append;
mod consumer;
mod cursor;
mod feed;
mod idempotency;
mod job;
mod live;
mod purge;
mod runner;

pub use act::{Act, By, Cause};
pub use append::{Draft, Event, Visibility, append};
pub use consumer::{Consumer, News, advance, news};
pub use cursor::Cursor;
pub use feed::{head, newest_of_object, of_object, of_object_since, read};
pub use idempotency::{RequestKey, forget_before, once};
pub use job::{DeadJob, Enqueue, Job, claim, dead, enqueue, fail, finish, release_all, retry};
pub use live::{Hub, Live};
pub use purge::purge;
pub use runner::{Handlers, Runner, Waker};

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0300_event", "../migrations/0300_event.sql"),
    db::migration!("20261122_0310_consumer_job", "../migrations/0310_consumer_job.sql"),
];
