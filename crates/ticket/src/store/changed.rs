//! The events that say which fields changed.

use db::{Rd, params, sql};
use kernel::{PersonId, Result, TicketId, Time};

db::row! {
    /// A change event with the name of the person behind it.
    pub(crate) struct Changed { pub payload: String, pub at: Time, pub who: Option<String> }
}

/// The newest change events of a ticket, newest first.
pub(crate) fn newest(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<Changed>> {
    rd.all(
        sql!(
            Changed,
            "SELECT e.payload, e.recorded_at, p.name FROM event e LEFT JOIN person p ON p.id = e.actor_id AND e.actor_kind = 'person' \
             WHERE e.object = 'ticket' AND e.object_id = $1 AND e.kind = 'ticket.changed' ORDER BY e.seq DESC LIMIT 200"
        ),
        &params![ticket],
    )
}

/// Transaction and sequence of the last event of a person, 0 for none.
pub(crate) fn last_deed(rd: &mut Rd<'_>, person: PersonId) -> Result<(i64, i64)> {
    let last = rd.first(sql!((i64, i64), "SELECT xid, seq FROM event WHERE actor_id = $1 ORDER BY seq DESC LIMIT 1"), &params![person])?;
    Ok(last.unwrap_or_default())
}
