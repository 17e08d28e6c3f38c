//! Writing messages and files.

use db::Tx;
use events::{Act, Visibility};
use kernel::{AttachmentId, MessageId, Result, TicketId, kinds};

use super::{keep_up, log};
use crate::events::TicketEvent;
use crate::store::attachment::{self, Upload};
use crate::store::merge;
use crate::store::message::{NewMessage, insert};
use crate::store::ticket as rows;
use crate::{MessageKind, Ticket};

/// Writes a message on a ticket.
///
/// # Errors
/// The database refuses.
pub fn message(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, new: &NewMessage) -> Result<MessageId> {
    let id = tx.next_id::<kinds::Message>()?;
    insert(tx, id, ticket.tenant, ticket.id, new, (act.occurred, act.now), &act.salt())?;
    spoken(tx, act, ticket.id, new.public, new.from_requester)?;
    let event = TicketEvent::Message { message: id, kind: new.kind, public: new.public };
    log(tx, act, ticket.tenant, ticket.id, &event, visibility(new.public))?;
    // What begins a ticket finds nothing that is part of it.
    if new.public && new.kind != MessageKind::Description {
        reach_parts(tx, act, ticket, id, new)?;
    }
    Ok(id)
}

/// Activity and times move; a public message is unread for all but who wrote it.
fn spoken(tx: &mut Tx<'_>, act: &Act, ticket: TicketId, public: bool, from_customer: bool) -> Result<()> {
    if public {
        keep_up(tx, act, ticket, 1)?;
    }
    rows::touch(tx, ticket, act.occurred, public, from_customer)
}

/// What is said on a ticket reaches the requesters of those that are part of it. The words of one requester
/// are not for another one.
fn reach_parts(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, id: MessageId, new: &NewMessage) -> Result<()> {
    let mut of = vec![ticket.id];
    while let Some(whole) = of.pop() {
        for (part, apart) in merge::parts(tx, whole)? {
            let theirs = apart && new.from_requester;
            if !theirs && merge::place(tx, id, ticket.id, part, false)? {
                passed_on(tx, act, ticket, part, id, new, true)?;
                of.push(part);
            }
        }
    }
    Ok(())
}

/// Places a message on one ticket more: where the merged ticket goes on to which it was written.
///
/// # Errors
/// The database refuses.
pub fn go_on(tx: &mut Tx<'_>, act: &Act, from: &Ticket, into: TicketId, id: MessageId, new: &NewMessage, apart: bool) -> Result<()> {
    if merge::place(tx, id, from.id, into, apart)? {
        passed_on(tx, act, from, into, id, new, !apart)?;
    }
    Ok(())
}

fn passed_on(tx: &mut Tx<'_>, act: &Act, from: &Ticket, on: TicketId, id: MessageId, new: &NewMessage, public: bool) -> Result<()> {
    spoken(tx, act, on, public, new.from_requester)?;
    let event = TicketEvent::Message { message: id, kind: new.kind, public };
    log(tx, act, from.tenant, on, &event, visibility(public))?;
    Ok(())
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
