//! Links between tickets.

use db::{Rd, Tx, params, sql};
use kernel::{Result, TicketId, Time};

use crate::LinkKind;

/// A link as one of its ends sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    pub other: TicketId,
    /// It starts from the ticket asked for.
    pub outward: bool,
}

/// Writes a link; `false` when it was there.
///
/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, from: TicketId, kind: LinkKind, to: TicketId, at: Time) -> Result<bool> {
    let added = tx.exec(
        sql!("INSERT INTO ticket_link (from_id, kind, to_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (from_id, kind, to_id) DO NOTHING"),
        &params![from, kind, to, at],
    )?;
    Ok(added == 1)
}

/// Removes a link; `false` when it was not there.
///
/// # Errors
/// The database refuses.
pub fn delete(tx: &mut Tx<'_>, from: TicketId, kind: LinkKind, to: TicketId) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM ticket_link WHERE from_id = $1 AND kind = $2 AND to_id = $3"), &params![from, kind, to])? == 1)
}

/// The links of a ticket, both directions.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, id: TicketId) -> Result<Vec<Link>> {
    let rows = rd.all(
        sql!(
            (LinkKind, i64, i64),
            "SELECT kind, to_id, 1 FROM ticket_link WHERE from_id = $1 UNION ALL SELECT kind, from_id, 0 FROM ticket_link WHERE to_id = $1 ORDER BY 1, 2 LIMIT 500"
        ),
        &params![id],
    )?;
    Ok(rows.into_iter().map(|(kind, other, outward)| Link { kind, other: TicketId::new(other), outward: outward == 1 }).collect())
}

/// The open tickets that block this one.
///
/// # Errors
/// The database refuses.
pub fn open_blockers(rd: &mut Rd<'_>, id: TicketId) -> Result<Vec<TicketId>> {
    rd.all(
        sql!(
            TicketId,
            "SELECT t.id FROM ticket_link l JOIN ticket t ON t.id = l.from_id WHERE l.to_id = $1 AND l.kind = 'blocks' AND t.open = 1 ORDER BY t.id LIMIT 20"
        ),
        &params![id],
    )
}
