//! What decides about a ticket's visibility, read from the database.

use access::{Place, TicketFacts};
use db::Rd;
use kernel::Result;

use crate::Ticket;
use crate::store::involved;

/// The facts of a ticket.
///
/// # Errors
/// The database refuses.
pub fn facts_of(rd: &mut Rd<'_>, t: &Ticket) -> Result<TicketFacts> {
    let organisation = match t.organisation {
        Some(id) => Some(Place { id, path: party::store::organisation::get(rd, id)?.path }),
        None => None,
    };
    Ok(TicketFacts {
        tenant: t.tenant,
        organisation,
        team: t.team,
        owner_team: t.owner_team,
        requester: t.requester,
        beneficiary: t.beneficiary,
        assignee: t.assignee,
        created_by: t.created_by,
        persons: involved::people(rd, t.id)?.into_iter().map(|(id, _)| id).collect(),
        teams: involved::teams(rd, t.id)?.into_iter().map(|(id, _)| id).collect(),
    })
}
