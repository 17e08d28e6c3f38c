//! How long tickets took: measured by a job, read by pages.

use db::{Rd, Tx, params, sql};
use kernel::{OrganisationId, Result, ServiceId, TicketId, Time};

use crate::Category;

db::choice! {
    /// What was measured, from the beginning of a ticket.
    What {
        /// Until the desk first said something that the requester reads.
        Answer "answer",
        /// Until it was solved.
        Solution "solution",
    }
}

db::row! {
    /// A ticket as it is measured.
    pub struct Sample {
        pub id: TicketId,
        pub tenant: OrganisationId,
        pub kind: String,
        pub service: Option<ServiceId>,
        pub category: Category,
        pub created_at: Time,
        pub resolved_at: Option<Time>,
        pub answered_at: Option<Time>,
    }
}

db::row! {
    /// What was measured: lengths in microseconds.
    #[derive(PartialEq, Eq, Copy)]
    pub struct Pace {
        /// How many tickets say so.
        pub measured: i64,
        /// A tenth took less.
        pub low: i64,
        /// Half took less.
        pub half: i64,
        /// Nine tenths took less.
        pub high: i64,
    }
}

/// A line of what was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub tenant: OrganisationId,
    pub kind: String,
    /// None: all services of the kind.
    pub service: Option<ServiceId>,
    pub what: What,
    pub pace: Pace,
}

/// Tickets below a number, the newest first. Confidential ones tell nothing, not even how long they took,
/// and neither do those that complain of somebody.
///
/// # Errors
/// The database refuses.
pub fn samples(rd: &mut Rd<'_>, below: TicketId, limit: i64) -> Result<Vec<Sample>> {
    rd.all(
        sql!(
            Sample,
            "SELECT t.id, t.tenant_id, t.kind, t.service_id, t.category, t.created_at, t.resolved_at, \
             (SELECT MIN(m.occurred_at) FROM placement p JOIN message m ON m.id = p.message_id WHERE p.ticket_id = t.id AND p.desk = 0 \
             AND m.public = 1 AND m.from_requester = 0 AND m.kind <> 'description') \
             FROM ticket t WHERE t.id < $1 AND t.trashed = 0 AND t.confidential = 0 \
             AND NOT EXISTS (SELECT 1 FROM ticket_person a WHERE a.ticket_id = t.id AND a.role = 'about') ORDER BY t.id DESC LIMIT $2"
        ),
        &params![below, limit],
    )
}

/// Replaces all that was measured before.
///
/// # Errors
/// The database refuses.
pub fn replace(tx: &mut Tx<'_>, lines: &[Line], at: Time) -> Result<()> {
    tx.exec(sql!("DELETE FROM ticket_pace"), &params![])?;
    for line in lines {
        tx.exec(
            sql!(
                "INSERT INTO ticket_pace (tenant_id, kind, service_id, what, measured, low, half, high, measured_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            ),
            &params![
                line.tenant,
                &line.kind,
                line.service.map_or(0, kernel::Id::raw),
                line.what,
                line.pace.measured,
                line.pace.low,
                line.pace.half,
                line.pace.high,
                at
            ],
        )?;
    }
    Ok(())
}

/// How long it usually takes: as its service says, else as its kind does; nothing when too few say anything.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, tenant: OrganisationId, kind: &str, service: Option<ServiceId>, what: What) -> Result<Option<Pace>> {
    rd.first(
        sql!(
            Pace,
            "SELECT measured, low, half, high FROM ticket_pace WHERE tenant_id = $1 AND kind = $2 AND service_id IN ($3, 0) AND what = $4 \
             ORDER BY service_id DESC LIMIT 1"
        ),
        &params![tenant, kind, service.map_or(0, kernel::Id::raw), what],
    )
}
