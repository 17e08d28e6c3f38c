//! Erasable free text that events refer to.

use db::{Rd, Tx, params, sql};
use events::Act;
use kernel::{OrganisationId, Result, TextId, TicketId, kinds};

/// Stores a text of a ticket.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, ticket: TicketId, body: &str) -> Result<TextId> {
    let id = tx.next_id::<kinds::Text>()?;
    let salt = act.salt();
    tx.exec(
        sql!("INSERT INTO text_body (id, tenant_id, ticket_id, body, salt) VALUES ($1, $2, $3, $4, $5)"),
        &params![id, tenant, ticket, body, &salt],
    )?;
    Ok(id)
}

/// All texts of a ticket by their id: what a timeline needs.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId) -> Result<std::collections::HashMap<TextId, String>> {
    let rows = rd
        .all(sql!((TextId, String), "SELECT id, body FROM text_body WHERE ticket_id = $1 ORDER BY id DESC LIMIT 2000"), &params![ticket])?;
    Ok(rows.into_iter().collect())
}

/// One text.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>, id: TextId) -> Result<Option<String>> {
    rd.first(sql!(String, "SELECT body FROM text_body WHERE id = $1"), &params![id])
}
