//! The mail domains that lead to an organisation.

use access::{Object, Verb};
use db::Tx;
use kernel::{Error, OrganisationId, Result};
use party::store;

use crate::log::{self, Payload, record};
use crate::{Frame, permit};

/// Makes these the domains of an organisation; answers them as they are stored.
///
/// # Errors
/// `NotFound`, `Forbidden`; a text is no domain; another organisation has it.
pub fn set_domains(tx: &mut Tx<'_>, frame: Frame<'_>, id: OrganisationId, domains: &[String]) -> Result<Vec<String>> {
    let organisation = permit::organisation(tx, frame.actor, id, Verb::OrganisationEdit)?;
    permit::shown(frame.actor, Object::Organisation, organisation.tenant, "domains")?;
    let mut wanted: Vec<String> =
        domains.iter().map(|d| d.trim().trim_start_matches('@').to_lowercase()).filter(|d| !d.is_empty()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.len() > 200 {
        return Err(Error::invalid("domains", "error-domains-many").field_arg("max", 200));
    }
    store::organisation::set_domains(tx, id, &wanted, frame.act.now)
        .map_err(|error| if db::is_unique(&error) { Error::invalid("domains", "error-domain-taken") } else { error })?;
    let payload = Payload::Count { count: wanted.len() };
    record(tx, frame.act, organisation.tenant, log::Object::Organisation(id), "organisation.domains", &payload)?;
    store::organisation::domains(tx, id)
}
