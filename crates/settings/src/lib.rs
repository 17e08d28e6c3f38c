//! Configuration objects: states, kinds, codes, matrices, custom fields. Each has an immutable key and a version row
//! for each change with its author; others refer to it by key, never by label.

mod cache;
pub mod field;
mod store;
mod texts;

pub use cache::Cache;
pub use store::change as changes;
pub use store::value as values;
pub use store::{Change, Setting, get, history, list, put, seed, stamp, touch};
pub use texts::Texts;

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0400_setting", "../migrations/0400_setting.sql"),
    db::migration!("20261122_0410_field_value", "../migrations/0410_field_value.sql"),
    db::migration!("20261123_0425_field_change", "../migrations/0425_field_change.sql"),
];
