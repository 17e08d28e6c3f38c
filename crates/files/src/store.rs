//! The rows of files.

use db::{Rd, Tx, params, sql};
use kernel::{FileId, OrganisationId, Result, Time, kinds};
use sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement};

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

db::row! {
    /// A file that nothing refers to.
    pub(crate) struct Orphan {
        pub id: FileId,
        pub storage_key: String,
        /// None until a sweep has seen it.
        pub since: Option<Time>,
    }
}

/// Notes a blob; when the tenant has the same content already, answers that file.
pub(crate) fn insert(tx: &mut Tx<'_>, tenant: OrganisationId, sha256: &str, size: i64, key: &str, now: Time) -> Result<File> {
    let id = tx.next_id::<kinds::File>()?;
    tx.exec(
        sql!("INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, sha256) DO NOTHING"),
        &params![id, tenant, sha256, size, key, now],
    )?;
    // Used again: its day begins anew.
    tx.exec(
        sql!("UPDATE file SET orphan_since = NULL WHERE tenant_id = $1 AND sha256 = $2 AND orphan_since IS NOT NULL"),
        &params![tenant, sha256],
    )?;
    tx.one(
        sql!(File, "SELECT id, tenant_id, sha256, size, storage_key, created_at FROM file WHERE tenant_id = $1 AND sha256 = $2"),
        &params![tenant, sha256],
    )
}

pub(crate) fn get(rd: &mut Rd<'_>, id: FileId) -> Result<File> {
    rd.one(sql!(File, "SELECT id, tenant_id, sha256, size, storage_key, created_at FROM file WHERE id = $1"), &params![id])
}

/// The largest id of all.
pub(crate) fn last(rd: &mut Rd<'_>) -> Result<FileId> {
    let last: Option<i64> = rd.one(sql!(Option<i64>, "SELECT max(id) FROM file"), &[])?;
    Ok(FileId::new(last.unwrap_or(0)))
}

/// Files that nothing refers to, of those with ids above `after` and up to `until`.
pub(crate) fn orphans(rd: &mut Rd<'_>, after: FileId, until: FileId) -> Result<Vec<Orphan>> {
    let unused = used(rd)?.not();
    let mut query = listed();
    query.and_where(Expr::col(("file", "id")).gt(after.raw())).and_where(Expr::col(("file", "id")).lte(until.raw())).cond_where(unused);
    rd.select(&query)
}

/// Files that were seen without use and have one again.
pub(crate) fn found_again(rd: &mut Rd<'_>) -> Result<Vec<Orphan>> {
    let used = used(rd)?;
    let mut query = listed();
    query.and_where(Expr::col(("file", "orphan_since")).is_not_null()).cond_where(used);
    rd.select(&query)
}

fn listed() -> SelectStatement {
    let mut query = Query::select();
    query
        .columns([("file", "id"), ("file", "storage_key"), ("file", "orphan_since")])
        .from("file")
        .order_by(("file", "id"), sea_query::Order::Asc);
    query
}

/// Something refers to the file, by whatever foreign key there is.
fn used(rd: &mut Rd<'_>) -> Result<Cond> {
    let mut used = Cond::any().add(Expr::cust("1 = 0"));
    for (table, column) in rd.references_to("file")? {
        let mut rows = Query::select();
        rows.expr(Expr::cust("1")).from(table.clone()).and_where(Expr::col((table, column)).equals(("file", "id")));
        used = used.add(Expr::exists(rows));
    }
    Ok(used)
}

/// Notes since when nothing refers to a file, or that something does again.
pub(crate) fn mark(tx: &mut Tx<'_>, ids: &[FileId], since: Option<Time>) -> Result<()> {
    for id in ids {
        tx.exec(sql!("UPDATE file SET orphan_since = $2 WHERE id = $1"), &params![*id, since])?;
    }
    Ok(())
}

/// Removes a row that nothing has referred to since before a moment; `false` when it was used again.
/// Foreign keys refuse it when something refers to it after all.
pub(crate) fn remove(tx: &mut Tx<'_>, id: FileId, before: Time) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM file WHERE id = $1 AND orphan_since < $2"), &params![id, before])? == 1)
}

/// Those of these keys that have a row.
pub(crate) fn known(rd: &mut Rd<'_>, keys: &[String]) -> Result<Vec<String>> {
    let mut query = Query::select();
    query.column("storage_key").from("file").and_where(Expr::col("storage_key").is_in(keys.iter().cloned()));
    rd.select(&query)
}
