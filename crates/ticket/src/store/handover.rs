//! Why tickets were given to somebody else: for the filter and for reports.

use db::{Tx, params, sql};
use events::Act;
use kernel::Result;

use crate::{HandoverReason, Ticket};

/// Notes why a ticket went from where it was to where it is, beside the event that says so.
///
/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, act: &Act, before: &Ticket, after: &Ticket, event: i64, reason: HandoverReason) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ticket_handover (ticket_id, event_seq, reason, from_team_id, from_person_id, to_team_id, to_person_id, by_id, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &params![after.id, event, reason, before.team, before.assignee, after.team, after.assignee, act.by.id(), act.occurred],
    )?;
    Ok(())
}

/// Forgets the reason of a hand-over that was taken back.
///
/// # Errors
/// The database refuses.
pub fn forget(tx: &mut Tx<'_>, ticket: kernel::TicketId, event: i64) -> Result<()> {
    tx.exec(sql!("DELETE FROM ticket_handover WHERE ticket_id = $1 AND event_seq = $2"), &params![ticket, event])?;
    Ok(())
}
