//! Changing a location, and moving it with all in it.

use access::Verb;
use db::Tx;
use kernel::{LocationId, Result};
use party::{Location, LocationData, store};

use crate::actions::person::edit::put;
use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// What to change; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub name: Option<String>,
    pub address: Option<String>,
    pub time_zone: Option<Option<String>>,
    pub active: Option<bool>,
    /// Moves it with all in it; none in it: to the top.
    pub parent: Option<Option<LocationId>>,
}

/// Changes a location from the version that was read; none: from the newest.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Stale`; a field is wrong; it cannot stand there.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, id: LocationId, base: Option<i64>, patch: &Patch) -> Result<LocationId> {
    let location = permit::location(tx, frame.actor, id, Verb::LocationEdit)?;
    let mut version = check::base(base, location.version)?;
    if let Some(parent) = patch.parent.filter(|p| *p != location.parent) {
        if let Some(parent) = parent {
            permit::location(tx, frame.actor, parent, Verb::LocationEdit)?;
        }
        store::location::move_below(tx, id, version, parent, frame.act.now)?;
        version += 1;
        let payload = Payload::Moved { from: location.parent.map(|p| p.raw()), to: parent.map(|p| p.raw()) };
        record(tx, frame.act, location.tenant, log::Object::Location(id), "location.moved", &payload)?;
    }
    let (after, fields) = apply(&location, patch);
    if fields.is_empty() {
        return Ok(id);
    }
    check::text("address", &after.address, 1000)?;
    check::zone(after.time_zone.as_deref())?;
    store::location::update(tx, id, version, &after, frame.act.now)?;
    record(tx, frame.act, location.tenant, log::Object::Location(id), "location.changed", &Payload::Fields { fields })?;
    Ok(id)
}

fn apply(location: &Location, patch: &Patch) -> (LocationData, Vec<&'static str>) {
    let mut after = LocationData {
        name: location.name.clone(),
        address: location.address.clone(),
        time_zone: location.time_zone.clone(),
        active: location.active,
    };
    let mut fields = Vec::new();
    let mut set = |name: &'static str, changed: bool| {
        if changed {
            fields.push(name);
        }
    };
    let trimmed = |text: &Option<String>| text.as_deref().map(|t| t.trim().to_owned());
    set("name", put(&mut after.name, trimmed(&patch.name)));
    set("address", put(&mut after.address, trimmed(&patch.address)));
    set("time_zone", put(&mut after.time_zone, patch.time_zone.clone()));
    set("active", put(&mut after.active, patch.active));
    (after, fields)
}
