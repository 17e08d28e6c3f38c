//! What page and endpoints read together.

use std::collections::BTreeSet;

use access::Verb;
use db::Rd;
use kernel::{Page, PageRequest, Result, TicketId, Time};
use party::{Names, Wanted};
use ticket::store::ticket as rows;
use ticket::{Catalogue, Frame, Ticket};

use crate::inbox::{self, Told};
use crate::preferences::{Channel, Preferences};
use crate::store;

/// A page of the inbox with the names on it, and the numbers of its tickets in its order.
pub fn read(rd: &mut Rd<'_>, frame: Frame<'_>, request: &PageRequest) -> Result<(Page<Told>, Names, Vec<String>)> {
    let page = inbox::page(rd, frame, request)?;
    let catalogue = frame.desk.catalogue(rd)?;
    let numbers = page.rows.iter().map(|told| number(&catalogue, &told.seen.ticket)).collect();
    let mut wanted = Wanted::default();
    for told in &page.rows {
        wanted.person(told.by);
    }
    Ok((page, wanted.load(rd)?, numbers))
}

/// The number as people read it.
pub fn number(catalogue: &Catalogue, ticket: &Ticket) -> String {
    let kind = catalogue.kind(ticket.tenant, &ticket.kind);
    kind.map_or_else(|| ticket.id.to_string(), |kind| format!("{}-{}", kind.prefix, ticket.id))
}

/// How much reaches somebody by each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    pub inbox: i64,
    pub push: i64,
}

/// What would have reached somebody since yesterday by these wishes, of what they may still know.
pub fn reached(rd: &mut Rd<'_>, frame: Frame<'_>, preferences: &Preferences) -> Result<Reached> {
    let told = store::since(rd, frame.person()?, frame.act.now.plus(-Time::DAY))?;
    let ids: BTreeSet<TicketId> = told.iter().map(|(ticket, ..)| *ticket).collect();
    let seen = rows::visible_of(rd, &frame.actor.tickets(Verb::TicketSee), &ids)?;
    let inner = rows::visible_of(rd, &frame.actor.tickets(Verb::TicketSeeInternal), &seen)?;
    let mut reached = Reached::default();
    for (_, reason, _) in told.iter().filter(|(ticket, _, internal)| if *internal { inner.contains(ticket) } else { seen.contains(ticket) })
    {
        reached.inbox += i64::from(preferences.has(*reason, Channel::Inbox));
        reached.push += i64::from(preferences.has(*reason, Channel::Push));
    }
    Ok(reached)
}
