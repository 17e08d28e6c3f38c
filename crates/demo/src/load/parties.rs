//! Organisations, places, teams and services.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::Actor;
use db::{Db, Tx};
use kernel::{OrganisationId, Result};
use party::store::{location, organisation, service, team};
use party::{LocationData, OrganisationData, OrganisationKind, SHARED, ServiceData, TeamData, TeamRole};

use super::Ground;
use super::ids::Ids;
use crate::model::{OrgKind, PersonRef, Role, What};

/// Records made in one action, so that none of them holds the writer for long.
const CHUNK: usize = 20;

/// Organisations and places.
pub(super) async fn places(db: &Db, ground: &Arc<Ground>) -> Result<Ids> {
    let mut ids = Ids::default();
    let company = &ground.plan.company;
    for first in (0..company.organisations.len()).step_by(CHUNK) {
        let (ground, known) = (Arc::clone(ground), ids.organisations.clone());
        ids.organisations = db.write_bulk("demo.organisations", move |tx| organisations(tx, &ground, known.clone(), first)).await?;
    }
    for first in (0..company.locations.len()).step_by(CHUNK) {
        let (ground, known) = (Arc::clone(ground), ids.clone());
        ids.locations = db.write_bulk("demo.locations", move |tx| locations(tx, &ground, &known, first)).await?;
    }
    Ok(ids)
}

fn organisations(tx: &mut Tx<'_>, ground: &Ground, mut ids: Vec<OrganisationId>, first: usize) -> Result<Vec<OrganisationId>> {
    let plan = &ground.plan;
    for it in plan.company.organisations.iter().skip(first).take(CHUNK) {
        let kind = match it.kind {
            OrgKind::Operator | OrgKind::Department => OrganisationKind::Internal,
            OrgKind::Customer | OrgKind::Tenant => OrganisationKind::Customer,
        };
        let data = OrganisationData::named(it.name.get(plan.names), kind);
        let id = organisation::insert(tx, it.parent.map(|p| ids[p.index()]), &data, ground.founded())?;
        if it.kind != OrgKind::Department {
            organisation::set_domains(tx, id, std::slice::from_ref(&it.domain), ground.founded())?;
        }
        ids.push(id);
    }
    Ok(ids)
}

fn locations(tx: &mut Tx<'_>, ground: &Ground, known: &Ids, first: usize) -> Result<Vec<kernel::LocationId>> {
    let plan = &ground.plan;
    let mut ids = known.locations.clone();
    for it in plan.company.locations.iter().skip(first).take(CHUNK) {
        let tenant = known.organisation(plan.company.organisation(it.organisation).tenant);
        let data = LocationData {
            address: it.address.clone(),
            time_zone: Some(it.time_zone.clone()),
            ..LocationData::named(it.name.get(plan.names))
        };
        ids.push(location::insert(tx, tenant, it.parent.map(|p| ids[p.index()]), &data, ground.founded())?);
    }
    Ok(ids)
}

/// Teams with their members, the service tree, and the roles of everybody.
pub(super) async fn desk(db: &Db, ground: &Arc<Ground>, ids: &mut Ids) -> Result<()> {
    for place in 0..ground.plan.company.teams.len() {
        let (ground, known) = (Arc::clone(ground), ids.clone());
        ids.teams.push(db.write_bulk("demo.team", move |tx| one_team(tx, &ground, &known, place)).await?);
    }
    for first in (0..ground.plan.company.services.len()).step_by(CHUNK) {
        let (ground, known) = (Arc::clone(ground), ids.clone());
        ids.services = db.write_bulk("demo.services", move |tx| services(tx, &ground, &known, first)).await?;
    }
    let grants = Arc::new(grants(ground));
    for first in (0..grants.len()).step_by(CHUNK) {
        let (ground, ids, grants) = (Arc::clone(ground), ids.clone(), Arc::clone(&grants));
        db.write_bulk("demo.roles", move |tx| {
            grants.iter().skip(first).take(CHUNK).try_for_each(|grant| {
                let tenant = grant.tenant.map_or(SHARED, |t| ids.organisation(t));
                access::store::grant::put(tx, &Actor::system(), ids.person(grant.person), grant.role.key(), tenant, ground.founded())
            })
        })
        .await?;
    }
    Ok(())
}

fn one_team(tx: &mut Tx<'_>, ground: &Ground, ids: &Ids, place: usize) -> Result<kernel::TeamId> {
    let it = &ground.plan.company.teams[place];
    let data = TeamData { lead: Some(ids.person(it.lead)), ..TeamData::named(it.name.get(ground.plan.names), i64::from(it.line)) };
    let id = team::insert(tx, SHARED, &it.key, &data, ground.founded())?;
    for member in &it.members {
        let role = if *member == it.lead { TeamRole::Lead } else { TeamRole::Member };
        team::put_member(tx, id, ids.person(*member), role)?;
    }
    Ok(id)
}

fn services(tx: &mut Tx<'_>, ground: &Ground, known: &Ids, first: usize) -> Result<Vec<kernel::ServiceId>> {
    let plan = &ground.plan;
    let mut ids = known.services.clone();
    for it in plan.company.services.iter().skip(first).take(CHUNK) {
        // A ticket begins at the desk; the team of the service is who answers for it in the end.
        let data = ServiceData { owner: Some(known.person(plan.company.team(it.team).lead)), ..ServiceData::live(it.name.get(plan.names)) };
        ids.push(service::insert(tx, SHARED, it.parent.map(|p| ids[p.index()]), &it.key, &data, ground.founded())?);
    }
    Ok(ids)
}

/// A role to give; without a tenant it holds in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Grant {
    person: PersonRef,
    role: Role,
    tenant: Option<crate::model::OrgRef>,
}

/// Everybody has their role at home; who leads has it everywhere; teams that worked for the separate
/// tenant have it there too.
fn grants(ground: &Ground) -> Vec<Grant> {
    let (plan, company) = (&ground.plan, &ground.plan.company);
    let mut list = BTreeSet::new();
    for (place, person) in company.people.iter().enumerate() {
        let everywhere = matches!(person.role, Role::Coordinator | Role::Manager | Role::Cio | Role::Administrator);
        let home = company.organisation(person.organisation).tenant;
        // A plain user is what somebody without any role is.
        if person.role != Role::User {
            list.insert(Grant { person: PersonRef::at(place), role: person.role, tenant: (!everywhere).then_some(home) });
        }
    }
    for case in &plan.cases {
        let tenant = company.organisation(case.organisation).tenant;
        for step in &case.steps {
            let What::Route { team } = step.what else { continue };
            for &person in &company.team(team).members {
                list.insert(Grant { person, role: company.person(person).role, tenant: Some(tenant) });
            }
        }
    }
    list.into_iter().collect()
}
