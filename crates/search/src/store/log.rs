//! What beside the log tells that an index belongs to this database, and what was purged from it.

use db::{Rd, params, sql};
use events::Cursor;
use kernel::{Result, Time};

use crate::index::Mark;

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

/// What an index must have seen so that its numbers are true: events, and what was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    newest: Cursor,
    purged: i64,
}

impl Edge {
    pub(crate) fn is_passed_by(&self, mark: &Mark) -> bool {
        mark.cursor() >= self.newest && mark.purged >= self.purged
    }
}

/// Where the desk stands now.
///
/// # Errors
/// The database refuses.
pub fn edge(rd: &mut Rd<'_>) -> Result<Edge> {
    Ok(Edge { newest: newest(rd)?, purged: last_purged(rd)? })
}

/// How far this log has come, as transaction and sequence. A purge takes events away and never lowers
/// this: its tombstone has a later sequence than any of them. An index that has read further is of
/// another database, or of this one before somebody put an older copy in its place.
///
/// # Errors
/// The database refuses.
pub fn furthest(rd: &mut Rd<'_>) -> Result<(i64, i64)> {
    rd.one(
        sql!(
            (i64, i64),
            sqlite "SELECT 0, MAX(COALESCE((SELECT MAX(seq) FROM event), 0), COALESCE((SELECT MAX(seq) FROM purge_tombstone), 0))",
            postgres "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, \
                    GREATEST(COALESCE((SELECT MAX(seq) FROM event), 0), COALESCE((SELECT MAX(seq) FROM purge_tombstone), 0))"
        ),
        &[],
    )
}
