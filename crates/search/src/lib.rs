//! Full text: what is in the desk is found in an instant, and nobody learns of what they may not see.
//!
//! Invariants: the index is made from the database and never a source of truth, so deleting its folder
//! costs time and nothing else; nothing of a text is stored in it; every hit is read again from the
//! database under the reader's scope before it is shown; a rank depends on the record and the question
//! alone, never on other records; a number is only said when the index has seen every change.

mod faults;
mod follow;
mod handle;
mod kind;
mod rank;
mod scope;

pub mod api;
pub mod find;
pub mod index;
pub mod list;
pub mod plan;
pub mod similar;
pub mod store;
pub mod text;

use api_kit::{Slice, routes};
use axum::Extension;

pub use faults::Faults;
pub use find::{Ask, Counts, Found, Hit, Record, find};
pub use follow::Follower;
pub use handle::{Search, State};
pub use kind::Kind;
pub use similar::{Of, Similar, alike, similar};

/// The indexes that following needs.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0700_search_stamps", "../migrations/0700_stamps.sql"),
    db::migration!("20261122_0701_membership_clock", "../migrations/0701_membership_clock.sql"),
];

/// What this crate gives to the desk. Its thread is started apart, by [`Follower::start`].
pub fn slice(search: Search) -> Slice {
    let mut slice = Slice::new("search").migrations(MIGRATIONS).api(routes!(api::find::search)).api(routes!(api::similar::of_ticket));
    slice.api = slice.api.layer(Extension(search));
    slice
}
