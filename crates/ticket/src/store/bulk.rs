//! What was done to several tickets at once, ticket by ticket.

use db::{Rd, Tx, params, sql};
use kernel::{Id, OrganisationId, PersonId, Result, TicketId, Time};

/// The kind of record; its counter comes with the migration.
#[derive(Debug)]
pub enum BulkKind {}
impl kernel::Kind for BulkKind {
    const NAME: &'static str = "bulk";
}
/// One deed upon several tickets.
pub type BulkId = Id<BulkKind>;

db::choice! {
    /// How far it is.
    BulkState {
        Running "running",
        Done "done",
        Undoing "undoing",
        Undone "undone",
    }
}

db::choice! {
    /// What became of one ticket.
    Fate {
        Waiting "waiting",
        Done "done",
        Refused "refused",
        Undone "undone",
        /// It was changed since, so it was not taken back.
        Kept "kept",
    }
}

db::row! {
    /// The deed.
    pub struct Bulk {
        pub id: BulkId,
        pub tenant: OrganisationId,
        pub person: PersonId,
        pub wanted: String,
        pub state: BulkState,
        pub created_at: Time,
        pub finished_at: Option<Time>,
    }
}

db::row! {
    /// One ticket of it.
    pub struct One {
        pub ticket: TicketId,
        pub fate: Fate,
        pub words: String,
        pub did: String,
    }
}

/// Writes a deed with its tickets, all of them waiting.
///
/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, b: &Bulk, tickets: &[TicketId]) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO bulk (id, tenant_id, person_id, wanted, state, created_at, finished_at) VALUES ($1, $2, $3, $4, $5, $6, NULL)"),
        &params![b.id, b.tenant, b.person, &b.wanted, b.state, b.created_at],
    )?;
    for ticket in tickets {
        tx.exec(
            sql!(
                "INSERT INTO bulk_ticket (bulk_id, ticket_id, state, words, did) VALUES ($1, $2, 'waiting', '', '{}') \
                 ON CONFLICT (bulk_id, ticket_id) DO NOTHING"
            ),
            &params![b.id, *ticket],
        )?;
    }
    Ok(())
}

/// A deed.
///
/// # Errors
/// Not found when there is none.
pub fn get(rd: &mut Rd<'_>, id: BulkId) -> Result<Bulk> {
    rd.one(sql!(Bulk, "SELECT id, tenant_id, person_id, wanted, state, created_at, finished_at FROM bulk WHERE id = $1"), &params![id])
}

/// How far a deed is now.
///
/// # Errors
/// The database refuses.
pub fn set_state(tx: &mut Tx<'_>, id: BulkId, state: BulkState, finished: Option<Time>) -> Result<()> {
    tx.exec(sql!("UPDATE bulk SET state = $2, finished_at = $3 WHERE id = $1"), &params![id, state, finished])?;
    Ok(())
}

/// The next tickets with a fate, after one.
///
/// # Errors
/// The database refuses.
pub fn next(rd: &mut Rd<'_>, id: BulkId, fate: Fate, after: TicketId, limit: i64) -> Result<Vec<TicketId>> {
    rd.all(
        sql!(
            TicketId,
            "SELECT ticket_id FROM bulk_ticket WHERE bulk_id = $1 AND state = $2 AND ticket_id > $3 ORDER BY ticket_id LIMIT $4"
        ),
        &params![id, fate, after, limit],
    )
}

/// One ticket of a deed.
///
/// # Errors
/// Not found when it is none of them.
pub fn one(rd: &mut Rd<'_>, id: BulkId, ticket: TicketId) -> Result<One> {
    rd.one(sql!(One, "SELECT ticket_id, state, words, did FROM bulk_ticket WHERE bulk_id = $1 AND ticket_id = $2"), &params![id, ticket])
}

/// The tickets of a deed.
///
/// # Errors
/// The database refuses.
pub fn all(rd: &mut Rd<'_>, id: BulkId) -> Result<Vec<One>> {
    rd.all(sql!(One, "SELECT ticket_id, state, words, did FROM bulk_ticket WHERE bulk_id = $1 ORDER BY ticket_id LIMIT 1000"), &params![id])
}

/// What became of a ticket.
///
/// # Errors
/// The database refuses.
pub fn settle(tx: &mut Tx<'_>, id: BulkId, one: &One) -> Result<()> {
    tx.exec(
        sql!("UPDATE bulk_ticket SET state = $3, words = $4, did = $5 WHERE bulk_id = $1 AND ticket_id = $2"),
        &params![id, one.ticket, one.fate, &one.words, &one.did],
    )?;
    Ok(())
}

/// The newest change of a ticket.
///
/// # Errors
/// The database refuses.
pub fn newest_change(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Option<i64>> {
    rd.first(
        sql!(i64, "SELECT seq FROM event WHERE object = 'ticket' AND object_id = $1 AND kind = 'ticket.changed' ORDER BY seq DESC LIMIT 1"),
        &params![ticket],
    )
}
