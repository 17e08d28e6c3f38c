//! The migrations of every crate in one global order.

use db::{Applied, Migration};
use kernel::{Clock as _, SystemClock};

use super::storage::Storage;
use crate::exit::Failure;

/// Every step of the schema; their ids give the order.
fn all() -> Vec<Migration> {
    let crates: [&[Migration]; 1] = [db::MIGRATIONS];
    crates.concat()
}

/// What [`apply`] would do.
///
/// # Errors
/// The database is newer than this program or was made by a changed one.
pub fn pending(storage: &Storage) -> Result<Applied, Failure> {
    Ok(storage.db.pending(&all())?)
}

/// Brings the database to this version.
///
/// # Errors
/// As [`pending`]; a step that fails is rolled back.
pub fn apply(storage: &Storage) -> Result<Applied, Failure> {
    let applied = storage.db.migrate(&all(), SystemClock.now())?;
    if !applied.ids.is_empty() {
        tracing::info!(count = applied.ids.len(), fresh = applied.fresh, "migrations applied");
    }
    Ok(applied)
}
