//! Numbers that tickets had in other systems.

use db::{Rd, Tx, params, sql};
use kernel::{Result, TicketId};

/// Notes a number; `false` when the source's number is known.
///
/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, source: &str, number: &str, ticket: TicketId) -> Result<bool> {
    let added = tx.exec(
        sql!("INSERT INTO external_ref (source, number, ticket_id) VALUES ($1, $2, $3) ON CONFLICT (source, number) DO NOTHING"),
        &params![source, number, ticket],
    )?;
    Ok(added == 1)
}

/// The ticket that had a number in a source.
///
/// # Errors
/// The database refuses.
pub fn find(rd: &mut Rd<'_>, source: &str, number: &str) -> Result<Option<TicketId>> {
    rd.first(sql!(TicketId, "SELECT ticket_id FROM external_ref WHERE source = $1 AND number = $2"), &params![source, number])
}

/// The tickets that had a number in any source.
///
/// # Errors
/// The database refuses.
pub fn find_any(rd: &mut Rd<'_>, number: &str) -> Result<Vec<TicketId>> {
    rd.all(sql!(TicketId, "SELECT ticket_id FROM external_ref WHERE number = $1 ORDER BY ticket_id LIMIT 20"), &params![number])
}

/// The numbers that a ticket had.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<(String, String)>> {
    rd.all(sql!((String, String), "SELECT source, number FROM external_ref WHERE ticket_id = $1 ORDER BY source, number"), &params![ticket])
}
