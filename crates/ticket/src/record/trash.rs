//! Into the trash and out of it.

use db::Tx;
use events::{Act, Visibility};
use kernel::Result;

use super::log;
use crate::Ticket;
use crate::events::TicketEvent;
use crate::store::trash as rows;

/// Moves a ticket to the trash, or brings it back. Its requester is not told of either.
///
/// # Errors
/// Conflict when it has another version by now; the database refuses.
pub(crate) fn trash(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, to: bool) -> Result<()> {
    let event = if to { TicketEvent::Trashed {} } else { TicketEvent::Restored {} };
    if to {
        rows::put(tx, ticket, act.by.id(), act.now)?;
    } else {
        rows::take(tx, ticket)?;
    }
    log(tx, act, ticket.tenant, ticket.id, &event, Visibility::Internal).map(drop)
}
