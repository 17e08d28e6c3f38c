//! Making and changing a custom field.

use access::Verb;
use db::{Rd, Tx};
use kernel::{Error, FieldError, OrganisationId, Result, ServiceId};
use settings::field::{FIELD, FieldDef, FieldType, Object, check};
use settings::{Setting, values};
use ticket::Frame;

/// A definition as stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub tenant: OrganisationId,
    pub version: i64,
    pub def: FieldDef,
    pub row: Setting,
}

/// All definitions that the actor may see, in the order of their objects, places and keys.
///
/// # Errors
/// The database refuses.
pub fn all(rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Vec<Stored>> {
    let mut found = Vec::new();
    for row in settings::list(rd, FIELD)? {
        let tenant = OrganisationId::new(row.tenant);
        if frame.actor.may(Verb::SettingsSee, tenant) || row.tenant == 0 {
            let def: FieldDef = serde_json::from_str(&row.data).map_err(Error::internal)?;
            found.push(Stored { tenant, version: row.version, def, row });
        }
    }
    found.sort_by(|a, b| (a.def.object, a.def.place, &a.def.key).cmp(&(b.def.object, b.def.place, &b.def.key)));
    Ok(found)
}

/// A definition that the actor may see.
///
/// # Errors
/// Not found.
pub fn get(rd: &mut Rd<'_>, frame: Frame<'_>, object: &str, key: &str) -> Result<Stored> {
    let object = Object::from_key(object).ok_or_else(Error::not_found)?;
    all(rd, frame)?.into_iter().find(|s| s.def.object == object && s.def.key == key).ok_or_else(Error::not_found)
}

/// Writes a definition: a new one with `expected` 0, else a change of that version; without it over the
/// newest. Answers the version.
///
/// # Errors
/// Forbidden; invalid with everything that is wrong; conflict when somebody else changed it meanwhile.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, tenant: OrganisationId, def: &FieldDef, expected: Option<i64>) -> Result<i64> {
    let known = settings::list(tx, FIELD)?.into_iter().find(|row| row.key == def.setting_key());
    let tenant = known.as_ref().map_or(tenant, |row| OrganisationId::new(row.tenant));
    frame.actor.require(Verb::SettingsEdit, tenant)?;
    let mut wrong = check(def);
    wrong.extend(places(tx, frame, tenant, def)?);
    if let Some(row) = &known {
        if expected == Some(0) {
            return Err(Error::invalid("key", "error-key-taken"));
        }
        let before: FieldDef = serde_json::from_str(&row.data).map_err(Error::internal)?;
        if (before.ty, before.decimals, &before.currency) != (def.ty, def.decimals, &def.currency) {
            wrong.push(FieldError::new("type", "error-field-type"));
        }
        wrong.extend(lost(tx, &before, def)?);
    }
    Error::of_fields(wrong)?;
    let base = expected.or(known.as_ref().map(|row| row.version)).unwrap_or(0);
    settings::put(tx, frame.act, tenant.raw(), FIELD, &def.setting_key(), base, def)
}

/// Kinds and services must be there; only tickets have them, and files.
fn places(rd: &mut Rd<'_>, frame: Frame<'_>, tenant: OrganisationId, def: &FieldDef) -> Result<Vec<FieldError>> {
    let mut wrong = Vec::new();
    let elsewhere = !def.kinds.is_empty() || !def.services.is_empty() || def.ty == FieldType::File;
    if def.object != Object::Ticket && elsewhere {
        wrong.push(FieldError::new("type", "error-field-object"));
    }
    let catalogue = frame.desk.catalogue(rd)?;
    for kind in &def.kinds {
        if catalogue.kind(tenant, kind).is_none() {
            wrong.push(FieldError::new("kinds", "error-field-kind").arg("kind", kind));
        }
    }
    let seen = frame.actor.services(Verb::ServiceSee);
    for service in &def.services {
        if seen.get(rd, ServiceId::new(*service)).is_err() {
            wrong.push(FieldError::new("services", "error-choice"));
        }
    }
    Ok(wrong)
}

/// Values that would no longer be in the list although records have them.
fn lost(rd: &mut Rd<'_>, before: &FieldDef, after: &FieldDef) -> Result<Vec<FieldError>> {
    let mut wrong = Vec::new();
    for item in before.items.iter().filter(|item| after.item(&item.key).is_none()) {
        let count = values::holding(rd, before.object, &before.key, &item.key)?;
        if count > 0 {
            wrong.push(FieldError::new("items", "error-field-item-used").arg("key", &item.key).arg("count", count));
        }
    }
    Ok(wrong)
}

/// Puts an earlier version back as a new one.
///
/// # Errors
/// As [`save`]; not found when there is no such version.
pub fn revert(tx: &mut Tx<'_>, frame: Frame<'_>, object: &str, key: &str, version: i64) -> Result<i64> {
    let stored = get(tx, frame, object, key)?;
    let history = settings::history(tx, stored.row.id)?;
    let before = history.into_iter().find(|change| change.version == version).ok_or_else(Error::not_found)?;
    let def: FieldDef = serde_json::from_str(&before.data).map_err(Error::internal)?;
    save(tx, frame, stored.tenant, &def, Some(stored.version))
}
