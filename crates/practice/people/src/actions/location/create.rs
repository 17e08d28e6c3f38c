//! A new location.

use access::Verb;
use db::Tx;
use kernel::{LocationId, Result};
use party::{LocationData, TenantId, store};

use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// A location to be.
#[derive(Debug, Clone)]
pub struct NewLocation {
    /// None: the parent's, else where the actor is at home; 0: for all tenants.
    pub tenant: Option<TenantId>,
    pub parent: Option<LocationId>,
    pub data: LocationData,
}

/// # Errors
/// `Forbidden`; a field is wrong; the parent may not be seen.
pub fn create(tx: &mut Tx<'_>, frame: Frame<'_>, new: &NewLocation) -> Result<LocationId> {
    let tenant = match new.parent {
        Some(parent) => permit::location(tx, frame.actor, parent, Verb::LocationEdit)?.tenant,
        None => permit::tenant(tx, frame.actor, new.tenant, Verb::LocationEdit)?,
    };
    check::text("address", &new.data.address, 1000)?;
    check::zone(new.data.time_zone.as_deref())?;
    let id = store::location::insert(tx, tenant, new.parent, &new.data, frame.act.now)?;
    record(tx, frame.act, tenant, log::Object::Location(id), "location.created", &Payload::Nothing {})?;
    Ok(id)
}
