//! Secrets that were found in what somebody wrote.

use db::{Rd, Tx, params, sql};
use kernel::{MessageId, OrganisationId, Result, TicketId, Time};
use sea_query::{Cond, Expr, ExprTrait, Order, Query};

use crate::rules::secrets::SecretKind;

db::choice! {
    /// In which text it stood.
    Field {
        Message "message",
        Title "title",
        Report "report",
        /// A custom field of the ticket.
        Custom "field",
    }
}

db::row! {
    /// A secret, without what it was.
    #[derive(PartialEq, Eq)]
    pub struct Secret {
        /// The ticket to which the text was written.
        pub ticket: TicketId,
        /// Its number there.
        pub place: i64,
        pub field: Field,
        pub message: Option<MessageId>,
        /// Of a custom field.
        pub key: Option<String>,
        pub kind: SecretKind,
        /// What is shown of it.
        pub shown: String,
        /// It was taken out; else it stands there.
        pub masked: bool,
        /// What it was can be read again.
        pub kept: bool,
    }
}

/// What was found in the title, the report and the custom fields of a ticket and in these messages.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId, messages: &[MessageId]) -> Result<Vec<Secret>> {
    let own = Cond::all().add(Expr::col("ticket_id").eq(ticket.raw())).add(Expr::col("message_id").is_null());
    let said = Expr::col("message_id").is_in(messages.iter().map(|id| id.raw()));
    let mut query = Query::select();
    query
        .columns(["ticket_id", "place", "field", "message_id", "key", "kind", "shown", "masked", "kept"])
        .from("ticket_secret")
        .cond_where(if messages.is_empty() { Cond::any().add(own) } else { Cond::any().add(own).add(said) })
        .order_by("ticket_id", Order::Asc)
        .order_by("place", Order::Asc);
    rd.select(&query)
}

/// What was found in one message.
///
/// # Errors
/// The database refuses.
pub fn of_message(rd: &mut Rd<'_>, message: MessageId) -> Result<Vec<Secret>> {
    rd.all(
        sql!(
            Secret,
            "SELECT ticket_id, place, field, message_id, key, kind, shown, masked, kept FROM ticket_secret WHERE message_id = $1 ORDER BY place LIMIT 500"
        ),
        &params![message],
    )
}

/// One of them.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>, ticket: TicketId, place: i64) -> Result<Option<Secret>> {
    rd.first(
        sql!(
            Secret,
            "SELECT ticket_id, place, field, message_id, key, kind, shown, masked, kept FROM ticket_secret WHERE ticket_id = $1 AND place = $2"
        ),
        &params![ticket, place],
    )
}

/// What it was, encrypted.
///
/// # Errors
/// The database refuses.
pub(crate) fn sealed(rd: &mut Rd<'_>, ticket: TicketId, place: i64) -> Result<Option<Vec<u8>>> {
    rd.first(
        sql!(Vec<u8>, "SELECT sealed FROM ticket_secret WHERE ticket_id = $1 AND place = $2 AND sealed IS NOT NULL"),
        &params![ticket, place],
    )
}

/// The number of a ticket's next secret.
///
/// # Errors
/// The database refuses.
pub(crate) fn next(rd: &mut Rd<'_>, ticket: TicketId) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COALESCE(MAX(place), 0) + 1 FROM ticket_secret WHERE ticket_id = $1"), &params![ticket])
}

/// # Errors
/// The database refuses.
pub(crate) fn insert(tx: &mut Tx<'_>, tenant: OrganisationId, s: &Secret, sealed: Option<&[u8]>, at: Time) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ticket_secret (ticket_id, place, tenant_id, field, message_id, key, kind, shown, masked, kept, sealed, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        &params![s.ticket, s.place, tenant, s.field, s.message, s.key.as_deref(), s.kind, &s.shown, s.masked, s.kept, sealed, at],
    )?;
    Ok(())
}

/// Forgets one, with what it was.
///
/// # Errors
/// The database refuses.
pub(crate) fn forget(tx: &mut Tx<'_>, ticket: TicketId, place: i64) -> Result<()> {
    tx.exec(sql!("DELETE FROM ticket_secret WHERE ticket_id = $1 AND place = $2"), &params![ticket, place])?;
    Ok(())
}

/// Forgets those of a title or report: another one stands there.
///
/// # Errors
/// The database refuses.
pub(crate) fn forget_field(tx: &mut Tx<'_>, ticket: TicketId, field: Field) -> Result<()> {
    tx.exec(sql!("DELETE FROM ticket_secret WHERE ticket_id = $1 AND field = $2 AND message_id IS NULL"), &params![ticket, field])?;
    Ok(())
}

/// Forgets those of a custom field: another value stands there.
///
/// # Errors
/// The database refuses.
pub(crate) fn forget_custom(tx: &mut Tx<'_>, ticket: TicketId, key: &str) -> Result<()> {
    tx.exec(sql!("DELETE FROM ticket_secret WHERE ticket_id = $1 AND key = $2 AND field = 'field'"), &params![ticket, key])?;
    Ok(())
}
