//! Removing a ticket for good: the one way, for the trash and for the roll-back of imports.

use db::{Tx, params, sql};
use events::Act;
use kernel::{OrganisationId, Result, TicketId};

use crate::events::OBJECT;

/// Removes a ticket and everything of it; a tombstone with number and digest of its events stays. Its files
/// lose what refers to them and are swept, the index follows the tombstone.
///
/// # Errors
/// The database refuses: a child still has it as its parent.
pub fn remove(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, id: TicketId, reason: &str) -> Result<()> {
    // Who follows the log hears of it, unless not even its being there was for everybody.
    let close = tx.first(
        sql!(
            i64,
            "SELECT 1 FROM ticket WHERE id = $1 AND confidential = 1 \
             UNION ALL SELECT 1 FROM ticket_person WHERE ticket_id = $1 AND role = 'about' LIMIT 1"
        ),
        &params![id],
    )?;
    if close.is_some() {
        events::purge(tx, act, tenant.raw(), OBJECT, id.raw(), reason)?;
    } else {
        events::purge_openly(tx, act, tenant.raw(), OBJECT, id.raw(), reason)?;
    }
    // A message that was placed elsewhere, too, stays there with its files.
    tx.exec(
        sql!(
            "UPDATE attachment SET ticket_id = (SELECT MIN(o.ticket_id) FROM placement o \
             WHERE o.message_id = attachment.message_id AND o.ticket_id <> $1) \
             WHERE ticket_id = $1 AND EXISTS (SELECT 1 FROM placement o WHERE o.message_id = attachment.message_id AND o.ticket_id <> $1)"
        ),
        &params![id],
    )?;
    tx.exec(
        sql!(
            "DELETE FROM message WHERE id IN (SELECT p.message_id FROM placement p WHERE p.ticket_id = $1 \
             AND NOT EXISTS (SELECT 1 FROM placement o WHERE o.message_id = p.message_id AND o.ticket_id <> $1))"
        ),
        &params![id],
    )?;
    settings::values::forget(tx, settings::field::Object::Ticket, id.raw())?;
    tx.exec(sql!("DELETE FROM draft WHERE ticket_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM ticket WHERE id = $1"), &params![id])?;
    Ok(())
}
