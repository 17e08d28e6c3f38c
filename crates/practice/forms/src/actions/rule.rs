//! Making, changing and trying a rule of fields.

use access::Verb;
use db::{Rd, Tx};
use kernel::{Error, FieldError, OrganisationId, Result};
use settings::Setting;
use settings::field::{Condition, Object, On, RULE, RuleDef, check_rule, circle};
use ticket::custom::{self, About, Ask, Form, Inputs};
use ticket::{Catalogue, Frame};

/// A rule as stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub tenant: OrganisationId,
    pub version: i64,
    pub def: RuleDef,
    pub row: Setting,
}

/// All rules that the actor may see, in their order.
///
/// # Errors
/// The database refuses.
pub fn all(rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Vec<Stored>> {
    let mut found = Vec::new();
    for row in settings::list(rd, RULE)? {
        let tenant = OrganisationId::new(row.tenant);
        if frame.actor.may(Verb::SettingsSee, tenant) || row.tenant == 0 {
            let def: RuleDef = serde_json::from_str(&row.data).map_err(Error::internal)?;
            found.push(Stored { tenant, version: row.version, def, row });
        }
    }
    found.sort_by(|a, b| (a.def.place, &a.def.key).cmp(&(b.def.place, &b.def.key)));
    Ok(found)
}

/// A rule that the actor may see.
///
/// # Errors
/// Not found.
pub fn get(rd: &mut Rd<'_>, frame: Frame<'_>, key: &str) -> Result<Stored> {
    all(rd, frame)?.into_iter().find(|stored| stored.def.key == key).ok_or_else(Error::not_found)
}

/// Writes a rule: a new one with `expected` 0, else a change of that version; without it over the newest.
/// Answers the version.
///
/// # Errors
/// Forbidden; invalid with everything that is wrong; conflict when somebody else changed it meanwhile.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, tenant: OrganisationId, def: &RuleDef, expected: Option<i64>) -> Result<i64> {
    let known = settings::list(tx, RULE)?.into_iter().find(|row| row.key == def.key);
    let tenant = known.as_ref().map_or(tenant, |row| OrganisationId::new(row.tenant));
    frame.actor.require(Verb::SettingsEdit, tenant)?;
    if known.is_some() && expected == Some(0) {
        return Err(Error::invalid("key", "error-key-taken"));
    }
    let catalogue = frame.desk.catalogue(tx)?;
    let mut wrong = check(tx, frame, &catalogue, tenant, def)?;
    if wrong.is_empty() && def.active {
        let trying = catalogue.trying(tenant.raw(), def.clone());
        if let Some(field) = circle(&trying.rules().of_tenant(tenant.raw())) {
            wrong.push(FieldError::new("then", "error-rule-circle").arg("field", field));
        }
    }
    Error::of_fields(wrong)?;
    let base = expected.or(known.as_ref().map(|row| row.version)).unwrap_or(0);
    settings::put(tx, frame.act, tenant.raw(), RULE, &def.key, base, def)
}

/// Everything that is wrong with a rule for a tenant: its parts, and what they name.
fn check(rd: &mut Rd<'_>, frame: Frame<'_>, catalogue: &Catalogue, tenant: OrganisationId, def: &RuleDef) -> Result<Vec<FieldError>> {
    let mut wrong = check_rule(def, &|key| catalogue.fields().get(Object::Ticket, tenant.raw(), key).cloned());
    wrong.extend(unknown(rd, frame, catalogue, tenant, "when", &def.when)?);
    Ok(wrong)
}

/// Values of conditions that name nothing of the tenant.
///
/// # Errors
/// The database refuses.
pub(super) fn unknown(
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    catalogue: &Catalogue,
    tenant: OrganisationId,
    at: &'static str,
    when: &[Condition],
) -> Result<Vec<FieldError>> {
    let mut wrong = Vec::new();
    let states: Vec<&str> = catalogue.kinds(tenant).into_iter().flat_map(|kind| &kind.states).map(|state| state.key.as_str()).collect();
    let roles = access::store::role::list(rd, tenant)?;
    for condition in when {
        for value in &condition.values {
            let id = value.parse::<i64>().ok();
            let known = match condition.on {
                On::Kind => catalogue.kind(tenant, value).is_some(),
                On::State | On::Enters | On::Leaves => states.contains(&value.as_str()),
                On::Role => roles.iter().any(|role| role.key == *value),
                On::Service => id.is_some_and(|id| frame.actor.services(Verb::ServiceSee).get(rd, kernel::ServiceId::new(id)).is_ok()),
                On::Organisation => {
                    id.is_some_and(|id| frame.actor.organisations(Verb::OrganisationSee).get(rd, OrganisationId::new(id)).is_ok())
                }
                On::Field => true,
            };
            if !known {
                wrong.push(FieldError::new(at, "error-rule-unknown").arg("value", value));
            }
        }
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
    let def: RuleDef = serde_json::from_str(&before.data).map_err(Error::internal)?;
    save(tx, frame, stored.tenant, &def, Some(stored.version))
}

/// What a trial is of.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    pub kind: String,
    pub service: Option<i64>,
    pub requester: Option<i64>,
    pub organisation: Option<i64>,
    /// A step from a state to a state; both or neither.
    pub from: String,
    pub to: String,
    pub values: Inputs,
    /// As whoever asks fills the form, not as the desk does.
    pub as_requester: bool,
}

/// What the rules of the actor's tenant would say: with this rule as it is here, if one is given.
///
/// # Errors
/// Forbidden; invalid, with everything that is wrong with the rule; not found.
pub fn try_out(rd: &mut Rd<'_>, frame: Frame<'_>, draft: Option<RuleDef>, trial: &Trial) -> Result<Form> {
    let tenant = frame.actor.tenant;
    let mut catalogue = (*frame.desk.catalogue(rd)?).clone();
    if let Some(draft) = draft {
        Error::of_fields(check(rd, frame, &catalogue, tenant, &draft)?)?;
        catalogue = catalogue.trying(tenant.raw(), RuleDef { active: true, ..draft });
    }
    if catalogue.kind(tenant, &trial.kind).is_none() {
        return Err(Error::invalid("kind", "error-kind-unknown").field_arg("kind", &trial.kind));
    }
    let choice = |field: &'static str| move |_| Error::invalid(field, "error-choice");
    let requester = match trial.requester {
        Some(id) => Some(frame.actor.persons(Verb::PersonSee).get(rd, kernel::PersonId::new(id)).map_err(choice("requester"))?.id),
        None => None,
    };
    let organisation = match (trial.organisation, requester) {
        (Some(id), _) => {
            let seen = frame.actor.organisations(Verb::OrganisationSee).get(rd, OrganisationId::new(id));
            Some(seen.map_err(choice("organisation"))?.id)
        }
        (None, Some(person)) => party::store::person::main_organisation(rd, person, frame.act.now)?,
        (None, None) => None,
    };
    let step = (!trial.from.is_empty() && !trial.to.is_empty()).then_some((trial.from.as_str(), trial.to.as_str()));
    let about = About { service: trial.service.map(kernel::ServiceId::new), requester, organisation };
    let ask = Ask { tenant, kind: &trial.kind, about, staff: !trial.as_requester, step, mark: "" };
    custom::form(rd, frame, &catalogue, ask, &trial.values)
}
