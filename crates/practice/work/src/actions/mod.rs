//! One use case per file.

pub mod checklist;
pub mod done;
pub mod task;
pub mod template;
pub mod time;
pub mod time_rules;
pub mod timer;

use access::Verb;
use db::{Rd, Tx};
use kernel::{Error, Result, TextId, TicketId};
use ticket::events::{TaskDeed, TicketEvent};
use ticket::{Frame, Ticket, record, serve};

use crate::store::{Task, checklist::Checklist};

/// A ticket that the actor sees from the inside and that is no part of another one.
///
/// # Errors
/// Not found, or conflict.
fn inside(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let seen = serve::see(rd, frame, id)?;
    if !seen.inner {
        return Err(Error::not_found());
    }
    serve::free(rd, &seen.ticket)?;
    Ok(seen.ticket)
}

/// The same where the actor may change it.
fn edited(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let ticket = inside(rd, frame, id)?;
    require(rd, frame, &ticket, Verb::TicketEdit)?;
    Ok(ticket)
}

fn require(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, verb: Verb) -> Result<()> {
    if serve::may(rd, frame, ticket, verb)? { Ok(()) } else { Err(Error::forbidden().arg("verb", verb)) }
}

/// Whether a task is the actor's: given to them, or to a team of theirs and to nobody in it.
pub fn is_mine(frame: Frame<'_>, task: &Task) -> bool {
    match task.owner {
        Some(owner) => frame.actor.who.persons.contains(&owner),
        None => task.team.is_some_and(|team| frame.actor.who.teams.contains(&team)),
    }
}

fn write(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, text: &str) -> Result<TextId> {
    ticket::store::text::put(tx, frame.act, ticket.tenant, ticket.id, text)
}

fn tell(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, task: &Task, deed: TaskDeed) -> Result<()> {
    let answer = task.answer_id.filter(|_| deed == TaskDeed::Done);
    let event = TicketEvent::Task { task: task.id.raw(), deed, title: task.title_id, person: task.owner, team: task.team, answer };
    record::around(tx, frame.act, ticket, &event).map(drop)
}

fn tell_list(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, list: &Checklist, deed: TaskDeed) -> Result<()> {
    let event = TicketEvent::Task { task: list.id.raw(), deed, title: list.title_id, person: None, team: None, answer: None };
    record::around(tx, frame.act, ticket, &event).map(drop)
}
