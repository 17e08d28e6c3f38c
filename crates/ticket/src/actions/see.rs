//! What somebody has seen of a ticket. It is theirs alone: nobody else is told, and the log says nothing.

use db::Tx;
use kernel::{Result, TicketId};

use crate::store::seen;
use crate::{Frame, permit};

/// Marks a ticket as seen up to an activity, or as it is now. A page says what it showed, so that what
/// came after stays unread.
///
/// # Errors
/// Not found.
pub fn see(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, activity: Option<i64>) -> Result<()> {
    let ticket = permit::see(tx, frame, id)?;
    seen::put(tx, frame.person()?, id, activity.map_or(ticket.activity, |shown| shown.min(ticket.activity)))
}

/// Marks a ticket as unread again.
///
/// # Errors
/// Not found.
pub fn unsee(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<()> {
    permit::see(tx, frame, id)?;
    seen::forget(tx, frame.person()?, id)
}
