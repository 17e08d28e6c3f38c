//! A new team.

use access::Verb;
use db::Tx;
use kernel::{Error, Result, TeamId};
use party::{TeamData, TenantId, store};

use super::edit::check_data;
use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// A team to be.
#[derive(Debug, Clone)]
pub struct NewTeam {
    /// None: where the actor is at home; 0: for all tenants.
    pub tenant: Option<TenantId>,
    /// Empty: made of the name. It never changes.
    pub key: String,
    pub data: TeamData,
}

/// # Errors
/// `Forbidden`; a field is wrong; the key is taken.
pub fn create(tx: &mut Tx<'_>, frame: Frame<'_>, new: &NewTeam) -> Result<TeamId> {
    let tenant = permit::tenant(tx, frame.actor, new.tenant, Verb::TeamEdit)?;
    check_data(tx, frame.actor, &new.data, new.data.lead.is_some())?;
    let id = store::team::insert(tx, tenant, &check::key(&new.key, &new.data.name), &new.data, frame.act.now)
        .map_err(|error| if db::is_unique(&error) { Error::invalid("key", "error-key-taken") } else { error })?;
    record(tx, frame.act, tenant, log::Object::Team(id), "team.created", &Payload::Nothing {})?;
    Ok(id)
}
