//! What the actor may do here: each look-up of something that the actor names goes through a scope,
//! so that what may not be seen does not exist (404), and what is seen yet not granted is refused
//! (403).

use access::{Actor, Object, OrganisationFacts, Place, ServiceFacts, Verb};
use db::Rd;
use kernel::{Error, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId};
use party::{Location, Organisation, Person, SHARED, Service, Team, TenantId};

fn refused(verb: Verb) -> Error {
    Error::forbidden().arg("verb", verb)
}

fn granted(holds: bool, verb: Verb) -> Result<()> {
    if holds { Ok(()) } else { Err(refused(verb)) }
}

/// A person that the actor sees and the verb reaches; who was merged stands for the other one.
pub fn person(rd: &mut Rd<'_>, actor: &Actor, id: PersonId, verb: Verb) -> Result<Person> {
    let person = actor.persons(Verb::PersonSee).get(rd, id)?;
    if verb != Verb::PersonSee {
        let reaches = actor.persons(verb).reaches(rd, person.id)?;
        granted(reaches, verb)?;
    }
    Ok(person)
}

/// A person whom something can be given to.
pub fn active_person(rd: &mut Rd<'_>, actor: &Actor, field: &'static str, id: PersonId) -> Result<Person> {
    let person = person(rd, actor, id, Verb::PersonSee)?;
    if person.active { Ok(person) } else { Err(Error::invalid(field, "error-person-shut-out")) }
}

/// What decides about an organisation.
pub fn place_of(organisation: &Organisation) -> OrganisationFacts {
    OrganisationFacts { tenant: organisation.tenant, place: Place { id: organisation.id, path: organisation.path.clone() } }
}

/// An organisation that the actor sees and the verb reaches.
pub fn organisation(rd: &mut Rd<'_>, actor: &Actor, id: OrganisationId, verb: Verb) -> Result<Organisation> {
    let organisation = actor.organisations(Verb::OrganisationSee).get(rd, id)?;
    granted(actor.organisations(verb).sees(&place_of(&organisation)), verb)?;
    Ok(organisation)
}

/// A team that the actor sees and the verb reaches.
pub fn team(rd: &mut Rd<'_>, actor: &Actor, id: TeamId, verb: Verb) -> Result<Team> {
    let team = actor.teams(Verb::TeamSee).get(rd, id)?;
    granted(actor.teams(verb).sees(team.tenant, id), verb)?;
    Ok(team)
}

/// A service that the actor sees and the verb reaches.
pub fn service(rd: &mut Rd<'_>, actor: &Actor, id: ServiceId, verb: Verb) -> Result<Service> {
    let service = actor.services(Verb::ServiceSee).get(rd, id)?;
    granted(reaches_service(actor, &service, verb), verb)?;
    Ok(service)
}

/// Whether the verb reaches a service.
pub fn reaches_service(actor: &Actor, s: &Service, verb: Verb) -> bool {
    actor.services(verb).sees(&ServiceFacts { tenant: s.tenant, owner: s.owner, team: s.team })
}

/// A location that the actor sees and the verb reaches.
pub fn location(rd: &mut Rd<'_>, actor: &Actor, id: LocationId, verb: Verb) -> Result<Location> {
    let location = actor.locations(Verb::LocationSee).get(rd, id)?;
    granted(actor.locations(verb).sees(location.tenant), verb)?;
    Ok(location)
}

/// A tenant that the actor names for something new: one that they see, or what is shared. Without a
/// name it is where they are at home. The verb must be granted for all of it.
pub fn tenant(rd: &mut Rd<'_>, actor: &Actor, named: Option<TenantId>, verb: Verb) -> Result<TenantId> {
    let tenant = named.unwrap_or(actor.tenant);
    if tenant != SHARED {
        let root = actor.organisations(Verb::OrganisationSee).get(rd, tenant);
        // Where one is at home is known to exist.
        let stranger = tenant != actor.tenant && !root.is_ok_and(|o| o.parent.is_none());
        if stranger {
            return Err(Error::not_found());
        }
    }
    granted(actor.reach(verb, tenant) == access::Reach::All, verb)?;
    Ok(tenant)
}

/// That a record of `owner` can be named in one of `tenant`: the tenant's own, or what is shared.
pub fn same_tenant(field: &'static str, owner: TenantId, tenant: TenantId) -> Result<()> {
    if owner == tenant || owner == SHARED { Ok(()) } else { Err(Error::invalid(field, "error-tree-tenant")) }
}

/// A field that the actor's roles hide cannot be set, as if it were not there.
pub fn shown(actor: &Actor, object: Object, tenant: TenantId, field: &'static str) -> Result<()> {
    if actor.hidden_in(object, tenant).contains(field) { Err(Error::invalid(field, "error-unknown-field")) } else { Ok(()) }
}

/// How many administrators there are before a change that may take one away; see
/// [`administrators_remain`].
pub fn administrators(rd: &mut Rd<'_>) -> Result<i64> {
    access::store::grant::administrators(rd)
}

/// That the change did not take away the last administrator who can sign in.
pub fn administrators_remain(rd: &mut Rd<'_>, before: i64) -> Result<()> {
    if before > 0 && administrators(rd)? == 0 { Err(Error::conflict("error-role-last")) } else { Ok(()) }
}
