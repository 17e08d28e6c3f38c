//! The service tree.

use db::{Rd, Tx, params, sql};
use kernel::{Error, Page, PageRequest, Result, ServiceId, Time, fold, kinds};
use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::word::{self, Kind};
use super::{checked_key, checked_name, expect_one, list};
use crate::words::Words;
use crate::{Service, ServiceData, ServiceState, TenantId, Within, tree};

/// Adds a service.
///
/// # Errors
/// Name or key are missing or wrong, the key is taken, the parent is of another tenant, or the tree
/// is too deep.
pub fn insert(tx: &mut Tx<'_>, tenant: TenantId, parent: Option<ServiceId>, key: &str, data: &ServiceData, now: Time) -> Result<ServiceId> {
    let name = checked_name(&data.name)?;
    let key = checked_key(key)?;
    let id = tx.next_id::<kinds::Service>()?;
    let parent = parent.map(|p| get(tx, p)).transpose()?;
    if parent.as_ref().is_some_and(|p| p.tenant != tenant) {
        return Err(Error::invalid("parent", "error-tree-tenant"));
    }
    let path = tree::path_below(parent.as_ref().map(|p| p.path.as_str()), id.raw())?;
    tx.exec(
        sql!(
            "INSERT INTO service (id, tenant_id, parent_id, path, key, name, name_key, state, owner_id, team_id, impact, description, active, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $14)"
        ),
        &params![
            id, tenant, parent.map(|p| p.id), path, &key, &name, fold(&name), data.state, data.owner, data.team, data.impact, &data.description, data.active, now
        ],
    )?;
    refresh(tx, id, tenant, &key, &name)?;
    Ok(id)
}

/// # Errors
/// `Stale` when the service is no longer at `version`.
pub fn update(tx: &mut Tx<'_>, id: ServiceId, version: i64, data: &ServiceData, now: Time) -> Result<()> {
    let name = checked_name(&data.name)?;
    let affected = tx.exec(
        sql!(
            "UPDATE service SET name = $3, name_key = $4, state = $5, owner_id = $6, team_id = $7, impact = $8, description = $9, active = $10,
                    version = version + 1, updated_at = $11 WHERE id = $1 AND version = $2"
        ),
        &params![id, version, &name, fold(&name), data.state, data.owner, data.team, data.impact, &data.description, data.active, now],
    )?;
    expect_one(affected)?;
    let stored = get(tx, id)?;
    refresh(tx, id, stored.tenant, &stored.key, &name)
}

/// Moves a service with all below it; without a parent it becomes a root.
///
/// # Errors
/// `Stale`; or the new place is below itself, in another tenant, too deep, or too many would move.
pub fn move_below(tx: &mut Tx<'_>, id: ServiceId, version: i64, parent: Option<ServiceId>, now: Time) -> Result<()> {
    let node = get(tx, id)?;
    let parent = parent.map(|p| get(tx, p)).transpose()?;
    let path = tree::moved(&node.path, id.raw(), node.tenant.raw(), parent.as_ref().map(|p| (p.path.as_str(), p.tenant.raw())))?;
    tree::movable(subtree(tx, &node, tree::MAX_MOVE + 1)?.len())?;
    let affected = tx.exec(
        sql!("UPDATE service SET parent_id = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2"),
        &params![id, version, parent.map(|p| p.id), now],
    )?;
    expect_one(affected)?;
    let (from, to) = tree::range(&node.path);
    tx.exec(
        sql!("UPDATE service SET path = CAST($1 AS TEXT) || substr(path, $2) WHERE tenant_id = $3 AND path >= $4 AND path < $5"),
        &params![path, i64::try_from(node.path.len()).map_err(Error::internal)? + 1, node.tenant, from, to],
    )?;
    Ok(())
}

/// # Errors
/// `NotFound`.
pub fn get(rd: &mut Rd<'_>, id: ServiceId) -> Result<Service> {
    rd.one(
        sql!(
            Service,
            "SELECT id, tenant_id, parent_id, path, key, name, state, owner_id, team_id, impact, description, active, version, created_at, updated_at
             FROM service WHERE id = $1"
        ),
        &params![id],
    )
}

/// The service of a key as a tenant knows it: its own before the operator's.
///
/// # Errors
/// The database does not answer.
pub fn by_key(rd: &mut Rd<'_>, tenant: TenantId, key: &str) -> Result<Option<Service>> {
    rd.first(
        sql!(
            Service,
            "SELECT id, tenant_id, parent_id, path, key, name, state, owner_id, team_id, impact, description, active, version, created_at, updated_at
             FROM service WHERE tenant_id IN ($1, 0) AND key = $2 ORDER BY tenant_id DESC LIMIT 1"
        ),
        &params![tenant, key],
    )
}

/// The services directly below one, or the roots of a tenant.
///
/// # Errors
/// The database does not answer.
pub fn children(rd: &mut Rd<'_>, tenant: TenantId, parent: Option<ServiceId>, limit: i64) -> Result<Vec<Service>> {
    match parent {
        Some(parent) => rd.all(
            sql!(
                Service,
                "SELECT id, tenant_id, parent_id, path, key, name, state, owner_id, team_id, impact, description, active, version, created_at, updated_at
                 FROM service WHERE tenant_id = $1 AND parent_id = $2 ORDER BY name_key, id LIMIT $3"
            ),
            &params![tenant, parent, limit],
        ),
        None => rd.all(
            sql!(
                Service,
                "SELECT id, tenant_id, parent_id, path, key, name, state, owner_id, team_id, impact, description, active, version, created_at, updated_at
                 FROM service WHERE tenant_id = $1 AND parent_id IS NULL ORDER BY name_key, id LIMIT $2"
            ),
            &params![tenant, limit],
        ),
    }
}

/// The ids of a service and all below it; at most `limit`.
///
/// # Errors
/// The database does not answer.
pub fn subtree(rd: &mut Rd<'_>, node: &Service, limit: usize) -> Result<Vec<ServiceId>> {
    let (from, to) = tree::range(&node.path);
    rd.all(
        sql!(ServiceId, "SELECT id FROM service WHERE tenant_id = $1 AND path >= $2 AND path < $3 ORDER BY path LIMIT $4"),
        &params![node.tenant, from, to, i64::try_from(limit).map_err(Error::internal)?],
    )
}

/// One page by name.
///
/// # Errors
/// The cursor is not ours.
pub fn page(rd: &mut Rd<'_>, within: &Within, state: Option<ServiceState>, request: &PageRequest) -> Result<Page<Service>> {
    let mut base = lines();
    base.and_where_option(state.map(|s| Expr::col(("service", "state")).eq(s.key())));
    list::page(rd, &base, "service", within, request, |s: &Service| (fold(&s.name), s.id.raw()))
}

/// Services by the beginnings of words of the name or the key.
///
/// # Errors
/// The database does not answer.
pub fn search(rd: &mut Rd<'_>, within: &Within, text: &str, limit: u64) -> Result<Vec<Service>> {
    word::search(rd, Kind::Service, &lines(), within, text, limit)
}

fn lines() -> SelectStatement {
    let columns = [
        "id",
        "tenant_id",
        "parent_id",
        "path",
        "key",
        "name",
        "state",
        "owner_id",
        "team_id",
        "impact",
        "description",
        "active",
        "version",
        "created_at",
        "updated_at",
    ];
    Query::select().columns(columns.map(|c| ("service", c))).from("service").to_owned()
}

fn refresh(tx: &mut Tx<'_>, id: ServiceId, tenant: TenantId, key: &str, name: &str) -> Result<()> {
    let mut words = Words::of_text(name);
    words.text(key);
    word::keep(tx, Kind::Service, tenant, id.raw(), &words)
}
