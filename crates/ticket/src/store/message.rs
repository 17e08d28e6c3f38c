//! Messages, their bodies and where they are placed.

use db::{Rd, Tx, params, sql};
use kernel::{Lang, MessageId, OrganisationId, Page, PageRequest, PersonId, Result, TicketId, Time};
use sea_query::{Expr, ExprTrait, JoinType, Query};

use crate::{Channel, Direction, MessageKind};

db::row! {
    /// A message with its body, as a timeline shows it.
    pub struct Message {
        pub id: MessageId,
        pub kind: MessageKind,
        pub public: bool,
        pub from_requester: bool,
        pub author: Option<PersonId>,
        pub lang: String,
        pub channel: Channel,
        pub direction: Option<Direction>,
        /// Of a call.
        pub seconds: Option<i64>,
        pub occurred_at: Time,
        /// Empty when it was erased.
        pub body: Option<String>,
    }
}

/// A message about to be written.
#[derive(Debug, Clone)]
pub struct NewMessage {
    pub kind: MessageKind,
    pub public: bool,
    pub from_requester: bool,
    pub author: Option<PersonId>,
    pub lang: Lang,
    pub channel: Channel,
    pub call: Option<(Direction, Option<i64>)>,
    /// Markdown as it was typed.
    pub body: String,
}

/// Writes a message with its body and places it on a ticket.
///
/// # Errors
/// The database refuses.
pub fn insert(
    tx: &mut Tx<'_>,
    id: MessageId,
    tenant: OrganisationId,
    ticket: TicketId,
    m: &NewMessage,
    at: (Time, Time),
    salt: &[u8; 16],
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO message (id, tenant_id, kind, public, from_requester, author_id, lang, channel, call_direction, call_seconds, \
             occurred_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        &params![
            id,
            tenant,
            m.kind,
            m.public,
            m.from_requester,
            m.author,
            m.lang,
            m.channel,
            m.call.map(|c| c.0),
            m.call.and_then(|c| c.1),
            at.0,
            at.1
        ],
    )?;
    tx.exec(sql!("INSERT INTO message_body (message_id, body, salt) VALUES ($1, $2, $3)"), &params![id, &m.body, salt])?;
    tx.exec(sql!("INSERT INTO placement (ticket_id, message_id) VALUES ($1, $2)"), &params![ticket, id])?;
    Ok(())
}

/// The newest public message of a ticket that somebody else wrote.
///
/// # Errors
/// The database refuses.
pub fn newest_of_others(rd: &mut Rd<'_>, ticket: TicketId, me: Option<PersonId>) -> Result<Option<MessageId>> {
    rd.first(
        sql!(
            MessageId,
            "SELECT m.id FROM placement p JOIN message m ON m.id = p.message_id \
             WHERE p.ticket_id = $1 AND m.public = 1 AND (m.author_id IS NULL OR m.author_id <> $2) ORDER BY m.id DESC LIMIT 1"
        ),
        &params![ticket, me.map_or(0, PersonId::raw)],
    )
}

/// The newest messages of a ticket, in the order of a timeline; only public ones unless `inner`.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId, inner: bool, limit: i64) -> Result<Vec<Message>> {
    let mut messages = rd.all(
        sql!(
            Message,
            "SELECT m.id, m.kind, m.public, m.from_requester, m.author_id, m.lang, m.channel, m.call_direction, m.call_seconds, \
             m.occurred_at, b.body FROM placement p JOIN message m ON m.id = p.message_id LEFT JOIN message_body b ON b.message_id = m.id \
             WHERE p.ticket_id = $1 AND ((m.public = 1 AND p.desk = 0) OR $2 = 1) ORDER BY m.occurred_at DESC, m.id DESC LIMIT $3"
        ),
        &params![ticket, inner, limit],
    )?;
    messages.reverse();
    Ok(messages)
}

/// One page of the messages of a ticket, oldest first; only public ones unless `inner`.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn page(rd: &mut Rd<'_>, ticket: TicketId, inner: bool, request: &PageRequest) -> Result<Page<Message>> {
    let (at, id) = request.after::<(i64, i64)>()?.unwrap_or((i64::MIN, 0));
    let messages = rd.all(
        sql!(
            Message,
            "SELECT m.id, m.kind, m.public, m.from_requester, m.author_id, m.lang, m.channel, m.call_direction, m.call_seconds, \
             m.occurred_at, b.body FROM placement p JOIN message m ON m.id = p.message_id LEFT JOIN message_body b ON b.message_id = m.id \
             WHERE p.ticket_id = $1 AND ((m.public = 1 AND p.desk = 0) OR $2 = 1) AND (m.occurred_at, m.id) > ($3, $4) ORDER BY m.occurred_at, m.id LIMIT $5"
        ),
        &params![ticket, inner, at, id, request.limit() + 1],
    )?;
    Ok(Page::of(messages, request.limit(), |m| (m.occurred_at.0, m.id.raw())))
}

/// Messages that a merge or a split placed on a ticket, after a place, oldest first: their events are of the
/// ticket that they were written to. One that was carried away and came back has its event here.
///
/// # Errors
/// The database refuses.
pub fn brought(rd: &mut Rd<'_>, ticket: TicketId, inner: bool, after: (Time, i64), limit: i64) -> Result<Vec<Message>> {
    rd.all(
        sql!(
            Message,
            "SELECT m.id, m.kind, m.public, m.from_requester, m.author_id, m.lang, m.channel, m.call_direction, m.call_seconds, \
             m.occurred_at, b.body FROM placement p JOIN message m ON m.id = p.message_id LEFT JOIN message_body b ON b.message_id = m.id \
             WHERE p.ticket_id = $1 AND ((m.public = 1 AND p.desk = 0) OR $2 = 1) AND (m.occurred_at, m.id) > ($3, $4) AND (\
             EXISTS (SELECT 1 FROM ticket_split_message s WHERE s.ticket_id = p.ticket_id AND s.message_id = p.message_id) \
             OR (p.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket_split_message s JOIN ticket_split t ON t.ticket_id = s.ticket_id \
             WHERE s.message_id = p.message_id AND t.old_id = p.ticket_id))) ORDER BY m.occurred_at, m.id LIMIT $5"
        ),
        &params![ticket, inner, after.0, after.1, limit],
    )
}

/// These messages of a ticket, in no order; only public ones unless `inner`.
///
/// # Errors
/// The database refuses.
pub fn of_ids(rd: &mut Rd<'_>, ticket: TicketId, inner: bool, ids: &[MessageId]) -> Result<Vec<Message>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::select();
    query
        .columns(["id", "kind", "public", "from_requester", "author_id", "lang", "channel"].map(|c| ("m", c)))
        .columns(["call_direction", "call_seconds", "occurred_at"].map(|c| ("m", c)))
        .column(("b", "body"))
        .from_as("placement", "p")
        .join_as(JoinType::InnerJoin, "message", "m", Expr::col(("m", "id")).equals(("p", "message_id")))
        .join_as(JoinType::LeftJoin, "message_body", "b", Expr::col(("b", "message_id")).equals(("m", "id")))
        .and_where(Expr::col(("p", "ticket_id")).eq(ticket.raw()))
        .and_where(Expr::col(("m", "id")).is_in(ids.iter().map(|id| id.raw())));
    if !inner {
        query.and_where(Expr::col(("m", "public")).eq(1_i64)).and_where(Expr::col(("p", "desk")).eq(0_i64));
    }
    rd.select(&query)
}

/// One message of a ticket.
///
/// # Errors
/// Not found when the ticket has no such message.
pub fn get(rd: &mut Rd<'_>, ticket: TicketId, id: MessageId) -> Result<Message> {
    rd.one(
        sql!(
            Message,
            "SELECT m.id, m.kind, m.public, m.from_requester, m.author_id, m.lang, m.channel, m.call_direction, m.call_seconds, \
             m.occurred_at, b.body FROM placement p JOIN message m ON m.id = p.message_id LEFT JOIN message_body b ON b.message_id = m.id \
             WHERE p.ticket_id = $1 AND m.id = $2"
        ),
        &params![ticket, id],
    )
}

/// Moves a message from one ticket to another.
///
/// # Errors
/// The database refuses.
pub fn carry(tx: &mut Tx<'_>, id: MessageId, from: TicketId, to: TicketId) -> Result<()> {
    tx.exec(sql!("DELETE FROM placement WHERE ticket_id = $1 AND message_id = $2"), &params![from, id])?;
    tx.exec(sql!("DELETE FROM placement WHERE ticket_id = $1 AND message_id = $2"), &params![to, id])?;
    tx.exec(sql!("INSERT INTO placement (ticket_id, message_id) VALUES ($1, $2)"), &params![to, id])?;
    Ok(())
}
