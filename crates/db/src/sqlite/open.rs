//! Opening the file with the settings that the promises rest on.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::OpenError;
use super::SqliteConn;
use crate::error::of_sqlite;

/// SQLite 3.7.0 to 3.51.2 can lose commits in WAL mode when two connections write and checkpoint at
/// once; 3.50.7 and 3.44.6 carry the repair (<https://sqlite.org/wal.html>, "WAL-reset bug").
pub(crate) fn refuse_bad_version(version: i32) -> Result<(), OpenError> {
    let repaired = version >= 3_051_003 || (3_050_007..3_051_000).contains(&version) || (3_044_006..3_045_000).contains(&version);
    if repaired { Ok(()) } else { Err(OpenError::BadSqlite(version)) }
}

pub(crate) fn writer(path: &Path) -> Result<SqliteConn, OpenError> {
    let existed = path.exists();
    let conn = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)).map_err(|e| at(path, &e))?;
    if existed {
        refuse_foreign(&conn, path)?;
    }
    conn.busy_timeout(Duration::from_secs(5)).map_err(|e| at(path, &e))?;
    conn.pragma_update(None, "journal_mode", "WAL").map_err(|e| at(path, &e))?;
    conn.pragma_update(None, "synchronous", "FULL").map_err(|e| at(path, &e))?;
    settings(&conn).map_err(|e| at(path, &e))?;
    conn.pragma_update(None, "wal_autocheckpoint", 4000).map_err(|e| at(path, &e))?;
    Ok(SqliteConn::new(conn))
}

pub(crate) fn reader(path: &Path) -> rusqlite::Result<SqliteConn> {
    let conn = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
    conn.busy_timeout(Duration::from_secs(5))?;
    settings(&conn)?;
    conn.pragma_update(None, "query_only", "ON")?;
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
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    Ok(())
}

/// A file that is no database, is damaged or belongs to another program is never touched.
fn refuse_foreign(conn: &Connection, path: &Path) -> Result<(), OpenError> {
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|e| at(path, &e))?;
    if verdict != "ok" {
        return Err(OpenError::Damaged { path: path.to_owned(), message: verdict });
    }
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0)).map_err(|e| at(path, &e))?;
    let ours: i64 = conn
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'", [], |row| row.get(0))
        .map_err(|e| at(path, &e))?;
    if tables > 0 && ours == 0 {
        return Err(OpenError::Foreign { path: path.to_owned() });
    }
    Ok(())
}

fn at(path: &Path, error: &rusqlite::Error) -> OpenError {
    use rusqlite::ffi::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => OpenError::Damaged { path: path.to_owned(), message: error.to_string() },
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            OpenError::NoAccess { path: path.to_owned(), message: error.to_string() }
        }
        _ => OpenError::Failed(of_sqlite(error)),
    }
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
