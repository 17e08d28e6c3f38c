//! Receiving a task, doing it, and taking that back.

use access::Verb;
use db::Tx;
use kernel::{Error, Result, TicketId};
use ticket::events::TaskDeed;
use ticket::{Frame, Ticket};

use super::{inside, is_mine, require, tell, write};
use crate::rules;
use crate::store::{Task, TaskId, task as rows};

/// A task that the actor works on: their own, or any on a ticket that they may change.
fn worked(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, task: TaskId) -> Result<(Ticket, Task)> {
    let ticket = inside(tx, frame, id)?;
    let task = rows::get(tx, ticket.id, task)?;
    if is_mine(frame, &task) {
        works(frame)?;
    } else {
        require(tx, frame, &ticket, Verb::TicketEdit)?;
    }
    Ok((ticket, task))
}

/// One's own task needs no right on its ticket; a token that only reads has no task of its own.
fn works(frame: Frame<'_>) -> Result<()> {
    if frame.actor.may_anywhere(Verb::TicketWork) { Ok(()) } else { Err(Error::forbidden().arg("verb", Verb::TicketWork)) }
}

/// Says that a task is done, with the answer that it asks for. What is done already stays so, unless the
/// answer is another one.
///
/// # Errors
/// Not found, forbidden, invalid; conflict when another task must be done first.
pub fn complete(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, task: TaskId, answer: Option<&str>) -> Result<()> {
    let me = frame.person()?;
    let (ticket, mut task) = worked(tx, frame, id, task)?;
    let answer = rules::answer(task.sort, answer)?;
    if task.is_done() && task.answer == answer {
        return Ok(());
    }
    if let Some(first) = task.after {
        let first = rows::get(tx, ticket.id, first)?;
        if !first.is_done() {
            return Err(Error::conflict("error-task-after").arg("title", first.title.as_deref().unwrap_or("…")));
        }
    }
    task.answer_id = answer.as_deref().map(|answer| write(tx, frame, &ticket, answer)).transpose()?;
    (task.done_by, task.done_at) = (Some(me), Some(frame.act.now));
    rows::update(tx, &task)?;
    tell(tx, frame, &ticket, &task, TaskDeed::Done)
}

/// Says that a task is to be done after all.
///
/// # Errors
/// Not found, forbidden.
pub fn reopen(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, task: TaskId) -> Result<()> {
    let (ticket, mut task) = worked(tx, frame, id, task)?;
    if !task.is_done() {
        return Ok(());
    }
    (task.done_by, task.done_at, task.answer_id) = (None, None, None);
    rows::update(tx, &task)?;
    tell(tx, frame, &ticket, &task, TaskDeed::Reopened)
}

/// Says that a task was received. One of a team is of whoever does that.
///
/// # Errors
/// Not found; forbidden when it is of somebody else.
pub fn accept(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, task: TaskId) -> Result<()> {
    let me = frame.person()?;
    works(frame)?;
    let ticket = inside(tx, frame, id)?;
    let mut task = rows::get(tx, ticket.id, task)?;
    if !is_mine(frame, &task) {
        return Err(Error::conflict("error-task-others"));
    }
    if task.accepted_at.is_some() {
        return Ok(());
    }
    task.owner = task.owner.or(Some(me));
    (task.accepted_by, task.accepted_at) = (Some(me), Some(frame.act.now));
    rows::update(tx, &task)?;
    tell(tx, frame, &ticket, &task, TaskDeed::Accepted)
}
