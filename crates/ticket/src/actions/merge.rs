//! Merging a ticket into another, and taking that back.
//!
//! The merged one ends and goes on as part of the other: its messages stand there as well, what its
//! requester answers arrives there, and what the desk answers there reaches its requester here. Nothing is
//! moved, so that taking it apart leaves both as they were.

use access::Verb;
use db::{Rd, Tx};
use events::Visibility;
use kernel::{Error, PersonId, Result, TicketId};

use crate::events::{Ended, TicketEvent};
use crate::record::{self, Flags, Set, Undoes};
use crate::store::merge::{self as merges, Merge};
use crate::store::{involved, link, message, ticket as rows};
use crate::{Category, Frame, Involvement, LinkKind, Ticket, permit};

/// Merges that follow upon each other at most.
const CHAIN: usize = 20;

/// What a merge did.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The ticket that goes on.
    pub into: Ticket,
    /// The two have different requesters: neither reads what the other one wrote or read before.
    pub apart: bool,
}

/// Makes one ticket part of another.
///
/// # Errors
/// Not found or forbidden by the rights on either; conflict when one of them is part of another already, or confidential.
pub fn merge(tx: &mut Tx<'_>, frame: Frame<'_>, from: TicketId, into: TicketId) -> Result<Merged> {
    let (b, a) = both(tx, frame, from, into)?;
    for ticket in [&b, &a] {
        free(tx, ticket)?;
        // Each has its own people: those of the one may not read what the other holds.
        if ticket.confidential {
            return Err(Error::conflict("error-merge-confidential"));
        }
    }
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&b)?;
    let end = kind.first_of(Category::Cancelled).ok_or_else(|| Error::conflict("error-merge-kind"))?;
    let sets = [Set::State(end.key.clone(), end.category)];
    let event = record::apply(tx, frame.act, kind, &b, &sets, Flags::default())?.event;
    let apart = a.requester != b.requester;
    let linked = link::insert(tx, b.id, LinkKind::Duplicate, a.id, false, frame.act.now)?;
    let held = Merge {
        from: b.id,
        number: merges::next(tx, b.id)?,
        into: a.id,
        apart,
        by: frame.act.by.id(),
        at: frame.act.now,
        event,
        state: b.state.clone(),
        resolved_at: b.resolved_at,
        closed_at: b.closed_at,
        close_due_at: b.close_due_at,
        linked,
    };
    let watchers = follow(tx, &b, &a)?;
    merges::insert(tx, &held, &watchers)?;
    merges::bring(tx, b.id, a.id, apart)?;
    tell(tx, frame, &b, &TicketEvent::Merged { other: a.id, inward: false }, Visibility::Public)?;
    tell(tx, frame, &a, &TicketEvent::Merged { other: b.id, inward: true }, Visibility::Internal)?;
    Ok(Merged { into: rows::by_id(tx, a.id)?, apart })
}

/// Takes a merged ticket apart again: both are as they were, and what came since stays where it went on.
/// The messages in `take` go over to it, which were written to the other after the merge.
///
/// # Errors
/// Not found or forbidden by the rights on either; conflict when it is part of no other, or when that one
/// was merged further.
pub fn unmerge(tx: &mut Tx<'_>, frame: Frame<'_>, from: TicketId, take: &[kernel::MessageId]) -> Result<Ticket> {
    let b = permit::see(tx, frame, from)?;
    permit::inner(tx, frame, &b)?;
    let held = merges::of(tx, b.id)?.ok_or_else(|| Error::conflict("error-merge-apart"))?;
    let (b, a) = both(tx, frame, from, held.into)?;
    free(tx, &a)?;
    merges::take_back(tx, b.id, a.id)?;
    for id in take {
        let said = message::get(tx, a.id, *id)?;
        if said.occurred_at < held.at {
            return Err(Error::invalid("messages", "error-merge-take"));
        }
        message::carry(tx, *id, a.id, b.id)?;
    }
    for person in merges::watchers(tx, &held)? {
        involved::remove_person(tx, a.id, person, Involvement::Watcher)?;
    }
    if held.linked {
        link::delete(tx, b.id, LinkKind::Duplicate, a.id)?;
    }
    merges::end(tx, &held, frame.act.now)?;
    tell(tx, frame, &b, &TicketEvent::Unmerged { other: a.id, inward: false }, Visibility::Public)?;
    tell(tx, frame, &a, &TicketEvent::Unmerged { other: b.id, inward: true }, Visibility::Internal)?;
    let b = rows::by_id(tx, b.id)?;
    let Some(event) = held.event else { return Ok(b) };
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&b)?;
    let state = kind.state(&held.state).ok_or_else(|| Error::conflict("error-undo-gone"))?;
    let ended = Ended { resolved_at: held.resolved_at, closed_at: held.closed_at, close_due_at: held.close_due_at };
    let flags = Flags { undoes: Some(Undoes { event, reopened: false, ended: Some(ended) }), ..Flags::default() };
    Ok(record::apply(tx, frame.act, kind, &b, &[Set::State(state.key.clone(), state.category)], flags)?.ticket)
}

/// The ticket in which a merged one goes on in the end; nothing when it is part of no other.
///
/// # Errors
/// The database refuses.
pub fn goes_on_in(rd: &mut Rd<'_>, ticket: &Ticket) -> Result<Option<(Ticket, Merge)>> {
    // A merged ticket is cancelled: the others need no look.
    if ticket.category != Category::Cancelled {
        return Ok(None);
    }
    let Some(first) = merges::of(rd, ticket.id)? else { return Ok(None) };
    let mut into = first.into;
    for _ in 0..CHAIN {
        match merges::of(rd, into)? {
            Some(next) => into = next.into,
            None => break,
        }
    }
    Ok(Some((rows::by_id(rd, into)?, first)))
}

/// Both tickets, with the right to merge them.
fn both(tx: &mut Tx<'_>, frame: Frame<'_>, from: TicketId, into: TicketId) -> Result<(Ticket, Ticket)> {
    let (b, a) = (permit::see(tx, frame, from)?, permit::see(tx, frame, into)?);
    for ticket in [&b, &a] {
        permit::inner(tx, frame, ticket)?;
        permit::may(tx, frame, ticket, Verb::TicketMerge)?;
    }
    if b.id == a.id {
        return Err(Error::invalid("ticket", "error-merge-itself"));
    }
    if b.tenant != a.tenant {
        return Err(Error::not_found());
    }
    Ok((b, a))
}

/// Refuses what is part of another ticket.
pub(crate) fn free(rd: &mut Rd<'_>, ticket: &Ticket) -> Result<()> {
    match ticket.category == Category::Cancelled && merges::of(rd, ticket.id)?.is_some() {
        true => Err(Error::conflict("error-merged").arg("number", ticket.id)),
        false => Ok(()),
    }
}

/// Whoever works for the desk and watches the one watches the other as well; answers who is new there.
/// Others go on in the one that they know: they may not see what was said on the other.
fn follow(tx: &mut Tx<'_>, b: &Ticket, a: &Ticket) -> Result<Vec<PersonId>> {
    let mut new = Vec::new();
    for (person, role) in involved::people(tx, b.id)? {
        let watches = role == Involvement::Watcher && permit::works_for(tx, a.tenant, person)?;
        if watches && involved::add_person(tx, a.id, person, Involvement::Watcher)? {
            new.push(person);
        }
    }
    Ok(new)
}

fn tell(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, event: &TicketEvent, visibility: Visibility) -> Result<()> {
    rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
    record::log(tx, frame.act, ticket.tenant, ticket.id, event, visibility)?;
    Ok(())
}
