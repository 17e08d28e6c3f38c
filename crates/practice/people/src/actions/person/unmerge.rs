//! A merge taken back: the rights that the person held before come back with them, so the actor must
//! hold those as well.

use access::store::grant::{of_person, require_not_above};
use access::{Verb, store::role};
use db::Tx;
use kernel::{Error, ErrorKind, PersonId, Result};
use party::store::person;

use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// # Errors
/// `NotFound`, `Forbidden`, `Stale`; the person was not merged.
pub fn unmerge(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, base: Option<i64>) -> Result<PersonId> {
    let survivor = permit::person(tx, frame.actor, id, Verb::PersonMerge)?;
    if survivor.id == id {
        return Err(Error::invalid("person", "error-merge-none"));
    }
    require_not_above(tx, frame.actor, survivor.id)?;
    for held in of_person(tx, id)? {
        match role::get(tx, held.tenant, &held.role) {
            Ok(row) => frame.actor.require_covers(&row.role, held.tenant)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let row = person::get(tx, id)?;
    let version = check::base(base, row.version)?;
    person::unmerge(tx, id, version, frame.act.now)?;
    record(tx, frame.act, row.tenant, log::Object::Person(id), "person.unmerged", &Payload::Person { person: survivor.id })?;
    record(tx, frame.act, row.tenant, log::Object::Person(survivor.id), "person.let_go", &Payload::Person { person: id })?;
    Ok(id)
}
