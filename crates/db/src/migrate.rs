//! Migrations: embedded, in one global order, each in a transaction of its own, with checksums.

use std::fmt::Write as _;

use kernel::{Error, Time};
use sha2::{Digest, Sha256};

use crate::handle::Db;
use crate::{Dialect, OpenError, Rd, params, sql};

/// One step of the schema: one concern, never changed once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Day, number and slice, such as `20261122_0100_party_person`: the global order.
    pub id: &'static str,
    /// DDL in SQLite's words; see [`for_dialect`].
    pub sql: &'static str,
}

/// Names a migration beside its file: `migration!("20261122_0100_party", "../migrations/0100_party.sql")`.
#[macro_export]
macro_rules! migration {
    ($id:literal, $file:literal) => {
        $crate::Migration { id: $id, sql: include_str!($file) }
    };
}

/// The migrations of this crate: counters and the key-value table of the installation.
pub const MIGRATIONS: &[Migration] = &[migration!("20261122_0001_db_counter", "../migrations/0001_counter.sql")];

/// What [`Db::migrate`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Whether the database was empty before.
    pub fresh: bool,
    pub ids: Vec<&'static str>,
}

impl Db {
    /// The migrations that [`Db::migrate`] would apply, and whether the database is empty. Changes
    /// nothing.
    ///
    /// # Errors
    /// The database is newer than this program or was made by a changed one.
    pub fn pending(&self, all: &[Migration]) -> Result<Applied, OpenError> {
        let done = self.read_wait("migrate.read", journal).map_err(failed)?;
        for (id, checksum) in &done {
            match all.iter().find(|m| m.id == id) {
                None => return Err(OpenError::TooNew { migration: id.clone() }),
                Some(known) if checksum_of(known) != *checksum => return Err(OpenError::Changed { migration: id.clone() }),
                Some(_) => {}
            }
        }
        let mut ids: Vec<&'static str> = all.iter().map(|m| m.id).filter(|id| !done.iter().any(|(d, _)| d == id)).collect();
        ids.sort_unstable();
        Ok(Applied { fresh: done.is_empty(), ids })
    }

    /// Applies what is missing, in the order of the ids. Several nodes may do so at once.
    ///
    /// # Errors
    /// See [`OpenError`]; a step that fails is rolled back and ends the run.
    pub fn migrate(&self, all: &[Migration], now: Time) -> Result<Applied, OpenError> {
        let applied = self.pending(all)?;
        if applied.ids.is_empty() {
            return Ok(applied);
        }
        let dialect = self.dialect();
        let made = self.write_wait("migrate.journal", move |tx| tx.batch(&for_dialect(JOURNAL, dialect)));
        self.unless_done(all, None, made.map_err(failed))?;
        for id in &applied.ids {
            let Some(&migration) = all.iter().find(|m| m.id == *id) else { continue };
            let text = for_dialect(migration.sql, dialect);
            let checksum = checksum_of(&migration);
            let step = self.write_wait("migrate", move |tx| {
                tx.batch(&text)?;
                tx.exec(
                    sql!("INSERT INTO schema_migration (id, checksum, applied_at) VALUES ($1, $2, $3)"),
                    &params![migration.id, checksum.as_str(), now],
                )?;
                Ok(())
            });
            let step = step.map_err(|e| OpenError::Migration { migration: (*id).to_owned(), message: e.to_string() });
            self.unless_done(all, Some(id), step)?;
        }
        Ok(applied)
    }

    /// A step that failed because another node has just done it has not failed.
    fn unless_done(&self, all: &[Migration], id: Option<&str>, step: Result<(), OpenError>) -> Result<(), OpenError> {
        let Err(error) = step else { return Ok(()) };
        let done = match id {
            Some(id) => !self.pending(all)?.ids.contains(&id),
            None => self.read_wait("migrate.read", has_journal).map_err(failed)?,
        };
        if done { Ok(()) } else { Err(error) }
    }
}

const JOURNAL: &str =
    "CREATE TABLE IF NOT EXISTS schema_migration (id TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;";

fn has_journal(rd: &mut Rd<'_>) -> kernel::Result<bool> {
    let count: i64 = rd.one(
        sql!(
            i64,
            sqlite "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'",
            postgres "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_migration' AND schemaname = current_schema()"
        ),
        &[],
    )?;
    Ok(count > 0)
}

/// The migrations that were applied, with their checksums.
pub(crate) fn journal(rd: &mut Rd<'_>) -> kernel::Result<Vec<(String, String)>> {
    if !has_journal(rd)? {
        return Ok(Vec::new());
    }
    rd.all(sql!((String, String), "SELECT id, checksum FROM schema_migration ORDER BY id"), &[])
}

fn failed(error: Error) -> OpenError {
    match crate::error::fault(&error) {
        Some(fault) => OpenError::Failed(fault.clone()),
        None => OpenError::Failed(crate::Fault::Other(error.to_string())),
    }
}

fn checksum_of(migration: &Migration) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(migration.sql.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// DDL for the dialect: types by name, text compared by bytes, and only the dialect's own parts
/// between `-- only sqlite` or `-- only postgres` and `-- end`.
pub(crate) fn for_dialect(text: &str, dialect: Dialect) -> String {
    let mut out = String::with_capacity(text.len());
    let mut only = None;
    for line in text.lines() {
        match line.trim() {
            "-- only sqlite" => only = Some(Dialect::Sqlite),
            "-- only postgres" => only = Some(Dialect::Postgres),
            "-- end" => only = None,
            _ if only.is_some_and(|d| d != dialect) => {}
            _ if dialect == Dialect::Postgres && only.is_none() => {
                out.push_str(&postgres_line(line));
                out.push('\n');
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

fn postgres_line(line: &str) -> String {
    let code = line.split("--").next().unwrap_or_default();
    code.replace(" INTEGER", " BIGINT")
        .replace(" BLOB", " BYTEA")
        .replace(" REAL", " DOUBLE PRECISION")
        .replace(" TEXT", " TEXT COLLATE \"C\"")
        .replace(") STRICT", ")")
}
