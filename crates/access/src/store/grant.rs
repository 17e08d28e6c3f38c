//! Who holds which role where.

use db::{Rd, Tx, params, sql};
use kernel::{Error, Page, PageRequest, PersonId, Result, Time};
use party::{SHARED, TenantId};

use crate::{Actor, Reach, SYSTEM, Verb, store};

db::row! {
    /// A role that a person holds.
    pub struct GrantRow {
        pub role: String,
        /// [`SHARED`]: in every tenant.
        pub tenant: TenantId,
        pub granted_at: Time,
        pub granted_by: i64,
    }
}

db::row! {
    /// A person who holds a role.
    pub struct Holder {
        pub person: PersonId,
        pub name: String,
        pub name_key: String,
        pub active: bool,
    }
}

/// The roles a person holds, without the fallback; at most 500.
///
/// # Errors
/// The database does not answer.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<GrantRow>> {
    rd.all(
        sql!(
            GrantRow,
            "SELECT role_key, tenant_id, granted_at, granted_by FROM role_grant WHERE person_id = $1 ORDER BY tenant_id, role_key LIMIT 500"
        ),
        &params![person],
    )
}

/// Who holds a role in a tenant, by name.
///
/// # Errors
/// The cursor is not ours.
pub fn holders(rd: &mut Rd<'_>, tenant: TenantId, role: &str, request: &PageRequest) -> Result<Page<Holder>> {
    let (name, id): (String, i64) = request.after()?.unwrap_or_default();
    let limit = request.limit();
    let rows = rd.all(
        sql!(
            Holder,
            "SELECT p.id, p.name, p.name_key, p.active FROM role_grant g JOIN person p ON p.id = g.person_id
             WHERE g.tenant_id = $1 AND g.role_key = $2 AND (p.name_key > $3 OR (p.name_key = $3 AND p.id > $4))
             ORDER BY p.name_key, p.id LIMIT $5"
        ),
        &params![tenant, role, name, id, limit + 1],
    )?;
    Ok(Page::of(rows, limit, |h: &Holder| (h.name_key.clone(), h.person.raw())))
}

/// The persons who can sign in or be told and hold a verb in a tenant by some role, each with the key of
/// that role; at most 50 of each role.
///
/// # Errors
/// The database does not answer.
pub fn who_may(rd: &mut Rd<'_>, verb: Verb, tenant: TenantId) -> Result<Vec<(PersonId, String)>> {
    // The operator's definitions come first; in the tenant its own of the same key stand before them.
    let roles = store::role::list(rd, tenant)?;
    let mut found = Vec::new();
    for role in &roles {
        let shadowed = role.tenant == SHARED && roles.iter().any(|own| own.tenant == tenant && own.key == role.key && tenant != SHARED);
        if !role.active || role.role.reach(verb) == Reach::None {
            continue;
        }
        let here = if shadowed { None } else { Some(tenant) };
        let everywhere = (role.tenant == SHARED).then_some(SHARED).filter(|_| tenant != SHARED);
        for place in here.into_iter().chain(everywhere) {
            let page = holders(rd, place, &role.key, &PageRequest { limit: Some(50), cursor: None })?;
            found.extend(page.rows.into_iter().filter(|holder| holder.active).map(|holder| (holder.person, role.key.clone())));
        }
    }
    Ok(found)
}

/// Gives a person a role in a tenant, or in all ([`SHARED`]). Holding it already is no error.
///
/// # Errors
/// `Forbidden` without `role.grant` there, or when the role grants more than its giver has;
/// `NotFound` when there is no such role.
pub fn put(tx: &mut Tx<'_>, actor: &Actor, person: PersonId, role: &str, tenant: TenantId, now: Time) -> Result<()> {
    actor.require(Verb::RoleGrant, tenant)?;
    let definition = store::role::get(tx, tenant, role)?;
    actor.require_covers(&definition.role, tenant)?;
    tx.exec(
        sql!(
            "INSERT INTO role_grant (person_id, role_key, tenant_id, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (person_id, role_key, tenant_id) DO NOTHING"
        ),
        &params![person, role, tenant, now, actor.person.map_or(0, PersonId::raw)],
    )?;
    Ok(())
}

/// Takes a role from a person.
///
/// # Errors
/// `Forbidden` as with [`put`]; `NotFound` when it is not held; `Conflict` when nobody who can sign
/// in would remain as administrator of the installation.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, person: PersonId, role: &str, tenant: TenantId) -> Result<()> {
    actor.require(Verb::RoleGrant, tenant)?;
    let definition = store::role::get(tx, tenant, role)?;
    actor.require_covers(&definition.role, tenant)?;
    let affected =
        tx.exec(sql!("DELETE FROM role_grant WHERE person_id = $1 AND role_key = $2 AND tenant_id = $3"), &params![person, role, tenant])?;
    if affected == 0 {
        return Err(Error::not_found());
    }
    if role == SYSTEM && tenant == SHARED && administrators(tx)? == 0 {
        return Err(Error::conflict("error-role-last"));
    }
    Ok(())
}

/// That a person holds no right that the actor lacks. Asked before anything by which one could act as
/// that person: their log-in, their addresses, a merge into them, seeing as they do.
///
/// # Errors
/// Forbidden, naming the first verb that is too high.
pub fn require_not_above(rd: &mut Rd<'_>, actor: &Actor, person: PersonId) -> Result<()> {
    if actor.person == Some(person) {
        return Ok(());
    }
    crate::store::actor::held(rd, person)?.iter().try_for_each(|grant| actor.require_covers(&grant.role, grant.tenant))
}

/// How many people who can sign in administer the installation: what must not become zero.
///
/// # Errors
/// The database does not answer.
pub fn administrators(rd: &mut Rd<'_>) -> Result<i64> {
    rd.one(
        sql!(
            i64,
            "SELECT COUNT(*) FROM role_grant g JOIN person p ON p.id = g.person_id JOIN account a ON a.person_id = p.id
             WHERE g.tenant_id = 0 AND g.role_key = $1 AND p.active = 1 AND p.redirect_id IS NULL AND a.active = 1"
        ),
        &params![SYSTEM],
    )
}
