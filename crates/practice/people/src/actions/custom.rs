//! The custom fields of people, organisations and services: who may know them, and changing them.

use std::collections::BTreeMap;

use access::{Actor, Object, Verb};
use db::{Rd, Tx};
use jiff::tz::TimeZone;
use kernel::{Error, FieldError, OrganisationId, PersonId, Result, ServiceId};
use party::TenantId;
use settings::field::{self, FieldDef, FieldSet, FieldType, Input, Object as Owned, Value};

use crate::log::{self, Payload, record};
use crate::{Frame, permit};

/// The record that has fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Person(PersonId),
    Organisation(OrganisationId),
    Service(ServiceId),
}

impl Owner {
    const fn owned(self) -> Owned {
        match self {
            Owner::Person(_) => Owned::Person,
            Owner::Organisation(_) => Owned::Organisation,
            Owner::Service(_) => Owned::Service,
        }
    }
    const fn hides(self) -> Object {
        match self {
            Owner::Person(_) => Object::Person,
            Owner::Organisation(_) => Object::Organisation,
            Owner::Service(_) => Object::Service,
        }
    }
    const fn id(self) -> i64 {
        match self {
            Owner::Person(id) => id.raw(),
            Owner::Organisation(id) => id.raw(),
            Owner::Service(id) => id.raw(),
        }
    }
    const fn logged(self) -> (log::Object, &'static str) {
        match self {
            Owner::Person(id) => (log::Object::Person(id), "person.changed"),
            Owner::Organisation(id) => (log::Object::Organisation(id), "organisation.changed"),
            Owner::Service(id) => (log::Object::Service(id), "service.changed"),
        }
    }

    /// The record as the actor may see it, or with `edit` change it: itself, its tenant, and its name.
    ///
    /// # Errors
    /// Not found, forbidden.
    pub fn found(self, rd: &mut Rd<'_>, actor: &Actor, edit: bool) -> Result<(Self, TenantId, String)> {
        let verb = |see, change| if edit { change } else { see };
        Ok(match self {
            Owner::Person(id) => {
                let person = permit::person(rd, actor, id, verb(Verb::PersonSee, Verb::PersonEdit))?;
                (Owner::Person(person.id), person.tenant, person.name)
            }
            Owner::Organisation(id) => {
                let found = permit::organisation(rd, actor, id, verb(Verb::OrganisationSee, Verb::OrganisationEdit))?;
                (self, found.tenant, found.name)
            }
            Owner::Service(id) => {
                let found = permit::service(rd, actor, id, verb(Verb::ServiceSee, Verb::ServiceEdit))?;
                (self, found.tenant, found.name)
            }
        })
    }
}

/// A field with its value and, of a person, their name.
#[derive(Debug, Clone)]
pub struct Shown {
    pub def: FieldDef,
    pub value: Option<Value>,
    pub name: String,
}

/// The fields of a record as the actor may know them. They are the desk's own: who asks only has none.
///
/// # Errors
/// Not found when the record may not be seen.
pub fn shown(rd: &mut Rd<'_>, actor: &Actor, owner: Owner) -> Result<Vec<Shown>> {
    let (owner, tenant, _) = owner.found(rd, actor, false)?;
    if !actor.is_staff() {
        return Ok(Vec::new());
    }
    let set = FieldSet::load(rd)?;
    let mut values = settings::values::of(rd, owner.owned(), owner.id())?;
    let hidden = actor.hidden_in(owner.hides(), tenant);
    let mut shown = Vec::new();
    for def in set.of_object(owner.owned(), tenant.raw()).filter(|def| !hidden.contains(def.property().as_str())) {
        let value = values.remove(&def.key);
        let person = value.as_ref().and_then(Value::int).filter(|_| def.ty == FieldType::Person);
        let name = person.map(|id| party::store::person::get(rd, PersonId::new(id)).map(|p| p.name)).transpose()?.unwrap_or_default();
        shown.push(Shown { def: def.clone(), value, name });
    }
    Ok(shown)
}

/// What stood in the controls of a form, by key.
pub type Was = BTreeMap<String, String>;

/// A value as its control holds it.
fn now(def: &FieldDef, value: Option<&Value>, zone: &TimeZone) -> String {
    let nothing = || if def.ty == FieldType::Checkbox { "0".to_owned() } else { String::new() };
    value.map_or_else(nothing, |value| web_kit::field::raw(def, value, zone))
}

/// Changes fields. With `was` only where that is what is still there.
///
/// # Errors
/// Not found, forbidden; invalid with every field that is wrong; conflict when somebody else changed one.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, owner: Owner, inputs: &BTreeMap<String, Input>, was: Option<&Was>) -> Result<()> {
    let (owner, tenant, _) = owner.found(tx, frame.actor, true)?;
    let set = FieldSet::load(tx)?;
    let before = settings::values::of(tx, owner.owned(), owner.id())?;
    let zone = TimeZone::get(&frame.actor.time_zone).unwrap_or(TimeZone::UTC);
    let hidden = frame.actor.hidden_in(owner.hides(), tenant);
    let (mut changed, mut wrong) = (Vec::new(), Vec::new());
    for (key, input) in inputs {
        let property = field::property(key);
        let known = set.get(owner.owned(), tenant.raw(), key).filter(|_| !hidden.contains(property.as_str()));
        let Some(def) = known else {
            wrong.push(FieldError::new(property, "error-unknown-field"));
            continue;
        };
        match field::read(def, input, &zone, before.get(key)) {
            Err(error) => wrong.push(error),
            Ok(to) if to.as_ref() == before.get(key) => {}
            Ok(Some(Value::Int(id)))
                if def.ty == FieldType::Person && permit::person(tx, frame.actor, PersonId::new(id), Verb::PersonSee).is_err() =>
            {
                wrong.push(FieldError::new(property, "error-choice"));
            }
            Ok(_) if was.is_some_and(|was| was.get(key).map_or("", String::as_str) != now(def, before.get(key), &zone)) => {
                return Err(Error::conflict("error-stale"));
            }
            Ok(to) => changed.push((key, to)),
        }
    }
    Error::of_fields(wrong)?;
    if changed.is_empty() {
        return Ok(());
    }
    for (key, to) in &changed {
        settings::values::put(tx, tenant.raw(), owner.owned(), owner.id(), key, to.as_ref())?;
    }
    let fields = changed.iter().map(|(key, _)| field::property(key)).collect();
    let (object, kind) = owner.logged();
    record(tx, frame.act, tenant, object, kind, &Payload::Custom { fields })
}
