//! A timeline page by page, oldest first, to its newest entry.

use std::collections::HashMap;

use db::Rd;
use events::{Event, Visibility};
use kernel::{MessageId, Page, PageRequest, Result, TicketId, Time};

use super::known::{Reader, neighbours};
use super::read::{Entry, Timeline, entry, gathered};
use crate::events::OBJECT;
use crate::store::attachment;
use crate::store::message::{self, Message};

/// One page as far as the reader may know it, and the cursor behind it. Pages are made of events, which
/// every message has: what the reader may not know shortens none of them.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn page(rd: &mut Rd<'_>, ticket: TicketId, reader: Reader<'_>, request: &PageRequest) -> Result<(Timeline, Option<String>)> {
    let limit = request.limit();
    let full = usize::try_from(limit).unwrap_or(usize::MAX);
    let files = attachment::of_ticket(rd, ticket, reader.inner)?;
    let mut place = request.after::<(i64, i64)>()?.unwrap_or((i64::MIN, 0));
    let mut entries: Vec<Entry> = Vec::new();
    let next = 'read: loop {
        let log = events::of_object(rd, OBJECT, ticket.raw(), (Time(place.0), place.1), limit)?;
        let ended = log.len() < full;
        let mut messages = said(rd, ticket, reader, &log)?;
        let others = neighbours(rd, reader.scope, &log)?;
        for event in log {
            if entries.len() == full {
                break 'read Some(Page::<Entry>::cursor_of(&place));
            }
            place = (event.occurred.0, event.seq);
            if reader.inner || event.visibility == Visibility::Public {
                entries.extend(entry(event, &mut messages, &files, reader, &others)?);
            }
        }
        if ended {
            break None;
        }
    };
    Ok((gathered(rd, ticket, entries, files)?, next))
}

/// The messages that these events tell of.
fn said(rd: &mut Rd<'_>, ticket: TicketId, reader: Reader<'_>, log: &[Event]) -> Result<HashMap<MessageId, Message>> {
    let ids: Vec<MessageId> = log.iter().filter_map(|event| event.payload.get("message")?.as_i64().map(MessageId::new)).collect();
    Ok(message::of_ids(rd, ticket, reader.inner, &ids)?.into_iter().map(|m| (m.id, m)).collect())
}
