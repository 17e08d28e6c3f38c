//! Changing what is known of a person, and shutting them out or letting them in again.

use access::store::grant::require_not_above;
use access::{Actor, Object, Verb};
use db::{Rd, Tx};
use kernel::{Lang, LocationId, PersonId, Result};
use party::{Person, PersonData, TenantId, store};

use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// What to change; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub name: Option<String>,
    pub title: Option<String>,
    pub lang: Option<Option<Lang>>,
    pub time_zone: Option<Option<String>>,
    pub location: Option<Option<LocationId>>,
    pub vip: Option<bool>,
    pub note: Option<String>,
    /// An inactive person cannot sign in or be chosen.
    pub active: Option<bool>,
}

/// Changes a person from the version that was read; none: from the newest.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Stale`; a field is wrong; nobody would remain to administer the desk.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, base: Option<i64>, patch: &Patch) -> Result<PersonId> {
    let person = permit::person(tx, frame.actor, id, Verb::PersonSee)?;
    let mut version = check::base(base, person.version)?;
    if let Some(active) = patch.active.filter(|active| *active != person.active) {
        set_active(tx, frame, &person, active)?;
        version += 1;
    }
    let before = PersonData::from(&person);
    let (after, fields) = apply(&before, patch);
    if fields.is_empty() {
        return Ok(person.id);
    }
    permit::person(tx, frame.actor, person.id, Verb::PersonEdit)?;
    for field in &fields {
        permit::shown(frame.actor, Object::Person, person.tenant, field)?;
    }
    check_data(tx, frame.actor, person.tenant, &after, fields.contains(&"location"))?;
    store::person::update(tx, person.id, version, &after, frame.act.now)?;
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.changed", &Payload::Fields { fields })?;
    Ok(person.id)
}

fn set_active(tx: &mut Tx<'_>, frame: Frame<'_>, person: &Person, active: bool) -> Result<()> {
    permit::person(tx, frame.actor, person.id, Verb::PersonDisable)?;
    require_not_above(tx, frame.actor, person.id)?;
    let administrators = permit::administrators(tx)?;
    store::person::set_active(tx, person.id, person.version, active, frame.act.now)?;
    permit::administrators_remain(tx, administrators)?;
    let kind = if active { "person.enabled" } else { "person.disabled" };
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), kind, &Payload::Nothing {})
}

fn apply(before: &PersonData, patch: &Patch) -> (PersonData, Vec<&'static str>) {
    let mut after = before.clone();
    let mut fields = Vec::new();
    let mut set = |name: &'static str, changed: bool| {
        if changed {
            fields.push(name);
        }
    };
    let trimmed = |text: &Option<String>| text.as_deref().map(|t| t.trim().to_owned());
    set("name", put(&mut after.name, trimmed(&patch.name)));
    set("title", put(&mut after.title, trimmed(&patch.title)));
    set("lang", put(&mut after.lang, patch.lang));
    set("time_zone", put(&mut after.time_zone, patch.time_zone.clone()));
    set("location", put(&mut after.location, patch.location));
    set("vip", put(&mut after.vip, patch.vip));
    set("note", put(&mut after.note, trimmed(&patch.note)));
    (after, fields)
}

/// Sets a given value; whether it is another one.
pub(crate) fn put<T: PartialEq>(place: &mut T, given: Option<T>) -> bool {
    match given {
        Some(value) if value != *place => {
            *place = value;
            true
        }
        _ => false,
    }
}

/// What the columns cannot check. A location is looked up only when it is newly named: one that the
/// actor may not see can stay.
pub(super) fn check_data(rd: &mut Rd<'_>, actor: &Actor, tenant: TenantId, data: &PersonData, located: bool) -> Result<()> {
    check::text("title", &data.title, 200)?;
    check::text("note", &data.note, 10_000)?;
    check::zone(data.time_zone.as_deref())?;
    if let Some(location) = data.location.filter(|_| located) {
        let location = permit::location(rd, actor, location, Verb::LocationSee)?;
        permit::same_tenant("location", location.tenant, tenant)?;
    }
    Ok(())
}
