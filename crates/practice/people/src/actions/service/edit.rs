//! Changing a service, and moving it with all below it.

use access::{Actor, Object, Verb};
use db::{Rd, Tx};
use kernel::{Error, PersonId, Result, ServiceId, TeamId};
use party::{Service, ServiceData, ServiceState, TenantId, store};

use crate::actions::person::edit::put;
use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// What to change; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub name: Option<String>,
    pub state: Option<ServiceState>,
    pub owner: Option<Option<PersonId>>,
    /// The team a ticket about it starts with.
    pub team: Option<Option<TeamId>>,
    /// The impact a ticket about it starts with, 1 to 4.
    pub impact: Option<Option<i64>>,
    pub description: Option<String>,
    pub active: Option<bool>,
    /// Moves it with all below it; none in it: to the top.
    pub parent: Option<Option<ServiceId>>,
}

/// Changes a service from the version that was read; none: from the newest.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Stale`; a field is wrong; it cannot stand there.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, id: ServiceId, base: Option<i64>, patch: &Patch) -> Result<ServiceId> {
    let (actor, now) = (frame.actor, frame.act.now);
    let service = permit::service(tx, actor, id, Verb::ServiceEdit)?;
    let mut version = check::base(base, service.version)?;
    if let Some(parent) = patch.parent.filter(|p| *p != service.parent) {
        match parent {
            Some(parent) => drop(permit::service(tx, actor, parent, Verb::ServiceEdit)?),
            None => actor.require(Verb::ServiceEdit, service.tenant)?,
        }
        store::service::move_below(tx, id, version, parent, now)?;
        version += 1;
        let payload = Payload::Moved { from: service.parent.map(|p| p.raw()), to: parent.map(|p| p.raw()) };
        record(tx, frame.act, service.tenant, log::Object::Service(id), "service.moved", &payload)?;
    }
    let (after, fields) = apply(&service, patch);
    if fields.is_empty() {
        return Ok(id);
    }
    for field in &fields {
        permit::shown(actor, Object::Service, service.tenant, field)?;
    }
    check_data(tx, actor, service.tenant, &after, (fields.contains(&"owner"), fields.contains(&"team")))?;
    store::service::update(tx, id, version, &after, now)?;
    record(tx, frame.act, service.tenant, log::Object::Service(id), "service.changed", &Payload::Fields { fields })?;
    Ok(id)
}

fn apply(service: &Service, patch: &Patch) -> (ServiceData, Vec<&'static str>) {
    let mut after = ServiceData {
        name: service.name.clone(),
        state: service.state,
        owner: service.owner,
        team: service.team,
        impact: service.impact,
        description: service.description.clone(),
        active: service.active,
    };
    let mut fields = Vec::new();
    let mut set = |name: &'static str, changed: bool| {
        if changed {
            fields.push(name);
        }
    };
    let trimmed = |text: &Option<String>| text.as_deref().map(|t| t.trim().to_owned());
    set("name", put(&mut after.name, trimmed(&patch.name)));
    set("state", put(&mut after.state, patch.state));
    set("owner", put(&mut after.owner, patch.owner));
    set("team", put(&mut after.team, patch.team));
    set("impact", put(&mut after.impact, patch.impact));
    set("description", put(&mut after.description, trimmed(&patch.description)));
    set("active", put(&mut after.active, patch.active));
    (after, fields)
}

/// `named`: whether owner and team are newly named.
pub(super) fn check_data(rd: &mut Rd<'_>, actor: &Actor, tenant: TenantId, data: &ServiceData, named: (bool, bool)) -> Result<()> {
    check::text("description", &data.description, 20_000)?;
    if data.impact.is_some_and(|impact| !(1..=4).contains(&impact)) {
        return Err(Error::invalid("impact", "error-choice"));
    }
    if let Some(owner) = data.owner.filter(|_| named.0) {
        permit::active_person(rd, actor, "owner", owner)?;
    }
    if let Some(team) = data.team.filter(|_| named.1) {
        let team = permit::team(rd, actor, team, Verb::TeamSee)?;
        permit::same_tenant("team", team.tenant, tenant)?;
    }
    Ok(())
}
