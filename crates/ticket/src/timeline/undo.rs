//! Which changes can still be taken back by whoever made them.

use std::collections::BTreeSet;

use events::By;
use kernel::{PersonId, Time};

use super::{Entry, What};
use crate::events::{Change, TicketEvent};

/// How long somebody may take back a change of theirs.
pub const UNDO_WITHIN: i64 = 10 * Time::MINUTE;

/// What was set as a whole and can be set back. `incomplete` follows from others.
const FIELDS: &[&str] = &[
    "title",
    "state",
    "impact",
    "urgency",
    "priority",
    "requester",
    "beneficiary",
    "organisation",
    "location",
    "service",
    "owner_team",
    "team",
    "assignee",
    "parent",
    "resolution_code",
    "resolution_report",
];

/// Whether everything that changed together can be set back.
pub fn can_be_undone(changes: &[Change]) -> bool {
    let known = |c: &Change| FIELDS.contains(&c.field.as_str());
    changes.iter().any(known) && changes.iter().all(|c| known(c) || c.field == "incomplete")
}

/// The events of a timeline that this person may take back now: fresh, their own, and not overtaken.
pub fn undoable(entries: &[Entry], person: Option<PersonId>, now: Time) -> BTreeSet<i64> {
    let mut newest_first: Vec<&Entry> = entries.iter().collect();
    newest_first.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
    let mut touched: BTreeSet<&str> = BTreeSet::new();
    let mut found = BTreeSet::new();
    for entry in newest_first {
        let What::Event(TicketEvent::Changed { changes, .. }) = &entry.what else { continue };
        let own = matches!(entry.by, By::Person(id) if Some(PersonId::new(id)) == person);
        let fresh = now <= entry.at.plus(UNDO_WITHIN);
        if own && fresh && can_be_undone(changes) && !changes.iter().any(|c| touched.contains(c.field.as_str())) {
            found.insert(entry.seq);
        }
        touched.extend(changes.iter().map(|c| c.field.as_str()).filter(|field| *field != "incomplete"));
    }
    found
}
