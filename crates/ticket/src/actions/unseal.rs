//! Breaking the glass: somebody who must see a confidential ticket has themselves named on it, with a
//! reason that its requester reads.

use access::{Reach, Verb};
use db::Tx;
use events::Visibility;
use kernel::{Error, ErrorKind, Result, TicketId};

use crate::events::TicketEvent;
use crate::rules::text;
use crate::store::{involved, text as texts, ticket as rows};
use crate::{Frame, Involvement, facts_of, permit, record};

/// Names the actor on a confidential ticket.
///
/// # Errors
/// Not found unless the ticket is confidential and the right reaches all of its tenant, and always for
/// whom it complains of; conflict for who sees it anyway; invalid without a reason.
pub fn unseal(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, reason: &str) -> Result<()> {
    let person = frame.person()?;
    match permit::see(tx, frame, id) {
        Ok(_) if !frame.actor.may_anywhere(Verb::TicketUnseal) => return Err(Error::forbidden().arg("verb", Verb::TicketUnseal)),
        Ok(_) => return Err(Error::conflict("error-unseal-seen")),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    if !frame.actor.may_anywhere(Verb::TicketUnseal) {
        return Err(Error::not_found());
    }
    let ticket = rows::by_id(tx, id)?;
    let mut facts = facts_of(tx, &ticket)?;
    let reaches = frame.actor.reach(Verb::TicketUnseal, ticket.tenant) == Reach::All;
    // Being named must be all that was missing.
    facts.persons.push(person);
    if !ticket.confidential || !reaches || !frame.actor.tickets(Verb::TicketSee).sees(&facts) {
        return Err(Error::not_found());
    }
    let reason = text::reason("reason", reason)?;
    involved::add_person(tx, ticket.id, person, Involvement::Named)?;
    let reason = texts::put(tx, frame.act, ticket.tenant, ticket.id, &reason)?;
    rows::touch(tx, ticket.id, frame.act.occurred, true, false)?;
    record::log(tx, frame.act, ticket.tenant, ticket.id, &TicketEvent::Unsealed { person, reason }, Visibility::Public)?;
    Ok(())
}
