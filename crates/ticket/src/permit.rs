//! What the actor may do here: each look-up of something named by the actor goes through its scope,
//! so that what may not be seen does not exist.

use access::Verb;
use db::Rd;
use kernel::{Error, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, TicketId};
use party::{Location, Organisation, Person, SHARED, Service, Team};

use crate::actions::involve::Who;
use crate::catalogue::TransitionDef;
use crate::facts::{facts_in, with_others};
use crate::rules::tenant;
use crate::store::{desk, ticket as rows};
use crate::{Frame, Involvement, MessageKind, Ticket};

/// A ticket that the actor may see.
pub fn see(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    rows::visible(rd, &frame.actor.tickets(Verb::TicketSee), id)
}

/// Forbidden unless the verb reaches the ticket.
pub fn may(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, verb: Verb) -> Result<()> {
    if reaches(rd, frame, ticket, verb)? { Ok(()) } else { Err(Error::forbidden().arg("verb", verb)) }
}

pub fn reaches(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, verb: Verb) -> Result<bool> {
    if frame.actor.is_machine() {
        return Ok(true);
    }
    let scope = frame.actor.tickets(verb);
    if scope.is_nothing() {
        return Ok(false);
    }
    // More facts only ever open more: mostly the row itself decides.
    let facts = facts_in(ticket);
    Ok(scope.sees(&facts) || scope.sees(&with_others(rd, ticket, facts)?))
}

/// Sees notes and the desk's own business on this ticket.
pub fn is_staff_on(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket) -> Result<bool> {
    reaches(rd, frame, ticket, Verb::TicketSeeInternal)
}

pub fn inner(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket) -> Result<()> {
    may(rd, frame, ticket, Verb::TicketSeeInternal)
}

pub fn is_requester(frame: Frame<'_>, ticket: &Ticket) -> bool {
    [ticket.requester, ticket.beneficiary].into_iter().flatten().any(|p| frame.actor.who.persons.contains(&p))
}

/// Whether the actor may take a step of the graph.
pub fn step(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, step: &TransitionDef) -> Result<()> {
    let verb = Verb::from_key(&step.verb)
        .ok_or_else(|| Error::internal(format!("a transition of {} needs the unknown verb {}", ticket.kind, step.verb)))?;
    let here = |tenant| tenant == SHARED || tenant == ticket.tenant;
    let in_role = step.roles.is_empty()
        || frame.actor.is_machine()
        || frame.actor.grants.iter().any(|g| here(g.tenant) && step.roles.contains(&g.key));
    if !in_role {
        return Err(Error::forbidden().arg("verb", verb));
    }
    may(rd, frame, ticket, verb)
}

/// Whether the actor may write such a message.
pub fn post(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, public: bool, kind: MessageKind) -> Result<()> {
    if !public {
        inner(rd, frame, ticket)?;
        return may(rd, frame, ticket, Verb::TicketNote);
    }
    if kind == MessageKind::Call {
        return may(rd, frame, ticket, Verb::TicketNote);
    }
    if reaches(rd, frame, ticket, Verb::TicketReply)? { Ok(()) } else { may(rd, frame, ticket, Verb::TicketFollow) }
}

/// Whether the actor may bring somebody to the ticket or take them off. Everybody may watch, or stop
/// watching, what they see.
pub fn involve(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, who: Who, role: Involvement) -> Result<()> {
    match (role, who) {
        (Involvement::Watcher | Involvement::Named, Who::Person(person)) if Some(person) == frame.actor.person => Ok(()),
        (Involvement::Named, Who::Person(_)) => names(rd, frame, ticket),
        (Involvement::About, Who::Person(_)) => may(rd, frame, ticket, Verb::TicketEdit),
        (Involvement::Named | Involvement::About, Who::Team(_)) => Err(Error::invalid("role", "error-choice")),
        // Whoever comes to a confidential ticket sees it from then on.
        (_, Who::Person(_)) if ticket.confidential => names(rd, frame, ticket),
        (Involvement::Watcher, _) => may(rd, frame, ticket, Verb::TicketWatch),
        (Involvement::Coworker, _) => may(rd, frame, ticket, Verb::TicketAssign),
    }
}

/// Whether the actor may let somebody see a confidential ticket: who confides, and whose matter it is.
pub fn names(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket) -> Result<()> {
    if is_requester(frame, ticket) && reaches(rd, frame, ticket, Verb::TicketWatch)? {
        return Ok(());
    }
    may(rd, frame, ticket, Verb::TicketConfide)
}

/// Whether the actor may register a ticket in a tenant.
pub fn create(frame: Frame<'_>, tenant: OrganisationId) -> Result<()> {
    if frame.actor.may(Verb::TicketCreate, tenant) { Ok(()) } else { Err(Error::forbidden().arg("verb", Verb::TicketCreate)) }
}

/// Whether the actor may give work of a tenant to somebody while registering it.
pub fn assigns(frame: Frame<'_>, tenant: OrganisationId, to: PersonId) -> Result<()> {
    let takes = Some(to) == frame.actor.person && frame.actor.may(Verb::TicketTake, tenant);
    if takes || frame.actor.may(Verb::TicketAssign, tenant) { Ok(()) } else { Err(Error::forbidden().arg("verb", Verb::TicketAssign)) }
}

/// Whether the actor may make themselves the assignee.
pub fn takes(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket) -> Result<bool> {
    Ok(reaches(rd, frame, ticket, Verb::TicketTake)? || reaches(rd, frame, ticket, Verb::TicketAssign)?)
}

/// Somebody for whom the actor may register.
pub fn requester(rd: &mut Rd<'_>, frame: Frame<'_>, id: PersonId) -> Result<Person> {
    let person = if Some(id) == frame.actor.person {
        party::store::person::resolve(rd, id)?
    } else {
        frame.actor.persons(Verb::TicketCreate).get(rd, id)?
    };
    if person.active { Ok(person) } else { Err(Error::invalid("requester", "error-person-inactive")) }
}

/// A person that the actor may see.
pub fn person(rd: &mut Rd<'_>, frame: Frame<'_>, id: PersonId) -> Result<Person> {
    if Some(id) == frame.actor.person {
        return party::store::person::resolve(rd, id);
    }
    frame.actor.persons(Verb::PersonSee).get(rd, id)
}

pub fn organisation(rd: &mut Rd<'_>, frame: Frame<'_>, id: OrganisationId) -> Result<Organisation> {
    frame.actor.organisations(Verb::OrganisationSee).get(rd, id)
}

pub fn location(rd: &mut Rd<'_>, frame: Frame<'_>, id: LocationId) -> Result<Location> {
    frame.actor.locations(Verb::LocationSee).get(rd, id)
}

pub fn service(rd: &mut Rd<'_>, frame: Frame<'_>, id: ServiceId) -> Result<Service> {
    frame.actor.services(Verb::ServiceSee).get(rd, id)
}

/// A team that the actor sees and may give work of a tenant to: one of that tenant, of the operator, or
/// of the actor's own desk.
///
/// # Errors
/// Not found; invalid when it is inactive or another customer's.
pub fn team(rd: &mut Rd<'_>, frame: Frame<'_>, field: &'static str, tenant: OrganisationId, id: TeamId) -> Result<Team> {
    let team = frame.actor.teams(Verb::TeamSee).get(rd, id)?;
    if !team.active {
        return Err(Error::invalid(field, "error-team-inactive").field_arg("name", &team.name));
    }
    if team.tenant != frame.actor.tenant {
        tenant::belongs(field, tenant, team.tenant)?;
    }
    Ok(team)
}

/// The teams of somebody who may be given work of a tenant.
///
/// # Errors
/// Invalid when the person is in no team that works for it.
pub fn worker(rd: &mut Rd<'_>, frame: Frame<'_>, tenant: OrganisationId, id: PersonId) -> Result<Vec<Team>> {
    let found = person(rd, frame, id)?;
    let teams = desk::teams_of(rd, tenant, found.id)?;
    if teams.is_empty() {
        return Err(Error::invalid("assignee", "error-no-team").field_arg("name", &found.name));
    }
    teams.into_iter().map(|id| party::store::team::get(rd, id)).collect()
}

pub fn works_for(rd: &mut Rd<'_>, tenant: OrganisationId, id: PersonId) -> Result<bool> {
    Ok(!desk::teams_of(rd, tenant, id)?.is_empty())
}

/// Whether the actor may give views to a team or to everybody.
pub fn shares_views(frame: Frame<'_>) -> Result<()> {
    if frame.actor.may(Verb::ViewShare, frame.actor.tenant) { Ok(()) } else { Err(Error::forbidden().arg("verb", Verb::ViewShare)) }
}
