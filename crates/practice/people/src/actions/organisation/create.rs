//! A new organisation below another one, or a new tenant.

use access::Verb;
use db::Tx;
use kernel::{OrganisationId, Result};
use party::{OrganisationData, SHARED, store};

use super::edit::check_data;
use crate::log::{self, Payload, record};
use crate::{Frame, permit};

/// Without a parent it is a new tenant, which takes the right for the whole installation.
///
/// # Errors
/// `Forbidden`; a field is wrong; what is named may not be seen.
pub fn create(tx: &mut Tx<'_>, frame: Frame<'_>, parent: Option<OrganisationId>, data: &OrganisationData) -> Result<OrganisationId> {
    match parent {
        Some(parent) => drop(permit::organisation(tx, frame.actor, parent, Verb::OrganisationCreate)?),
        None => frame.actor.require(Verb::OrganisationCreate, SHARED)?,
    }
    check_data(tx, frame.actor, data, data.payer.is_some())?;
    let id = store::organisation::insert(tx, parent, data, frame.act.now)?;
    let tenant = store::organisation::get(tx, id)?.tenant;
    record(tx, frame.act, tenant, log::Object::Organisation(id), "organisation.created", &Payload::Nothing {})?;
    Ok(id)
}
