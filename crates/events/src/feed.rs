//! Reading the log in an order that skips nothing.
//!
//! A transaction that commits later may hold a smaller sequence number than one already read. On
//! PostgreSQL the feed is therefore ordered by (transaction id, sequence) and ends before the oldest
//! transaction still running; on SQLite there is one writer and the sequence alone is that order: there
//! the transaction is always 0, and a comparison of pairs would walk through the whole log.

use db::{Rd, params, sql};
use kernel::Result;

use crate::append::Stored;
use crate::{Cursor, Event};

/// Up to `limit` events after a place.
///
/// # Errors
/// The database refuses, or an event cannot be read.
pub fn read(rd: &mut Rd<'_>, after: Cursor, limit: i64) -> Result<Vec<Event>> {
    stored(rd, after, limit)?.into_iter().map(Stored::event).collect()
}

/// As [`read`], with cause and payload as they are stored.
///
/// # Errors
/// The database refuses.
pub(crate) fn stored(rd: &mut Rd<'_>, after: Cursor, limit: i64) -> Result<Vec<Stored>> {
    rd.all(
        sql!(
            Stored,
            sqlite "SELECT seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload \
                    FROM event WHERE +xid >= $1 AND seq > $2 ORDER BY seq LIMIT $3",
            postgres "SELECT seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload \
                    FROM event WHERE (xid, seq) > ($1, $2) AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY xid, seq LIMIT $3"
        ),
        &params![after.xid, after.seq, limit],
    )
}

/// The newest place that can be read without skipping anything.
///
/// # Errors
/// The database refuses.
pub fn head(rd: &mut Rd<'_>) -> Result<Cursor> {
    let epoch = epoch(rd)?;
    let newest = rd.first(
        sql!(
            (i64, i64),
            sqlite "SELECT xid, seq FROM event ORDER BY xid DESC, seq DESC LIMIT 1",
            postgres "SELECT xid, seq FROM event WHERE xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY xid DESC, seq DESC LIMIT 1"
        ),
        &[],
    )?;
    let (xid, seq) = newest.unwrap_or_default();
    Ok(Cursor { epoch, xid, seq })
}

/// The epoch of the log: raised by each restore.
pub(crate) fn epoch(rd: &mut Rd<'_>) -> Result<i64> {
    let text = rd.one(sql!(String, "SELECT value FROM installation WHERE name = 'epoch'"), &[])?;
    Ok(text.parse().unwrap_or(1))
}

/// The events of one object in the order of (occurred, sequence), from a place in that order.
///
/// # Errors
/// The database refuses, or an event cannot be read.
pub fn of_object(rd: &mut Rd<'_>, object: &str, id: i64, after: (kernel::Time, i64), limit: i64) -> Result<Vec<Event>> {
    let rows = rd.all(
        sql!(
            Stored,
            "SELECT seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload \
             FROM event WHERE object = $1 AND object_id = $2 AND (occurred_at, seq) > ($3, $4) ORDER BY occurred_at, seq LIMIT $5"
        ),
        &params![object, id, after.0, after.1, limit],
    )?;
    rows.into_iter().map(Stored::event).collect()
}

/// The newest events of one object, in the order of (occurred, sequence).
///
/// # Errors
/// The database refuses, or an event cannot be read.
pub fn newest_of_object(rd: &mut Rd<'_>, object: &str, id: i64, limit: i64) -> Result<Vec<Event>> {
    let rows = rd.all(
        sql!(
            Stored,
            "SELECT seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload \
             FROM event WHERE object = $1 AND object_id = $2 ORDER BY occurred_at DESC, seq DESC LIMIT $3"
        ),
        &params![object, id, limit],
    )?;
    rows.into_iter().rev().map(Stored::event).collect()
}

/// The events of one object recorded after a sequence, oldest first: what changed meanwhile.
///
/// # Errors
/// The database refuses, or an event cannot be read.
pub fn of_object_since(rd: &mut Rd<'_>, object: &str, id: i64, seq: i64) -> Result<Vec<Event>> {
    let rows = rd.all(
        sql!(
            Stored,
            "SELECT seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload \
             FROM event WHERE object = $1 AND object_id = $2 AND seq > $3 ORDER BY seq LIMIT 500"
        ),
        &params![object, id, seq],
    )?;
    rows.into_iter().map(Stored::event).collect()
}
