//! The only writer of tickets: the row, its passages and its events, together. Decides nothing;
//! actions and imports decide first.

mod apply;
mod create;
mod erase;
mod message;
mod redact;
mod set;
mod trash;

pub(crate) use apply::close_due;
pub use apply::{Applied, Flags, Undoes, apply};
pub use create::{NewRecord, create};
pub use erase::erase;
pub use message::{attach, go_on, message};
pub use redact::{Left, redact};
pub use set::Set;
pub(crate) use trash::trash;

use db::Tx;
use events::{Act, By, Draft, Visibility, append};
use kernel::{OrganisationId, PersonId, Result, TicketId};

use crate::Ticket;
use crate::events::{OBJECT, TicketEvent};
use crate::store::{seen, ticket as rows};

/// What one does is no news to oneself.
fn keep_up(tx: &mut Tx<'_>, act: &Act, ticket: TicketId, ahead: i64) -> Result<()> {
    match act.by {
        By::Person(person) if !act.silent => seen::keep_up(tx, PersonId::new(person), ticket, ahead),
        _ => Ok(()),
    }
}

/// Tells of something around a ticket that is no property of it and that only the desk reads.
///
/// # Errors
/// The database refuses.
pub fn around(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, event: &TicketEvent) -> Result<i64> {
    rows::touch(tx, ticket.id, act.occurred, false, false)?;
    log(tx, act, ticket.tenant, ticket.id, event, Visibility::Internal)
}

/// Time that somebody spent on a ticket: its sum and the event that says so.
///
/// # Errors
/// The database refuses.
pub fn timed(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, more: i64, event: &TicketEvent) -> Result<i64> {
    rows::spend(tx, ticket.id, more)?;
    around(tx, act, ticket, event)
}

/// Appends an event of a ticket.
///
/// # Errors
/// The database refuses.
pub fn log(
    tx: &mut Tx<'_>,
    act: &Act,
    tenant: OrganisationId,
    ticket: TicketId,
    event: &TicketEvent,
    visibility: Visibility,
) -> Result<i64> {
    keep_up(tx, act, ticket, 0)?;
    append(
        tx,
        act,
        &Draft { tenant: tenant.raw(), object: OBJECT, object_id: ticket.raw(), kind: event.kind(), visibility, payload: event },
    )
}
