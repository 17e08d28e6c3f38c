//! Numbers that tickets had in other systems.

use db::{Rd, Tx, params, sql};
use kernel::{OrganisationId, Result, TicketId};

/// Notes a number; `false` when the tenant knows the source's number.
///
/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, tenant: OrganisationId, source: &str, number: &str, ticket: TicketId) -> Result<bool> {
    let added = tx.exec(
        sql!(
            "INSERT INTO external_ref (tenant_id, source, number, ticket_id) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (tenant_id, source, number) DO NOTHING"
        ),
        &params![tenant, source, number, ticket],
    )?;
    Ok(added == 1)
}

/// The ticket of a tenant that had a number in a source.
///
/// # Errors
/// The database refuses.
pub fn find(rd: &mut Rd<'_>, tenant: OrganisationId, source: &str, number: &str) -> Result<Option<TicketId>> {
    rd.first(
        sql!(TicketId, "SELECT ticket_id FROM external_ref WHERE tenant_id = $1 AND source = $2 AND number = $3"),
        &params![tenant, source, number],
    )
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
