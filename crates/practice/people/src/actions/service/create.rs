//! A new service.

use access::Verb;
use db::Tx;
use kernel::{Error, Result, ServiceId};
use party::{ServiceData, TenantId, store};

use super::edit::check_data;
use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// A service to be.
#[derive(Debug, Clone)]
pub struct NewService {
    /// None: the parent's, else where the actor is at home; 0: offered to all tenants.
    pub tenant: Option<TenantId>,
    pub parent: Option<ServiceId>,
    /// Empty: made of the name. It never changes.
    pub key: String,
    pub data: ServiceData,
}

/// # Errors
/// `Forbidden`; a field is wrong; the key is taken; what is named may not be seen.
pub fn create(tx: &mut Tx<'_>, frame: Frame<'_>, new: &NewService) -> Result<ServiceId> {
    let tenant = match new.parent {
        Some(parent) => permit::service(tx, frame.actor, parent, Verb::ServiceEdit)?.tenant,
        None => permit::tenant(tx, frame.actor, new.tenant, Verb::ServiceEdit)?,
    };
    check_data(tx, frame.actor, tenant, &new.data, (new.data.owner.is_some(), new.data.team.is_some()))?;
    let id = store::service::insert(tx, tenant, new.parent, &check::key(&new.key, &new.data.name), &new.data, frame.act.now)
        .map_err(|error| if db::is_unique(&error) { Error::invalid("key", "error-key-taken") } else { error })?;
    record(tx, frame.act, tenant, log::Object::Service(id), "service.created", &Payload::Nothing {})?;
    Ok(id)
}
