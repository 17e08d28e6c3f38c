//! What the reader can do with a request: shows or hides a button. The action asks again.

use access::{Object, Verb};
use db::Rd;
use kernel::Result;
use ticket::actions::merge::goes_on_in;
use ticket::serve::{self, Seen};
use ticket::{Category, Frame, KindDef};

/// The buttons of a request's page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct May {
    pub reply: bool,
    /// "It is fixed."
    pub confirm: bool,
    /// "Still broken."
    pub reopen: bool,
    /// The state that cancelling leads to.
    pub cancel: Option<String>,
    pub add_people: bool,
    /// It is over: only a new request goes on with it.
    pub follow_up: bool,
}

/// Whether lists may be made by the state of the requests: roles can hide it.
pub fn sees_state(frame: Frame<'_>) -> bool {
    !frame.actor.hidden(Object::Ticket).contains("state")
}

/// What the actor may do with a request that they see.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen, kind: &KindDef) -> Result<May> {
    let ticket = &seen.ticket;
    let late = ticket.resolved_at.is_some_and(|at| frame.act.now > at.plus(kind.reopen_within_days * kernel::Time::DAY));
    let over = matches!(ticket.category, Category::Closed | Category::Cancelled);
    let writes = serve::may(rd, frame, ticket, Verb::TicketReply)? || serve::may(rd, frame, ticket, Verb::TicketFollow)?;
    // Here everybody goes on with a request as its requester does, also those who work for the desk.
    let steps = serve::steps(rd, frame, &Seen { inner: false, ..seen.clone() })?;
    let leads = |category| steps.iter().find(|s| s.category == category).map(|s| s.key.clone());
    // One that goes on as part of another is answered here, and nothing else.
    let merged = goes_on_in(rd, ticket)?.is_some();
    let reopen = leads(Category::Active).is_some() && !ticket.is_open() && !late && !merged;
    Ok(May {
        reply: writes && (!over || merged),
        confirm: ticket.category == Category::Resolved && leads(Category::Closed).is_some(),
        reopen,
        cancel: if ticket.is_open() { leads(Category::Cancelled) } else { None },
        add_people: serve::may(rd, frame, ticket, Verb::TicketWatch)?,
        follow_up: !ticket.is_open() && !reopen && !merged && frame.actor.may_anywhere(Verb::TicketCreate),
    })
}
