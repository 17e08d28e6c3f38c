//! The custom fields of a ticket: what somebody wishes for them, checked, and what a reader may know of
//! them. Every door passes here.

mod form;
mod ruled;

pub use form::{Ask, Asking, Form, form};
pub use ruled::About;
pub(crate) use ruled::{changed, registered};

use std::collections::{BTreeMap, BTreeSet};

use access::Object as Hides;
use db::Rd;
use jiff::tz::TimeZone;
use kernel::{AttachmentId, Error, FieldError, OrganisationId, PersonId, Result, ServiceId, TicketId};
use settings::field::{self, Audience, FieldDef, FieldType, Input, Object, Value, Values};

use crate::record::Set;
use crate::rules::tenant::belongs;
use crate::serve::{Seen, hidden};
use crate::store::attachment;
use crate::{Catalogue, Frame, Ticket, permit};

/// Values by key of the field, as a door was given them.
pub type Inputs = BTreeMap<String, Input>;

/// A custom field that gets another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custom {
    pub key: String,
    /// The name among the properties.
    pub property: String,
    pub ty: FieldType,
    pub from: Option<Value>,
    pub to: Option<Value>,
}

/// The ticket that values are for: as it will be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct For<'a> {
    pub tenant: OrganisationId,
    pub kind: &'a str,
    pub service: Option<ServiceId>,
    /// None while it is registered.
    pub ticket: Option<TicketId>,
    /// Works for the desk on it.
    pub staff: bool,
}

/// Understands what somebody wishes, each value looked up under their rights.
///
/// # Errors
/// Invalid, with every field that is wrong: it does not exist for this ticket or this person, or the
/// value is none of its type.
pub(crate) fn wanted(
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    catalogue: &Catalogue,
    place: For<'_>,
    inputs: &Inputs,
    before: &Values,
) -> Result<Vec<Custom>> {
    if inputs.is_empty() {
        return Ok(Vec::new());
    }
    let zone = TimeZone::get(&frame.actor.time_zone).unwrap_or(TimeZone::UTC);
    let hidden = frame.actor.hidden_in(Hides::Ticket, place.tenant);
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (key, input) in inputs {
        let property = field::property(key);
        let def = catalogue.fields().get(Object::Ticket, place.tenant.raw(), key);
        let known = def.filter(|d| (place.staff || d.audience == Audience::Fills) && !hidden.contains(property.as_str()));
        let Some(def) = known else {
            wrong.push(FieldError::new(property, "error-unknown-field"));
            continue;
        };
        let from = before.get(key);
        match field::read(def, input, &zone, from) {
            Err(error) => wrong.push(error),
            // A value of another kind or service may only go.
            Ok(Some(_)) if !def.is_of(place.kind, place.service.map(ServiceId::raw)) => {
                wrong.push(FieldError::new(property, "error-field-elsewhere"));
            }
            Ok(None) if def.required && place.staff && place.ticket.is_some() && from.is_some() => {
                wrong.push(FieldError::new(property, "error-required"));
            }
            Ok(to) => found.push(Custom { key: key.clone(), property, ty: def.ty, from: from.cloned(), to }),
        }
    }
    for custom in &found {
        if custom.to != custom.from
            && let Err(error) = exists(rd, frame, place, custom)
        {
            let named = error.fields().iter().map(|f| FieldError { field: custom.property.clone().into(), ..f.clone() });
            match error.kind() {
                kernel::ErrorKind::NotFound => wrong.push(FieldError::new(custom.property.clone(), "error-choice")),
                kernel::ErrorKind::Invalid => wrong.extend(named),
                _ => return Err(error),
            }
        }
    }
    Error::of_fields(wrong)?;
    Ok(found)
}

/// Whether the person or the file that a value names is there for who names it.
fn exists(rd: &mut Rd<'_>, frame: Frame<'_>, place: For<'_>, custom: &Custom) -> Result<()> {
    let Some(id) = custom.to.as_ref().and_then(Value::int) else { return Ok(()) };
    match custom.ty {
        FieldType::Person => belongs("person", place.tenant, permit::person(rd, frame, PersonId::new(id))?.tenant),
        FieldType::File => {
            let file = attachment::get(rd, AttachmentId::new(id))?;
            let here = file.is_some_and(|file| Some(file.ticket) == place.ticket);
            let upload = match (here, place.ticket, frame.actor.person) {
                (false, None, Some(person)) => attachment::upload(rd, AttachmentId::new(id), person)?.is_some(),
                _ => false,
            };
            if here || upload { Ok(()) } else { Err(Error::not_found()) }
        }
        _ => Ok(()),
    }
}

/// A field of a ticket with its value.
#[derive(Debug, Clone)]
pub struct Shown {
    pub def: FieldDef,
    pub value: Option<Value>,
}

/// Whether a reader may know a field of a ticket.
fn knows(seen: &Seen, hides: &std::collections::BTreeSet<&str>, def: &FieldDef) -> bool {
    (seen.inner || def.audience != Audience::Desk) && !hides.contains(def.property().as_str())
}

/// The custom fields of a ticket as the reader may know them: those of its kind and service that no rule
/// hides, and those that have a value.
///
/// # Errors
/// The database refuses.
pub fn shown(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen) -> Result<Vec<Shown>> {
    let catalogue = frame.desk.catalogue(rd)?;
    let t = &seen.ticket;
    if catalogue.fields().is_empty(Object::Ticket) {
        return Ok(Vec::new());
    }
    let mut values = settings::values::of(rd, Object::Ticket, t.id.raw())?;
    let hides = hidden(frame.actor, t);
    let ruled = ruled::hidden(rd, frame, &catalogue, t, &[])?;
    let mut shown = Vec::new();
    for def in catalogue.fields().of_object(Object::Ticket, t.tenant.raw()).filter(|def| knows(seen, &hides, def)) {
        let value = values.remove(&def.key);
        if value.is_some() || (def.is_of(&t.kind, t.service.map(ServiceId::raw)) && !ruled.contains(&def.key)) {
            shown.push(Shown { def: def.clone(), value });
        }
    }
    Ok(shown)
}

/// The values of several tickets, those that the reader may know.
///
/// # Errors
/// The database refuses.
pub fn of_many(rd: &mut Rd<'_>, frame: Frame<'_>, tickets: &[(&Ticket, bool)]) -> Result<BTreeMap<TicketId, Vec<Shown>>> {
    let catalogue = frame.desk.catalogue(rd)?;
    if catalogue.fields().is_empty(Object::Ticket) {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<i64> = tickets.iter().map(|(t, _)| t.id.raw()).collect();
    let mut found = settings::values::of_many(rd, Object::Ticket, &ids)?;
    let mut all = BTreeMap::new();
    for (ticket, inner) in tickets {
        let seen = Seen { ticket: (*ticket).clone(), inner: *inner, requester: false };
        let hides = hidden(frame.actor, ticket);
        let mut values = found.remove(&ticket.id.raw()).unwrap_or_default();
        let fields = catalogue.fields().of_object(Object::Ticket, ticket.tenant.raw()).filter(|def| knows(&seen, &hides, def));
        let shown = fields.filter_map(|def| Some(Shown { value: Some(values.remove(&def.key)?), def: def.clone() }));
        all.insert(ticket.id, shown.collect());
    }
    Ok(all)
}

/// The fields that somebody may fill who registers a ticket of a kind and service.
pub fn to_fill<'c>(
    catalogue: &'c Catalogue,
    actor: &access::Actor,
    tenant: OrganisationId,
    kind: &str,
    service: Option<ServiceId>,
    staff: bool,
) -> Vec<&'c FieldDef> {
    let hidden = actor.hidden_in(Hides::Ticket, tenant);
    let mine = |def: &&FieldDef| (staff || def.audience == Audience::Fills) && !hidden.contains(def.property().as_str());
    let of = |def: &&FieldDef| def.is_of(kind, service.map(ServiceId::raw));
    catalogue.fields().of_object(Object::Ticket, tenant.raw()).filter(mine).filter(of).collect()
}

/// What somebody who registers a ticket must fill and did not: by the fields, and `missing` by the rules. A
/// field that a rule hides is not asked for.
///
/// # Errors
/// Invalid, with each field that is missing.
pub(crate) fn complete(
    frame: Frame<'_>,
    catalogue: &Catalogue,
    place: For<'_>,
    given: &[Custom],
    (hidden, mut missing): (BTreeSet<String>, Vec<FieldError>),
) -> Result<()> {
    let fields = to_fill(catalogue, frame.actor, place.tenant, place.kind, place.service, place.staff);
    let empty = |def: &&&FieldDef| !given.iter().any(|custom| custom.key == def.key && custom.to.is_some());
    let plain = fields.iter().filter(|def| def.required && !hidden.contains(&def.key)).filter(empty);
    missing.retain(|error| !fields.iter().any(|def| def.required && def.property() == error.field));
    missing.extend(plain.map(|def| FieldError::new(def.property(), "error-required")));
    Error::of_fields(missing)
}

/// What must have a value before a ticket goes from one state to another, and has none.
///
/// # Errors
/// Invalid, with each field that is missing.
pub(crate) fn step(
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    catalogue: &Catalogue,
    before: &Ticket,
    needed: &[&String],
    changed: &[&Custom],
) -> Result<()> {
    if needed.is_empty() {
        return Ok(());
    }
    let values = settings::values::of(rd, Object::Ticket, before.id.raw())?;
    let hidden = ruled::hidden(rd, frame, catalogue, before, changed)?;
    let mut missing = Vec::new();
    for key in needed.iter().filter(|key| !hidden.contains(key.as_str())) {
        let Some(def) = catalogue.fields().get(Object::Ticket, before.tenant.raw(), key) else { continue };
        let given = changed.iter().find(|custom| custom.key == def.key).map(|custom| custom.to.is_some());
        let has = given.unwrap_or_else(|| values.contains_key(&def.key));
        if !has && def.is_of(&before.kind, before.service.map(ServiceId::raw)) {
            let name = def.names.get(frame.actor.lang);
            missing.push(FieldError::new(def.property(), "error-field-needed").arg("name", name));
        }
    }
    Error::of_fields(missing)
}

/// Whether a ticket will still lack a field that must be filled.
///
/// # Errors
/// The database refuses.
pub(crate) fn lacks(rd: &mut Rd<'_>, frame: Frame<'_>, catalogue: &Catalogue, before: &Ticket, sets: &[Set]) -> Result<bool> {
    let of = |def: &&FieldDef| def.required && def.is_of(&before.kind, before.service.map(ServiceId::raw));
    let required: Vec<&FieldDef> = catalogue.fields().of_object(Object::Ticket, before.tenant.raw()).filter(of).collect();
    if required.is_empty() {
        return Ok(false);
    }
    let values = settings::values::of(rd, Object::Ticket, before.id.raw())?;
    let changed: Vec<&Custom> = sets.iter().filter_map(|set| if let Set::Custom(custom) = set { Some(custom) } else { None }).collect();
    let hidden = ruled::hidden(rd, frame, catalogue, before, &changed)?;
    let given = |key: &str| changed.iter().find(|custom| custom.key == key).map(|custom| custom.to.is_some());
    let asked = required.iter().filter(|def| !hidden.contains(&def.key));
    Ok(asked.into_iter().any(|def| !given(&def.key).unwrap_or_else(|| values.contains_key(&def.key))))
}
