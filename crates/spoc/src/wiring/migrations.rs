//! The migrations of every crate in one global order.

use db::{Applied, Db, Migration};
use kernel::{Clock as _, Error, ErrorKind, SystemClock};

use super::storage::Storage;
use super::store;
use crate::backup;
use crate::exit::{self, Failure};

/// Every step of the schema; their ids give the order.
pub fn all() -> Vec<Migration> {
    let crates = [
        db::MIGRATIONS,
        party::MIGRATIONS,
        access::MIGRATIONS,
        files::MIGRATIONS,
        events::MIGRATIONS,
        settings::MIGRATIONS,
        ticket::MIGRATIONS,
        search::MIGRATIONS,
        sessions::MIGRATIONS,
        import::MIGRATIONS,
        notify::MIGRATIONS,
        work::MIGRATIONS,
    ];
    crates.concat()
}

/// What [`apply`] would do.
///
/// # Errors
/// The database is newer than this program or was made by a changed one.
pub fn pending(storage: &Storage) -> Result<Applied, Failure> {
    Ok(storage.db.pending(&all())?)
}

/// Refuses a database that a command cannot work with before it is migrated.
///
/// # Errors
/// As [`pending`]; steps are missing.
pub fn require(storage: &Storage) -> Result<(), Failure> {
    match pending(storage)?.ids.len() {
        0 => Ok(()),
        _ => Err(Failure::new(exit::FAILED, "the database is of an older version; run `spoc migrate` first")),
    }
}

/// Brings the database to this version, after a backup of what is there.
///
/// # Errors
/// As [`pending`]; the backup cannot be written; a step that fails is rolled back.
pub fn apply(storage: &Storage) -> Result<Applied, Failure> {
    let pending = pending(storage)?;
    if let Some(first) = pending.ids.first().filter(|_| !pending.fresh) {
        backup::before_migration(storage, first)?;
    }
    let applied = storage.db.migrate(&all(), SystemClock.now())?;
    if !applied.ids.is_empty() {
        tracing::info!(count = applied.ids.len(), fresh = applied.fresh, "migrations applied");
    }
    Ok(applied)
}

/// Whether the database answers and has at least the steps of this version.
///
/// # Errors
/// It does not.
pub async fn in_place(db: &Db) -> kernel::Result<()> {
    let steps = db.read_reserved("ready", store::steps).await?;
    if usize::try_from(steps).unwrap_or(0) < all().len() {
        return Err(Error::new(ErrorKind::Busy, "error-database").cause("the schema is older than this program"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The ids that the crates write down, found in their sources.
    fn written(folder: &Path, ids: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                written(&path, ids);
            } else if path.ends_with("src/lib.rs") || path.ends_with("src/migrate.rs") {
                let text = std::fs::read_to_string(&path).expect("a source is text");
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                let calls = code.flat_map(|line| line.split("migration!(\"").skip(1)).filter_map(|call| call.split('"').next());
                ids.extend(calls.map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_migration_of_every_crate_is_applied_once_and_in_order() {
        let mut written_down = Vec::new();
        written(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut written_down);
        written_down.sort_unstable();
        let mut applied: Vec<String> = all().iter().map(|migration| migration.id.to_owned()).collect();
        applied.sort_unstable();
        assert_eq!(applied, written_down, "wiring/migrations.rs names the list of every crate");
        let mut unique = applied.clone();
        unique.dedup();
        assert_eq!(unique, applied, "two migrations have the same id");
    }
}
