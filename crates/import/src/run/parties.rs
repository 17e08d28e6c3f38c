//! Makes those whom the file speaks of and the desk does not know.

use std::collections::HashMap;
use std::sync::Arc;

use db::Tx;
use kernel::{LocationId, OrganisationId, PersonId, Result as CoreResult, ServiceId, Time};
use party::store::{address, location, membership, organisation, person, service, team};
use party::{AddressKind, LocationData, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, TeamData};

use super::Run;
use crate::batch::Batch;
use crate::error::Result;
use crate::party::{More, Party, PartyKey, PersonDetails, Sort, key_of};
use crate::store::{directory, party as notes};
use crate::watch::Stage;

/// Parties of one write; each is about ten rows.
const CHUNK: usize = 15;

/// The parties by their keys, and the support lines of the teams.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub ids: HashMap<PartyKey, i64>,
    pub lines: HashMap<i64, i64>,
}

/// What one write made or found: key, id, support line.
type Found = Vec<(PartyKey, i64, Option<i64>)>;

/// Finds or makes all of them; nothing when it was stopped.
pub(super) fn make(run: &Run<'_>, batch: &Batch, wanted: Vec<Arc<Party>>) -> Result<Option<Known>> {
    let parents = parents(run, &wanted);
    let total = (parents.len() + wanted.len()) as u64;
    let mut known = Known::default();
    let mut done = 0;
    // Parents in a write of their own: what is made below them needs their ids.
    for chunk in parents.chunks(CHUNK).chain(wanted.chunks(CHUNK)) {
        run.watch.at(Stage::Parties, done, total);
        if run.watch.stopped() {
            return Ok(None);
        }
        done += chunk.len() as u64;
        let above = |sort| parent_of(run, sort).and_then(|key| known.ids.get(&key).copied());
        let place = Place {
            batch: batch.clone(),
            now: run.shop.clock.now(),
            parents: [Sort::Organisation, Sort::Location, Sort::Service].map(above),
            ids: needed(chunk, &known),
        };
        let chunk: Vec<(Arc<Party>, Option<i64>)> = chunk.iter().map(|party| (Arc::clone(party), there(run, &known, party))).collect();
        let found = run.shop.db.write_bulk_wait("import.parties", move |tx| place.all(tx, &chunk))?;
        for (key, id, line) in found {
            known.lines.extend(line.map(|line| (id, line)));
            known.ids.insert(key, id);
        }
    }
    run.watch.at(Stage::Parties, total, total);
    Ok(Some(known))
}

fn needed(chunk: &[Arc<Party>], known: &Known) -> HashMap<PartyKey, i64> {
    let details = chunk.iter().filter_map(|party| if let More::Person(details) = &party.more { Some(details) } else { None });
    let keys = details.flat_map(|details| details.organisation.iter().chain(&details.location)).map(|party| &party.key);
    keys.filter_map(|key| known.ids.get(key).map(|id| (key.clone(), *id))).collect()
}

fn parent_of(run: &Run<'_>, sort: Sort) -> Option<PartyKey> {
    let rule = match sort {
        Sort::Organisation => &run.mapping.organisations,
        Sort::Location => &run.mapping.locations,
        _ => &run.mapping.services,
    };
    rule.parent.as_ref().map(|name| PartyKey::named(sort, name))
}

/// The id of a party that the desk has, or that this run has made.
fn there(run: &Run<'_>, known: &Known, party: &Party) -> Option<i64> {
    run.ground.directory.id(&party.key).or_else(|| known.ids.get(&party.key).copied())
}

/// The parents that the mapping names, as far as the file speaks of something below them.
fn parents(run: &Run<'_>, wanted: &[Arc<Party>]) -> Vec<Arc<Party>> {
    let rules = [
        (Sort::Organisation, &run.mapping.organisations),
        (Sort::Location, &run.mapping.locations),
        (Sort::Service, &run.mapping.services),
    ];
    let parent = |(sort, rule): (Sort, &crate::mapping::PlaceRule)| {
        let name = rule.parent.clone()?;
        let key = PartyKey::named(sort, &name);
        wanted.iter().find(|party| party.key.sort == sort && party.key != key)?;
        Some(Arc::new(Party { key, name, more: More::Nothing }))
    };
    rules.into_iter().filter_map(parent).collect()
}

/// Where they are made.
struct Place {
    batch: Batch,
    now: Time,
    /// Of organisations, locations and services.
    parents: [Option<i64>; 3],
    /// Made by earlier writes, and needed here.
    ids: HashMap<PartyKey, i64>,
}

impl Place {
    fn all(&self, tx: &mut Tx<'_>, chunk: &[(Arc<Party>, Option<i64>)]) -> CoreResult<Found> {
        let mut found: Found = Vec::with_capacity(chunk.len());
        for (party, there) in chunk {
            let there = match there {
                Some(id) => Some(*id),
                None => directory::by_mail(tx, self.batch.tenant, party)?,
            };
            let id = match there {
                Some(id) => id,
                None => self.one(tx, party, &found)?,
            };
            notes::put(tx, self.batch.id, &party.key, id, there.is_none())?;
            let line = if party.key.sort == Sort::Team { Some(directory::line(tx, id)?) } else { None };
            found.push((party.key.clone(), id, line));
        }
        Ok(found)
    }

    fn one(&self, tx: &mut Tx<'_>, party: &Party, so_far: &Found) -> CoreResult<i64> {
        let (tenant, now, name) = (self.batch.tenant, self.now, party.name.as_str());
        let [organisation, location, service] = self.parents;
        Ok(match (&party.more, party.key.sort) {
            (More::Team { line, note }, _) => {
                let taken = team::by_key(tx, tenant, &key_of(name, false))?.is_some();
                let data = TeamData { note: note.clone(), ..TeamData::named(name, *line) };
                team::insert(tx, tenant, &key_of(name, taken), &data, now)?.raw()
            }
            (More::Person(details), _) => self.person(tx, name, details, so_far)?.raw(),
            (More::Nothing, Sort::Organisation) => {
                let above = organisation.map_or(tenant, OrganisationId::new);
                let kind = organisation::get(tx, above)?.kind;
                let kind = if kind == OrganisationKind::Internal { OrganisationKind::Internal } else { OrganisationKind::Customer };
                organisation::insert(tx, Some(above), &OrganisationData::named(name, kind), now)?.raw()
            }
            (More::Nothing, Sort::Service) => {
                let taken = service::by_key(tx, tenant, &key_of(name, false))?.is_some();
                service::insert(tx, tenant, service.map(ServiceId::new), &key_of(name, taken), &ServiceData::live(name), now)?.raw()
            }
            (More::Nothing, _) => location::insert(tx, tenant, location.map(LocationId::new), &LocationData::named(name), now)?.raw(),
        })
    }

    fn person(&self, tx: &mut Tx<'_>, name: &str, details: &PersonDetails, so_far: &Found) -> CoreResult<PersonId> {
        let id_of = |party: &Option<Arc<Party>>| {
            let key = party.as_ref().map(|party| &party.key)?;
            self.ids.get(key).copied().or_else(|| so_far.iter().find(|(found, ..)| found == key).map(|(_, id, _)| *id))
        };
        let data =
            PersonData { title: details.title.clone(), location: id_of(&details.location).map(LocationId::new), ..PersonData::named(name) };
        let id = person::insert(tx, self.batch.tenant, &data, self.now)?;
        if let Some(email) = &details.email {
            address::put(tx, id, &NewAddress::main(AddressKind::Email, email), self.now)?;
        }
        if let Some(phone) = &details.phone {
            address::put(tx, id, &NewAddress::main(AddressKind::Phone, phone), self.now)?;
        }
        if let Some(organisation) = id_of(&details.organisation) {
            let since = details.since.unwrap_or(self.now);
            membership::put(tx, id, &NewMembership::main(OrganisationId::new(organisation), since), self.now)?;
        }
        Ok(id)
    }
}
