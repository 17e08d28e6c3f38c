//! What was taken away of texts and files, and by whom.

use db::{Rd, Tx, params, sql};
use kernel::{MessageId, PersonId, Result, TextId, TicketId, Time};
use sea_query::{Expr, ExprTrait, JoinType, Order, Query};

db::row! {
    /// That something of a message was taken away.
    #[derive(PartialEq, Eq)]
    pub struct Redaction {
        pub message: MessageId,
        pub event: i64,
        /// Nobody when the desk did it by itself.
        pub by: Option<PersonId>,
        pub at: Time,
        /// It was a file beside the message.
        pub file: bool,
        /// Empty when the reason was erased.
        pub reason: Option<String>,
    }
}

/// What was taken away of these messages, in the order of its time.
///
/// # Errors
/// The database refuses.
pub fn of_messages(rd: &mut Rd<'_>, messages: &[MessageId]) -> Result<Vec<Redaction>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::select();
    query
        .columns(["message_id", "event_seq", "person_id", "created_at", "file"].map(|column| ("r", column)))
        .column(("t", "body"))
        .from_as("message_redaction", "r")
        .join_as(JoinType::LeftJoin, "text_body", "t", Expr::col(("t", "id")).equals(("r", "reason_id")))
        .and_where(Expr::col(("r", "message_id")).is_in(messages.iter().map(|id| id.raw())))
        .order_by(("r", "event_seq"), Order::Asc);
    rd.select(&query)
}

/// Notes that something of a message was taken away by an event.
///
/// # Errors
/// The database refuses.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    message: MessageId,
    event: i64,
    by: Option<PersonId>,
    (reason, file): (TextId, bool),
    at: Time,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO message_redaction (message_id, event_seq, person_id, reason_id, file, created_at) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        &params![message, event, by, reason, file, at],
    )?;
    Ok(())
}

/// Writes the body of a message anew, with another salt: nobody can guess what stood there.
///
/// # Errors
/// The database refuses.
pub(crate) fn message(tx: &mut Tx<'_>, id: MessageId, body: &str, salt: &[u8; 16]) -> Result<()> {
    tx.exec(sql!("UPDATE message_body SET body = $2, salt = $3 WHERE message_id = $1"), &params![id, body, salt])?;
    Ok(())
}

/// The same for a title, a report or a reason.
///
/// # Errors
/// The database refuses.
pub(crate) fn text(tx: &mut Tx<'_>, id: TextId, body: &str, salt: &[u8; 16]) -> Result<()> {
    tx.exec(sql!("UPDATE text_body SET body = $2, salt = $3 WHERE id = $1"), &params![id, body, salt])?;
    Ok(())
}

/// Every ticket on which a message stands.
///
/// # Errors
/// The database refuses.
pub(crate) fn places(rd: &mut Rd<'_>, message: MessageId) -> Result<Vec<TicketId>> {
    rd.all(sql!(TicketId, "SELECT ticket_id FROM placement WHERE message_id = $1 ORDER BY ticket_id LIMIT 200"), &params![message])
}
