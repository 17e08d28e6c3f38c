//! Where a ticket has been: one row per stay in a state with a team and a person.

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result, TeamId, TicketId, Time};

use crate::{Category, Ticket};

db::row! {
    /// One stay.
    pub struct Passage {
        pub place: i64,
        pub state: String,
        pub category: Category,
        pub team: Option<TeamId>,
        pub assignee: Option<PersonId>,
        pub entered_at: Time,
        pub left_at: Option<Time>,
    }
}

/// Begins the first stay of a new ticket. It looks for no earlier one: on PostgreSQL that look would set
/// everybody who registers at the same time against each other.
///
/// # Errors
/// The database refuses.
pub fn begin(tx: &mut Tx<'_>, ticket: &Ticket, at: Time) -> Result<()> {
    insert(tx, ticket, 1, at)
}

/// Ends the present stay, if there is one, and begins the next.
///
/// # Errors
/// The database refuses.
pub fn enter(tx: &mut Tx<'_>, ticket: &Ticket, at: Time) -> Result<()> {
    let last = tx.one(sql!(i64, "SELECT COALESCE(MAX(place), 0) FROM ticket_passage WHERE ticket_id = $1"), &params![ticket.id])?;
    tx.exec(sql!("UPDATE ticket_passage SET left_at = $3 WHERE ticket_id = $1 AND place = $2"), &params![ticket.id, last, at])?;
    insert(tx, ticket, last + 1, at)
}

fn insert(tx: &mut Tx<'_>, ticket: &Ticket, place: i64, at: Time) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ticket_passage (ticket_id, place, state, category, team_id, assignee_id, entered_at, left_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)"
        ),
        &params![ticket.id, place, &ticket.state, ticket.category, ticket.team, ticket.assignee, at],
    )?;
    Ok(())
}

/// How many different teams had the ticket.
///
/// # Errors
/// The database refuses.
pub fn teams(rd: &mut Rd<'_>, ticket: TicketId) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COUNT(DISTINCT team_id) FROM ticket_passage WHERE ticket_id = $1"), &params![ticket])
}

/// Whether the ticket was ever in a category.
///
/// # Errors
/// The database refuses.
pub fn was_in(rd: &mut Rd<'_>, ticket: TicketId, category: Category) -> Result<bool> {
    let found =
        rd.first(sql!(i64, "SELECT place FROM ticket_passage WHERE ticket_id = $1 AND category = $2 LIMIT 1"), &params![ticket, category])?;
    Ok(found.is_some())
}

/// All stays, oldest first.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<Passage>> {
    rd.all(
        sql!(Passage, "SELECT place, state, category, team_id, assignee_id, entered_at, left_at FROM ticket_passage WHERE ticket_id = $1 ORDER BY place LIMIT 2000"),
        &params![ticket],
    )
}

/// Whether a ticket of a kind stands in a state; tenant 0 asks for all tenants.
///
/// # Errors
/// The database refuses.
pub fn holds(rd: &mut Rd<'_>, tenant: i64, kind: &str, state: &str) -> Result<bool> {
    let found = rd.first(
        sql!(
            i64,
            "SELECT p.ticket_id FROM ticket_passage p JOIN ticket t ON t.id = p.ticket_id \
             WHERE p.state = $1 AND p.left_at IS NULL AND t.kind = $2 AND (t.tenant_id = $3 OR $3 = 0) LIMIT 1"
        ),
        &params![state, kind, tenant],
    )?;
    Ok(found.is_some())
}
