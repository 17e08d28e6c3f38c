//! Changing an organisation, and moving it with all below it.

use access::{Actor, Object, Verb};
use db::{Rd, Tx};
use kernel::{Lang, OrganisationId, Result};
use party::{OrganisationData, OrganisationKind, store};

use crate::actions::person::edit::put;
use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// What to change; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub name: Option<String>,
    pub kind: Option<OrganisationKind>,
    /// The paying customer, when it is another one.
    pub payer: Option<Option<OrganisationId>>,
    pub time_zone: Option<Option<String>>,
    pub lang: Option<Option<Lang>>,
    pub note: Option<String>,
    pub active: Option<bool>,
    /// Moves it with all below it.
    pub parent: Option<OrganisationId>,
}

/// Changes an organisation from the version that was read; none: from the newest.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Stale`; a field is wrong; it cannot stand there.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, id: OrganisationId, base: Option<i64>, patch: &Patch) -> Result<OrganisationId> {
    let (actor, now) = (frame.actor, frame.act.now);
    let organisation = permit::organisation(tx, actor, id, Verb::OrganisationEdit)?;
    let mut version = check::base(base, organisation.version)?;
    if let Some(parent) = patch.parent.filter(|p| Some(*p) != organisation.parent) {
        permit::organisation(tx, actor, parent, Verb::OrganisationEdit)?;
        store::organisation::move_below(tx, id, version, parent, now)?;
        version += 1;
        let payload = Payload::Moved { from: organisation.parent.map(|p| p.raw()), to: Some(parent.raw()) };
        record(tx, frame.act, organisation.tenant, log::Object::Organisation(id), "organisation.moved", &payload)?;
    }
    let (after, fields) = apply(&OrganisationData::from(&organisation), patch);
    if fields.is_empty() {
        return Ok(id);
    }
    for field in &fields {
        permit::shown(actor, Object::Organisation, organisation.tenant, field)?;
    }
    check_data(tx, actor, &after, fields.contains(&"payer"))?;
    store::organisation::update(tx, id, version, &after, now)?;
    record(tx, frame.act, organisation.tenant, log::Object::Organisation(id), "organisation.changed", &Payload::Fields { fields })?;
    Ok(id)
}

fn apply(before: &OrganisationData, patch: &Patch) -> (OrganisationData, Vec<&'static str>) {
    let mut after = before.clone();
    let mut fields = Vec::new();
    let mut set = |name: &'static str, changed: bool| {
        if changed {
            fields.push(name);
        }
    };
    let trimmed = |text: &Option<String>| text.as_deref().map(|t| t.trim().to_owned());
    set("name", put(&mut after.name, trimmed(&patch.name)));
    set("kind", put(&mut after.kind, patch.kind));
    set("payer", put(&mut after.payer, patch.payer));
    set("time_zone", put(&mut after.time_zone, patch.time_zone.clone()));
    set("lang", put(&mut after.lang, patch.lang));
    set("note", put(&mut after.note, trimmed(&patch.note)));
    set("active", put(&mut after.active, patch.active));
    (after, fields)
}

pub(super) fn check_data(rd: &mut Rd<'_>, actor: &Actor, data: &OrganisationData, paid: bool) -> Result<()> {
    check::text("note", &data.note, 10_000)?;
    check::zone(data.time_zone.as_deref())?;
    if let Some(payer) = data.payer.filter(|_| paid) {
        permit::organisation(rd, actor, payer, Verb::OrganisationSee)?;
    }
    Ok(())
}
