//! Batches.

use db::{Rd, Tx, params, sql};
use kernel::{BatchId, Error, OrganisationId, PersonId, Result, Time};

use crate::batch::{Batch, BatchState};

/// A batch about to begin.
#[derive(Debug, Clone)]
pub(crate) struct NewBatch {
    pub tenant: OrganisationId,
    pub source: String,
    pub kind: String,
    pub file_name: String,
    pub file_sha256: String,
    pub mapping_name: String,
    pub mapping_sha256: String,
    pub columns: String,
    pub rows_read: i64,
    pub created_by: Option<PersonId>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, id: BatchId, new: &NewBatch, now: Time) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO import_batch (id, tenant_id, source, kind, file_name, file_sha256, mapping_name, mapping_sha256, columns, state, position, step, \
             rows_read, rows_applied, rows_refused, cases, kept, created_by, started_at, updated_at, finished_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'running', 0, 0, $10, 0, 0, 0, 0, $11, $12, $12, NULL)"
        ),
        &params![
            id, new.tenant, &new.source, &new.kind, &new.file_name, &new.file_sha256, &new.mapping_name, &new.mapping_sha256, &new.columns, new.rows_read,
            new.created_by, now
        ],
    )?;
    Ok(())
}

/// One batch.
pub(crate) fn get(rd: &mut Rd<'_>, id: BatchId) -> Result<Batch> {
    rd.one(
        sql!(
            Batch,
            "SELECT id, tenant_id, source, kind, file_name, file_sha256, mapping_name, mapping_sha256, columns, state, position, step, rows_read, \
             rows_applied, rows_refused, cases, kept, created_by, started_at, updated_at, finished_at FROM import_batch WHERE id = $1"
        ),
        &params![id],
    )
}

/// One batch, if it has begun.
pub(crate) fn of(rd: &mut Rd<'_>, id: BatchId) -> Result<Option<Batch>> {
    match get(rd, id) {
        Ok(batch) => Ok(Some(batch)),
        Err(error) if error.kind() == kernel::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The batches of every tenant, or of one, newest first.
pub(crate) fn list(rd: &mut Rd<'_>, tenant: Option<OrganisationId>, limit: i64) -> Result<Vec<Batch>> {
    match tenant {
        Some(tenant) => rd.all(
            sql!(
                Batch,
                "SELECT id, tenant_id, source, kind, file_name, file_sha256, mapping_name, mapping_sha256, columns, state, position, step, rows_read, \
                 rows_applied, rows_refused, cases, kept, created_by, started_at, updated_at, finished_at FROM import_batch \
                 WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2"
            ),
            &params![tenant, limit],
        ),
        None => rd.all(
            sql!(
                Batch,
                "SELECT id, tenant_id, source, kind, file_name, file_sha256, mapping_name, mapping_sha256, columns, state, position, step, rows_read, \
                 rows_applied, rows_refused, cases, kept, created_by, started_at, updated_at, finished_at FROM import_batch \
                 ORDER BY id DESC LIMIT $1"
            ),
            &params![limit],
        ),
    }
}

/// The batch of this source, mapping and file that did not come to its end.
pub(crate) fn unfinished(rd: &mut Rd<'_>, source: &str, mapping_sha256: &str, file_sha256: &str) -> Result<Option<BatchId>> {
    rd.first(
        sql!(
            BatchId,
            "SELECT id FROM import_batch WHERE source = $1 AND mapping_sha256 = $2 AND file_sha256 = $3 AND state IN ('running', 'interrupted') \
             ORDER BY id DESC LIMIT 1"
        ),
        &params![source, mapping_sha256, file_sha256],
    )
}

/// A batch of this source that is being rolled back.
pub(crate) fn undoing(rd: &mut Rd<'_>, source: &str) -> Result<Option<BatchId>> {
    rd.first(sql!(BatchId, "SELECT id FROM import_batch WHERE source = $1 AND state = 'undoing' ORDER BY id LIMIT 1"), &params![source])
}

/// Where a batch stands; what a write moved it by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Move {
    pub from: (i64, i64),
    pub to: (i64, i64),
    pub applied: i64,
    pub refused: i64,
    pub cases: i64,
}

/// Moves a batch on, in the transaction of what it did.
///
/// # Errors
/// Conflict when it no longer stands where this process left it: another one works on it.
pub(crate) fn advance(tx: &mut Tx<'_>, id: BatchId, m: Move, now: Time) -> Result<()> {
    let moved = tx.exec(
        sql!(
            "UPDATE import_batch SET state = 'running', position = $4, step = $5, rows_applied = rows_applied + $6, rows_refused = rows_refused + $7, \
             cases = cases + $8, updated_at = $9 WHERE id = $1 AND position = $2 AND step = $3 AND state IN ('running', 'interrupted')"
        ),
        &params![id, m.from.0, m.from.1, m.to.0, m.to.1, m.applied, m.refused, m.cases, now],
    )?;
    if moved == 1 { Ok(()) } else { Err(Error::conflict("error-import-elsewhere").arg("batch", id)) }
}

/// Sets the state; `false` when it was in none of those that lead there.
pub(crate) fn set_state(tx: &mut Tx<'_>, id: BatchId, to: BatchState, now: Time) -> Result<bool> {
    let finished = matches!(to, BatchState::Done | BatchState::Undone).then_some(now);
    let changed = match to {
        BatchState::Undoing => tx.exec(
            sql!("UPDATE import_batch SET state = 'undoing', updated_at = $2 WHERE id = $1 AND state IN ('running', 'interrupted', 'done', 'undoing', 'undone')"),
            &params![id, now],
        )?,
        BatchState::Undone => tx.exec(
            sql!("UPDATE import_batch SET state = 'undone', updated_at = $2, finished_at = $3 WHERE id = $1 AND state = 'undoing'"),
            &params![id, now, finished],
        )?,
        BatchState::Running | BatchState::Interrupted | BatchState::Done => tx.exec(
            sql!("UPDATE import_batch SET state = $2, updated_at = $3, finished_at = $4 WHERE id = $1 AND state IN ('running', 'interrupted')"),
            &params![id, to, now, finished],
        )?,
    };
    Ok(changed == 1)
}

/// Notes how many tickets a roll-back left.
pub(crate) fn set_kept(tx: &mut Tx<'_>, id: BatchId, kept: i64) -> Result<()> {
    tx.exec(sql!("UPDATE import_batch SET kept = $2 WHERE id = $1"), &params![id, kept])?;
    Ok(())
}
