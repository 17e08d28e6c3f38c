//! Up to where people have seen tickets.

use std::collections::HashMap;

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result, TicketId};
use sea_query::{Expr, ExprTrait, Query};

/// Marks a ticket as seen up to an activity; what was seen later stays.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId, activity: i64) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ticket_seen (person_id, ticket_id, activity) VALUES ($1, $2, $3) \
             ON CONFLICT (person_id, ticket_id) DO UPDATE SET activity = excluded.activity WHERE ticket_seen.activity < excluded.activity"
        ),
        &params![person, ticket, activity],
    )?;
    Ok(())
}

/// Forgets that a ticket was seen.
///
/// # Errors
/// The database refuses.
pub fn forget(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId) -> Result<()> {
    tx.exec(sql!("DELETE FROM ticket_seen WHERE person_id = $1 AND ticket_id = $2"), &params![person, ticket])?;
    Ok(())
}

/// What a person does to a ticket is not new to them: who had read all before has read this as well. Before a
/// public message it is told how far the activity will rise.
///
/// # Errors
/// The database refuses.
pub fn keep_up(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId, ahead: i64) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE ticket_seen SET activity = (SELECT t.activity + $3 FROM ticket t WHERE t.id = $2) \
             WHERE person_id = $1 AND ticket_id = $2 AND activity >= (SELECT t.spoken FROM ticket t WHERE t.id = $2)"
        ),
        &params![person, ticket, ahead],
    )?;
    Ok(())
}

/// Up to where a person has seen each of some tickets.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, person: PersonId, tickets: &[TicketId]) -> Result<HashMap<TicketId, i64>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let query = Query::select()
        .columns(["ticket_id", "activity"])
        .from("ticket_seen")
        .and_where(Expr::col("person_id").eq(person.raw()))
        .and_where(Expr::col("ticket_id").is_in(tickets.iter().map(|id| id.raw())))
        .to_owned();
    Ok(rd.select::<(TicketId, i64)>(&query)?.into_iter().collect())
}
