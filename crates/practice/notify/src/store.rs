//! All queries of notices.

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result, TicketId, Time};

use crate::Reason;
use crate::outbox::Waiting;
use crate::preferences::Channel;

/// A notice about to be written.
#[derive(Debug, Clone)]
pub struct NewNotice {
    pub person: PersonId,
    pub seq: i64,
    pub ticket: TicketId,
    pub reason: Reason,
    pub internal: bool,
    pub actor: Option<PersonId>,
    /// Its person does not want it in the product.
    pub hidden: bool,
}

/// Writes a notice; one of the same event and person is there already.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, new: &NewNotice, now: Time) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO notice (person_id, seq, ticket_id, reason, internal, actor_id, told_at, done_at) \
             SELECT p.id, CAST($2 AS INTEGER), t.id, CAST($4 AS TEXT), CAST($5 AS INTEGER), CAST($6 AS INTEGER), CAST($7 AS INTEGER), \
             CAST($8 AS INTEGER) \
             FROM person p, ticket t WHERE p.id = $1 AND t.id = $3 ON CONFLICT (person_id, seq) DO NOTHING"
        ),
        &params![new.person, new.seq, new.ticket, new.reason, new.internal, new.actor, now, new.hidden.then_some(now)],
    )?;
    Ok(())
}

db::row! {
    /// The notices of one ticket together.
    pub struct Group { pub ticket: TicketId, pub seq: i64 }
}

/// Tickets with notices that are not done, the one with the newest first, before a place in that order.
///
/// # Errors
/// The database refuses.
pub fn groups(rd: &mut Rd<'_>, person: PersonId, before: i64, limit: i64) -> Result<Vec<Group>> {
    rd.all(
        sql!(
            Group,
            "SELECT ticket_id, MAX(seq) FROM notice WHERE person_id = $1 AND done_at IS NULL GROUP BY ticket_id \
             HAVING MAX(seq) < $2 ORDER BY MAX(seq) DESC LIMIT $3"
        ),
        &params![person, before, limit],
    )
}

db::row! {
    /// A notice.
    pub struct Notice {
        pub seq: i64,
        pub reason: Reason,
        pub internal: bool,
        pub actor: Option<PersonId>,
        pub told_at: Time,
        pub read: bool,
    }
}

/// The notices of a ticket that are not done, the newest first.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, person: PersonId, ticket: TicketId) -> Result<Vec<Notice>> {
    rd.all(
        sql!(
            Notice,
            "SELECT seq, reason, internal, actor_id, told_at, CASE WHEN read_at IS NULL THEN 0 ELSE 1 END FROM notice \
             WHERE person_id = $1 AND ticket_id = $2 AND done_at IS NULL ORDER BY seq DESC LIMIT 100"
        ),
        &params![person, ticket],
    )
}

/// Tickets with something unread, and whether all of that is the desk's own business.
///
/// # Errors
/// The database refuses.
pub fn unread(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<(TicketId, bool)>> {
    rd.all(
        sql!(
            (TicketId, bool),
            "SELECT ticket_id, MIN(internal) FROM notice WHERE person_id = $1 AND done_at IS NULL AND read_at IS NULL \
             GROUP BY ticket_id ORDER BY ticket_id DESC LIMIT 500"
        ),
        &params![person],
    )
}

/// Marks what a ticket told as read; answers whether anything was unread.
///
/// # Errors
/// The database refuses.
pub fn read(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId, now: Time) -> Result<bool> {
    let read = tx.exec(
        sql!("UPDATE notice SET read_at = $3 WHERE person_id = $1 AND ticket_id = $2 AND read_at IS NULL AND done_at IS NULL"),
        &params![person, ticket, now],
    )?;
    Ok(read > 0)
}

/// Marks what a ticket told as done, up to an event.
///
/// # Errors
/// The database refuses.
pub fn done(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId, until: i64, now: Time) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE notice SET done_at = $4, read_at = COALESCE(read_at, $4) \
             WHERE person_id = $1 AND ticket_id = $2 AND seq <= $3 AND done_at IS NULL"
        ),
        &params![person, ticket, until, now],
    )?;
    Ok(())
}

/// Marks everything as done, up to an event.
///
/// # Errors
/// The database refuses.
pub fn all_done(tx: &mut Tx<'_>, person: PersonId, until: i64, now: Time) -> Result<()> {
    tx.exec(
        sql!("UPDATE notice SET done_at = $3, read_at = COALESCE(read_at, $3) WHERE person_id = $1 AND seq <= $2 AND done_at IS NULL"),
        &params![person, until, now],
    )?;
    Ok(())
}

/// Whether somebody muted a ticket.
///
/// # Errors
/// The database refuses.
pub fn is_muted(rd: &mut Rd<'_>, person: PersonId, ticket: TicketId) -> Result<bool> {
    let found =
        rd.first(sql!(Time, "SELECT muted_at FROM notice_mute WHERE person_id = $1 AND ticket_id = $2"), &params![person, ticket])?;
    Ok(found.is_some())
}

/// Mutes a ticket for somebody, or no longer.
///
/// # Errors
/// The database refuses.
pub fn mute(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId, muted: bool, now: Time) -> Result<()> {
    if muted {
        tx.exec(
            sql!(
                "INSERT INTO notice_mute (person_id, ticket_id, muted_at) VALUES ($1, $2, $3) ON CONFLICT (person_id, ticket_id) DO NOTHING"
            ),
            &params![person, ticket, now],
        )?;
    } else {
        tx.exec(sql!("DELETE FROM notice_mute WHERE person_id = $1 AND ticket_id = $2"), &params![person, ticket])?;
    }
    Ok(())
}

/// Forgets what was told long ago, at most 500 in one go; answers how many went.
///
/// # Errors
/// The database refuses.
pub fn forget(tx: &mut Tx<'_>, before: Time) -> Result<u64> {
    tx.exec(
        sql!(
            "DELETE FROM notice WHERE (person_id, seq) IN (SELECT person_id, seq FROM notice WHERE told_at < $1 ORDER BY told_at LIMIT 500)"
        ),
        &params![before],
    )
}

/// Writes down that something is to be carried; `false` when it was.
///
/// # Errors
/// The database refuses.
pub(crate) fn wait(tx: &mut Tx<'_>, waiting: &Waiting) -> Result<bool> {
    let made = tx.exec(
        sql!(
            "INSERT INTO notify_outbox (person_id, channel, seq, due_at) SELECT p.id, CAST($2 AS TEXT), CAST($3 AS INTEGER), CAST($4 AS INTEGER) \
             FROM person p WHERE p.id = $1 ON CONFLICT (person_id, channel, seq) DO NOTHING"
        ),
        &params![waiting.person, waiting.channel, waiting.seq, waiting.due],
    )?;
    Ok(made > 0)
}

/// The events of what is due for somebody by one way, the oldest first.
///
/// # Errors
/// The database refuses.
pub(crate) fn due(rd: &mut Rd<'_>, person: PersonId, channel: Channel, now: Time, limit: i64) -> Result<Vec<i64>> {
    rd.all(
        sql!(i64, "SELECT seq FROM notify_outbox WHERE person_id = $1 AND channel = $2 AND due_at <= $3 ORDER BY seq LIMIT $4"),
        &params![person, channel, now, limit],
    )
}

/// It was carried.
///
/// # Errors
/// The database refuses.
pub(crate) fn carried(tx: &mut Tx<'_>, person: PersonId, channel: Channel, seq: i64) -> Result<()> {
    tx.exec(sql!("DELETE FROM notify_outbox WHERE person_id = $1 AND channel = $2 AND seq = $3"), &params![person, channel, seq])?;
    Ok(())
}

/// Ticket, reason and inwardness of a notice that nobody has read meanwhile.
///
/// # Errors
/// The database refuses.
pub(crate) fn unread_notice(rd: &mut Rd<'_>, person: PersonId, seq: i64) -> Result<Option<(TicketId, Reason, bool)>> {
    rd.first(
        sql!(
            (TicketId, Reason, bool),
            "SELECT ticket_id, reason, internal FROM notice WHERE person_id = $1 AND seq = $2 AND read_at IS NULL"
        ),
        &params![person, seq],
    )
}

/// Reason and inwardness, with the ticket, of what somebody was told since a moment.
///
/// # Errors
/// The database refuses.
pub(crate) fn since(rd: &mut Rd<'_>, person: PersonId, since: Time) -> Result<Vec<(TicketId, Reason, bool)>> {
    rd.all(
        sql!(
            (TicketId, Reason, bool),
            "SELECT ticket_id, reason, internal FROM notice WHERE person_id = $1 AND told_at >= $2 ORDER BY seq DESC LIMIT 1000"
        ),
        &params![person, since],
    )
}

/// What somebody wants, as it is stored.
///
/// # Errors
/// The database refuses.
pub(crate) fn preferences(rd: &mut Rd<'_>, person: PersonId) -> Result<Option<String>> {
    rd.first(sql!(String, "SELECT body FROM notify_preference WHERE person_id = $1"), &params![person])
}

/// Keeps what somebody wants.
///
/// # Errors
/// The database refuses.
pub(crate) fn put_preferences(tx: &mut Tx<'_>, person: PersonId, body: &str, now: Time) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO notify_preference (person_id, body, updated_at) VALUES ($1, $2, $3) \
             ON CONFLICT (person_id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at"
        ),
        &params![person, body, now],
    )?;
    Ok(())
}

/// Somebody wants what administrators say again.
///
/// # Errors
/// The database refuses.
pub(crate) fn forget_preferences(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.exec(sql!("DELETE FROM notify_preference WHERE person_id = $1"), &params![person])?;
    Ok(())
}

/// People who sign in by a name, or by an address that begins with it; at most a few.
///
/// # Errors
/// The database refuses.
pub(crate) fn by_login(rd: &mut Rd<'_>, name: &str) -> Result<Vec<PersonId>> {
    // The letter behind the sign of an address ends the range.
    let (from, to) = (format!("{name}@"), format!("{name}A"));
    rd.all(
        sql!(
            PersonId,
            "SELECT person_id FROM account WHERE active = 1 AND (login_key = $1 OR (login_key >= $2 AND login_key < $3)) ORDER BY person_id LIMIT 5"
        ),
        &params![name, from, to],
    )
}
