//! Files that people bring in.

use db::{Rd, Tx, params, sql};
use kernel::{BatchId, Error, ErrorKind, Result, Time};
use party::Tenants;
use sea_query::{Expr, ExprTrait, Order, Query};

use crate::intake::{Intake, IntakeState, Step};

const COLUMNS: [&str; 18] = [
    "id",
    "tenant_id",
    "created_by",
    "file_id",
    "file_name",
    "records",
    "columns",
    "mapping",
    "state",
    "stop",
    "stage",
    "done",
    "total",
    "dry",
    "trouble",
    "version",
    "created_at",
    "updated_at",
];

pub(crate) fn insert(tx: &mut Tx<'_>, new: &Intake) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO import_intake (id, tenant_id, created_by, file_id, file_name, records, columns, mapping, state, stop, stage, done, total, dry, trouble, \
             version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'ready', 0, '', 0, 0, '', '', 1, $9, $9)"
        ),
        &params![new.id, new.tenant, new.created_by, new.file, &new.file_name, &new.records, &new.columns, &new.mapping, new.created_at],
    )?;
    Ok(())
}

/// One of these tenants.
///
/// # Errors
/// Not found.
pub(crate) fn get(rd: &mut Rd<'_>, tenants: &Tenants, id: BatchId) -> Result<Intake> {
    let found = rd.first(
        sql!(
            Intake,
            "SELECT id, tenant_id, created_by, file_id, file_name, records, columns, mapping, state, stop, stage, done, total, dry, trouble, version, \
             created_at, updated_at FROM import_intake WHERE id = $1"
        ),
        &params![id],
    )?;
    found.filter(|intake| tenants.contains(intake.tenant)).ok_or_else(Error::not_found)
}

/// Those of these tenants, the newest first.
pub(crate) fn list(rd: &mut Rd<'_>, tenants: &Tenants, before: BatchId, limit: u64) -> Result<Vec<Intake>> {
    let query = Query::select()
        .columns(COLUMNS.map(|column| ("import_intake", column)))
        .from("import_intake")
        .cond_where(tenants.condition("import_intake"))
        .and_where(Expr::col(("import_intake", "id")).lt(before.raw()))
        .order_by(("import_intake", "id"), Order::Desc)
        .limit(limit)
        .to_owned();
    rd.select(&query)
}

/// Another mapping: what a dry run said of the one before is gone.
///
/// # Errors
/// Stale when it is at another version, or at work.
pub(crate) fn correct(tx: &mut Tx<'_>, id: BatchId, version: i64, mapping: &str, now: Time) -> Result<()> {
    let changed = tx.exec(
        sql!(
            "UPDATE import_intake SET mapping = $3, state = 'ready', dry = '', trouble = '', version = version + 1, updated_at = $4 \
             WHERE id = $1 AND version = $2 AND state IN ('ready', 'checked')"
        ),
        &params![id, version, mapping, now],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::new(ErrorKind::Stale, "error-stale")) }
}

/// Begins a step; `false` when the state does not allow it.
pub(crate) fn begin(tx: &mut Tx<'_>, id: BatchId, step: Step, now: Time) -> Result<bool> {
    let begun = match step {
        Step::Check => tx.exec(
            sql!(
                "UPDATE import_intake SET state = 'checking', stop = 0, trouble = '', dry = '', stage = '', done = 0, total = 0, version = version + 1, \
                 updated_at = $2 WHERE id = $1 AND state IN ('ready', 'checked')"
            ),
            &params![id, now],
        )?,
        Step::Run => tx.exec(
            sql!(
                "UPDATE import_intake SET state = 'running', stop = 0, trouble = '', stage = '', done = 0, total = 0, version = version + 1, \
                 updated_at = $2 WHERE id = $1 AND state IN ('checked', 'interrupted')"
            ),
            &params![id, now],
        )?,
        Step::Undo => tx.exec(
            sql!(
                "UPDATE import_intake SET state = 'undoing', stop = 0, trouble = '', stage = '', done = 0, total = 0, version = version + 1, \
                 updated_at = $2 WHERE id = $1 AND state IN ('interrupted', 'done')"
            ),
            &params![id, now],
        )?,
    };
    Ok(begun == 1)
}

/// Somebody wants the work to stop; `false` when there is none.
pub(crate) fn stop(tx: &mut Tx<'_>, id: BatchId) -> Result<bool> {
    let asked =
        tx.exec(sql!("UPDATE import_intake SET stop = 1 WHERE id = $1 AND state IN ('checking', 'running', 'undoing')"), &params![id])?;
    Ok(asked == 1)
}

pub(crate) fn stopped(rd: &mut Rd<'_>, id: BatchId) -> Result<bool> {
    Ok(rd.first(sql!(i64, "SELECT stop FROM import_intake WHERE id = $1"), &params![id])?.is_none_or(|stop| stop == 1))
}

/// How far the work is.
pub(crate) fn at(tx: &mut Tx<'_>, id: BatchId, stage: &str, done: i64, total: i64) -> Result<()> {
    tx.exec(sql!("UPDATE import_intake SET stage = $2, done = $3, total = $4 WHERE id = $1"), &params![id, stage, done, total])?;
    Ok(())
}

/// How a step ended.
pub(crate) struct End<'a> {
    pub state: IntakeState,
    /// What a dry run said; nothing: as before.
    pub dry: Option<&'a str>,
    pub trouble: &'a str,
}

/// Ends the step that is at work.
pub(crate) fn end(tx: &mut Tx<'_>, id: BatchId, end: &End<'_>, now: Time) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE import_intake SET state = $2, dry = COALESCE($3, dry), trouble = $4, stop = 0, version = version + 1, updated_at = $5 \
             WHERE id = $1 AND state IN ('checking', 'running', 'undoing')"
        ),
        &params![id, end.state, end.dry.map(str::to_owned), end.trouble, now],
    )?;
    Ok(())
}
