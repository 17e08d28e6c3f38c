//! Lists come to a ticket and go.

use db::Tx;
use kernel::{Error, Result, TicketId};
use ticket::events::TaskDeed;
use ticket::{Frame, Ticket};

use super::{edited, tell_list, write};
use crate::rules;
use crate::store::{Checklist, ChecklistId, checklist as lists};

/// Lists of one ticket at most.
const MOST: usize = 20;

/// Adds an empty list.
///
/// # Errors
/// Not found, forbidden, invalid.
pub fn add(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, title: &str) -> Result<ChecklistId> {
    let ticket = edited(tx, frame, id)?;
    put(tx, frame, &ticket, title).map(|list| list.id)
}

/// The same on a ticket that was looked up.
pub(crate) fn put(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, title: &str) -> Result<Checklist> {
    let title = rules::title(title)?;
    let there = lists::of_ticket(tx, ticket.id)?;
    if there.len() >= MOST {
        return Err(Error::invalid("title", "error-checklists-many").field_arg("max", MOST));
    }
    let title_id = write(tx, frame, ticket, &title)?;
    let place = there.last().map_or(0, |last| last.place + 1);
    let list = Checklist { id: tx.next_id()?, ticket: ticket.id, title_id, title: Some(title), place };
    lists::insert(tx, &list)?;
    tell_list(tx, frame, ticket, &list, TaskDeed::Listed)?;
    Ok(list)
}

/// Takes a list away with all that stands on it.
///
/// # Errors
/// Not found, forbidden.
pub fn remove(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, list: ChecklistId) -> Result<()> {
    let ticket = edited(tx, frame, id)?;
    let list = lists::get(tx, ticket.id, list)?;
    lists::remove(tx, list.id)?;
    tell_list(tx, frame, &ticket, &list, TaskDeed::Unlisted)
}
