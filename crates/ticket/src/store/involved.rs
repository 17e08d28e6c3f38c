//! Co-workers, watchers and tags of a ticket.

use std::collections::HashMap;

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result, TeamId, TicketId};
use sea_query::{Expr, ExprTrait, Query};

use crate::Involvement;

/// The people beside requester and assignee.
///
/// # Errors
/// The database refuses.
pub fn people(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<(PersonId, Involvement)>> {
    rd.all(
        sql!((PersonId, Involvement), "SELECT person_id, role FROM ticket_person WHERE ticket_id = $1 ORDER BY role, person_id LIMIT 500"),
        &params![ticket],
    )
}

/// The teams beside the one that has it.
///
/// # Errors
/// The database refuses.
pub fn teams(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<(TeamId, Involvement)>> {
    rd.all(
        sql!((TeamId, Involvement), "SELECT team_id, role FROM ticket_team WHERE ticket_id = $1 ORDER BY role, team_id LIMIT 500"),
        &params![ticket],
    )
}

/// Adds a person; `false` when it was there.
///
/// # Errors
/// The database refuses.
pub fn add_person(tx: &mut Tx<'_>, ticket: TicketId, person: PersonId, role: Involvement) -> Result<bool> {
    let added = tx.exec(
        sql!(
            "INSERT INTO ticket_person (ticket_id, person_id, role) VALUES ($1, $2, $3) ON CONFLICT (ticket_id, person_id, role) DO NOTHING"
        ),
        &params![ticket, person, role],
    )?;
    Ok(added == 1)
}

/// Takes a person off; `false` when it was not there.
///
/// # Errors
/// The database refuses.
pub fn remove_person(tx: &mut Tx<'_>, ticket: TicketId, person: PersonId, role: Involvement) -> Result<bool> {
    let gone =
        tx.exec(sql!("DELETE FROM ticket_person WHERE ticket_id = $1 AND person_id = $2 AND role = $3"), &params![ticket, person, role])?;
    Ok(gone == 1)
}

/// Adds a team; `false` when it was there.
///
/// # Errors
/// The database refuses.
pub fn add_team(tx: &mut Tx<'_>, ticket: TicketId, team: TeamId, role: Involvement) -> Result<bool> {
    let added = tx.exec(
        sql!("INSERT INTO ticket_team (ticket_id, team_id, role) VALUES ($1, $2, $3) ON CONFLICT (ticket_id, team_id, role) DO NOTHING"),
        &params![ticket, team, role],
    )?;
    Ok(added == 1)
}

/// Takes a team off; `false` when it was not there.
///
/// # Errors
/// The database refuses.
pub fn remove_team(tx: &mut Tx<'_>, ticket: TicketId, team: TeamId, role: Involvement) -> Result<bool> {
    let gone =
        tx.exec(sql!("DELETE FROM ticket_team WHERE ticket_id = $1 AND team_id = $2 AND role = $3"), &params![ticket, team, role])?;
    Ok(gone == 1)
}

/// The tags of a ticket.
///
/// # Errors
/// The database refuses.
pub fn tags(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<String>> {
    rd.all(sql!(String, "SELECT tag FROM ticket_tag WHERE ticket_id = $1 ORDER BY tag"), &params![ticket])
}

/// The tags of several tickets; one without tags is not there.
///
/// # Errors
/// The database refuses.
pub fn tags_of(rd: &mut Rd<'_>, tickets: &[TicketId]) -> Result<HashMap<TicketId, Vec<String>>> {
    let mut found: HashMap<TicketId, Vec<String>> = HashMap::new();
    if tickets.is_empty() {
        return Ok(found);
    }
    let mut query = Query::select();
    query.columns(["ticket_id", "tag"]).from("ticket_tag").order_by("tag", sea_query::Order::Asc);
    query.and_where(Expr::col("ticket_id").is_in(tickets.iter().map(|id| id.raw())));
    for (ticket, tag) in rd.select::<(TicketId, String)>(&query)? {
        found.entry(ticket).or_default().push(tag);
    }
    Ok(found)
}

/// Adds a tag; `false` when it was there.
///
/// # Errors
/// The database refuses.
pub fn add_tag(tx: &mut Tx<'_>, ticket: TicketId, tag: &str) -> Result<bool> {
    let added = tx.exec(
        sql!("INSERT INTO ticket_tag (ticket_id, tag) VALUES ($1, $2) ON CONFLICT (ticket_id, tag) DO NOTHING"),
        &params![ticket, tag],
    )?;
    Ok(added == 1)
}

/// Takes a tag off; `false` when it was not there.
///
/// # Errors
/// The database refuses.
pub fn remove_tag(tx: &mut Tx<'_>, ticket: TicketId, tag: &str) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM ticket_tag WHERE ticket_id = $1 AND tag = $2"), &params![ticket, tag])? == 1)
}
