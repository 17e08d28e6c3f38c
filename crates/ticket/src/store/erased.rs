//! What an erasure finds and takes away.

use db::{Rd, Tx, params, sql};
use kernel::{AttachmentId, MessageId, PersonId, Result, TextId, TicketId};

/// Messages of a person on a ticket that still have a body.
pub(crate) fn messages(rd: &mut Rd<'_>, ticket: TicketId, author: PersonId, limit: i64) -> Result<Vec<MessageId>> {
    rd.all(
        sql!(
            MessageId,
            "SELECT m.id FROM placement p JOIN message m ON m.id = p.message_id JOIN message_body b ON b.message_id = m.id \
             WHERE p.ticket_id = $1 AND m.author_id = $2 ORDER BY m.id LIMIT $3"
        ),
        &params![ticket, author, limit],
    )
}

/// Files that a person added to a ticket.
pub(crate) fn files(rd: &mut Rd<'_>, ticket: TicketId, author: PersonId, limit: i64) -> Result<Vec<AttachmentId>> {
    rd.all(
        sql!(AttachmentId, "SELECT id FROM attachment WHERE ticket_id = $1 AND uploaded_by = $2 ORDER BY id LIMIT $3"),
        &params![ticket, author, limit],
    )
}

/// Removes bodies with their salts, and files; nothing refers to their contents then, which are swept.
pub(crate) fn remove(tx: &mut Tx<'_>, messages: &[MessageId], texts: &[TextId], files: &[AttachmentId]) -> Result<()> {
    for id in messages {
        tx.exec(sql!("DELETE FROM message_body WHERE message_id = $1"), &params![*id])?;
        tx.exec(sql!("DELETE FROM ticket_secret WHERE message_id = $1"), &params![*id])?;
    }
    for id in texts {
        tx.exec(sql!("DELETE FROM text_body WHERE id = $1"), &params![*id])?;
    }
    for id in files {
        tx.exec(sql!("DELETE FROM attachment WHERE id = $1"), &params![*id])?;
    }
    Ok(())
}

/// Gives a ticket another title, and says that it changed; a change of a field is a new version.
pub(crate) fn note(tx: &mut Tx<'_>, ticket: TicketId, title: Option<&str>, changed: bool) -> Result<()> {
    let key = title.map(kernel::fold);
    tx.exec(
        sql!(
            "UPDATE ticket SET title = COALESCE($2, title), title_key = COALESCE($3, title_key), activity = activity + 1, \
             version = version + $4 WHERE id = $1"
        ),
        &params![ticket, title, key, i64::from(changed)],
    )?;
    Ok(())
}
