//! What somebody does with what they were told.

use db::Tx;
use kernel::{Result, TicketId};
use ticket::{Frame, serve};

use crate::store;

/// Marks what a ticket told as read; answers whether anything was unread.
///
/// # Errors
/// Not found when the ticket may not be seen.
pub fn read(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: TicketId) -> Result<bool> {
    serve::see(tx, frame, ticket)?;
    store::read(tx, frame.person()?, ticket, frame.act.now)
}

/// Marks what a ticket told as done: all of it, or up to the event that a page showed last, so that what came
/// after stays.
///
/// # Errors
/// Not found when the ticket may not be seen.
pub fn done(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: TicketId, until: Option<i64>) -> Result<()> {
    serve::see(tx, frame, ticket)?;
    store::done(tx, frame.person()?, ticket, until.unwrap_or(i64::MAX), frame.act.now)
}

/// Marks everything as done, as [`done`] one ticket.
///
/// # Errors
/// The database refuses.
pub fn all_done(tx: &mut Tx<'_>, frame: Frame<'_>, until: Option<i64>) -> Result<()> {
    store::all_done(tx, frame.person()?, until.unwrap_or(i64::MAX), frame.act.now)
}

/// Mutes a ticket, or no longer: only what is meant for the person alone reaches them then.
///
/// # Errors
/// Not found when the ticket may not be seen.
pub fn mute(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: TicketId, muted: bool) -> Result<()> {
    serve::see(tx, frame, ticket)?;
    store::mute(tx, frame.person()?, ticket, muted, frame.act.now)
}
