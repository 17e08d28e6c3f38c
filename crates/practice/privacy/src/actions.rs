//! What can be done: look at what would go, and have it go.

use access::store::grant;
use access::{Actor, Verb};
use db::{Rd, Tx};
use events::{Act, Draft, Enqueue, Visibility, append, enqueue};
use kernel::{Error, PersonId, Result};
use party::Person;
use serde::Serialize;

use crate::job::{self, Work};
use crate::store::{self, Erasure};

/// The longest reason.
const REASON: usize = 1000;

/// What would go, and what has gone.
#[derive(Debug, Clone)]
pub struct Preview {
    pub person: Person,
    pub tickets: i64,
    pub messages: i64,
    pub files: i64,
    pub addresses: i64,
    pub organisations: i64,
    pub teams: i64,
    pub roles: i64,
    pub begun: Option<Erasure>,
}

/// Looks at what an erasure would take away; changes nothing.
///
/// # Errors
/// Not found when the actor does not see the person; forbidden without `person.erase`.
pub fn preview(rd: &mut Rd<'_>, actor: &Actor, id: PersonId) -> Result<Preview> {
    let person = permitted(rd, actor, id)?;
    let (mut tickets, mut messages, mut files) = (0, 0, 0);
    let (mut addresses, mut organisations, mut teams, mut roles) = (0, 0, 0, 0);
    for one in store::same(rd, person.id)? {
        let (more_tickets, more_messages, more_files) = store::amount(rd, one)?;
        (tickets, messages, files) = (tickets + more_tickets, messages + more_messages, files + more_files);
        let ties = store::ties(rd, one)?;
        (addresses, organisations, teams, roles) = (addresses + ties.0, organisations + ties.1, teams + ties.2, roles + ties.3);
    }
    let begun = store::erasure(rd, person.id)?;
    Ok(Preview { person, tickets, messages, files, addresses, organisations, teams, roles, begun })
}

#[derive(Serialize)]
struct Nothing {}

/// Empties the person's record and begins to erase what they wrote; cannot be taken back. `name` is what
/// stands in place of theirs from now on. Done twice it goes on with the first.
///
/// # Errors
/// As [`preview`]; the reason is missing; the person may do more than the actor, or is the last
/// administrator.
pub fn erase(tx: &mut Tx<'_>, actor: &Actor, act: &Act, id: PersonId, reason: &str, name: &str) -> Result<()> {
    let person = permitted(tx, actor, id)?;
    grant::require_not_above(tx, actor, person.id)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("reason", "error-required"));
    }
    if reason.chars().count() > REASON {
        return Err(Error::invalid("reason", "error-too-long").field_arg("max", REASON));
    }
    if store::begin(tx, person.id, person.tenant, act.by.id(), reason, act.now)? {
        let administrators = grant::administrators(tx)?;
        for one in store::same(tx, person.id)? {
            store::empty(tx, one, name, act.now)?;
        }
        if administrators > 0 && grant::administrators(tx)? == 0 {
            return Err(Error::conflict("error-role-last"));
        }
        let (object, kind) = ("person", "person.erased");
        let visibility = Visibility::Administrative;
        let tenant = person.tenant.raw();
        append(tx, act, &Draft { tenant, object, object_id: person.id.raw(), kind, visibility, payload: &Nothing {} })?;
    }
    let key = format!("{}:{}", job::ERASE, person.id);
    enqueue(tx, act.now, &Enqueue { kind: job::ERASE, payload: &Work { person: person.id }, run_at: act.now, unique_key: Some(key) })
}

/// A person that the actor sees and may erase.
pub(crate) fn permitted(rd: &mut Rd<'_>, actor: &Actor, id: PersonId) -> Result<Person> {
    let person = actor.persons(Verb::PersonSee).get(rd, id)?;
    if actor.persons(Verb::PersonErase).reaches(rd, person.id)? { Ok(person) } else { Err(Error::forbidden()) }
}
