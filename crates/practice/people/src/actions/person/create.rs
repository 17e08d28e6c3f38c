//! A new person, with addresses and where they belong.

use access::{Object, Verb};
use db::Tx;
use kernel::{Error, OrganisationId, PersonId, Result};
use party::store::{address, membership, person};
use party::{NewAddress, NewMembership, PersonData, TenantId};

use super::edit::check_data;
use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// A person to be.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    pub data: PersonData,
    /// Where they belong, which decides the tenant; none: the tenant of whoever asks.
    pub organisation: Option<OrganisationId>,
    /// What they are there.
    pub role_title: String,
    /// Nobody has proved them yet.
    pub addresses: Vec<NewAddress>,
}

/// # Errors
/// `Forbidden` where the actor may not add people; a field is wrong; what is named may not be seen.
pub fn create(tx: &mut Tx<'_>, frame: Frame<'_>, new: &NewPerson) -> Result<PersonId> {
    let (actor, now) = (frame.actor, frame.act.now);
    let tenant = tenant_of(tx, frame, new.organisation)?;
    if new.data.vip {
        permit::shown(actor, Object::Person, tenant, "vip")?;
    }
    if !new.data.note.is_empty() {
        permit::shown(actor, Object::Person, tenant, "note")?;
    }
    check_data(tx, actor, tenant, &new.data, new.data.location.is_some())?;
    check::text("role_title", &new.role_title, 200)?;
    if new.addresses.len() > 20 {
        return Err(Error::invalid("addresses", "error-too-long").field_arg("max", 20));
    }
    let id = person::insert(tx, tenant, &new.data, now)?;
    for each in &new.addresses {
        address::put(tx, id, &NewAddress { verified_at: None, ..each.clone() }, now)?;
    }
    if let Some(organisation) = new.organisation {
        let membership = NewMembership { role_title: new.role_title.clone(), ..NewMembership::main(organisation, now) };
        membership::put(tx, id, &membership, now)?;
    }
    record(tx, frame.act, tenant, log::Object::Person(id), "person.created", &Payload::Nothing {})?;
    Ok(id)
}

fn tenant_of(tx: &mut Tx<'_>, frame: Frame<'_>, organisation: Option<OrganisationId>) -> Result<TenantId> {
    match organisation {
        Some(id) => permit::organisation(tx, frame.actor, id, Verb::PersonCreate).map(|o| o.tenant),
        None => permit::tenant(tx, frame.actor, None, Verb::PersonCreate),
    }
}
