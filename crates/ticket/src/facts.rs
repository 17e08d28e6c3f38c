//! What decides about a ticket's visibility.

use access::{Place, TicketFacts};
use db::Rd;
use kernel::Result;

use crate::store::involved;
use crate::{Involvement, Ticket};

/// The facts of a ticket.
///
/// # Errors
/// The database refuses.
pub fn facts_of(rd: &mut Rd<'_>, ticket: &Ticket) -> Result<TicketFacts> {
    with_others(rd, ticket, facts_in(ticket))
}

/// What its row says: without the organisation's place in the tree and who else takes part.
pub(crate) fn facts_in(t: &Ticket) -> TicketFacts {
    TicketFacts {
        team: t.team,
        owner_team: t.owner_team,
        requester: t.requester,
        beneficiary: t.beneficiary,
        assignee: t.assignee,
        created_by: t.created_by,
        confidential: t.confidential,
        trashed: t.trashed,
        ..TicketFacts::of(t.tenant)
    }
}

/// The rest, from the database.
pub(crate) fn with_others(rd: &mut Rd<'_>, t: &Ticket, facts: TicketFacts) -> Result<TicketFacts> {
    let organisation = match t.organisation {
        Some(id) => Some(Place { id, path: party::store::organisation::get(rd, id)?.path }),
        None => None,
    };
    let (about, persons): (Vec<_>, Vec<_>) = involved::people(rd, t.id)?.into_iter().partition(|(_, role)| *role == Involvement::About);
    Ok(TicketFacts {
        organisation,
        persons: persons.into_iter().map(|(id, _)| id).collect(),
        about: about.into_iter().map(|(id, _)| id).collect(),
        teams: involved::teams(rd, t.id)?.into_iter().map(|(id, _)| id).collect(),
        ..facts
    })
}
