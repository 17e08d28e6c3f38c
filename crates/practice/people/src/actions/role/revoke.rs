//! Taking a role away.

use access::{Verb, store};
use db::Tx;
use kernel::{PersonId, Result};
use party::TenantId;

use crate::log::{self, Payload, record};
use crate::{Frame, permit};

/// # Errors
/// `NotFound`, also when it is not held; `Forbidden`; the last administrator keeps the role.
pub fn revoke(tx: &mut Tx<'_>, frame: Frame<'_>, person: PersonId, role: &str, tenant: TenantId) -> Result<()> {
    let person = permit::person(tx, frame.actor, person, Verb::PersonSee)?;
    permit::tenant(tx, frame.actor, Some(tenant), Verb::RoleGrant)?;
    store::grant::remove(tx, frame.actor, person.id, role, tenant)?;
    let payload = Payload::Role { role: role.to_owned(), tenant };
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.role_revoked", &payload)
}
