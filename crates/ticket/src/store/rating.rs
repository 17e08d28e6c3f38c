//! What requesters think of how their tickets were solved.

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result, TextId, TicketId, Time};

use crate::RatingReason;

/// A rating as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub by: PersonId,
    /// Of how it was solved, 1 to 5.
    pub solution: Option<i64>,
    /// Of who worked on it, 1 to 5.
    pub analyst: Option<i64>,
    /// Who had the ticket then.
    pub analyst_id: Option<PersonId>,
    pub reasons: Vec<RatingReason>,
    pub comment: Option<TextId>,
    /// Whether the desk may call; nothing until that was answered.
    pub callback: Option<bool>,
    pub rated_at: Time,
}

/// A mark that asks for more than thanks.
pub const LOW: i64 = 2;

impl Rating {
    /// Whether one of its marks is low.
    pub fn is_low(&self) -> bool {
        self.solution.into_iter().chain(self.analyst).any(|mark| mark <= LOW)
    }
}

type Row = (PersonId, Option<i64>, Option<i64>, Option<PersonId>, String, Option<TextId>, Option<bool>, Time);

/// The rating of a ticket. Who asks has the right to know it.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Option<Rating>> {
    let row = rd.first(
        sql!(
            Row,
            "SELECT by_id, solution, analyst, analyst_id, reasons, comment_id, callback, rated_at FROM ticket_rating WHERE ticket_id = $1"
        ),
        &params![ticket],
    )?;
    Ok(row.map(|(by, solution, analyst, analyst_id, reasons, comment, callback, rated_at)| Rating {
        by,
        solution,
        analyst,
        analyst_id,
        reasons: reasons.split(',').filter_map(RatingReason::from_key).collect(),
        comment,
        callback,
        rated_at,
    }))
}

/// Writes the rating of a ticket, with its marks on the ticket itself.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, ticket: TicketId, r: &Rating) -> Result<()> {
    let reasons: Vec<&str> = r.reasons.iter().map(|reason| reason.key()).collect();
    tx.exec(
        sql!(
            "INSERT INTO ticket_rating (ticket_id, by_id, solution, analyst, analyst_id, reasons, comment_id, callback, rated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (ticket_id) DO UPDATE SET by_id = excluded.by_id, \
             solution = excluded.solution, analyst = excluded.analyst, analyst_id = excluded.analyst_id, reasons = excluded.reasons, \
             comment_id = excluded.comment_id, callback = excluded.callback, rated_at = excluded.rated_at"
        ),
        &params![ticket, r.by, r.solution, r.analyst, r.analyst_id, reasons.join(","), r.comment, r.callback, r.rated_at],
    )?;
    tx.exec(sql!("UPDATE ticket SET csat = $2, csat_analyst = $3 WHERE id = $1"), &params![ticket, r.solution, r.analyst])?;
    Ok(())
}
