//! Configuration objects: states, kinds, codes, matrices. Each has an immutable key and a version row
//! for each change with its author; others refer to it by key, never by label.

mod cache;
mod store;
mod texts;

pub use cache::Cache;
pub use store::{Change, Setting, get, history, list, put, seed, stamp, touch};
pub use texts::Texts;

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[db::migration!("20261122_0400_setting", "../migrations/0400_setting.sql")];
