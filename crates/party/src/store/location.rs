//! Locations.

use db::{Rd, Tx, params, sql};
use kernel::{Error, LocationId, Page, PageRequest, Result, Time, fold, kinds};
use sea_query::{Query, SelectStatement};

use super::word::{self, Kind};
use super::{checked_name, expect_one, list};
use crate::words::Words;
use crate::{Location, LocationData, TenantId, Within, tree};

/// Adds a location; the tenant is the parent's when there is one.
///
/// # Errors
/// The name is missing, the parent does not exist or is of another tenant, or the tree is too deep.
pub fn insert(tx: &mut Tx<'_>, tenant: TenantId, parent: Option<LocationId>, data: &LocationData, now: Time) -> Result<LocationId> {
    let name = checked_name(&data.name)?;
    let id = tx.next_id::<kinds::Location>()?;
    let parent = parent.map(|p| get(tx, p)).transpose()?;
    if parent.as_ref().is_some_and(|p| p.tenant != tenant) {
        return Err(Error::invalid("parent", "error-tree-tenant"));
    }
    let path = tree::path_below(parent.as_ref().map(|p| p.path.as_str()), id.raw())?;
    tx.exec(
        sql!(
            "INSERT INTO location (id, tenant_id, parent_id, path, name, name_key, address, time_zone, active, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)"
        ),
        &params![id, tenant, parent.map(|p| p.id), path, &name, fold(&name), &data.address, &data.time_zone, data.active, now],
    )?;
    refresh(tx, id, tenant, data)?;
    Ok(id)
}

/// # Errors
/// `Stale` when the location is no longer at `version`.
pub fn update(tx: &mut Tx<'_>, id: LocationId, version: i64, data: &LocationData, now: Time) -> Result<()> {
    let name = checked_name(&data.name)?;
    let affected = tx.exec(
        sql!(
            "UPDATE location SET name = $3, name_key = $4, address = $5, time_zone = $6, active = $7, version = version + 1, updated_at = $8
             WHERE id = $1 AND version = $2"
        ),
        &params![id, version, &name, fold(&name), &data.address, &data.time_zone, data.active, now],
    )?;
    expect_one(affected)?;
    let tenant = get(tx, id)?.tenant;
    refresh(tx, id, tenant, data)
}

/// Moves a location with all in it; without a parent it becomes a root.
///
/// # Errors
/// `Stale`; or the new place is inside itself, in another tenant, too deep, or too many would move.
pub fn move_below(tx: &mut Tx<'_>, id: LocationId, version: i64, parent: Option<LocationId>, now: Time) -> Result<()> {
    let node = get(tx, id)?;
    let parent = parent.map(|p| get(tx, p)).transpose()?;
    let path = tree::moved(&node.path, id.raw(), node.tenant.raw(), parent.as_ref().map(|p| (p.path.as_str(), p.tenant.raw())))?;
    tree::movable(subtree(tx, &node, tree::MAX_MOVE + 1)?.len())?;
    let affected = tx.exec(
        sql!("UPDATE location SET parent_id = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2"),
        &params![id, version, parent.map(|p| p.id), now],
    )?;
    expect_one(affected)?;
    let (from, to) = tree::range(&node.path);
    tx.exec(
        sql!("UPDATE location SET path = CAST($1 AS TEXT) || substr(path, $2) WHERE tenant_id = $3 AND path >= $4 AND path < $5"),
        &params![path, i64::try_from(node.path.len()).map_err(Error::internal)? + 1, node.tenant, from, to],
    )?;
    Ok(())
}

/// # Errors
/// `NotFound`.
pub fn get(rd: &mut Rd<'_>, id: LocationId) -> Result<Location> {
    rd.one(
        sql!(
            Location,
            "SELECT id, tenant_id, parent_id, path, name, address, time_zone, active, version, created_at, updated_at FROM location WHERE id = $1"
        ),
        &params![id],
    )
}

/// The locations directly inside of one, or the roots of a tenant.
///
/// # Errors
/// The database does not answer.
pub fn children(rd: &mut Rd<'_>, tenant: TenantId, parent: Option<LocationId>, limit: i64) -> Result<Vec<Location>> {
    match parent {
        Some(parent) => rd.all(
            sql!(
                Location,
                "SELECT id, tenant_id, parent_id, path, name, address, time_zone, active, version, created_at, updated_at FROM location
                 WHERE tenant_id = $1 AND parent_id = $2 ORDER BY name_key, id LIMIT $3"
            ),
            &params![tenant, parent, limit],
        ),
        None => rd.all(
            sql!(
                Location,
                "SELECT id, tenant_id, parent_id, path, name, address, time_zone, active, version, created_at, updated_at FROM location
                 WHERE tenant_id = $1 AND parent_id IS NULL ORDER BY name_key, id LIMIT $2"
            ),
            &params![tenant, limit],
        ),
    }
}

/// The ids of a location and all in it; at most `limit`.
///
/// # Errors
/// The database does not answer.
pub fn subtree(rd: &mut Rd<'_>, node: &Location, limit: usize) -> Result<Vec<LocationId>> {
    let (from, to) = tree::range(&node.path);
    rd.all(
        sql!(LocationId, "SELECT id FROM location WHERE tenant_id = $1 AND path >= $2 AND path < $3 ORDER BY path LIMIT $4"),
        &params![node.tenant, from, to, i64::try_from(limit).map_err(Error::internal)?],
    )
}

/// One page by name.
///
/// # Errors
/// The cursor is not ours.
pub fn page(rd: &mut Rd<'_>, within: &Within, request: &PageRequest) -> Result<Page<Location>> {
    list::page(rd, &lines(), "location", within, request, |l: &Location| (fold(&l.name), l.id.raw()))
}

/// Locations by the beginnings of words of the name or the address.
///
/// # Errors
/// The database does not answer.
pub fn search(rd: &mut Rd<'_>, within: &Within, text: &str, limit: u64) -> Result<Vec<Location>> {
    word::search(rd, Kind::Location, &lines(), within, text, limit)
}

fn lines() -> SelectStatement {
    Query::select()
        .columns(
            ["id", "tenant_id", "parent_id", "path", "name", "address", "time_zone", "active", "version", "created_at", "updated_at"]
                .map(|c| ("location", c)),
        )
        .from("location")
        .to_owned()
}

fn refresh(tx: &mut Tx<'_>, id: LocationId, tenant: TenantId, data: &LocationData) -> Result<()> {
    let mut words = Words::of_text(&data.name);
    words.text(&data.address);
    word::keep(tx, Kind::Location, tenant, id.raw(), &words)
}
