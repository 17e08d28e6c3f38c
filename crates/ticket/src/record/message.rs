//! Writing messages and files.

use db::Tx;
use events::{Act, Visibility};
use kernel::{AttachmentId, MessageId, Result, kinds};

use super::log;
use crate::Ticket;
use crate::events::TicketEvent;
use crate::store::attachment::{self, Upload};
use crate::store::message::{NewMessage, insert};
use crate::store::ticket as rows;

/// Writes a message on a ticket.
///
/// # Errors
/// The database refuses.
pub fn message(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, new: &NewMessage) -> Result<MessageId> {
    let id = tx.next_id::<kinds::Message>()?;
    insert(tx, id, ticket.tenant, ticket.id, new, (act.occurred, act.now), &act.salt())?;
    rows::touch(tx, ticket.id, act.occurred, new.public, new.from_requester)?;
    let event = TicketEvent::Message { message: id, kind: new.kind, public: new.public };
    log(tx, act, ticket.tenant, ticket.id, &event, visibility(new.public))?;
    Ok(id)
}

/// Makes an upload part of a ticket, beside a message or alone.
///
/// # Errors
/// The database refuses.
pub fn attach(
    tx: &mut Tx<'_>,
    act: &Act,
    ticket: &Ticket,
    upload: &Upload,
    message: Option<MessageId>,
    public: bool,
    description: &str,
) -> Result<AttachmentId> {
    attachment::place(tx, upload, ticket.id, message, public, description, act.now)?;
    if message.is_none() {
        rows::touch(tx, ticket.id, act.occurred, false, false)?;
        log(tx, act, ticket.tenant, ticket.id, &TicketEvent::Attached { attachment: upload.id, public }, visibility(public))?;
    }
    Ok(upload.id)
}

fn visibility(public: bool) -> Visibility {
    if public { Visibility::Public } else { Visibility::Internal }
}
