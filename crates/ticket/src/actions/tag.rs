//! Tags.

use db::Tx;
use events::Visibility;
use kernel::{Error, Result, TicketId};

use crate::events::TicketEvent;
use crate::rules::text;
use crate::store::{involved, text as texts, ticket as rows};
use crate::{Frame, Ticket, permit, record};

/// Tags of one ticket at most.
const MOST: usize = 50;

/// Tags a ticket; answers the tag as it is stored.
///
/// # Errors
/// Not found, forbidden, invalid.
pub fn tag(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, raw: &str) -> Result<String> {
    let ticket = permit::see(tx, frame, id)?;
    permit::may(tx, frame, &ticket, access::Verb::TicketEdit)?;
    add(tx, frame, &ticket, raw)
}

pub(crate) fn add(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, raw: &str) -> Result<String> {
    let tag = text::tag(raw)?;
    if involved::tags(tx, ticket.id)?.len() >= MOST {
        return Err(Error::invalid("tag", "error-tags-many"));
    }
    if involved::add_tag(tx, ticket.id, &tag)? {
        let id = texts::put(tx, frame.act, ticket.tenant, ticket.id, &tag)?;
        rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
        record::log(tx, frame.act, ticket.tenant, ticket.id, &TicketEvent::Tagged { tag: id }, Visibility::Internal)?;
    }
    Ok(tag)
}

/// Takes a tag off.
///
/// # Errors
/// Not found when it is not there or the ticket may not be seen.
pub fn untag(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, raw: &str) -> Result<()> {
    let ticket = permit::see(tx, frame, id)?;
    permit::may(tx, frame, &ticket, access::Verb::TicketEdit)?;
    let tag = text::tag(raw)?;
    if !involved::remove_tag(tx, ticket.id, &tag)? {
        return Err(Error::not_found());
    }
    let id = texts::put(tx, frame.act, ticket.tenant, ticket.id, &tag)?;
    rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
    record::log(tx, frame.act, ticket.tenant, ticket.id, &TicketEvent::Untagged { tag: id }, Visibility::Internal)?;
    Ok(())
}
