//! A random world, the same in every run: two tenants with trees of organisations, persons, teams,
//! services and tickets, in the database and as facts.

use access::{OrganisationFacts, PersonFacts, Place, ServiceFacts, TicketFacts};
use db::{Db, Tx, params, sql};
use kernel::{Entropy, OrganisationId, PersonId, Result, SeededEntropy, ServiceId, TeamId, Time};
use party::store::{location, membership, organisation, person, service, team};
use party::{
    LocationData, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, ServiceData, TeamData, TeamRole, TenantId, tree,
};

pub const NOW: Time = Time(1_767_225_600_000_000);

#[derive(Debug, Clone)]
pub struct World {
    pub tenants: Vec<TenantId>,
    pub organisations: Vec<Place>,
    pub persons: Vec<PersonFacts>,
    pub teams: Vec<(TenantId, TeamId)>,
    pub services: Vec<(i64, ServiceFacts)>,
    pub locations: Vec<(i64, TenantId)>,
    pub tickets: Vec<(i64, TicketFacts)>,
}

impl World {
    pub fn organisation_facts(&self) -> impl Iterator<Item = OrganisationFacts> + '_ {
        self.organisations.iter().map(|place| OrganisationFacts { tenant: tenant_of(place), place: place.clone() })
    }
}

fn tenant_of(place: &Place) -> TenantId {
    TenantId::new(tree::ids(&place.path).next().unwrap())
}

struct Dice(SeededEntropy);

impl Dice {
    fn below(&self, n: usize) -> usize {
        let mut bytes = [0u8; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes) as usize % n
    }
    fn one<T: Clone>(&self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
    /// None half of the time.
    fn maybe<T: Clone>(&self, of: &[T]) -> Option<T> {
        (self.below(2) == 0).then(|| self.one(of))
    }
}

pub fn build(db: &Db) -> World {
    db.write_wait("world", |tx| fill(tx, &Dice(SeededEntropy::new(7)))).unwrap()
}

fn fill(tx: &mut Tx<'_>, dice: &Dice) -> Result<World> {
    let mut w = World {
        tenants: vec![],
        organisations: vec![],
        persons: vec![],
        teams: vec![],
        services: vec![],
        locations: vec![],
        tickets: vec![],
    };
    for _ in 0..3 {
        let root = organisation::insert(tx, None, &OrganisationData::named("Root", OrganisationKind::Customer), NOW)?;
        w.tenants.push(root);
        let mut ids = vec![root];
        for _ in 0..4 {
            let parent = dice.one(&ids);
            ids.push(organisation::insert(tx, Some(parent), &OrganisationData::named("Part", OrganisationKind::Customer), NOW)?);
        }
        for id in ids {
            w.organisations.push(Place { id, path: organisation::get(tx, id)?.path });
        }
    }
    for tenant in w.tenants.clone().into_iter().chain([SHARED]) {
        for number in 0..2 {
            w.teams.push((tenant, team::insert(tx, tenant, &format!("team-{number}"), &TeamData::named("Team", 1), NOW)?));
        }
        let id = location::insert(tx, tenant, None, &LocationData::named("Place"), NOW)?;
        w.locations.push((id.raw(), tenant));
    }
    for number in 0..15 {
        person_of(tx, dice, &mut w, number)?;
    }
    for number in 0..10 {
        service_of(tx, dice, &mut w, number)?;
    }
    for id in 1..=60 {
        ticket_of(tx, dice, &mut w, id)?;
    }
    Ok(w)
}

fn person_of(tx: &mut Tx<'_>, dice: &Dice, w: &mut World, number: usize) -> Result<()> {
    let tenant = w.tenants[number % w.tenants.len()];
    let id = person::insert(tx, tenant, &PersonData::named("Somebody"), NOW)?;
    let homes: Vec<Place> = w.organisations.iter().filter(|o| tenant_of(o) == tenant).cloned().collect();
    let mut facts = PersonFacts { id, tenant, organisations: vec![], teams: vec![] };
    // A membership that is over, or has not begun, counts for nothing.
    let (past, present, coming) = (dice.one(&homes), dice.one(&homes), dice.one(&homes));
    membership::put(tx, id, &NewMembership { to_at: NOW, main: false, ..NewMembership::main(past.id, Time(0)) }, NOW)?;
    membership::put(tx, id, &NewMembership { main: false, ..NewMembership::main(coming.id, NOW.plus(1)) }, NOW)?;
    if dice.below(4) > 0 {
        membership::put(tx, id, &NewMembership::main(present.id, Time(1)), NOW)?;
        facts.organisations.push(present);
    }
    for (_, team) in w.teams.clone() {
        if dice.below(5) == 0 {
            team::put_member(tx, team, id, TeamRole::Member)?;
            facts.teams.push(team);
        }
    }
    w.persons.push(facts);
    Ok(())
}

fn service_of(tx: &mut Tx<'_>, dice: &Dice, w: &mut World, number: usize) -> Result<()> {
    let tenant = w.tenants.iter().copied().chain([SHARED]).nth(number % (w.tenants.len() + 1)).unwrap();
    let persons: Vec<PersonId> = w.persons.iter().map(|p| p.id).collect();
    let teams: Vec<TeamId> = w.teams.iter().map(|t| t.1).collect();
    let facts = ServiceFacts { tenant, owner: dice.maybe(&persons), team: dice.maybe(&teams) };
    let data = ServiceData { owner: facts.owner, team: facts.team, ..ServiceData::live("Service") };
    let id: ServiceId = service::insert(tx, tenant, None, &format!("s{number}"), &data, NOW)?;
    w.services.push((id.raw(), facts));
    Ok(())
}

fn ticket_of(tx: &mut Tx<'_>, dice: &Dice, w: &mut World, id: i64) -> Result<()> {
    let persons: Vec<PersonId> = w.persons.iter().map(|p| p.id).collect();
    let teams: Vec<TeamId> = w.teams.iter().map(|t| t.1).collect();
    let facts = TicketFacts {
        organisation: dice.maybe(&w.organisations),
        team: dice.maybe(&teams),
        owner_team: dice.maybe(&teams),
        requester: dice.maybe(&persons),
        beneficiary: dice.maybe(&persons),
        assignee: dice.maybe(&persons),
        created_by: dice.maybe(&persons),
        persons: dice.maybe(&persons).into_iter().collect(),
        about: dice.maybe(&persons).into_iter().filter(|_| id % 3 == 0).collect(),
        confidential: dice.below(3) == 0,
        trashed: dice.below(5) == 0,
        teams: dice.maybe(&teams).into_iter().collect(),
        ..TicketFacts::of(dice.one(&w.tenants))
    };
    let organisation: Option<OrganisationId> = facts.organisation.as_ref().map(|o| o.id);
    tx.exec(
        sql!(
            "INSERT INTO ticket (id, tenant_id, requester_id, beneficiary_id, organisation_id, team_id, owner_team_id, assignee_id, created_by, confidential, trashed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        &params![
            id, facts.tenant, facts.requester, facts.beneficiary, organisation, facts.team, facts.owner_team, facts.assignee,
            facts.created_by.map_or(0, PersonId::raw), facts.confidential, facts.trashed
        ],
    )?;
    for person in &facts.persons {
        tx.exec(sql!("INSERT INTO ticket_person (ticket_id, person_id, role) VALUES ($1, $2, 'watcher')"), &params![id, *person])?;
    }
    for person in &facts.about {
        tx.exec(sql!("INSERT INTO ticket_person (ticket_id, person_id, role) VALUES ($1, $2, 'about')"), &params![id, *person])?;
    }
    for team in &facts.teams {
        tx.exec(sql!("INSERT INTO ticket_team (ticket_id, team_id, role) VALUES ($1, $2, 'watcher')"), &params![id, *team])?;
    }
    w.tickets.push((id, facts));
    Ok(())
}
