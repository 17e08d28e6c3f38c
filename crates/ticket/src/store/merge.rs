//! Tickets that go on as part of others.

use db::{Rd, Tx, params, sql};
use kernel::{MessageId, PersonId, Result, TicketId, Time};

db::row! {
    /// A merge that holds, with how the merged ticket stood before.
    #[derive(PartialEq, Eq)]
    pub struct Merge {
        pub from: TicketId,
        pub number: i64,
        pub into: TicketId,
        pub apart: bool,
        pub by: i64,
        pub at: Time,
        /// The event by which the merged one ended; none when it was over already.
        pub event: Option<i64>,
        pub state: String,
        pub resolved_at: Option<Time>,
        pub closed_at: Option<Time>,
        pub close_due_at: Time,
        pub linked: bool,
    }
}

/// The merge by which a ticket is part of another now.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, from: TicketId) -> Result<Option<Merge>> {
    rd.first(
        sql!(
            Merge,
            "SELECT from_id, number, into_id, apart, by_id, at, event_seq, state, resolved_at, closed_at, close_due_at, linked \
             FROM ticket_merge WHERE from_id = $1 AND undone_at IS NULL"
        ),
        &params![from],
    )
}

/// The tickets that are part of this one now, and whether their requesters are others.
///
/// # Errors
/// The database refuses.
pub fn parts(rd: &mut Rd<'_>, into: TicketId) -> Result<Vec<(TicketId, bool)>> {
    rd.all(
        sql!(
            (TicketId, bool),
            "SELECT from_id, apart FROM ticket_merge WHERE into_id = $1 AND undone_at IS NULL ORDER BY at, from_id LIMIT 200"
        ),
        &params![into],
    )
}

/// The number of a ticket's next merge.
///
/// # Errors
/// The database refuses.
pub fn next(rd: &mut Rd<'_>, from: TicketId) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COALESCE(MAX(number), 0) + 1 FROM ticket_merge WHERE from_id = $1"), &params![from])
}

/// Writes a merge and whom it made watchers.
///
/// # Errors
/// The database refuses: the ticket is part of another already.
pub fn insert(tx: &mut Tx<'_>, m: &Merge, watchers: &[PersonId]) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ticket_merge (from_id, number, into_id, apart, by_id, at, undone_at, event_seq, state, resolved_at, closed_at, \
             close_due_at, linked) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, $9, $10, $11, $12)"
        ),
        &params![m.from, m.number, m.into, m.apart, m.by, m.at, m.event, &m.state, m.resolved_at, m.closed_at, m.close_due_at, m.linked],
    )?;
    for person in watchers {
        tx.exec(
            sql!("INSERT INTO ticket_merge_watcher (from_id, number, person_id) VALUES ($1, $2, $3)"),
            &params![m.from, m.number, *person],
        )?;
    }
    Ok(())
}

/// Whom a merge made watchers.
///
/// # Errors
/// The database refuses.
pub fn watchers(rd: &mut Rd<'_>, m: &Merge) -> Result<Vec<PersonId>> {
    rd.all(
        sql!(PersonId, "SELECT person_id FROM ticket_merge_watcher WHERE from_id = $1 AND number = $2 ORDER BY person_id"),
        &params![m.from, m.number],
    )
}

/// A merge holds no more.
///
/// # Errors
/// The database refuses.
pub fn end(tx: &mut Tx<'_>, m: &Merge, at: Time) -> Result<()> {
    tx.exec(sql!("UPDATE ticket_merge SET undone_at = $3 WHERE from_id = $1 AND number = $2"), &params![m.from, m.number, at])?;
    Ok(())
}

/// Places the messages of one ticket on another as well; those for the desk alone there when `desk`.
///
/// # Errors
/// The database refuses.
pub fn bring(tx: &mut Tx<'_>, from: TicketId, into: TicketId, desk: bool) -> Result<u64> {
    tx.exec(
        sql!(
            "INSERT INTO placement (ticket_id, message_id, source_id, via, desk) \
             SELECT $2, message_id, $1, 'merge', CASE WHEN desk = 1 OR $3 = 1 THEN 1 ELSE 0 END FROM placement WHERE ticket_id = $1 \
             ON CONFLICT (ticket_id, message_id) DO NOTHING"
        ),
        &params![from, into, desk],
    )
}

/// Takes away what [`bring`] placed.
///
/// # Errors
/// The database refuses.
pub fn take_back(tx: &mut Tx<'_>, from: TicketId, into: TicketId) -> Result<u64> {
    tx.exec(sql!("DELETE FROM placement WHERE ticket_id = $2 AND source_id = $1 AND via = 'merge'"), &params![from, into])
}

/// Places a message that came after a merge on the other ticket as well.
///
/// # Errors
/// The database refuses.
pub fn place(tx: &mut Tx<'_>, message: MessageId, from: TicketId, on: TicketId, desk: bool) -> Result<bool> {
    let placed = tx.exec(
        sql!(
            "INSERT INTO placement (ticket_id, message_id, source_id, via, desk) VALUES ($1, $2, $3, 'after', $4) \
             ON CONFLICT (ticket_id, message_id) DO NOTHING"
        ),
        &params![on, message, from, desk],
    )?;
    Ok(placed == 1)
}

/// Where a message stands beside the ticket that it was written to, and whether only the desk reads it there.
///
/// # Errors
/// The database refuses.
pub fn places(rd: &mut Rd<'_>, message: MessageId) -> Result<Vec<(TicketId, bool)>> {
    rd.all(
        sql!(
            (TicketId, bool),
            "SELECT ticket_id, desk FROM placement WHERE message_id = $1 AND source_id IS NOT NULL ORDER BY ticket_id LIMIT 200"
        ),
        &params![message],
    )
}
