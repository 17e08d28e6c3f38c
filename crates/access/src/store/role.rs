//! Roles and their versions.

use db::{Rd, Tx, params, sql};
use kernel::{Error, PersonId, Result, Time};
use party::{SHARED, TenantId};

use crate::{Actor, Role, SYSTEM, Verb};

db::row! {
    /// A role as stored.
    pub struct RoleRow {
        /// [`SHARED`]: the catalogue of the operator.
        pub tenant: TenantId,
        pub key: String,
        pub version: i64,
        pub active: bool,
        /// Delivered and not yet changed by anybody.
        pub delivered: bool,
        pub updated_at: Time,
        /// 0: delivered with the product.
        pub updated_by: i64,
        pub role: Role,
    }
}

db::row! {
    /// A former or the present state of a role.
    pub struct RoleVersion {
        pub version: i64,
        pub active: bool,
        pub created_at: Time,
        /// 0: delivered with the product.
        pub created_by: i64,
        pub role: Role,
    }
}

/// The role of a key as a tenant knows it: its own before the operator's.
///
/// # Errors
/// `NotFound`.
pub fn get(rd: &mut Rd<'_>, tenant: TenantId, key: &str) -> Result<RoleRow> {
    rd.one(
        sql!(
            RoleRow,
            "SELECT tenant_id, key, version, active, delivered, updated_at, updated_by, body FROM role
             WHERE tenant_id IN (0, $1) AND key = $2 ORDER BY tenant_id DESC LIMIT 1"
        ),
        &params![tenant, key],
    )
}

/// The roles a tenant can grant: the operator's and its own. At most 500.
///
/// # Errors
/// The database does not answer.
pub fn list(rd: &mut Rd<'_>, tenant: TenantId) -> Result<Vec<RoleRow>> {
    rd.all(
        sql!(
            RoleRow,
            "SELECT tenant_id, key, version, active, delivered, updated_at, updated_by, body FROM role
             WHERE tenant_id IN (0, $1) ORDER BY tenant_id, key LIMIT 500"
        ),
        &params![tenant],
    )
}

/// The versions of a role, the newest first; at most 200.
///
/// # Errors
/// The database does not answer.
pub fn history(rd: &mut Rd<'_>, tenant: TenantId, key: &str) -> Result<Vec<RoleVersion>> {
    rd.all(
        sql!(
            RoleVersion,
            "SELECT version, active, created_at, created_by, body FROM role_version WHERE tenant_id = $1 AND key = $2 ORDER BY version DESC LIMIT 200"
        ),
        &params![tenant, key],
    )
}

/// A role to make or to change.
#[derive(Debug, Clone, Copy)]
pub struct Edit<'a> {
    pub key: &'a str,
    /// The version the change started from; 0: a new role.
    pub expected: i64,
    pub role: &'a Role,
    /// An inactive role grants nothing.
    pub active: bool,
}

/// Makes a role or a new version of one; answers its version.
///
/// # Errors
/// `Forbidden` without `role.edit` in the tenant, or when the role would grant more than its editor
/// has; `Conflict` when another version is there by now; the administrator's role stays as it is.
pub fn put(tx: &mut Tx<'_>, actor: &Actor, tenant: TenantId, edit: Edit<'_>, now: Time) -> Result<i64> {
    actor.require(Verb::RoleEdit, tenant)?;
    actor.require_covers(edit.role, tenant)?;
    if edit.key == SYSTEM {
        return Err(Error::conflict("error-role-system"));
    }
    checked(edit.key, edit.role)?;
    write(tx, tenant, edit, Author::Person(actor.person.map_or(0, PersonId::raw)), now)
}

fn checked(key: &str, role: &Role) -> Result<()> {
    let fits = !key.is_empty() && key.len() <= 64 && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !fits {
        return Err(Error::invalid("key", "error-key"));
    }
    if role.name(kernel::Lang::En).trim().is_empty() {
        return Err(Error::invalid("names", "error-required"));
    }
    Ok(())
}

/// Installs a delivered role, or renews it while nobody has changed it.
pub(crate) fn deliver(tx: &mut Tx<'_>, key: &str, role: &Role, now: Time) -> Result<()> {
    let stored =
        tx.first(sql!((i64, bool, String), "SELECT version, delivered, body FROM role WHERE tenant_id = 0 AND key = $1"), &params![key])?;
    let expected = match stored {
        None => 0,
        Some((version, true, body)) if body != role.to_text()? => version,
        Some(_) => return Ok(()),
    };
    write(tx, SHARED, Edit { key, expected, role, active: true }, Author::Product, now).map(drop)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Author {
    Product,
    Person(i64),
}

fn write(tx: &mut Tx<'_>, tenant: TenantId, edit: Edit<'_>, author: Author, now: Time) -> Result<i64> {
    let Edit { key, expected, role, active } = edit;
    let by = if let Author::Person(id) = author { id } else { 0 };
    let delivered = author == Author::Product;
    let body = role.to_text()?;
    let written = if expected == 0 {
        tx.exec(
            sql!(
                "INSERT INTO role (tenant_id, key, version, body, fallback, delivered, active, updated_at, updated_by)
                 VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, key) DO NOTHING"
            ),
            &params![tenant, key, &body, role.fallback, delivered, active, now, by],
        )?
    } else {
        tx.exec(
            sql!(
                "UPDATE role SET version = version + 1, body = $4, fallback = $5, delivered = $6, active = $7, updated_at = $8, updated_by = $9
                 WHERE tenant_id = $1 AND key = $2 AND version = $3"
            ),
            &params![tenant, key, expected, &body, role.fallback, delivered, active, now, by],
        )?
    };
    if written != 1 {
        return Err(Error::conflict("error-role-changed"));
    }
    let version = expected + 1;
    tx.exec(
        sql!(
            "INSERT INTO role_version (tenant_id, key, version, body, active, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &params![tenant, key, version, body, active, now, by],
    )?;
    Ok(version)
}
