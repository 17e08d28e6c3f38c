//! Tickets that were made of messages of others.

use db::{Rd, Tx, params, sql};
use events::Act;
use kernel::{MessageId, Result, TicketId, Time};

/// Notes that a ticket was made of these messages of another one.
///
/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, act: &Act, ticket: TicketId, old: TicketId, messages: &[MessageId]) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO ticket_split (ticket_id, old_id, by_id, at, undone_at) VALUES ($1, $2, $3, $4, NULL)"),
        &params![ticket, old, act.by.id(), act.now],
    )?;
    for message in messages {
        tx.exec(sql!("INSERT INTO ticket_split_message (ticket_id, message_id) VALUES ($1, $2)"), &params![ticket, *message])?;
    }
    Ok(())
}

/// The ticket of whose messages this one was made, unless that was taken back.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Option<TicketId>> {
    rd.first(sql!(TicketId, "SELECT old_id FROM ticket_split WHERE ticket_id = $1 AND undone_at IS NULL"), &params![ticket])
}

/// The messages of which it was made.
///
/// # Errors
/// The database refuses.
pub fn messages(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<MessageId>> {
    rd.all(sql!(MessageId, "SELECT message_id FROM ticket_split_message WHERE ticket_id = $1 ORDER BY message_id"), &params![ticket])
}

/// Whether one of these messages came to a ticket by a merge.
///
/// # Errors
/// The database refuses.
pub fn came_along(rd: &mut Rd<'_>, ticket: TicketId, messages: &[MessageId]) -> Result<bool> {
    for message in messages {
        let sql = sql!(i64, "SELECT message_id FROM placement WHERE ticket_id = $1 AND message_id = $2 AND source_id IS NOT NULL");
        if rd.first(sql, &params![ticket, *message])?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether something was written to it that did not come with the split.
///
/// # Errors
/// The database refuses.
pub fn written(rd: &mut Rd<'_>, ticket: TicketId) -> Result<bool> {
    let found = rd.first(
        sql!(
            i64,
            "SELECT p.message_id FROM placement p WHERE p.ticket_id = $1 AND NOT EXISTS \
             (SELECT 1 FROM ticket_split_message s WHERE s.ticket_id = $1 AND s.message_id = p.message_id) LIMIT 1"
        ),
        &params![ticket],
    )?;
    Ok(found.is_some())
}

/// The split holds no more.
///
/// # Errors
/// The database refuses.
pub fn end(tx: &mut Tx<'_>, ticket: TicketId, at: Time) -> Result<()> {
    tx.exec(sql!("UPDATE ticket_split SET undone_at = $2 WHERE ticket_id = $1"), &params![ticket, at])?;
    Ok(())
}
