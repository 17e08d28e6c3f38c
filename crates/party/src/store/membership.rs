//! Memberships.

use db::{Rd, Tx, params, sql};
use kernel::{Error, OrganisationId, Page, PageRequest, PersonId, Result, Time};

use super::person::{get, touch};
use crate::{Member, Membership, NewMembership};

/// The organisations of a person, past ones too, the main one first; at most 100.
///
/// # Errors
/// The database does not answer.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<Membership>> {
    rd.all(
        sql!(
            Membership,
            "SELECT m.person_id, m.organisation_id, o.name, o.path, m.role_title, m.from_at, m.to_at, m.main
             FROM membership m JOIN organisation o ON o.id = m.organisation_id
             WHERE m.person_id = $1 ORDER BY m.main DESC, m.to_at DESC, o.name_key, m.organisation_id LIMIT 100"
        ),
        &params![person],
    )
}

/// The members of one organisation at a moment, by name.
///
/// # Errors
/// The cursor is not ours.
pub fn members(rd: &mut Rd<'_>, organisation: OrganisationId, at: Time, request: &PageRequest) -> Result<Page<Member>> {
    let (name, id): (String, i64) = request.after()?.unwrap_or_default();
    let limit = request.limit();
    let rows = rd.all(
        sql!(
            Member,
            "SELECT m.person_id, p.name, p.name_key, p.title, p.vip, p.active, m.role_title, m.main
             FROM membership m JOIN person p ON p.id = m.person_id
             WHERE m.organisation_id = $1 AND m.from_at <= $2 AND m.to_at > $2 AND p.redirect_id IS NULL
               AND (p.name_key > $3 OR (p.name_key = $3 AND p.id > $4))
             ORDER BY p.name_key, p.id LIMIT $5"
        ),
        &params![organisation, at, name, id, limit + 1],
    )?;
    Ok(Page::of(rows, limit, |m: &Member| (m.name_key.clone(), m.person.raw())))
}

/// Begins a membership, or changes the one that began at the same moment.
///
/// # Errors
/// Person and organisation are of different tenants, or it ends before it begins.
pub fn put(tx: &mut Tx<'_>, person: PersonId, new: &NewMembership, now: Time) -> Result<()> {
    if new.to_at < new.from_at {
        return Err(Error::invalid("to", "error-membership-dates"));
    }
    if get(tx, person)?.tenant != super::organisation::get(tx, new.organisation)?.tenant {
        return Err(Error::invalid("organisation", "error-membership-tenant"));
    }
    if new.main {
        tx.exec(sql!("UPDATE membership SET main = 0 WHERE person_id = $1 AND main = 1"), &params![person])?;
    }
    tx.exec(
        sql!(
            "INSERT INTO membership (person_id, organisation_id, role_title, from_at, to_at, main) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (person_id, organisation_id, from_at) DO UPDATE SET role_title = excluded.role_title, to_at = excluded.to_at, main = excluded.main"
        ),
        &params![person, new.organisation, &new.role_title, new.from_at, new.to_at, new.main],
    )?;
    touch(tx, person, now)
}

/// Ends all running memberships of a person in an organisation.
///
/// # Errors
/// `NotFound` when there is none.
pub fn end(tx: &mut Tx<'_>, person: PersonId, organisation: OrganisationId, at: Time, now: Time) -> Result<()> {
    let affected = tx.exec(
        sql!("UPDATE membership SET to_at = $3, main = 0 WHERE person_id = $1 AND organisation_id = $2 AND to_at > $3 AND from_at <= $3"),
        &params![person, organisation, at],
    )?;
    if affected == 0 {
        return Err(Error::not_found());
    }
    touch(tx, person, now)
}
