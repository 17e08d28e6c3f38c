//! What beside the log tells that an index belongs to this database, and what was purged from it.

use db::{Rd, params, sql};
use events::Cursor;
use kernel::{Result, Time};

/// When this database was made: an index of another one is not used.
///
/// # Errors
/// The database refuses.
pub fn born(rd: &mut Rd<'_>) -> Result<Time> {
    rd.one(sql!(Time, "SELECT MIN(applied_at) FROM schema_migration"), &[])
}

/// Objects that were removed with their events, after a sequence: sequence, object, id.
///
/// # Errors
/// The database refuses.
pub fn purged(rd: &mut Rd<'_>, after: i64, limit: i64) -> Result<Vec<(i64, String, i64)>> {
    rd.all(
        sql!((i64, String, i64), "SELECT seq, object, object_id FROM purge_tombstone WHERE seq > $1 ORDER BY seq LIMIT $2"),
        &params![after, limit],
    )
}

/// The newest sequence of what was purged.
///
/// # Errors
/// The database refuses.
pub fn last_purged(rd: &mut Rd<'_>) -> Result<i64> {
    Ok(rd.one(sql!(Option<i64>, "SELECT MAX(seq) FROM purge_tombstone"), &[])?.unwrap_or(0))
}

/// The newest event that is committed, also while an older transaction runs and the feed ends before
/// it: what an index must have passed to count.
///
/// # Errors
/// The database refuses.
pub fn newest(rd: &mut Rd<'_>) -> Result<Cursor> {
    let epoch = events::head(rd)?.epoch;
    let last = rd.first(sql!((i64, i64), "SELECT xid, seq FROM event ORDER BY xid DESC, seq DESC LIMIT 1"), &[])?;
    let (xid, seq) = last.unwrap_or_default();
    Ok(Cursor { epoch, xid, seq })
}
