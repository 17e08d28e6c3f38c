//! Bringing people and teams to a ticket: co-workers work on it, watchers follow it.

use db::Tx;
use events::Visibility;
use kernel::{Error, PersonId, Result, TeamId, TicketId};

use crate::actions::about;
use crate::events::TicketEvent;
use crate::store::{involved, ticket as rows};
use crate::{Frame, Involvement, Ticket, permit, record};

/// A person or a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Person(PersonId),
    Team(TeamId),
}

/// Adds somebody to a ticket; answers whether that is new.
///
/// # Errors
/// Not found when ticket, person or team may not be seen; forbidden by the actor's rights.
pub fn involve(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, who: Who, role: Involvement) -> Result<bool> {
    let ticket = permit::see(tx, frame, id)?;
    permit::involve(tx, frame, &ticket, who, role)?;
    match who {
        Who::Person(person) if role == Involvement::About => {
            let catalogue = frame.desk.catalogue(tx)?;
            about::add(tx, frame, catalogue.kind_of(&ticket)?, &ticket, person)
        }
        Who::Person(person) => add_person(tx, frame, &ticket, person, role),
        Who::Team(team) => {
            permit::team(tx, frame, "team", ticket.tenant, team)?;
            let added = involved::add_team(tx, ticket.id, team, role)?;
            if added {
                note(tx, frame, &ticket, &TicketEvent::Involved { role, person: None, team: Some(team) })?;
            }
            Ok(added)
        }
    }
}

/// Takes somebody off a ticket.
///
/// # Errors
/// Not found when the ticket may not be seen or they are not on it.
pub fn release(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, who: Who, role: Involvement) -> Result<()> {
    let ticket = permit::see(tx, frame, id)?;
    permit::involve(tx, frame, &ticket, who, role)?;
    let (gone, person, team) = match who {
        Who::Person(p) => (involved::remove_person(tx, ticket.id, p, role)?, Some(p), None),
        Who::Team(t) => (involved::remove_team(tx, ticket.id, t, role)?, None, Some(t)),
    };
    if !gone {
        return Err(Error::not_found());
    }
    note(tx, frame, &ticket, &TicketEvent::Left { role, person, team })
}

pub(crate) fn add_person(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, person: PersonId, role: Involvement) -> Result<bool> {
    let found = permit::person(tx, frame, person)?;
    if role == Involvement::Coworker {
        permit::worker(tx, frame, ticket.tenant, person)?;
    } else if found.tenant != ticket.tenant && !permit::works_for(tx, ticket.tenant, person)? {
        return Err(Error::not_found());
    }
    about::refuse(tx, "person", ticket, found.id)?;
    let added = involved::add_person(tx, ticket.id, found.id, role)?;
    if added {
        note(tx, frame, ticket, &TicketEvent::Involved { role, person: Some(found.id), team: None })?;
    }
    Ok(added)
}

fn note(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, event: &TicketEvent) -> Result<()> {
    rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
    record::log(tx, frame.act, ticket.tenant, ticket.id, event, Visibility::Internal)?;
    Ok(())
}
