//! Time that people spent on tickets.

use db::{Rd, Tx, params, sql};
use kernel::{Error, Id, PersonId, Result, TextId, TicketId, Time};

/// The kind of record; its counter comes with the migration.
#[derive(Debug)]
pub enum EntryKind {}
impl kernel::Kind for EntryKind {
    const NAME: &'static str = "time_entry";
}
/// Time that somebody spent.
pub type EntryId = Id<EntryKind>;

/// Entries of a ticket that are read at most; the newest are kept.
const MOST: i64 = 500;

db::row! {
    /// Time that somebody spent.
    #[derive(PartialEq, Eq)]
    pub struct Entry {
        pub id: EntryId,
        pub ticket: TicketId,
        pub person: PersonId,
        /// As on a calendar, such as `2026-11-23`.
        pub day: String,
        pub minutes: i64,
        pub activity: String,
        pub billable: bool,
        pub comment_id: Option<TextId>,
        /// None as well once it was erased.
        pub comment: Option<String>,
        pub created_at: Time,
        pub version: i64,
    }
}

/// The entries of a ticket, the newest day first.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<Entry>> {
    rd.all(
        sql!(
            Entry,
            "SELECT e.id, e.ticket_id, e.person_id, e.day, e.minutes, e.activity, e.billable, e.comment_id, b.body, e.created_at, \
             e.version FROM time_entry e LEFT JOIN text_body b ON b.id = e.comment_id \
             WHERE e.ticket_id = $1 ORDER BY e.day DESC, e.id DESC LIMIT $2"
        ),
        &params![ticket, MOST],
    )
}

/// An entry of a ticket.
///
/// # Errors
/// Not found when it is of none or of another one.
pub fn get(rd: &mut Rd<'_>, ticket: TicketId, id: EntryId) -> Result<Entry> {
    rd.first(
        sql!(
            Entry,
            "SELECT e.id, e.ticket_id, e.person_id, e.day, e.minutes, e.activity, e.billable, e.comment_id, b.body, e.created_at, \
             e.version FROM time_entry e LEFT JOIN text_body b ON b.id = e.comment_id WHERE e.id = $1 AND e.ticket_id = $2"
        ),
        &params![id, ticket],
    )?
    .ok_or_else(Error::not_found)
}

/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, e: &Entry) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO time_entry (id, ticket_id, person_id, day, minutes, activity, billable, comment_id, created_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        &params![e.id, e.ticket, e.person, &e.day, e.minutes, &e.activity, e.billable, e.comment_id, e.created_at, e.version],
    )?;
    Ok(())
}

/// Writes an entry over the version that was read.
///
/// # Errors
/// Conflict when it has another version by now.
pub fn update(tx: &mut Tx<'_>, e: &Entry) -> Result<()> {
    let changed = tx.exec(
        sql!(
            "UPDATE time_entry SET day = $3, minutes = $4, activity = $5, billable = $6, comment_id = $7, version = version + 1 \
             WHERE id = $1 AND version = $2"
        ),
        &params![e.id, e.version, &e.day, e.minutes, &e.activity, e.billable, e.comment_id],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::conflict("error-concurrent").retry_after(1)) }
}

/// # Errors
/// The database refuses.
pub fn remove(tx: &mut Tx<'_>, id: EntryId) -> Result<()> {
    tx.exec(sql!("DELETE FROM time_entry WHERE id = $1"), &params![id])?;
    Ok(())
}
