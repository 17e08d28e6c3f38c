//! Opening the file with the settings that the promises rest on.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::claim::{Claim, beside};
use super::{SqliteConn, ballast, check, raw};
use crate::error::of_sqlite;
use crate::{OpenError, Options};

/// Largest size to which the log is cut back after a checkpoint.
const LOG_KEPT: i64 = 64 << 20;

/// SQLite 3.7.0 to 3.51.2 can lose commits in WAL mode when two connections write and checkpoint at
/// once; 3.50.7 and 3.44.6 carry the repair (<https://sqlite.org/wal.html>, "WAL-reset bug").
pub(crate) fn refuse_bad_version(version: i32) -> Result<(), OpenError> {
    let repaired = version >= 3_051_003 || (3_050_007..3_051_000).contains(&version) || (3_044_006..3_045_000).contains(&version);
    if repaired { Ok(()) } else { Err(OpenError::BadSqlite(version)) }
}

/// An open file.
pub(crate) struct Opened {
    pub conn: SqliteConn,
    pub claim: Option<Claim>,
    /// It was not closed in order and is too large to be checked before the start.
    pub unchecked: bool,
}

/// Claims and opens the file. A damaged one is refused and left as it is; a new one is only made
/// where none was before.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Opened, OpenError> {
    if options.beside {
        let existing = flags(OpenFlags::SQLITE_OPEN_READ_WRITE);
        let conn = Connection::open_with_flags(path, existing).map_err(|e| at(path, &e))?;
        let conn = prepared(conn).and_then(|conn| leaves_log(&conn.conn).map(|()| conn)).map_err(|e| at(path, &e))?;
        return Ok(Opened { conn, claim: None, unchecked: false });
    }
    let mut claim = Claim::take(path)?;
    let existed = path.exists();
    if existed && claim.lost_its_log() {
        let message = format!("its log has gone, and with it what was written last; to accept that loss, remove {}-lock", path.display());
        return Err(OpenError::Damaged { path: path.to_owned(), message });
    }
    if existed {
        refuse_damaged(path, raw::damage(path).map_err(|e| unreadable(path, &e))?)?;
    } else {
        refuse_lost(path, &claim)?;
    }
    ballast::drop_when_full(path);
    let conn = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE))
        .map_err(|e| at(path, &e))?;
    let mut unchecked = false;
    if existed {
        // Until it is accepted, closing must not move the log into the file.
        keep_log(&conn, path, true)?;
        refuse_foreign(&conn, path)?;
        unchecked = !claim.was_closed_in_order() && !checked(&conn, path, options.check_limit)?;
        keep_log(&conn, path, false)?;
    }
    let conn = prepared(conn).map_err(|e| at(path, &e))?;
    claim.opened();
    ballast::keep(path, options);
    Ok(Opened { conn, claim: Some(claim), unchecked })
}

fn keep_log(conn: &Connection, path: &Path, keep: bool) -> Result<(), OpenError> {
    let keep = keep && beside(path, "-wal").exists();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep).map(drop).map_err(|e| at(path, &e))
}

/// Whose connection closes last moves the log into the file and removes it, which only the process
/// that has the file may do: after an end by force, the next start must still find the log.
fn leaves_log(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map(drop)
}

fn prepared(conn: Connection) -> rusqlite::Result<SqliteConn> {
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    settings(&conn)?;
    conn.pragma_update(None, "wal_autocheckpoint", 4000)?;
    conn.pragma_update(None, "journal_size_limit", LOG_KEPT)?;
    Ok(SqliteConn::new(conn))
}

/// A connection that only reads; `beside` the process that has the file.
pub(crate) fn reader(path: &Path, beside: bool) -> rusqlite::Result<SqliteConn> {
    let conn = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
    conn.busy_timeout(Duration::from_secs(5))?;
    settings(&conn)?;
    conn.pragma_update(None, "query_only", "ON")?;
    if beside {
        leaves_log(&conn)?;
    }
    Ok(SqliteConn::new(conn))
}

fn flags(mode: OpenFlags) -> OpenFlags {
    mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE
}

fn settings(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "foreign_keys", "ON")?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -16_000)?;
    conn.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Else the planner looks into bound values, and a cached statement is prepared anew for each other
    // value: half of the time of a look-up by key.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    Ok(())
}

/// SQLite would make a new database where the file has gone.
fn refuse_lost(path: &Path, claim: &Claim) -> Result<(), OpenError> {
    let log = std::fs::metadata(beside(path, "-wal")).is_ok_and(|found| found.len() > 0);
    if claim.had_database() || log { Err(OpenError::Missing { path: path.to_owned() }) } else { Ok(()) }
}

fn refuse_damaged(path: &Path, message: Option<String>) -> Result<(), OpenError> {
    message.map_or(Ok(()), |message| Err(OpenError::Damaged { path: path.to_owned(), message }))
}

/// Checks a file that was not closed in order, or was changed since, unless it is too large to wait
/// for; answers whether it did.
fn checked(conn: &Connection, path: &Path, limit: u64) -> Result<bool, OpenError> {
    if std::fs::metadata(path).map_err(|e| unreadable(path, &e))?.len() > limit {
        return Ok(false);
    }
    refuse_damaged(path, check::quick(conn).map_err(|e| in_file(path, &e))?)?;
    Ok(true)
}

/// A file of another program is never touched.
fn refuse_foreign(conn: &Connection, path: &Path) -> Result<(), OpenError> {
    let count = |what: &str| {
        conn.query_row(&format!("SELECT count(*) FROM sqlite_schema WHERE {what}"), [], |row| row.get::<_, i64>(0))
            .map_err(|e| in_file(path, &e))
    };
    let (tables, ours) = (count("type = 'table'")?, count("name = 'schema_migration'")?);
    if tables > 0 && ours == 0 { Err(OpenError::Foreign { path: path.to_owned() }) } else { Ok(()) }
}

/// An error while the content is read: mostly damage.
fn in_file(path: &Path, error: &rusqlite::Error) -> OpenError {
    match at(path, error) {
        OpenError::Failed(crate::Fault::Io(message) | crate::Fault::Other(message)) => {
            OpenError::Damaged { path: path.to_owned(), message }
        }
        other => other,
    }
}

fn at(path: &Path, error: &rusqlite::Error) -> OpenError {
    use rusqlite::ffi::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            OpenError::Damaged { path: path.to_owned(), message: error.to_string() }
        }
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            OpenError::NoAccess { path: path.to_owned(), message: error.to_string() }
        }
        _ => OpenError::Failed(of_sqlite(error)),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> OpenError {
    OpenError::NoAccess { path: path.to_owned(), message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_with_the_wal_bug_are_refused() {
        for bad in [3_050_002, 3_051_002, 3_045_001, 3_044_005, 3_007_000] {
            assert!(refuse_bad_version(bad).is_err(), "{bad}");
        }
        for good in [3_051_003, 3_054_000, 3_050_007, 3_044_006] {
            assert!(refuse_bad_version(good).is_ok(), "{good}");
        }
        refuse_bad_version(rusqlite::version_number()).expect("the bundled SQLite is a good one");
    }
}
