//! What the doctor asks the database.

use db::{Rd, params, sql};
use kernel::{Error, Result, Time};

/// Problems named in the report.
const NAMED: usize = 20;

/// How much there is of the main things.
///
/// # Errors
/// The database does not answer.
pub fn counts(rd: &mut Rd<'_>) -> Result<Vec<(&'static str, i64)>> {
    let people: (i64,) = rd.one(sql!((i64,), "SELECT count(*) FROM person"), &params![])?;
    let tickets: (i64,) = rd.one(sql!((i64,), "SELECT count(*) FROM ticket"), &params![])?;
    let events: (i64,) = rd.one(sql!((i64,), "SELECT count(*) FROM event"), &params![])?;
    let jobs: (i64,) = rd.one(sql!((i64,), "SELECT count(*) FROM job"), &params![])?;
    Ok(vec![("people", people.0), ("tickets", tickets.0), ("events", events.0), ("jobs", jobs.0)])
}

/// Jobs that should have begun before a moment.
///
/// # Errors
/// The database does not answer.
pub fn jobs_due_before(rd: &mut Rd<'_>, moment: Time) -> Result<i64> {
    let (count,): (i64,) = rd.one(sql!((i64,), "SELECT count(*) FROM job WHERE state = 'ready' AND run_at < $1"), &params![moment])?;
    Ok(count)
}

type Connection = rusqlite::Connection;

/// # Errors
/// The database does not answer.
pub fn sqlite_version(conn: &mut Connection) -> Result<String> {
    conn.query_row("SELECT sqlite_version()", [], |row| row.get(0)).map_err(Error::internal)
}

/// Damaged pages and rows that refer to nothing.
///
/// # Errors
/// The database does not answer.
pub fn problems(conn: &mut Connection) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let text = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let mut check = conn.prepare("PRAGMA integrity_check(20)").map_err(Error::internal)?;
    for line in check.query_map([], text).map_err(Error::internal)? {
        problems.push(line.map_err(Error::internal)?);
    }
    problems.retain(|line| line != "ok");
    let mut check = conn.prepare("PRAGMA foreign_key_check").map_err(Error::internal)?;
    let lost = |row: &rusqlite::Row<'_>| {
        Ok(format!("a row of {} refers to a row of {} that is not there", row.get::<_, String>(0)?, row.get::<_, String>(2)?))
    };
    for line in check.query_map([], lost).map_err(Error::internal)?.take(NAMED) {
        problems.push(line.map_err(Error::internal)?);
    }
    Ok(problems)
}
