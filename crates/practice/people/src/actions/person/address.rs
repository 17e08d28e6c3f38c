//! How a person is reached. A new address may lead to a log-in, so nobody touches those of somebody
//! who may do more.

use access::store::grant::require_not_above;
use access::{Object, Verb};
use db::Tx;
use kernel::{PersonId, Result};
use party::{AddressKind, NewAddress, Person, store};

use crate::log::{self, Payload, record};
use crate::{Frame, permit};

fn reachable(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId) -> Result<Person> {
    let person = permit::person(tx, frame.actor, id, Verb::PersonEdit)?;
    permit::shown(frame.actor, Object::Person, person.tenant, "addresses")?;
    require_not_above(tx, frame.actor, person.id)?;
    Ok(person)
}

/// Adds an address, or makes a known one the main one of its kind. Nothing is proved by it.
///
/// # Errors
/// `NotFound`, `Forbidden`; the address is wrong.
pub fn add(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, new: &NewAddress) -> Result<PersonId> {
    let person = reachable(tx, frame, id)?;
    store::address::put(tx, person.id, &NewAddress { verified_at: None, ..new.clone() }, frame.act.now)?;
    let payload = Payload::Address { kind: new.kind.key() };
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.address_added", &payload)?;
    Ok(person.id)
}

/// Takes an address away.
///
/// # Errors
/// `NotFound`, also when there is no such address; `Forbidden`.
pub fn remove(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, kind: AddressKind, value: &str) -> Result<PersonId> {
    let person = reachable(tx, frame, id)?;
    store::address::remove(tx, person.id, kind, value, frame.act.now)?;
    let payload = Payload::Address { kind: kind.key() };
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.address_removed", &payload)?;
    Ok(person.id)
}
