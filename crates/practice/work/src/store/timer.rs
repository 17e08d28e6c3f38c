//! Watches: one of each person for each ticket.

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result, TicketId, Time};

db::row! {
    /// What a watch counted, and since when it runs.
    #[derive(PartialEq, Eq, Default)]
    pub struct Timer {
        pub seconds: i64,
        pub started_at: Option<Time>,
    }
}

impl Timer {
    /// Seconds that it shows at a moment.
    pub fn shows(&self, now: Time) -> i64 {
        let running = self.started_at.map_or(0, |at| (now.0 - at.0).max(0) / Time::SECOND);
        self.seconds + running
    }
}

/// The watch of a person for a ticket.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>, person: PersonId, ticket: TicketId) -> Result<Option<Timer>> {
    rd.first(sql!(Timer, "SELECT seconds, started_at FROM timer WHERE person_id = $1 AND ticket_id = $2"), &params![person, ticket])
}

/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId, timer: &Timer) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO timer (person_id, ticket_id, seconds, started_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (person_id, ticket_id) DO UPDATE SET seconds = excluded.seconds, started_at = excluded.started_at"
        ),
        &params![person, ticket, timer.seconds, timer.started_at],
    )?;
    Ok(())
}

/// # Errors
/// The database refuses.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId) -> Result<()> {
    tx.exec(sql!("DELETE FROM timer WHERE person_id = $1 AND ticket_id = $2"), &params![person, ticket])?;
    Ok(())
}
