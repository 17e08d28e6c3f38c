//! Adding a file to a ticket, and saying what it is and who may see it.

use db::Tx;
use events::Visibility;
use kernel::{AttachmentId, Error, Result, TicketId};

use crate::events::TicketEvent;
use crate::store::attachment::{self, Attachment};
use crate::store::ticket as rows;
use crate::{Frame, MessageKind, permit, record};

/// Letters of a description at most.
const DESCRIPTION: usize = 500;

/// Adds an upload to a ticket.
///
/// # Errors
/// Not found, forbidden; invalid when the upload is gone.
pub fn add(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, upload: AttachmentId, public: bool, description: &str) -> Result<Attachment> {
    let ticket = permit::see(tx, frame, id)?;
    permit::post(tx, frame, &ticket, public, if public { MessageKind::Reply } else { MessageKind::Note })?;
    let upload = attachment::upload(tx, upload, frame.person()?)?.ok_or_else(|| Error::invalid("upload", "error-upload-gone"))?;
    let id = record::attach(tx, frame.act, &ticket, &upload, None, public, &tidy(description)?)?;
    attachment::get(tx, id)?.ok_or_else(Error::not_found)
}

/// Changes description and visibility of a file.
///
/// # Errors
/// Not found, forbidden, invalid.
pub fn describe(tx: &mut Tx<'_>, frame: Frame<'_>, id: AttachmentId, public: bool, description: &str) -> Result<Attachment> {
    let file = attachment::get(tx, id)?.ok_or_else(Error::not_found)?;
    let ticket = permit::see(tx, frame, file.ticket)?;
    permit::inner(tx, frame, &ticket)?;
    permit::may(tx, frame, &ticket, access::Verb::TicketEdit)?;
    attachment::describe(tx, id, &tidy(description)?, public)?;
    // To its requester a file that becomes public is a new one; all else stays within the desk.
    let shown = public && !file.public;
    let visibility = if shown { Visibility::Public } else { Visibility::Internal };
    rows::touch(tx, ticket.id, frame.act.occurred, shown, false)?;
    record::log(tx, frame.act, ticket.tenant, ticket.id, &TicketEvent::Attached { attachment: id, public }, visibility)?;
    attachment::get(tx, id)?.ok_or_else(Error::not_found)
}

fn tidy(description: &str) -> Result<String> {
    let text = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        n if n > DESCRIPTION => Err(Error::invalid("description", "error-too-long").field_arg("max", DESCRIPTION)),
        _ => Ok(text),
    }
}
