//! What of an event a reader may know: the one rule for page, API, feed and mail.

use std::collections::BTreeSet;

use access::TicketScope;
use db::Rd;
use events::Event;
use kernel::{Result, TicketId};
use serde_json::Value;

use crate::events::{Change, PUBLIC_FIELDS, TicketEvent, Worth};
use crate::store::ticket as rows;

/// What a reader may know of a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Sees notes and what is the desk's own business.
    pub inner: bool,
    /// Fields that the reader's roles hide.
    pub hidden: &'a BTreeSet<&'a str>,
    /// The tickets that the reader sees: events name others.
    pub scope: &'a TicketScope,
    /// Custom fields that a requester may read, by their property.
    pub open: &'a BTreeSet<String>,
}

/// Whether a reader may know that a field changed.
pub fn knows(reader: Reader<'_>, field: &str) -> bool {
    (reader.inner || PUBLIC_FIELDS.contains(&field) || reader.open.contains(field)) && !reader.hidden.contains(field)
}

/// An event as a reader may know it, nothing when they may not.
///
/// # Errors
/// The payload is of another shape; the database refuses.
pub fn known(rd: &mut Rd<'_>, reader: Reader<'_>, event: &Event) -> Result<Option<TicketEvent>> {
    let others = neighbours(rd, reader.scope, std::slice::from_ref(event))?;
    let event = serde_json::from_value(event.payload.clone()).map_err(kernel::Error::internal)?;
    Ok(told(reader, &others, event))
}

/// The other tickets in these events that the reader sees.
pub(super) fn neighbours<'e>(rd: &mut Rd<'_>, scope: &TicketScope, log: impl IntoIterator<Item = &'e Event>) -> Result<BTreeSet<TicketId>> {
    let named: BTreeSet<TicketId> = log.into_iter().flat_map(|event| others(&event.payload)).collect();
    rows::visible_of(rd, scope, &named)
}

/// The other tickets that an event names: at the end of a link, or as parent.
fn others(payload: &Value) -> Vec<TicketId> {
    let linked = payload.get("other").and_then(Value::as_i64);
    let changes = payload.get("changes").and_then(Value::as_array).into_iter().flatten();
    let parents = changes.filter(|change| change.get("field").and_then(Value::as_str) == Some("parent"));
    let ends =
        parents.flat_map(|change| ["from", "to"].map(|end| change.get(end).and_then(|worth| worth.get("number")).and_then(Value::as_i64)));
    linked.into_iter().chain(ends.flatten()).map(TicketId::new).collect()
}

/// The same for an event that is read already, with the other tickets that the reader sees.
pub(super) fn told(reader: Reader<'_>, others: &BTreeSet<TicketId>, event: TicketEvent) -> Option<TicketEvent> {
    match event {
        TicketEvent::Changed { version, changes, reopened, confirmed, handover, undoes, ended } => {
            let shown =
                |c: &Change| knows(reader, &c.field) && (c.field != "parent" || [&c.from, &c.to].into_iter().all(|w| sees(others, w)));
            let changes: Vec<Change> = changes.into_iter().filter(shown).collect();
            // Why it went to somebody else is the desk's own business, and tells who has it.
            let tells = reader.inner && changes.iter().any(|c| matches!(c.field.as_str(), "team" | "assignee"));
            let handover = handover.filter(|_| tells);
            (!changes.is_empty()).then_some(TicketEvent::Changed { version, changes, reopened, confirmed, handover, undoes, ended })
        }
        TicketEvent::Tagged { .. } | TicketEvent::Untagged { .. } => knows(reader, "tag").then_some(event),
        // To its requester it goes on somewhere else; the words do not say where.
        TicketEvent::Merged { inward: false, .. } | TicketEvent::Unmerged { inward: false, .. } if !reader.inner => Some(event),
        TicketEvent::Linked { other, .. }
        | TicketEvent::Unlinked { other, .. }
        | TicketEvent::Merged { other, .. }
        | TicketEvent::Unmerged { other, .. }
        | TicketEvent::Split { other, .. }
        | TicketEvent::Unsplit { other, .. } => others.contains(&other).then_some(event),
        // Whoever may not know who has the ticket may not know it of its parts.
        TicketEvent::Task { task, deed, title, person, team, answer } => {
            let (person, team) = (person.filter(|_| knows(reader, "assignee")), team.filter(|_| knows(reader, "team")));
            Some(TicketEvent::Task { task, deed, title, person, team, answer })
        }
        TicketEvent::Timed { entry, deed, minutes, person, comment } => {
            let person = person.filter(|_| knows(reader, "assignee"));
            Some(TicketEvent::Timed { entry, deed, minutes, person, comment })
        }
        other => Some(other),
    }
}

fn sees(others: &BTreeSet<TicketId>, parent: &Worth) -> bool {
    !matches!(parent, Worth::Number(id) if !others.contains(&TicketId::new(*id)))
}
