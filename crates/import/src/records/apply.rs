//! Makes records, changes fields of them, and brings fields back.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{Id, Lang, OrganisationId, Result, Time};
use party::store::{address, location, membership, organisation, person, service, team};
use party::{LocationData, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, ServiceState, TeamData};
use ticket::fields::impact_of;

use super::current::{ADDRESSES, Values, home};
use super::fields::Field;
use super::understand::Worth;
use crate::party::{PartyKey, Sort, key_of};

/// What fields shall hold; nothing: they shall be empty.
pub type Target = BTreeMap<Field, Option<Worth>>;

/// Where records are made.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub tenant: OrganisationId,
    pub now: Time,
}

fn text(worth: &Option<Worth>) -> String {
    worth.as_ref().map(Worth::shown).unwrap_or_default()
}
fn refers<K>(worth: &Option<Worth>) -> Option<Id<K>> {
    if let Some(Worth::Ref(Some(id), _)) = worth { Some(Id::new(*id)) } else { None }
}
fn flag(worth: &Option<Worth>, unsaid: bool) -> bool {
    if let Some(Worth::Flag(flag)) = worth { *flag } else { unsaid }
}
fn lang(worth: &Option<Worth>) -> Option<Lang> {
    let tag = text(worth);
    Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
}
fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Makes a record with what a row says of it.
pub fn make(tx: &mut Tx<'_>, place: Place, key: &PartyKey, name: &str, said: &Values) -> Result<i64> {
    let (tenant, now) = (place.tenant, place.now);
    let parent = said.get(&Field::Parent).cloned();
    let id = match key.sort {
        Sort::Person => person::insert(tx, tenant, &PersonData::named(name), now)?.raw(),
        Sort::Organisation => {
            let above = refers(&parent).unwrap_or(tenant);
            let kind = organisation::get(tx, above)?.kind;
            organisation::insert(tx, Some(above), &OrganisationData::named(name, kind), now)?.raw()
        }
        Sort::Location => location::insert(tx, tenant, refers(&parent), &LocationData::named(name), now)?.raw(),
        Sort::Service => {
            let key = free_key(tx, place, key, name)?;
            service::insert(tx, tenant, refers(&parent), &key, &ServiceData::live(name), now)?.raw()
        }
        Sort::Team => {
            let key = free_key(tx, place, key, name)?;
            team::insert(tx, tenant, &key, &TeamData::named(name, 1), now)?.raw()
        }
    };
    let rest: Target =
        said.iter().filter(|(field, _)| **field != Field::Parent).map(|(field, worth)| (*field, Some(worth.clone()))).collect();
    set(tx, place, key.sort, id, &rest)?;
    Ok(id)
}

/// A key for a team or a service, as near to its key in the file as the desk has it free.
fn free_key(tx: &mut Tx<'_>, place: Place, key: &PartyKey, name: &str) -> Result<String> {
    let wanted = key_of(if key.key.is_empty() { name } else { &key.key }, false);
    let taken = match key.sort {
        Sort::Team => team::by_key(tx, place.tenant, &wanted)?.is_some(),
        _ => service::by_key(tx, place.tenant, &wanted)?.is_some(),
    };
    Ok(if taken { key_of(&key.key, true) } else { wanted })
}

/// Sets fields; what a person had as an address or membership before stays beside.
pub fn set(tx: &mut Tx<'_>, place: Place, sort: Sort, id: i64, target: &Target) -> Result<()> {
    match sort {
        Sort::Person => of_person(tx, place, id, target),
        Sort::Organisation => of_organisation(tx, place, id, target),
        Sort::Location => of_location(tx, place, id, target),
        Sort::Service => of_service(tx, place, id, target),
        Sort::Team => of_team(tx, place, id, target),
    }
}

fn of_person(tx: &mut Tx<'_>, place: Place, id: i64, target: &Target) -> Result<()> {
    let (id, now) = (Id::new(id), place.now);
    let is = person::get(tx, id)?;
    let mut data = PersonData::from(&is);
    for (field, worth) in target {
        match field {
            Field::Name => data.name = text(worth),
            Field::Title => data.title = text(worth),
            Field::Lang => data.lang = lang(worth),
            Field::TimeZone => data.time_zone = some(text(worth)),
            Field::Location => data.location = refers(worth),
            Field::Vip => data.vip = flag(worth, false),
            Field::Note => data.note = text(worth),
            _ => {}
        }
    }
    if data != PersonData::from(&is) {
        person::update(tx, id, is.version, &data, now)?;
    }
    if let Some(worth) = target.get(&Field::Active)
        && flag(worth, true) != is.active
    {
        let version = person::get(tx, id)?.version;
        person::set_active(tx, id, version, flag(worth, true), now)?;
    }
    for (field, kind) in ADDRESSES {
        let Some(worth) = target.get(&field) else { continue };
        if let Some(value) = some(text(worth)) {
            address::put(tx, id, &NewAddress::main(kind, value), now)?;
        }
    }
    if let Some(worth) = target.get(&Field::Organisation) {
        let home = home(&membership::of_person(tx, id)?, now);
        let wanted: Option<OrganisationId> = refers(worth);
        if home != wanted {
            if let Some(home) = home {
                membership::end(tx, id, home, now, now)?;
            }
            if let Some(wanted) = wanted {
                membership::put(tx, id, &NewMembership::main(wanted, now), now)?;
            }
        }
    }
    Ok(())
}

fn of_organisation(tx: &mut Tx<'_>, place: Place, id: i64, target: &Target) -> Result<()> {
    let id = Id::new(id);
    let is = organisation::get(tx, id)?;
    let mut data = OrganisationData::from(&is);
    for (field, worth) in target {
        match field {
            Field::Name => data.name = text(worth),
            Field::Kind => data.kind = OrganisationKind::from_key(&text(worth)).unwrap_or(is.kind),
            Field::Lang => data.lang = lang(worth),
            Field::TimeZone => data.time_zone = some(text(worth)),
            Field::Note => data.note = text(worth),
            Field::Active => data.active = flag(worth, true),
            _ => {}
        }
    }
    if data != OrganisationData::from(&is) {
        organisation::update(tx, id, is.version, &data, place.now)?;
    }
    if let Some(worth) = target.get(&Field::Domains) {
        let domains = if let Some(Worth::Many(all)) = worth { all.clone() } else { Vec::new() };
        organisation::set_domains(tx, id, &domains, place.now)?;
    }
    Ok(())
}

fn of_location(tx: &mut Tx<'_>, place: Place, id: i64, target: &Target) -> Result<()> {
    let id = Id::new(id);
    let is = location::get(tx, id)?;
    let before = LocationData { name: is.name, address: is.address, time_zone: is.time_zone, active: is.active };
    let mut data = before.clone();
    for (field, worth) in target {
        match field {
            Field::Name => data.name = text(worth),
            Field::Address => data.address = text(worth),
            Field::TimeZone => data.time_zone = some(text(worth)),
            Field::Active => data.active = flag(worth, true),
            _ => {}
        }
    }
    if data == before { Ok(()) } else { location::update(tx, id, is.version, &data, place.now) }
}

fn of_service(tx: &mut Tx<'_>, place: Place, id: i64, target: &Target) -> Result<()> {
    let id = Id::new(id);
    let is = service::get(tx, id)?;
    let before = ServiceData {
        name: is.name,
        state: is.state,
        owner: is.owner,
        team: is.team,
        impact: is.impact,
        description: is.description,
        active: is.active,
    };
    let mut data = before.clone();
    for (field, worth) in target {
        match field {
            Field::Name => data.name = text(worth),
            Field::State => data.state = ServiceState::from_key(&text(worth)).unwrap_or(is.state),
            Field::Owner => data.owner = refers(worth),
            Field::Team => data.team = refers(worth),
            Field::Impact => data.impact = impact_of(&text(worth)),
            Field::Description => data.description = text(worth),
            Field::Active => data.active = flag(worth, true),
            _ => {}
        }
    }
    if data == before { Ok(()) } else { service::update(tx, id, is.version, &data, place.now) }
}

fn of_team(tx: &mut Tx<'_>, place: Place, id: i64, target: &Target) -> Result<()> {
    let id = Id::new(id);
    let is = team::get(tx, id)?;
    let before = TeamData { name: is.name, line: is.line, lead: is.lead, note: is.note, active: is.active };
    let mut data = before.clone();
    for (field, worth) in target {
        match field {
            Field::Name => data.name = text(worth),
            Field::Line => data.line = if let Some(Worth::Number(line)) = worth { *line } else { 1 },
            Field::Lead => data.lead = refers(worth),
            Field::Note => data.note = text(worth),
            Field::Active => data.active = flag(worth, true),
            _ => {}
        }
    }
    if data == before { Ok(()) } else { team::update(tx, id, is.version, &data, place.now) }
}
