//! What others changed since a version: the answer to a stale edit.

use db::Rd;
use kernel::{Error, Result, TicketId, Time};

use crate::events::TicketEvent;
use crate::store::changed::{Changed, newest};

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
    let mut found: Vec<Theirs> = Vec::new();
    for Changed { payload, at, who } in newest(rd, ticket)? {
        let TicketEvent::Changed { version: to, changes, .. } = serde_json::from_str(&payload).map_err(Error::internal)? else { continue };
        if to <= version {
            break;
        }
        for change in changes {
            if !found.iter().any(|f| f.field == change.field) {
                found.push(Theirs { field: change.field, who: who.clone().unwrap_or_default(), at });
            }
        }
    }
    Ok(found)
}
