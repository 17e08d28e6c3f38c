//! Refused rows.

use db::{Rd, Tx, params, sql};
use kernel::{BatchId, Error, Result};

use crate::refusal::{Reason, Refusal};

db::row! {
    struct Stored { line: i64, case_number: Option<String>, reason: String, detail: String, cells: String }
}

pub(crate) fn insert(tx: &mut Tx<'_>, batch: BatchId, r: &Refusal) -> Result<()> {
    let cells = serde_json::to_string(&r.cells).map_err(Error::internal)?;
    let line = i64::try_from(r.line).map_err(Error::internal)?;
    tx.exec(
        sql!("INSERT INTO import_refusal (batch_id, line, case_number, reason, detail, cells) VALUES ($1, $2, $3, $4, $5, $6)"),
        &params![batch, line, &r.case, r.reason.code(), &r.detail, cells],
    )?;
    Ok(())
}

/// Refused rows after a line, in the order of the file.
pub(crate) fn after(rd: &mut Rd<'_>, batch: BatchId, line: i64, limit: i64) -> Result<Vec<Refusal>> {
    let rows = rd.all(
        sql!(
            Stored,
            "SELECT line, case_number, reason, detail, cells FROM import_refusal WHERE batch_id = $1 AND line > $2 ORDER BY line LIMIT $3"
        ),
        &params![batch, line, limit],
    )?;
    let refusal = |stored: Stored| {
        Ok(Refusal {
            line: u64::try_from(stored.line).map_err(Error::internal)?,
            case: stored.case_number,
            reason: Reason::from_code(&stored.reason).ok_or_else(|| Error::internal(format!("unknown reason {}", stored.reason)))?,
            detail: stored.detail,
            cells: serde_json::from_str(&stored.cells).map_err(Error::internal)?,
        })
    };
    rows.into_iter().map(refusal).collect()
}

/// How many rows were refused for which reason.
pub(crate) fn by_reason(rd: &mut Rd<'_>, batch: BatchId) -> Result<Vec<(Reason, i64)>> {
    let rows = rd.all(
        sql!((String, i64), "SELECT reason, COUNT(*) FROM import_refusal WHERE batch_id = $1 GROUP BY reason ORDER BY reason"),
        &params![batch],
    )?;
    Ok(rows.into_iter().filter_map(|(code, count)| Reason::from_code(&code).map(|reason| (reason, count))).collect())
}

/// Forgets up to so many of a batch; answers how many.
pub(crate) fn forget(tx: &mut Tx<'_>, batch: BatchId, limit: i64) -> Result<u64> {
    tx.exec(
        sql!("DELETE FROM import_refusal WHERE batch_id = $1 AND line IN (SELECT line FROM import_refusal WHERE batch_id = $1 ORDER BY line LIMIT $2)"),
        &params![batch, limit],
    )
}
