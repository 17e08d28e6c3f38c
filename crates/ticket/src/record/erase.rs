//! Taking texts away for good.

use db::Tx;
use events::{Act, Visibility};
use kernel::Result;

use super::log;
use crate::Ticket;
use crate::erasing::{Gone, TITLE};
use crate::events::TicketEvent;
use crate::store::erased;

/// Removes texts and files of a ticket, with the event that says which: it names the texts once more, so
/// that the audit chain knows why they are gone.
///
/// # Errors
/// The database refuses.
pub fn erase(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, gone: &Gone) -> Result<()> {
    erased::remove(tx, &gone.messages, &gone.texts, &gone.files)?;
    erased::note(tx, ticket.id, gone.title.then_some(TITLE))?;
    let event =
        TicketEvent::Erased { messages: gone.messages.clone(), texts: gone.texts.clone(), files: gone.files.clone(), title: gone.title };
    log(tx, act, ticket.tenant, ticket.id, &event, Visibility::Internal).map(drop)
}
