//! Two records of one person become one. The log-in of the first then acts as the second, so the
//! actor must hold at least the rights of both.

use access::Verb;
use access::store::grant::require_not_above;
use db::Tx;
use kernel::{Error, PersonId, Result};
use party::store;

use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// Says that `id` is really `into`; answers who remains.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Stale`; they cannot be merged; nobody would remain to administer the
/// desk.
pub fn merge(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, base: Option<i64>, into: PersonId) -> Result<PersonId> {
    let person = permit::person(tx, frame.actor, id, Verb::PersonMerge)?;
    let survivor = permit::person(tx, frame.actor, into, Verb::PersonMerge)?;
    if person.id != id {
        return Err(Error::invalid("into", "error-merge-done"));
    }
    require_not_above(tx, frame.actor, person.id)?;
    require_not_above(tx, frame.actor, survivor.id)?;
    let version = check::base(base, person.version)?;
    let administrators = permit::administrators(tx)?;
    store::person::merge(tx, person.id, version, survivor.id, frame.act.now)?;
    permit::administrators_remain(tx, administrators)?;
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.merged", &Payload::Person { person: survivor.id })?;
    record(tx, frame.act, person.tenant, log::Object::Person(survivor.id), "person.took_in", &Payload::Person { person: person.id })?;
    Ok(survivor.id)
}
