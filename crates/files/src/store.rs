//! The rows of files.

use db::{Rd, Tx, params, sql};
use kernel::{FileId, OrganisationId, Result, Time, kinds};

db::row! {
    /// A stored file. Digest and key are private.
    pub struct File {
        pub id: FileId,
        pub tenant: OrganisationId,
        pub sha256: String,
        pub size: i64,
        pub storage_key: String,
        pub created_at: Time,
    }
}

/// Notes a blob; when the tenant has the same content already, answers that file.
pub(crate) fn insert(tx: &mut Tx<'_>, tenant: OrganisationId, sha256: &str, size: i64, key: &str, now: Time) -> Result<File> {
    let id = tx.next_id::<kinds::File>()?;
    tx.exec(
        sql!("INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, sha256) DO NOTHING"),
        &params![id, tenant, sha256, size, key, now],
    )?;
    // Used again: it is as young as its newest use, so the sweep leaves it alone.
    tx.exec(
        sql!("UPDATE file SET created_at = $3 WHERE tenant_id = $1 AND sha256 = $2 AND created_at < $3"),
        &params![tenant, sha256, now],
    )?;
    tx.one(
        sql!(File, "SELECT id, tenant_id, sha256, size, storage_key, created_at FROM file WHERE tenant_id = $1 AND sha256 = $2"),
        &params![tenant, sha256],
    )
}

pub(crate) fn get(rd: &mut Rd<'_>, id: FileId) -> Result<File> {
    rd.one(sql!(File, "SELECT id, tenant_id, sha256, size, storage_key, created_at FROM file WHERE id = $1"), &params![id])
}

/// Files that may be orphans: older than a moment, in the order of their ids.
pub(crate) fn older(rd: &mut Rd<'_>, before: Time, after: FileId, limit: i64) -> Result<Vec<File>> {
    rd.all(
        sql!(
            File,
            "SELECT id, tenant_id, sha256, size, storage_key, created_at FROM file WHERE created_at < $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        &params![before, after, limit],
    )
}

/// Removes a row that nothing refers to; `false` when something does.
pub(crate) fn remove(tx: &mut Tx<'_>, id: FileId, before: Time) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM file WHERE id = $1 AND created_at < $2"), &params![id, before])? == 1)
}

pub(crate) fn has_key(rd: &mut Rd<'_>, key: &str) -> Result<bool> {
    Ok(rd.first(sql!(FileId, "SELECT id FROM file WHERE storage_key = $1"), &params![key])?.is_some())
}
