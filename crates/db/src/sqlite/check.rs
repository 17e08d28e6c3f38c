//! Checks of the database's structure.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rusqlite::Connection;

/// Instructions between two looks at whether the check should end.
const STEPS_PER_LOOK: i32 = 20_000;

/// The first thing that is wrong with the structure of the whole file.
pub(crate) fn quick(conn: &Connection) -> rusqlite::Result<Option<String>> {
    first_of(conn, "PRAGMA quick_check(1)")
}

/// Everything that is wrong: structure, indexes, references.
pub(crate) fn thorough(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let found = conn.prepare("PRAGMA integrity_check(100)")?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let strays = conn
        .prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100")?
        .query_map([], |row| {
            Ok(format!(
                "row {} of {} refers to nothing in {}",
                row.get::<_, Option<i64>>(1)?.unwrap_or_default(),
                row.get::<_, String>(0)?,
                row.get::<_, String>(2)?
            ))
        })?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").chain(strays).collect())
}

fn first_of(conn: &Connection, pragma: &str) -> rusqlite::Result<Option<String>> {
    let line: String = conn.query_row(pragma, [], |row| row.get(0))?;
    Ok((line != "ok").then_some(line))
}

/// The check of a large file after an unclean stop, table by table so that no snapshot is held long.
pub(crate) fn in_background(path: &Path, stop: &Arc<AtomicBool>, found: &OnceLock<String>) {
    let verdict = tables_one_by_one(path, stop);
    if stop.load(Ordering::Relaxed) {
        return;
    }
    let message = match verdict {
        Ok(None) => return tracing::info!("the database is in order"),
        Ok(Some(message)) => message,
        Err(error) => error.to_string(),
    };
    tracing::error!(message, "the database is damaged: restore the newest backup with `spoc restore`");
    let _ = found.set(message);
}

fn tables_one_by_one(path: &Path, stop: &Arc<AtomicBool>) -> rusqlite::Result<Option<String>> {
    let mut conn = super::open::reader(path, false)?.conn;
    let seen = Arc::clone(stop);
    conn.progress_handler(STEPS_PER_LOOK, Some(move || seen.load(Ordering::Relaxed)))?;
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let name = table.replace('\'', "''");
        if let Some(message) = first_of(&conn, &format!("PRAGMA quick_check('{name}')"))? {
            return Ok(Some(message));
        }
    }
    Ok(None)
}
