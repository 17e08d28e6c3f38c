//! What batches made and met.

use db::{Rd, Tx, params, sql};
use kernel::{BatchId, OrganisationId, Result};

use crate::party::{PartyKey, Sort};

/// Notes that a batch made or met a party.
pub(crate) fn put(tx: &mut Tx<'_>, batch: BatchId, key: &PartyKey, id: i64, made: bool) -> Result<()> {
    put_object(tx, batch, key.sort.key(), &key.key, id, made)
}

/// As [`put`], for objects that are no party: the tenant, the kind.
pub(crate) fn put_object(tx: &mut Tx<'_>, batch: BatchId, object: &str, key: &str, id: i64, made: bool) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO import_party (batch_id, object, key, object_id, made) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (batch_id, object, key) DO NOTHING"
        ),
        &params![batch, object, key, id, made],
    )?;
    Ok(())
}

db::row! {
    /// A party that a batch spoke of.
    pub struct Spoken {
        pub batch: i64,
        pub object: String,
        pub key: String,
        pub id: i64,
        /// What the batch was of.
        pub kind: String,
    }
}

/// A page of the parties that batches of a source spoke of in a tenant.
pub(crate) fn known(
    rd: &mut Rd<'_>,
    tenant: OrganisationId,
    source: &str,
    after: (i64, String, String),
    limit: i64,
) -> Result<Vec<Spoken>> {
    rd.all(
        sql!(
            Spoken,
            "SELECT p.batch_id, p.object, p.key, p.object_id, b.kind FROM import_party p JOIN import_batch b ON b.id = p.batch_id \
             WHERE b.source = $1 AND b.tenant_id = $2 AND (p.batch_id, p.object, p.key) > ($3, $4, $5) ORDER BY p.batch_id, p.object, p.key LIMIT $6"
        ),
        &params![source, tenant, after.0, after.1, after.2, limit],
    )
}

/// How many a batch made, by sort.
pub(crate) fn made(rd: &mut Rd<'_>, batch: BatchId) -> Result<Vec<(Sort, i64)>> {
    let rows = rd.all(
        sql!((String, i64), "SELECT object, COUNT(*) FROM import_party WHERE batch_id = $1 AND made = 1 GROUP BY object ORDER BY object"),
        &params![batch],
    )?;
    Ok(rows.into_iter().filter_map(|(object, count)| Sort::from_key(&object).map(|sort| (sort, count))).collect())
}
