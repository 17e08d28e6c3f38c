//! Linking tickets with a meaning.

use db::Tx;
use events::Visibility;
use kernel::{Error, Result, TicketId};

use crate::events::TicketEvent;
use crate::store::{link as links, ticket as rows};
use crate::{Frame, LinkKind, Ticket, permit, record};

/// Links two tickets; answers whether the link is new.
///
/// # Errors
/// Not found when either may not be seen; forbidden without the right to link the first.
pub fn link(tx: &mut Tx<'_>, frame: Frame<'_>, from: TicketId, kind: LinkKind, to: TicketId) -> Result<bool> {
    let a = permit::see(tx, frame, from)?;
    let b = permit::see(tx, frame, to)?;
    permit::may(tx, frame, &a, access::Verb::TicketLink)?;
    if from == to {
        return Err(Error::invalid("to", "error-link-self"));
    }
    if a.tenant != b.tenant {
        return Err(Error::not_found());
    }
    if !links::insert(tx, from, kind, to, a.confidential || b.confidential, frame.act.now)? {
        return Ok(false);
    }
    note(tx, frame, (&a, &b), |other, outward| TicketEvent::Linked { link: kind, other, outward })?;
    Ok(true)
}

/// Takes a link away.
///
/// # Errors
/// Not found when there is none or either end may not be seen.
pub fn unlink(tx: &mut Tx<'_>, frame: Frame<'_>, from: TicketId, kind: LinkKind, to: TicketId) -> Result<()> {
    let a = permit::see(tx, frame, from)?;
    let b = permit::see(tx, frame, to)?;
    permit::may(tx, frame, &a, access::Verb::TicketLink)?;
    if !links::delete(tx, from, kind, to)? {
        return Err(Error::not_found());
    }
    note(tx, frame, (&a, &b), |other, outward| TicketEvent::Unlinked { link: kind, other, outward })
}

/// In the timelines of both. A link to a confidential ticket leaves no other trace: to whoever does not
/// see that one, nothing has happened.
fn note(tx: &mut Tx<'_>, frame: Frame<'_>, ends: (&Ticket, &Ticket), event: impl Fn(TicketId, bool) -> TicketEvent) -> Result<()> {
    for (ticket, other, outward) in [(ends.0, ends.1, true), (ends.1, ends.0, false)] {
        if !other.confidential {
            rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
        }
        record::log(tx, frame.act, ticket.tenant, ticket.id, &event(other.id, outward), Visibility::Internal)?;
    }
    Ok(())
}
