//! Taking texts away for good.

use db::Tx;
use events::{Act, Visibility};
use kernel::Result;
use settings::field::Object;

use super::log;
use crate::Ticket;
use crate::erasing::{Gone, TITLE};
use crate::events::TicketEvent;
use crate::store::erased;
use crate::store::secret::{self, Field};

/// Removes texts and files of a ticket, with the event that says which: it names the texts once more, so
/// that the audit chain knows why they are gone.
///
/// # Errors
/// The database refuses.
pub fn erase(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, gone: &Gone) -> Result<()> {
    erased::remove(tx, &gone.messages, &gone.texts, &gone.files)?;
    for key in &gone.fields {
        settings::values::put(tx, ticket.tenant.raw(), Object::Ticket, ticket.id.raw(), key, None)?;
        secret::forget_custom(tx, ticket.id, key)?;
    }
    // Who gave a title is known, who gave the report is not: its secrets go with either.
    if gone.title || !gone.texts.is_empty() {
        secret::forget_field(tx, ticket.id, Field::Title)?;
        secret::forget_field(tx, ticket.id, Field::Report)?;
    }
    erased::note(tx, ticket.id, gone.title.then_some(TITLE), gone.title || !gone.fields.is_empty())?;
    let Gone { messages, texts, files, fields, title } = gone.clone();
    let event = TicketEvent::Erased { messages, texts, files, fields, title };
    log(tx, act, ticket.tenant, ticket.id, &event, Visibility::Internal).map(drop)
}
