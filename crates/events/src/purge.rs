//! The one way to remove events: roll-back of an import, removal of the demo, retention.

use db::{Tx, params, sql};
use kernel::Result;
use sha2::{Digest, Sha256};

use crate::chain::purged::{self, Purged};
use crate::{Act, Draft, Visibility, append};

/// Removes the events of one object under a permit that ends with this call; a tombstone with their
/// number and digest stays, and an event tells of it. The caller removes the object's own rows in the same transaction.
///
/// # Errors
/// The database refuses.
pub fn purge(tx: &mut Tx<'_>, act: &Act, tenant: i64, object: &'static str, id: i64, reason: &str) -> Result<u64> {
    remove(tx, act, tenant, (object, id, false), reason)
}

/// As [`purge`], of what everybody could know who sees all such objects of the tenant: those who follow the log are
/// told that it went.
///
/// # Errors
/// The database refuses.
pub fn purge_openly(tx: &mut Tx<'_>, act: &Act, tenant: i64, object: &'static str, id: i64, reason: &str) -> Result<u64> {
    remove(tx, act, tenant, (object, id, true), reason)
}

fn remove(tx: &mut Tx<'_>, act: &Act, tenant: i64, (object, id, open): (&'static str, i64, bool), reason: &str) -> Result<u64> {
    let rows = tx.all(
        sql!((i64, String, String), "SELECT seq, kind, payload FROM event WHERE object = $1 AND object_id = $2 ORDER BY seq"),
        &params![object, id],
    )?;
    let mut digest = Sha256::new();
    for (seq, kind, payload) in &rows {
        digest.update(format!("{seq}\n{kind}\n{payload}\n"));
    }
    let digest: String = digest.finalize().iter().map(|b| format!("{b:02x}")).collect();
    tx.exec(sql!("INSERT INTO purge_permit (object, object_id) VALUES ($1, $2)"), &params![object, id])?;
    let removed = tx.exec(sql!("DELETE FROM event WHERE object = $1 AND object_id = $2"), &params![object, id])?;
    tx.exec(sql!("DELETE FROM purge_permit WHERE object = $1 AND object_id = $2"), &params![object, id])?;
    let seqs: Vec<i64> = rows.iter().map(|(seq, _, _)| *seq).collect();
    let said = Purged {
        object: object.to_owned(),
        events: removed,
        sha256: digest.clone(),
        numbers: purged::numbers(seqs.iter().copied()),
        reason: reason.to_owned(),
        open,
    };
    let draft =
        Draft { tenant, object: purged::OBJECT, object_id: id, kind: purged::DONE, visibility: Visibility::Administrative, payload: &said };
    let seq = append(tx, act, &draft)?;
    purged::note(tx, &seqs, seq)?;
    tx.exec(
        sql!(
            "INSERT INTO purge_tombstone (seq, tenant_id, object, object_id, reason, actor_id, purged_at, events, sha256) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &params![seq, tenant, object, id, reason, act.by.id(), act.now, i64::try_from(removed).unwrap_or(i64::MAX), digest],
    )?;
    Ok(removed)
}
