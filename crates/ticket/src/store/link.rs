//! Links between tickets.

use access::TicketScope;
use db::{Rd, Tx, params, sql};
use kernel::{Result, TicketId, Time};
use sea_query::{Expr, ExprTrait, Order, Query};

use crate::LinkKind;

/// Links shown at most.
const MOST: u64 = 500;

/// A link as one of its ends sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    pub other: TicketId,
    /// It starts from the ticket asked for.
    pub outward: bool,
}

/// Writes a link; `false` when it was there. It is veiled when one of its ends is confidential.
///
/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, from: TicketId, kind: LinkKind, to: TicketId, veiled: bool, at: Time) -> Result<bool> {
    let added = tx.exec(
        sql!(
            "INSERT INTO ticket_link (from_id, kind, to_id, veiled, created_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (from_id, kind, to_id) DO NOTHING"
        ),
        &params![from, kind, to, veiled, at],
    )?;
    Ok(added == 1)
}

/// Veils and unveils the links of a ticket that became confidential, or is so no longer.
///
/// # Errors
/// The database refuses.
pub fn veil(tx: &mut Tx<'_>, id: TicketId) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE ticket_link SET veiled = CASE WHEN EXISTS (SELECT 1 FROM ticket t \
             WHERE t.id IN (ticket_link.from_id, ticket_link.to_id) AND t.confidential = 1) THEN 1 ELSE 0 END \
             WHERE from_id = $1 OR to_id = $1"
        ),
        &params![id],
    )?;
    Ok(())
}

/// Removes a link; `false` when it was not there.
///
/// # Errors
/// The database refuses.
pub fn delete(tx: &mut Tx<'_>, from: TicketId, kind: LinkKind, to: TicketId) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM ticket_link WHERE from_id = $1 AND kind = $2 AND to_id = $3"), &params![from, kind, to])? == 1)
}

/// The links of a ticket to those that the scope lets through, both directions; at most 500 of each.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, scope: &TicketScope, id: TicketId) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    for (own, other, outward) in [("from_id", "to_id", true), ("to_id", "from_id", false)] {
        let query = Query::select()
            .columns([("ticket_link", "kind"), ("ticket_link", other)])
            .from("ticket_link")
            .inner_join("ticket", Expr::col(("ticket", "id")).equals(("ticket_link", other)))
            .and_where(Expr::col(("ticket_link", own)).eq(id.raw()))
            .cond_where(scope.condition())
            .order_by(("ticket_link", "kind"), Order::Asc)
            .order_by(("ticket_link", other), Order::Asc)
            .limit(MOST)
            .to_owned();
        let rows: Vec<(LinkKind, TicketId)> = rd.select(&query)?;
        links.extend(rows.into_iter().map(|(kind, other)| Link { kind, other, outward }));
    }
    links.sort_by_key(|link| (link.kind.key(), link.other));
    links.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(links)
}

/// The open tickets that block this one. What is confidential or in the trash holds nothing up: it would tell of itself.
///
/// # Errors
/// The database refuses.
pub fn open_blockers(rd: &mut Rd<'_>, id: TicketId) -> Result<Vec<TicketId>> {
    rd.all(
        sql!(
            TicketId,
            "SELECT t.id FROM ticket_link l JOIN ticket t ON t.id = l.from_id WHERE l.to_id = $1 AND l.kind = 'blocks' AND t.open = 1 AND t.confidential = 0 \
             AND t.trashed = 0 ORDER BY t.id LIMIT 20"
        ),
        &params![id],
    )
}
