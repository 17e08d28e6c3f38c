//! What others changed since a version: the answer to a stale edit.

use db::{Rd, params, sql};
use kernel::{Error, Result, TicketId, Time};

use crate::events::TicketEvent;

/// A field that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    pub field: String,
    pub who: String,
    pub at: Time,
}

/// The fields changed after a version of the ticket, newest change of each.
///
/// # Errors
/// The database refuses.
pub fn changes_since(rd: &mut Rd<'_>, ticket: TicketId, version: i64) -> Result<Vec<Theirs>> {
    let rows = rd.all(
        sql!(
            (String, Time, Option<String>),
            "SELECT e.payload, e.recorded_at, p.name FROM event e LEFT JOIN person p ON p.id = e.actor_id AND e.actor_kind = 'person' \
             WHERE e.object = 'ticket' AND e.object_id = $1 AND e.kind = 'ticket.changed' ORDER BY e.seq DESC LIMIT 200"
        ),
        &params![ticket],
    )?;
    let mut found: Vec<Theirs> = Vec::new();
    for (payload, at, name) in rows {
        let TicketEvent::Changed { version: to, changes, .. } = serde_json::from_str(&payload).map_err(Error::internal)? else { continue };
        if to <= version {
            break;
        }
        for change in changes {
            if !found.iter().any(|f| f.field == change.field) {
                found.push(Theirs { field: change.field, who: name.clone().unwrap_or_default(), at });
            }
        }
    }
    Ok(found)
}
