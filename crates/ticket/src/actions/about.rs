//! Whom a ticket complains of. They never see it, whatever their roles, and are never told; so they can
//! have no part in it either.

use db::Tx;
use events::Visibility;
use kernel::{Error, PersonId, Result};

use crate::events::TicketEvent;
use crate::rules::tenant::belongs;
use crate::store::{involved, ticket as rows};
use crate::{Frame, Involvement, KindDef, Ticket, permit, record};

/// Says that a ticket is about somebody; answers whether that is new.
///
/// # Errors
/// Not found when the person may not be seen; invalid for other kinds, for oneself and for whoever has a
/// part in it.
pub(crate) fn add(tx: &mut Tx<'_>, frame: Frame<'_>, kind: &KindDef, ticket: &Ticket, person: PersonId) -> Result<bool> {
    if !kind.is_about_people() {
        return Err(Error::invalid("about", "error-about-kind"));
    }
    let found = permit::person(tx, frame, person)?;
    if !permit::works_for(tx, ticket.tenant, found.id)? {
        belongs("about", ticket.tenant, found.tenant)?;
    }
    if Some(found.id) == frame.actor.person {
        return Err(Error::invalid("about", "error-about-self"));
    }
    let stands = [ticket.requester, ticket.beneficiary, ticket.assignee].contains(&Some(found.id));
    let takes_part = |(id, role): &(PersonId, Involvement)| *id == found.id && *role != Involvement::About;
    if stands || involved::people(tx, ticket.id)?.iter().any(takes_part) {
        return Err(Error::invalid("about", "error-about-part").field_arg("name", &found.name));
    }
    let added = involved::add_person(tx, ticket.id, found.id, Involvement::About)?;
    if added {
        rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
        let event = TicketEvent::Involved { role: Involvement::About, person: Some(found.id), team: None };
        record::log(tx, frame.act, ticket.tenant, ticket.id, &event, Visibility::Internal)?;
    }
    Ok(added)
}

/// Refuses to give somebody a part in a ticket that is about them.
///
/// # Errors
/// Invalid in `field` when it is about them, also under a name that was merged into theirs.
pub(crate) fn refuse(tx: &mut Tx<'_>, field: &'static str, ticket: &Ticket, person: PersonId) -> Result<()> {
    for (id, role) in involved::people(tx, ticket.id)? {
        if role == Involvement::About && (id == person || party::store::person::resolve(tx, id)?.id == person) {
            return Err(Error::invalid(field, "error-about"));
        }
    }
    Ok(())
}
