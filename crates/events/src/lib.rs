//! The log of what happened, and everything that follows from it: consumers, jobs, live updates.
//!
//! Invariants: state and event are committed together; the database refuses to change or delete an
//! event; followers read in an order that skips nothing, on either database; effects happen at least
//! once, and each is idempotent by consumer and sequence.

mod act;
mod append;
pub mod backup_run;
pub mod chain;
mod consumer;
mod cursor;
mod feed;
mod idempotency;
mod job;
mod job_list;
mod live;
mod purge;
mod runner;
mod turn;

pub use act::{Act, By, Cause};
pub use append::{Draft, Event, Visibility, append};
pub use chain::purged::{Gone, OBJECT as PURGE, gone};
pub use consumer::{Consumer, News, Stuck, advance, news, note_failure, stuck};
pub use cursor::Cursor;
pub use feed::{head, newest_of_object, of_object, of_object_since, read};
pub use idempotency::{RequestKey, forget_before, once};
pub use job::{ATTEMPTS, Enqueue, Job, claim, enqueue, fail, finish, renew};
pub use job_list::{JobCounts, JobLine, JobState, counts, jobs, retry};
pub use live::{Hub, Live};
pub use purge::{purge, purge_openly};
pub use runner::{Follower, Handlers, Runner, Waker};
pub use turn::{Taken, Turn};

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0300_event", "../migrations/0300_event.sql"),
    db::migration!("20261122_0310_consumer_job", "../migrations/0310_consumer_job.sql"),
    db::migration!("20261122_0311_job_dead", "../migrations/0311_job_dead.sql"),
    db::migration!("20261122_0320_chain", "../migrations/0320_chain.sql"),
    db::migration!("20261122_0321_backup_run", "../migrations/0321_backup_run.sql"),
    db::migration!("20261122_0322_event_audit", "../migrations/0322_event_audit.sql"),
];
