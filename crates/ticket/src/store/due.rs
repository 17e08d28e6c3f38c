//! The tickets that a job goes through, a stretch at a time: what stays behind keeps none from its turn.

use db::{Rd, params, sql};
use kernel::{Result, TicketId, Time};

/// The open children of a ticket, after one of them. What is confidential is nobody's child, and what is in the trash
/// holds nothing up.
///
/// # Errors
/// The database refuses.
pub fn open_children(rd: &mut Rd<'_>, parent: TicketId, after: Option<TicketId>, limit: i64) -> Result<Vec<TicketId>> {
    rd.all(
        sql!(TicketId, "SELECT id FROM ticket WHERE parent_id = $1 AND open = 1 AND trashed = 0 AND id > $2 ORDER BY id LIMIT $3"),
        &params![parent, after.map_or(0, TicketId::raw), limit],
    )
}

/// Solved tickets out of the trash whose time to close has come, with that time, after one of them.
///
/// # Errors
/// The database refuses.
pub fn to_close(rd: &mut Rd<'_>, now: Time, after: Option<(Time, TicketId)>, limit: i64) -> Result<Vec<(Time, TicketId)>> {
    let (at, id) = after.unwrap_or((Time(i64::MIN), TicketId::new(0)));
    rd.all(
        sql!(
            (Time, TicketId),
            "SELECT close_due_at, id FROM ticket WHERE category = 'resolved' AND close_due_at <= $1 AND (close_due_at, id) > ($2, $3) \
             AND trashed = 0 ORDER BY close_due_at, id LIMIT $4"
        ),
        &params![now, at, id, limit],
    )
}
