//! Two records of one person: merged by a redirect, so that it can be undone.

use db::{Rd, Tx, params, sql};
use kernel::{Error, PersonId, Result, Time};

use super::expect_one;
use super::person::get;
use super::word::{self, Kind};
use crate::words::Words;
use crate::{Person, store};

/// Steps of redirects that are followed, and persons merged into one that are known.
const MAX_STEPS: usize = 16;
const MAX_MERGED: i64 = 100;

/// The person an id stands for: the one all redirects lead to.
///
/// # Errors
/// `NotFound`.
pub fn resolve(rd: &mut Rd<'_>, id: PersonId) -> Result<Person> {
    let mut person = get(rd, id)?;
    for _ in 0..MAX_STEPS {
        let Some(next) = person.redirect else { return Ok(person) };
        person = get(rd, next)?;
    }
    Err(Error::internal(format!("person {id} is redirected in a circle")))
}

/// All persons that were merged into one, also over several steps.
///
/// # Errors
/// The database does not answer.
pub fn merged_into(rd: &mut Rd<'_>, id: PersonId) -> Result<Vec<PersonId>> {
    let mut found: Vec<PersonId> = Vec::new();
    let mut open = vec![id];
    for _ in 0..MAX_STEPS {
        let mut next = Vec::new();
        for person in open {
            next.extend(
                rd.all(sql!(PersonId, "SELECT id FROM person WHERE redirect_id = $1 ORDER BY id LIMIT $2"), &params![person, MAX_MERGED])?,
            );
        }
        if next.is_empty() {
            break;
        }
        found.extend(&next);
        open = next;
    }
    Ok(found)
}

/// Says that `id` is really `into`. Addresses, memberships and tickets stay with the row that has
/// them; the account of `id` signs in as `into` from now on.
///
/// # Errors
/// `Stale`; or one of them was merged already, they are of different tenants, or the same.
pub fn merge(tx: &mut Tx<'_>, id: PersonId, version: i64, into: PersonId, now: Time) -> Result<()> {
    let (person, survivor) = (get(tx, id)?, get(tx, into)?);
    if id == into {
        return Err(Error::invalid("into", "error-merge-self"));
    }
    if person.tenant != survivor.tenant {
        return Err(Error::invalid("into", "error-merge-tenant"));
    }
    if person.redirect.is_some() || survivor.redirect.is_some() {
        return Err(Error::invalid("into", "error-merge-done"));
    }
    let affected = tx.exec(
        sql!("UPDATE person SET redirect_id = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2 AND redirect_id IS NULL"),
        &params![id, version, into, now],
    )?;
    expect_one(affected)?;
    word::keep(tx, Kind::Person, person.tenant, id.raw(), &Words::default())?;
    refresh(tx, into)
}

/// Takes a merge back: both are persons of their own again.
///
/// # Errors
/// `Stale`; or the person was not merged.
pub fn unmerge(tx: &mut Tx<'_>, id: PersonId, version: i64, now: Time) -> Result<()> {
    let survivor = resolve(tx, id)?;
    if survivor.id == id {
        return Err(Error::invalid("person", "error-merge-none"));
    }
    let affected = tx.exec(
        sql!("UPDATE person SET redirect_id = NULL, version = version + 1, updated_at = $3 WHERE id = $1 AND version = $2"),
        &params![id, version, now],
    )?;
    expect_one(affected)?;
    refresh(tx, survivor.id)?;
    refresh(tx, id)
}

/// Renews the words by which the person is found: those of all the persons that are this one.
pub(in crate::store) fn refresh(tx: &mut Tx<'_>, id: PersonId) -> Result<()> {
    let person = resolve(tx, id)?;
    let mut words = Words::default();
    let merged = merged_into(tx, person.id)?;
    for each in std::iter::once(person.id).chain(merged) {
        words.text(&get(tx, each)?.name);
        for address in store::address::of_person(tx, each)? {
            words.address(address.kind, &address.value);
        }
    }
    word::keep(tx, Kind::Person, person.tenant, person.id.raw(), &words)
}
