//! What an administrator reads, with the names that go with it. Rights are asked here.

use access::store::seeing;
use access::{Actor, Verb};
use db::Rd;
use kernel::{Error, OrganisationId, Page, PageRequest, PersonId, Result, SettingId};
use party::{Names, SHARED, Tenants, Wanted};
use serde_json::Value;

use crate::diff::{Change, between};
use crate::store::{self, Filter, Line, Object};

/// The tenants whose log somebody reads; what the operator shares only with a grant for all.
///
/// # Errors
/// Forbidden when there is none.
pub fn tenants(actor: &Actor, verb: Verb) -> Result<Tenants> {
    let tenants = actor.tenants(verb);
    if tenants.is_empty() { Err(Error::forbidden()) } else { Ok(tenants) }
}

/// A page of the log.
///
/// # Errors
/// Forbidden without `audit.see` anywhere; the database refuses.
pub fn log(rd: &mut Rd<'_>, actor: &Actor, filter: &Filter, request: &PageRequest) -> Result<(Page<Line>, Names)> {
    let mut page = store::page(rd, &tenants(actor, Verb::AuditSee)?, filter, request)?;
    tell_reasons(rd, &mut page.rows)?;
    let mut wanted = Wanted::default();
    for line in &page.rows {
        if line.actor_kind == "person" {
            wanted.person(PersonId::new(line.actor));
        }
        match line.object.as_str() {
            "person" => wanted.person(PersonId::new(line.object_id)),
            "organisation" => wanted.organisation(OrganisationId::new(line.object_id)),
            "team" => wanted.team(kernel::TeamId::new(line.object_id)),
            "service" => wanted.service(kernel::ServiceId::new(line.object_id)),
            "location" => wanted.location(kernel::LocationId::new(line.object_id)),
            _ => &mut wanted,
        };
    }
    Ok((page, wanted.load(rd)?))
}

/// Why somebody looked as another person does stands beside the event, where it can be erased.
fn tell_reasons(rd: &mut Rd<'_>, lines: &mut [Line]) -> Result<()> {
    for line in lines.iter_mut().filter(|line| line.kind == "account.seeing_began") {
        let mut payload: Value = serde_json::from_str(&line.payload).unwrap_or_default();
        let id = payload["seeing"].as_i64().unwrap_or_default();
        if let Some(reason) = seeing::reasons(rd, &[id])?.remove(&id) {
            payload["reason"] = reason.into();
            line.payload = payload.to_string();
        }
    }
    Ok(())
}

/// A page of the configuration objects.
///
/// # Errors
/// Forbidden without `settings.see` anywhere; the database refuses.
pub fn objects(rd: &mut Rd<'_>, actor: &Actor, request: &PageRequest) -> Result<(Page<Object>, Names)> {
    let page = store::objects(rd, &tenants(actor, Verb::SettingsSee)?, request)?;
    let mut wanted = Wanted::default();
    for object in &page.rows {
        wanted.person(person(object.by)).organisation(Some(OrganisationId::new(object.tenant)).filter(|tenant| *tenant != SHARED));
    }
    Ok((page, wanted.load(rd)?))
}

/// A version with what it changed against the one before.
pub struct Version {
    pub change: settings::Change,
    pub changes: Vec<Change>,
}

/// A configuration object with its versions, newest first.
///
/// # Errors
/// Not found when it is not of a tenant whose settings the actor sees.
pub fn history(rd: &mut Rd<'_>, actor: &Actor, id: SettingId) -> Result<(Object, Vec<Version>, Names)> {
    let object = seen(rd, actor, id)?;
    let versions = settings::history(rd, id)?;
    let value = |change: &settings::Change| serde_json::from_str(&change.data).unwrap_or(Value::Null);
    let mut wanted = Wanted::default();
    wanted.organisation(Some(OrganisationId::new(object.tenant)).filter(|tenant| *tenant != SHARED));
    for version in &versions {
        wanted.person(person(version.created_by));
    }
    let names = wanted.load(rd)?;
    let changes: Vec<Vec<Change>> = (0..versions.len())
        .map(|place| versions.get(place + 1).map(|before| between(&value(before), &value(&versions[place]))).unwrap_or_default())
        .collect();
    let versions = versions.into_iter().zip(changes).map(|(change, changes)| Version { change, changes }).collect();
    Ok((object, versions, names))
}

/// A configuration object that the actor sees.
///
/// # Errors
/// Not found when it is not of a tenant whose settings the actor sees.
pub fn seen(rd: &mut Rd<'_>, actor: &Actor, id: SettingId) -> Result<Object> {
    let tenants = tenants(actor, Verb::SettingsSee)?;
    let object = store::object(rd, id)?;
    if tenants.contains(OrganisationId::new(object.tenant)) { Ok(object) } else { Err(Error::not_found()) }
}

/// The person behind an author; none for the product.
pub fn person(by: i64) -> Option<PersonId> {
    Some(PersonId::new(by)).filter(|_| by != 0)
}
