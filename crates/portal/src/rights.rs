//! What the reader can do with a request: shows or hides a button. The action asks again.

use access::Verb;
use db::Rd;
use kernel::Result;
use ticket::catalogue::Taker;
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

/// What the actor may do with a request that they see.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen, kind: &KindDef) -> Result<May> {
    let ticket = &seen.ticket;
    let late = ticket.resolved_at.is_some_and(|at| frame.act.now > at.plus(kind.reopen_within_days * kernel::Time::DAY));
    let over = matches!(ticket.category, Category::Closed | Category::Cancelled);
    let writes = serve::may(rd, frame, ticket, Verb::TicketReply)? || serve::may(rd, frame, ticket, Verb::TicketFollow)?;
    let reopen = step(rd, frame, seen, kind, Category::Active)?.is_some() && !ticket.is_open() && !late;
    Ok(May {
        reply: writes && !over,
        confirm: ticket.category == Category::Resolved && step(rd, frame, seen, kind, Category::Closed)?.is_some(),
        reopen,
        cancel: if ticket.is_open() { step(rd, frame, seen, kind, Category::Cancelled)? } else { None },
        add_people: serve::may(rd, frame, ticket, Verb::TicketWatch)?,
        follow_up: !ticket.is_open() && !reopen && frame.actor.may_anywhere(Verb::TicketCreate),
    })
}

/// The state of a category that a requester may take this request to.
fn step(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen, kind: &KindDef, category: Category) -> Result<Option<String>> {
    if !seen.requester {
        return Ok(None);
    }
    for step in kind.transitions.iter().filter(|t| t.from == seen.ticket.state && t.by.contains(&Taker::Requester)) {
        let in_role = step.roles.is_empty() || frame.actor.grants.iter().any(|g| step.roles.contains(&g.key));
        let leads = kind.state(&step.to).is_some_and(|s| s.category == category);
        let Some(verb) = Verb::from_key(&step.verb) else { continue };
        if leads && in_role && serve::may(rd, frame, &seen.ticket, verb)? {
            return Ok(Some(step.to.clone()));
        }
    }
    Ok(None)
}
