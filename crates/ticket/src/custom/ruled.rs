//! The rules of fields where a ticket is registered, changed or asked for.

use std::collections::BTreeSet;

use access::Object as Hides;
use db::Rd;
use kernel::{Error, ErrorKind, FieldError, OrganisationId, PersonId, Result, ServiceId, Time};
use settings::field::{self, Audience, FieldDef, Object, On, RuleDef, Value, Values};

use super::{Custom, For, Inputs};
use crate::record::Set;
use crate::rules::field::{Facts, Ruled, Rules, rule};
use crate::{Catalogue, Frame, Ticket};

/// Who and what a ticket is for, as the rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct About {
    pub service: Option<ServiceId>,
    pub requester: Option<PersonId>,
    pub organisation: Option<OrganisationId>,
}

/// The facts that conditions of these rules look at.
///
/// # Errors
/// The database refuses.
pub(super) fn facts(
    rd: &mut Rd<'_>,
    rules: &Rules<'_>,
    (tenant, now): (OrganisationId, Time),
    kind: &str,
    state: &str,
    about: About,
) -> Result<Facts> {
    let asks = |on: On| rules.iter().any(|rule| rule.when.iter().any(|condition| condition.on == on));
    let organisations = match about.organisation.filter(|_| asks(On::Organisation)) {
        Some(id) => party::tree::ids(&party::store::organisation::get(rd, id)?.path).collect(),
        None => Vec::new(),
    };
    let mut roles = Vec::new();
    if let Some(requester) = about.requester.filter(|_| asks(On::Role)) {
        // Whoever holds none at home has the one for everybody there.
        let grants = access::load_actor(rd, requester, now).map(|actor| actor.grants);
        let grants = grants.or_else(|error| if error.kind() == ErrorKind::Unauthenticated { Ok(Vec::new()) } else { Err(error) })?;
        roles.extend(grants.into_iter().filter(|g| g.tenant == party::SHARED || g.tenant == tenant).map(|g| g.key));
    }
    let service = about.service.map(ServiceId::raw);
    Ok(Facts { kind: kind.to_owned(), service, state: state.to_owned(), enters: None, leaves: None, organisations, roles })
}

/// The rules that may say something of a ticket of a tenant and a kind.
pub(super) fn rules_of<'c>(catalogue: &'c Catalogue, tenant: OrganisationId, kind: &str) -> Rules<'c> {
    let mut rules = catalogue.rules().of_tenant(tenant.raw());
    let facts = Facts { kind: kind.to_owned(), ..Facts::default() };
    let of_kind = |rule: &&RuleDef| {
        let mut kinds = rule.when.iter().filter(|condition| condition.on == On::Kind);
        kinds.all(|condition| crate::rules::field::holds(condition, &|_| None, &facts, &Values::new()))
    };
    // A rule of another kind never holds; but one that shows a field hides it there.
    rules.retain(|rule| of_kind(rule) || rule.then.iter().any(|effect| effect.does == field::Does::Show));
    Rules { rules, guards: Vec::new() }
}

/// The same with the sections of the form that is filled to register one.
pub(super) fn rules_of_form<'c>(catalogue: &'c Catalogue, tenant: OrganisationId, kind: &str, service: Option<ServiceId>) -> Rules<'c> {
    let form = catalogue.forms().find(tenant.raw(), kind, service.map(ServiceId::raw));
    Rules { guards: form.map(|(_, guards)| guards.iter().collect()).unwrap_or_default(), ..rules_of(catalogue, tenant, kind) }
}

/// The fields that a ticket has by its kind and service.
pub(super) fn known<'c>(
    catalogue: &'c Catalogue,
    tenant: OrganisationId,
    kind: &str,
    service: Option<i64>,
) -> impl Fn(&str) -> Option<&'c FieldDef> {
    move |key| catalogue.fields().get(Object::Ticket, tenant.raw(), key).filter(|def| def.is_of(kind, service))
}

/// Whether the actor fills a field on such a ticket.
fn fills(frame: Frame<'_>, tenant: OrganisationId, staff: bool, def: &FieldDef) -> bool {
    let hidden = frame.actor.hidden_in(Hides::Ticket, tenant);
    (staff || def.audience == Audience::Fills) && !hidden.contains(def.property().as_str())
}

fn wrong(frame: Frame<'_>, code: &'static str, def: &FieldDef, rule: &RuleDef) -> FieldError {
    let lang = frame.actor.lang;
    FieldError::new(def.property(), code).arg("name", def.names.get(lang)).arg("rule", rule.names.get(lang))
}

/// What somebody gave against the rules: a value for a field that is not there, or one that is not allowed.
fn against(frame: Frame<'_>, ruled: &Ruled<'_>, given: &[Custom], field: &dyn Fn(&str) -> Option<FieldDef>) -> Vec<FieldError> {
    let mut found = Vec::new();
    for custom in given.iter().filter(|custom| custom.to.is_some() && custom.to != custom.from) {
        let Some(def) = field(&custom.key) else { continue };
        if let Some(rule) = ruled.hidden.get(custom.key.as_str()) {
            found.push(wrong(frame, "error-rule-hidden", &def, rule));
        }
        let Some((allowed, rule)) = ruled.limited.get(custom.key.as_str()) else { continue };
        let keys = |value: &Option<Value>| match value {
            Some(Value::Keys(keys)) => keys.clone(),
            _ => Vec::new(),
        };
        let before = keys(&custom.from);
        if keys(&custom.to).iter().any(|key| !allowed.contains(key) && !before.contains(key)) {
            found.push(wrong(frame, "error-rule-limited", &def, rule));
        }
    }
    found
}

/// A value that a rule fills in.
fn preset(field: &dyn Fn(&str) -> Option<FieldDef>, key: &str, value: Value) -> Option<Custom> {
    let def = field(key)?;
    Some(Custom { key: key.to_owned(), property: def.property(), ty: def.ty, from: None, to: Some(value) })
}

/// Binds a new ticket by the rules: what they fill is added. Answers the fields that are not there and what
/// must be filled and is not.
///
/// # Errors
/// Invalid, with each value that the rules do not allow.
pub(crate) fn registered(
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    catalogue: &Catalogue,
    (place, state, about): (For<'_>, &str, About),
    inputs: &Inputs,
    given: &mut Vec<Custom>,
) -> Result<(BTreeSet<String>, Vec<FieldError>)> {
    let rules = rules_of_form(catalogue, place.tenant, place.kind, place.service);
    if rules.is_empty() {
        return Ok((BTreeSet::new(), Vec::new()));
    }
    let facts = facts(rd, &rules, (place.tenant, frame.act.now), place.kind, state, about)?;
    let field = known(catalogue, place.tenant, place.kind, facts.service);
    let owned = |key: &str| field(key).cloned();
    let values: Values = given.iter().filter_map(|custom| Some((custom.key.clone(), custom.to.clone()?))).collect();
    let ruled = rule(&rules, &field, &facts, &values, &|_, key| !inputs.contains_key(key));
    Error::of_fields(against(frame, &ruled, given, &owned))?;
    given.extend(ruled.presets.iter().filter_map(|(key, (value, _))| preset(&owned, key, value.clone())));
    let has = |key: &str| given.iter().any(|custom| custom.key == key && custom.to.is_some());
    let missing = ruled.required.iter().filter(|(key, _)| !has(key)).filter_map(|(key, rule)| Some((field(key)?, *rule)));
    let missing = missing.filter(|(def, _)| fills(frame, place.tenant, place.staff, def));
    let missing = missing.map(|(def, rule)| wrong(frame, "error-rule-required", def, rule)).collect();
    Ok((ruled.hidden.keys().map(|key| (*key).to_owned()).collect(), missing))
}

/// Binds a change by the rules: what they fill from now on is added to it.
///
/// # Errors
/// Invalid, with each value that the rules do not allow, and each field that must be filled from now on and
/// is not.
pub(crate) fn changed(rd: &mut Rd<'_>, frame: Frame<'_>, catalogue: &Catalogue, before: &Ticket, sets: &mut Vec<Set>) -> Result<()> {
    let rules = rules_of(catalogue, before.tenant, &before.kind);
    let looks = |set: &Set| matches!(set, Set::Custom(_) | Set::Service(_) | Set::Requester(_) | Set::Organisation(_) | Set::State(..));
    if rules.is_empty() || !sets.iter().any(|set| looks(set) && set.differs(before)) {
        return Ok(());
    }
    let was = About { service: before.service, requester: before.requester, organisation: before.organisation };
    let (mut is, mut state) = (was, before.state.as_str());
    for set in sets.iter() {
        match set {
            Set::Service(to) => is.service = *to,
            Set::Requester(to) => is.requester = *to,
            Set::Organisation(to) => is.organisation = *to,
            Set::State(to, _) => state = to,
            _ => {}
        }
    }
    let earlier = facts(rd, &rules, (before.tenant, frame.act.now), &before.kind, &before.state, was)?;
    let mut now = facts(rd, &rules, (before.tenant, frame.act.now), &before.kind, state, is)?;
    if state != before.state {
        now.enters = Some(state.to_owned());
        now.leaves = Some(before.state.clone());
    }
    let stored = settings::values::of(rd, Object::Ticket, before.id.raw())?;
    let mut values = stored.clone();
    let given: Vec<Custom> =
        sets.iter().filter_map(|set| if let Set::Custom(custom) = set { Some(custom.clone()) } else { None }).collect();
    for custom in &given {
        values.remove(&custom.key);
        values.extend(custom.to.clone().map(|value| (custom.key.clone(), value)));
    }
    let field = known(catalogue, before.tenant, &before.kind, now.service);
    let owned = |key: &str| field(key).cloned();
    let first = rule(&rules, &field, &earlier, &stored, &|_, _| false);
    let began = |rule: &RuleDef| !first.applying.iter().any(|known| known.key == rule.key);
    let named = |key: &str| given.iter().any(|custom| custom.key == key);
    // A rule that begins to hold fills what nobody wrote; one that held before has had its turn.
    let ruled = rule(&rules, &field, &now, &values, &|rule, key| began(rule) && !named(key));
    let mut refused = against(frame, &ruled, &given, &owned);
    // Nobody stands behind a machine who could be asked.
    if !frame.actor.is_machine() {
        let staff = crate::permit::is_staff_on(rd, frame, before)?;
        let has = |key: &str| values.contains_key(key) || ruled.presets.contains_key(key);
        let due =
            |key: &str, rule: &RuleDef| began(rule) || named(key) || rule.when.iter().any(|c| matches!(c.on, On::Enters | On::Leaves));
        for (key, rule) in ruled.required.iter().filter(|(key, rule)| !has(key) && due(key, rule)) {
            if let Some(def) = field(key).filter(|def| fills(frame, before.tenant, staff, def)) {
                refused.push(wrong(frame, "error-rule-required", def, rule));
            }
        }
    }
    Error::of_fields(refused)?;
    sets.extend(ruled.presets.iter().filter_map(|(key, (value, _))| preset(&owned, key, value.clone())).map(Set::Custom));
    Ok(())
}

/// The fields of a ticket that are not there by the rules, with what is about to change.
///
/// # Errors
/// The database refuses.
pub(crate) fn hidden(
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    catalogue: &Catalogue,
    before: &Ticket,
    changed: &[&Custom],
) -> Result<BTreeSet<String>> {
    let rules = rules_of(catalogue, before.tenant, &before.kind);
    if !rules.iter().any(|rule| rule.then.iter().any(|effect| effect.does == field::Does::Show)) {
        return Ok(BTreeSet::new());
    }
    let about = About { service: before.service, requester: before.requester, organisation: before.organisation };
    let facts = facts(rd, &rules, (before.tenant, frame.act.now), &before.kind, &before.state, about)?;
    let mut values = settings::values::of(rd, Object::Ticket, before.id.raw())?;
    for custom in changed {
        values.remove(&custom.key);
        values.extend(custom.to.clone().map(|value| (custom.key.clone(), value)));
    }
    let ruled = rule(&rules, &known(catalogue, before.tenant, &before.kind, facts.service), &facts, &values, &|_, _| false);
    Ok(ruled.hidden.into_keys().map(str::to_owned).collect())
}
