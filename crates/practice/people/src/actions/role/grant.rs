//! Giving somebody a role in a tenant, or in all.

use access::{Verb, store};
use db::Tx;
use kernel::{PersonId, Result};
use party::TenantId;

use crate::log::{self, Payload, record};
use crate::{Frame, permit};

/// Answers who holds it now. Holding it already is no error.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right, or when the role goes beyond the actor's own rights.
pub fn grant(tx: &mut Tx<'_>, frame: Frame<'_>, person: PersonId, role: &str, tenant: TenantId) -> Result<PersonId> {
    let person = permit::active_person(tx, frame.actor, "person", person)?;
    permit::tenant(tx, frame.actor, Some(tenant), Verb::RoleGrant)?;
    store::grant::put(tx, frame.actor, person.id, role, tenant, frame.act.now)?;
    let payload = Payload::Role { role: role.to_owned(), tenant };
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.role_granted", &payload)?;
    Ok(person.id)
}
