//! Making and changing a form, and looking at what it asks.

use access::Verb;
use db::{Rd, Tx};
use kernel::{Error, FieldError, OrganisationId, Result, ServiceId};
use settings::Setting;
use settings::field::{FORM, FormDef, Object, check_form};
use ticket::custom::{self, About, Ask, Form, Inputs};
use ticket::{Catalogue, Frame};

use super::rule::unknown;

/// A form as stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub tenant: OrganisationId,
    pub version: i64,
    pub def: FormDef,
    pub row: Setting,
}

/// All forms that the actor may see, in their order.
///
/// # Errors
/// The database refuses.
pub fn all(rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Vec<Stored>> {
    let mut found = Vec::new();
    for row in settings::list(rd, FORM)? {
        let tenant = OrganisationId::new(row.tenant);
        if frame.actor.may(Verb::SettingsSee, tenant) || row.tenant == 0 {
            let def: FormDef = serde_json::from_str(&row.data).map_err(Error::internal)?;
            found.push(Stored { tenant, version: row.version, def, row });
        }
    }
    found.sort_by(|a, b| (a.def.place, &a.def.key).cmp(&(b.def.place, &b.def.key)));
    Ok(found)
}

/// A form that the actor may see.
///
/// # Errors
/// Not found.
pub fn get(rd: &mut Rd<'_>, frame: Frame<'_>, key: &str) -> Result<Stored> {
    all(rd, frame)?.into_iter().find(|stored| stored.def.key == key).ok_or_else(Error::not_found)
}

/// Writes a form: a new one with `expected` 0, else a change of that version; without it over the newest.
/// Answers the version.
///
/// # Errors
/// Forbidden; invalid with everything that is wrong; conflict when somebody else changed it meanwhile.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, tenant: OrganisationId, def: &FormDef, expected: Option<i64>) -> Result<i64> {
    let known = settings::list(tx, FORM)?.into_iter().find(|row| row.key == def.key);
    let tenant = known.as_ref().map_or(tenant, |row| OrganisationId::new(row.tenant));
    frame.actor.require(Verb::SettingsEdit, tenant)?;
    if known.is_some() && expected == Some(0) {
        return Err(Error::invalid("key", "error-key-taken"));
    }
    let catalogue = frame.desk.catalogue(tx)?;
    Error::of_fields(check(tx, frame, &catalogue, tenant, def)?)?;
    let base = expected.or(known.as_ref().map(|row| row.version)).unwrap_or(0);
    settings::put(tx, frame.act, tenant.raw(), FORM, &def.key, base, def)
}

/// Everything that is wrong with a form for a tenant: its parts, and what they name.
fn check(rd: &mut Rd<'_>, frame: Frame<'_>, catalogue: &Catalogue, tenant: OrganisationId, def: &FormDef) -> Result<Vec<FieldError>> {
    let mut wrong = check_form(def, &|key| catalogue.fields().get(Object::Ticket, tenant.raw(), key).cloned());
    if catalogue.kind(tenant, &def.kind).is_none() {
        wrong.push(FieldError::new("kind", "error-field-kind").arg("kind", &def.kind));
    }
    let services = frame.actor.services(Verb::ServiceSee);
    for service in &def.services {
        if services.get(rd, ServiceId::new(*service)).is_err() {
            wrong.push(FieldError::new("services", "error-choice"));
        }
    }
    for section in &def.sections {
        wrong.extend(unknown(rd, frame, catalogue, tenant, "sections", &section.when)?);
    }
    Ok(wrong)
}

/// Puts an earlier version back as a new one.
///
/// # Errors
/// As [`save`]; not found when there is no such version.
pub fn revert(tx: &mut Tx<'_>, frame: Frame<'_>, key: &str, version: i64) -> Result<i64> {
    let stored = get(tx, frame, key)?;
    let history = settings::history(tx, stored.row.id)?;
    let before = history.into_iter().find(|change| change.version == version).ok_or_else(Error::not_found)?;
    let def: FormDef = serde_json::from_str(&before.data).map_err(Error::internal)?;
    save(tx, frame, stored.tenant, &def, Some(stored.version))
}

/// What a form would ask, before it is saved: of an agent, or of a requester.
///
/// # Errors
/// Invalid, with everything that is wrong with it.
pub fn preview(rd: &mut Rd<'_>, frame: Frame<'_>, draft: &FormDef, staff: bool) -> Result<Form> {
    let (tenant, catalogue) = (frame.actor.tenant, frame.desk.catalogue(rd)?);
    Error::of_fields(check(rd, frame, &catalogue, tenant, draft)?)?;
    let shown = catalogue.showing(tenant.raw(), FormDef { active: true, ..draft.clone() });
    let about = About { service: draft.services.first().copied().map(ServiceId::new), requester: None, organisation: Some(tenant) };
    custom::form(rd, frame, &shown, Ask { tenant, kind: &draft.kind, about, staff, step: None, mark: "" }, &Inputs::new())
}

/// What somebody is asked who registers a ticket of a kind, with what they gave so far.
///
/// # Errors
/// Forbidden when they may not register; not found when there is no such kind.
pub fn asked(rd: &mut Rd<'_>, frame: Frame<'_>, kind: &str, about: About, values: &Inputs) -> Result<Form> {
    let (tenant, actor) = (frame.actor.tenant, frame.actor);
    if !actor.may(Verb::TicketCreate, tenant) {
        return Err(Error::forbidden().arg("verb", Verb::TicketCreate));
    }
    let catalogue = frame.desk.catalogue(rd)?;
    catalogue.kind(tenant, kind).ok_or_else(Error::not_found)?;
    let choice = |field: &'static str| move |_| Error::invalid(field, "error-choice");
    let service = match about.service {
        Some(id) => Some(actor.services(Verb::ServiceSee).get(rd, id).map_err(choice("service"))?.id),
        None => None,
    };
    let requester = match about.requester.filter(|id| Some(*id) != actor.person) {
        Some(id) => Some(actor.persons(Verb::TicketCreate).get(rd, id).map_err(choice("requester"))?.id),
        None => actor.person.filter(|_| !actor.is_staff() || about.requester.is_some()),
    };
    let organisation = match requester {
        Some(person) => party::store::person::main_organisation(rd, person, frame.act.now)?.or(Some(tenant)),
        None => None,
    };
    let ask = Ask { tenant, kind, about: About { service, requester, organisation }, staff: actor.is_staff(), step: None, mark: "" };
    custom::form(rd, frame, &catalogue, ask, values)
}
