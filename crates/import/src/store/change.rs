//! What records were before a batch changed them.

use db::{Rd, Tx, params, sql};
use kernel::{BatchId, Result};

/// How a record was before a batch changed it.
pub(crate) fn get(rd: &mut Rd<'_>, batch: BatchId, object: &str, id: i64) -> Result<Option<String>> {
    rd.first(
        sql!(String, "SELECT before FROM import_change WHERE batch_id = $1 AND object = $2 AND object_id = $3"),
        &params![batch, object, id],
    )
}

/// Notes how a record was.
pub(crate) fn put(tx: &mut Tx<'_>, batch: BatchId, object: &str, id: i64, before: &str, version: i64) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO import_change (batch_id, object, object_id, before, version) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (batch_id, object, object_id) DO UPDATE SET before = excluded.before, version = excluded.version"
        ),
        &params![batch, object, id, before, version],
    )?;
    Ok(())
}

/// Some changes of a batch: object, id, how it was, version after.
pub(crate) fn some(rd: &mut Rd<'_>, batch: BatchId, limit: i64) -> Result<Vec<(String, i64, String, i64)>> {
    rd.all(
        sql!(
            (String, i64, String, i64),
            "SELECT object, object_id, before, version FROM import_change WHERE batch_id = $1 ORDER BY object, object_id LIMIT $2"
        ),
        &params![batch, limit],
    )
}

pub(crate) fn count(rd: &mut Rd<'_>, batch: BatchId) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COUNT(*) FROM import_change WHERE batch_id = $1"), &params![batch])
}

/// A record is again as another batch left it: that batch knows it by its new version.
pub(crate) fn rebase(tx: &mut Tx<'_>, batch: BatchId, object: &str, id: i64, was: i64, is: i64) -> Result<()> {
    tx.exec(
        sql!("UPDATE import_change SET version = $5 WHERE object = $2 AND object_id = $3 AND version = $4 AND batch_id <> $1"),
        &params![batch, object, id, was, is],
    )?;
    Ok(())
}

pub(crate) fn forget(tx: &mut Tx<'_>, batch: BatchId, object: &str, id: i64) -> Result<()> {
    tx.exec(sql!("DELETE FROM import_change WHERE batch_id = $1 AND object = $2 AND object_id = $3"), &params![batch, object, id])?;
    Ok(())
}
