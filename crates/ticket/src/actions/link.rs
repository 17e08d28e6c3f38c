//! Linking tickets with a meaning.

use db::Tx;
use events::Visibility;
use kernel::{Error, Result, TicketId};

use crate::events::TicketEvent;
use crate::store::{link as links, ticket as rows};
use crate::{Frame, LinkKind, permit, record};

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
    if !links::insert(tx, from, kind, to, frame.act.now)? {
        return Ok(false);
    }
    for (ticket, other, outward) in [(&a, to, true), (&b, from, false)] {
        rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
        record::log(tx, frame.act, ticket.tenant, ticket.id, &TicketEvent::Linked { link: kind, other, outward }, Visibility::Internal)?;
    }
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
    for (ticket, other, outward) in [(&a, to, true), (&b, from, false)] {
        rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
        record::log(tx, frame.act, ticket.tenant, ticket.id, &TicketEvent::Unlinked { link: kind, other, outward }, Visibility::Internal)?;
    }
    Ok(())
}
