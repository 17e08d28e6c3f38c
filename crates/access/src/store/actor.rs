//! An actor from the database: three statements, a fourth when some role reaches organisations.

use std::collections::BTreeSet;
use std::sync::Arc;

use db::{Rd, params, sql};
use kernel::{AccountId, Error, Lang, OrganisationId, PersonId, Result, TeamId, Time};
use party::{SHARED, TenantId, store};

use crate::role::SharedRole;
use crate::{Actor, ActorKind, Below, Grant, Place, Who};

/// Organisations below one's own up to which they are asked by id.
const FEW: usize = 200;

db::row! {
    struct Identity {
        person: PersonId,
        tenant: TenantId,
        name: String,
        active: bool,
        redirect: Option<PersonId>,
        account: Option<AccountId>,
        account_active: Option<i64>,
        lang: Option<Lang>,
        time_zone: Option<String>,
    }
}

db::row! {
    struct Held { key: String, granted: TenantId, active: bool, role: SharedRole }
}

/// The person as an actor.
///
/// # Errors
/// `Unauthenticated` when there is no such person, or person or account are shut out.
pub fn load_actor(rd: &mut Rd<'_>, person: PersonId, now: Time) -> Result<Actor> {
    let identity = identity(rd, person, now)?;
    if !identity.active || identity.account_active == Some(0) {
        return Err(Error::unauthenticated());
    }
    assemble(rd, identity, now)
}

/// The person as an actor, whether or not they may sign in: for what of the desk is theirs to read.
///
/// # Errors
/// `Unauthenticated` when there is no such person.
pub fn load_anybody(rd: &mut Rd<'_>, person: PersonId, now: Time) -> Result<Actor> {
    let identity = identity(rd, person, now)?;
    assemble(rd, identity, now)
}

fn assemble(rd: &mut Rd<'_>, identity: Identity, now: Time) -> Result<Actor> {
    let grants = grants(rd, identity.person, identity.tenant)?;
    let who = who(rd, identity.person, &grants, now)?;
    Ok(Actor {
        kind: ActorKind::Person,
        person: Some(identity.person),
        account: identity.account,
        name: identity.name,
        tenant: identity.tenant,
        lang: identity.lang.unwrap_or_default(),
        time_zone: identity.time_zone.unwrap_or_else(|| "UTC".to_owned()),
        grants,
        who: Arc::new(who),
        looker: None,
    })
}

/// The person of an account as an actor.
///
/// # Errors
/// `Unauthenticated` when there is no such account, or person or account are shut out.
pub fn load_account(rd: &mut Rd<'_>, account: AccountId, now: Time) -> Result<Actor> {
    let found: Option<(PersonId, bool)> =
        rd.first(sql!((PersonId, bool), "SELECT person_id, active FROM account WHERE id = $1"), &params![account])?;
    match found {
        Some((person, true)) => Ok(Actor { account: Some(account), ..load_actor(rd, person, now)? }),
        _ => Err(Error::unauthenticated()),
    }
}

/// The person all redirects lead to. Who was merged into somebody signs in as that person.
fn identity(rd: &mut Rd<'_>, person: PersonId, now: Time) -> Result<Identity> {
    let mut id = person;
    for _ in 0..16 {
        let found: Option<Identity> = rd.first(
            sql!(
                Identity,
                "SELECT p.id, p.tenant_id, p.name, p.active, p.redirect_id, a.id, a.active,
                        COALESCE(p.lang, o.lang, t.lang), COALESCE(p.time_zone, l.time_zone, o.time_zone, t.time_zone)
                 FROM person p JOIN organisation t ON t.id = p.tenant_id
                 LEFT JOIN account a ON a.person_id = p.id
                 LEFT JOIN location l ON l.id = p.location_id
                 LEFT JOIN membership m ON m.person_id = p.id AND m.main = 1 AND m.from_at <= $2 AND m.to_at > $2
                 LEFT JOIN organisation o ON o.id = m.organisation_id
                 WHERE p.id = $1"
            ),
            &params![id, now],
        )?;
        let found = found.ok_or_else(Error::unauthenticated)?;
        match found.redirect {
            Some(next) => id = next,
            None => return Ok(found),
        }
    }
    Err(Error::internal(format!("person {person} is redirected in a circle")))
}

/// The roles that a person holds, whether or not they may sign in.
pub(crate) fn held(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<Grant>> {
    // Language and time zone, which the moment decides, are not asked for.
    let identity = identity(rd, person, Time(0))?;
    grants(rd, identity.person, identity.tenant)
}

/// The roles held, the fallback where none is held at home. A role that a tenant defines itself
/// stands before the operator's of the same key.
fn grants(rd: &mut Rd<'_>, person: PersonId, home: TenantId) -> Result<Vec<Grant>> {
    let mut held: Vec<Held> = rd.all(
        sql!(
            Held,
            "SELECT g.role_key, g.tenant_id, r.active, r.body FROM role_grant g
             JOIN role r ON r.key = g.role_key AND r.tenant_id IN (0, g.tenant_id)
             WHERE g.person_id = $1 ORDER BY g.tenant_id, g.role_key, r.tenant_id DESC LIMIT 500"
        ),
        &params![person],
    )?;
    if !held.iter().any(|h| h.granted == SHARED || h.granted == home) {
        held.extend(rd.all(
            sql!(
                Held,
                "SELECT r.key, CAST($1 AS INTEGER), r.active, r.body FROM role r
                 WHERE r.tenant_id IN (0, $1) AND r.fallback = 1 ORDER BY r.key, r.tenant_id DESC LIMIT 20"
            ),
            &params![home],
        )?);
    }
    let mut grants: Vec<Grant> = Vec::new();
    let mut settled: BTreeSet<(TenantId, String)> = BTreeSet::new();
    for h in held {
        // The definition nearest to the grant comes first; when it is switched off, nothing holds.
        if settled.insert((h.granted, h.key.clone())) && h.active {
            grants.push(Grant { key: h.key, tenant: h.granted, role: h.role.0 });
        }
    }
    Ok(grants)
}

fn who(rd: &mut Rd<'_>, person: PersonId, grants: &[Grant], now: Time) -> Result<Who> {
    let ties: Vec<(i64, i64, String)> = rd.all(
        sql!(
            (i64, i64, String),
            "SELECT 0, m.organisation_id, o.path FROM membership m JOIN organisation o ON o.id = m.organisation_id
             WHERE m.person_id = $1 AND m.from_at <= $2 AND m.to_at > $2
             UNION ALL SELECT 1, t.id, t.key FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.person_id = $1 AND t.active = 1
             UNION ALL SELECT 2, p.id, p.name FROM person p WHERE p.redirect_id = $1
             LIMIT 1000"
        ),
        &params![person, now],
    )?;
    let mut who = Who { persons: vec![person], at: now, ..Who::default() };
    let mut merged = false;
    for (kind, id, path) in ties {
        match kind {
            0 => who.organisations.push(Place { id: OrganisationId::new(id), path }),
            1 => who.teams.push(TeamId::new(id)),
            _ => merged = true,
        }
    }
    if merged {
        who.persons.extend(store::person::merged_into(rd, person)?);
    }
    if grants.iter().any(|g| g.role.reaches_organisation()) {
        who.below = below(rd, &who.organisations)?;
    }
    Ok(who)
}

/// The organisations at and below these by id while they are few.
fn below(rd: &mut Rd<'_>, organisations: &[Place]) -> Result<Below> {
    let mut ids: BTreeSet<OrganisationId> = BTreeSet::new();
    for place in organisations {
        if !ids.contains(&place.id) {
            ids.extend(store::organisation::subtree(rd, &place.path, FEW + 1)?);
        }
        if ids.len() > FEW {
            return Ok(Below::Paths);
        }
    }
    Ok(Below::Ids(ids))
}
