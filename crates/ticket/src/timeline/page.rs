//! A timeline page by page, oldest first, to its newest entry.

use std::collections::HashMap;

use db::Rd;
use events::{Event, Visibility};
use kernel::{MessageId, Page, PageRequest, Result, TicketId, Time};

use super::known::{Reader, neighbours};
use super::read::{Entry, Timeline, brought, entry, gathered};
use crate::events::OBJECT;
use crate::store::attachment;
use crate::store::message::{self, Message};

/// A moment, the event of it, and of those without an event the message.
type Place = (i64, i64, i64);

/// What a page is made of.
enum Item {
    Event(Event),
    /// A message whose event is of another ticket.
    Brought(Message),
}

/// One page as far as the reader may know it, and the cursor behind it. Pages are made of events, which
/// every message has, here or on the ticket that it came from: what the reader may not know shortens none
/// of them.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn page(rd: &mut Rd<'_>, ticket: TicketId, reader: Reader<'_>, request: &PageRequest) -> Result<(Timeline, Option<String>)> {
    let limit = request.limit();
    let full = usize::try_from(limit).unwrap_or(usize::MAX);
    let files = attachment::of_ticket(rd, ticket, reader.inner)?;
    let mut place: Place = request.after()?.unwrap_or((i64::MIN, 0, 0));
    let mut entries: Vec<Entry> = Vec::new();
    let next = 'read: loop {
        let (items, ended) = after(rd, ticket, reader, place, limit)?;
        let mut messages = said(rd, ticket, reader, &items)?;
        let others = neighbours(rd, reader.scope, items.iter().filter_map(|(_, item)| item.event()))?;
        for (at, item) in items {
            if entries.len() == full {
                break 'read Some(Page::<Entry>::cursor_of(&place));
            }
            place = at;
            match item {
                Item::Brought(message) => entries.push(brought(message)),
                Item::Event(event) if reader.inner || event.visibility == Visibility::Public => {
                    entries.extend(entry(event, &mut messages, &files, reader, &others)?);
                }
                Item::Event(_) => {}
            }
        }
        if ended {
            break None;
        }
    };
    Ok((gathered(rd, ticket, entries, files)?, next))
}

impl Item {
    fn event(&self) -> Option<&Event> {
        match self {
            Item::Event(event) => Some(event),
            Item::Brought(_) => None,
        }
    }
}

/// What follows on a place, in order, as far as both lists are known; whether nothing follows on it.
fn after(rd: &mut Rd<'_>, ticket: TicketId, reader: Reader<'_>, place: Place, limit: i64) -> Result<(Vec<(Place, Item)>, bool)> {
    let (at, seq, message) = place;
    let log = events::of_object(rd, OBJECT, ticket.raw(), (Time(at), seq), limit)?;
    // Messages stand before the events of their moment.
    let message = if seq > 0 { i64::MAX } else { message };
    let brought = message::brought(rd, ticket, reader.inner, (Time(at), message), limit)?;
    let more = |count: usize| i64::try_from(count).is_ok_and(|count| count >= limit);
    let log_ends = log.last().filter(|_| more(log.len())).map(|event| (event.occurred.0, event.seq, 0));
    let brought_ends = brought.last().filter(|_| more(brought.len())).map(|m| (m.occurred_at.0, 0, m.id.raw()));
    let known = log_ends.into_iter().chain(brought_ends).min();
    let mut items: Vec<(Place, Item)> = log.into_iter().map(|event| ((event.occurred.0, event.seq, 0), Item::Event(event))).collect();
    items.extend(brought.into_iter().map(|m| ((m.occurred_at.0, 0, m.id.raw()), Item::Brought(m))));
    items.sort_by_key(|(place, _)| *place);
    items.retain(|(place, _)| known.is_none_or(|known| *place <= known));
    Ok((items, known.is_none()))
}

/// The messages that these events tell of.
fn said(rd: &mut Rd<'_>, ticket: TicketId, reader: Reader<'_>, items: &[(Place, Item)]) -> Result<HashMap<MessageId, Message>> {
    let told = items.iter().filter_map(|(_, item)| item.event()?.payload.get("message")?.as_i64());
    let ids: Vec<MessageId> = told.map(MessageId::new).collect();
    Ok(message::of_ids(rd, ticket, reader.inner, &ids)?.into_iter().map(|m| (m.id, m)).collect())
}
