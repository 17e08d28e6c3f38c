//! A watch for the time that one spends on a ticket, kept by the server: it goes on when the page is closed.

use db::Tx;
use kernel::{Error, Result, TicketId};
use ticket::Frame;

use super::time::{self, Spent, logged};
use crate::length;
use crate::store::entry::EntryId;
use crate::store::timer::{self as rows, Timer};
use crate::time_rules::TimeRules;

/// Starts the actor's watch for a ticket, or lets it go on.
///
/// # Errors
/// Not found, forbidden.
pub fn start(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<()> {
    let me = frame.person()?;
    let ticket = logged(tx, frame, id)?;
    let timer = rows::get(tx, me, ticket.id)?.unwrap_or_default();
    if timer.started_at.is_some() {
        return Ok(());
    }
    rows::put(tx, me, ticket.id, &Timer { started_at: Some(frame.act.now), ..timer })
}

/// Holds the watch; what it counted stays.
///
/// # Errors
/// Not found, forbidden.
pub fn pause(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<()> {
    let me = frame.person()?;
    let ticket = logged(tx, frame, id)?;
    match rows::get(tx, me, ticket.id)? {
        Some(timer) => rows::put(tx, me, ticket.id, &Timer { seconds: timer.shows(frame.act.now), started_at: None }),
        None => Ok(()),
    }
}

/// Makes an entry of what the watch counted, in whole minutes that have begun.
///
/// # Errors
/// Not found, forbidden; conflict when there is no watch.
pub fn stop(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<EntryId> {
    let me = frame.person()?;
    let ticket = logged(tx, frame, id)?;
    let timer = rows::get(tx, me, ticket.id)?.ok_or_else(|| Error::conflict("error-timer-none"))?;
    rows::remove(tx, me, ticket.id)?;
    // A watch that was forgotten counts a day at most.
    let minutes = ((timer.shows(frame.act.now) + 59) / 60).clamp(1, length::MOST);
    let (rules, _) = TimeRules::load(tx)?;
    let billable = rules.active().next().is_some_and(|first| first.billable);
    let spent = Spent { day: String::new(), minutes, activity: String::new(), billable, comment: String::new() };
    time::add(tx, frame, ticket.id, &spent)
}

/// Throws away what the watch counted.
///
/// # Errors
/// Not found, forbidden.
pub fn discard(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<()> {
    let me = frame.person()?;
    let ticket = logged(tx, frame, id)?;
    rows::remove(tx, me, ticket.id)
}
