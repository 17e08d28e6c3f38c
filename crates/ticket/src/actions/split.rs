//! Making a ticket of its own of messages of another one, and taking that back.

use access::Verb;
use db::Tx;
use events::Visibility;
use kernel::{Error, MessageId, PersonId, Result, TicketId};

use crate::actions::merge;
use crate::events::TicketEvent;
use crate::record::{self, Flags, NewRecord, Set};
use crate::rules::text;
use crate::store::{attachment, involved, link, message, split as splits, ticket as rows};
use crate::{Category, Channel, Frame, Involvement, LinkKind, MessageKind, Ticket, permit};

/// Messages of one split at most.
pub const MOST: usize = 100;

/// Makes a ticket of these messages, with their files; for the same people, with the same service and team.
/// Answers the new one.
///
/// # Errors
/// Not found, forbidden by the rights to merge and to register, invalid; conflict when the ticket is part of
/// another one.
pub fn split(tx: &mut Tx<'_>, frame: Frame<'_>, from: TicketId, messages: &[MessageId], title: &str) -> Result<Ticket> {
    let old = allowed(tx, frame, from)?;
    merge::free(tx, &old)?;
    permit::create(frame, old.tenant)?;
    let title = text::title(title).map_err(|e| Error::of_fields(vec![e]).err().unwrap_or_else(Error::not_found))?;
    if messages.is_empty() || messages.len() > MOST {
        return Err(Error::invalid("messages", "error-split-many").field_arg("max", MOST));
    }
    for id in messages {
        if message::get(tx, old.id, *id)?.kind == MessageKind::Description {
            return Err(Error::invalid("messages", "error-split-description"));
        }
    }
    if splits::came_along(tx, old.id, messages)? {
        return Err(Error::invalid("messages", "error-split-merged"));
    }
    let like = like(tx, frame, &old, title)?;
    let new = record::create(tx, frame.act, &like)?;
    same_people(tx, frame, &old, &new)?;
    splits::insert(tx, frame.act, new.id, old.id, messages)?;
    for id in messages {
        carry(tx, *id, &old, &new)?;
    }
    link::insert(tx, new.id, LinkKind::Relates, old.id, old.confidential, frame.act.now)?;
    tell(tx, frame, &old, &TicketEvent::Split { other: new.id, inward: false })?;
    tell(tx, frame, &new, &TicketEvent::Split { other: old.id, inward: true })?;
    rows::by_id(tx, new.id)
}

/// Takes a split back: its messages stand where they were, and the ticket that was made of them is
/// cancelled. Answers the old one.
///
/// # Errors
/// Not found or forbidden by the rights on either; conflict when the ticket was not split off, or when
/// somebody wrote to it since: then it can be merged.
pub fn unsplit(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let new = allowed(tx, frame, id)?;
    merge::free(tx, &new)?;
    let old = splits::of(tx, new.id)?.ok_or_else(|| Error::conflict("error-split-none"))?;
    let old = allowed(tx, frame, old)?;
    if splits::written(tx, new.id)? {
        return Err(Error::conflict("error-split-written"));
    }
    for id in splits::messages(tx, new.id)? {
        carry(tx, id, &new, &old)?;
    }
    link::delete(tx, new.id, LinkKind::Relates, old.id)?;
    splits::end(tx, new.id, frame.act.now)?;
    tell(tx, frame, &old, &TicketEvent::Unsplit { other: new.id, inward: false })?;
    tell(tx, frame, &new, &TicketEvent::Unsplit { other: old.id, inward: true })?;
    let new = rows::by_id(tx, new.id)?;
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&new)?;
    if let Some(end) = kind.first_of(Category::Cancelled) {
        record::apply(tx, frame.act, kind, &new, &[Set::State(end.key.clone(), end.category)], Flags::default())?;
    }
    rows::by_id(tx, old.id)
}

fn allowed(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let ticket = permit::see(tx, frame, id)?;
    permit::inner(tx, frame, &ticket)?;
    permit::may(tx, frame, &ticket, Verb::TicketMerge)?;
    Ok(ticket)
}

/// A new ticket for the same people with the same work.
fn like(tx: &mut Tx<'_>, frame: Frame<'_>, old: &Ticket, title: String) -> Result<NewRecord> {
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(old)?;
    let begin = kind.state(&kind.initial).ok_or_else(|| Error::internal(format!("{} begins nowhere", kind.key)))?;
    Ok(NewRecord {
        tenant: old.tenant,
        kind: old.kind.clone(),
        title,
        state: begin.key.clone(),
        category: begin.category,
        impact: old.impact,
        urgency: old.urgency,
        priority: old.priority,
        requester: old.requester,
        beneficiary: old.beneficiary,
        organisation: old.organisation,
        location: old.location,
        service: old.service,
        team: old.team.map(|team| (team, old.line)),
        assignee: None,
        channel: Channel::Agent,
        parent: None,
        incomplete: old.incomplete,
        confidential: old.confidential,
        batch: None,
    })
}

/// Whom it complains of never reads the new one either; a confidential one is seen by whoever saw the old one.
fn same_people(tx: &mut Tx<'_>, frame: Frame<'_>, old: &Ticket, new: &Ticket) -> Result<()> {
    let mut people: Vec<(PersonId, Involvement)> = Vec::new();
    for (person, role) in involved::people(tx, old.id)? {
        match role {
            Involvement::About => people.push((person, role)),
            _ if old.confidential => people.push((person, Involvement::Named)),
            _ => {}
        }
    }
    if old.confidential {
        people.extend(old.assignee.into_iter().chain(frame.actor.person).map(|person| (person, Involvement::Named)));
    }
    for (person, role) in people {
        let stands = role == Involvement::Named && [new.requester, new.beneficiary].contains(&Some(person));
        if !stands && involved::add_person(tx, new.id, person, role)? {
            let event = TicketEvent::Involved { role, person: Some(person), team: None };
            record::log(tx, frame.act, new.tenant, new.id, &event, Visibility::Internal)?;
        }
    }
    Ok(())
}

/// A message with its files goes over.
fn carry(tx: &mut Tx<'_>, id: MessageId, from: &Ticket, to: &Ticket) -> Result<()> {
    message::carry(tx, id, from.id, to.id)?;
    attachment::carry(tx, id, from.id, to.id)
}

fn tell(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, event: &TicketEvent) -> Result<()> {
    rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
    record::log(tx, frame.act, ticket.tenant, ticket.id, event, Visibility::Internal)?;
    Ok(())
}
