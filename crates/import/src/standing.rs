//! How a ticket that the desk has stands to an import that would go on with it.

use access::{Actor, Verb};
use db::Rd;
use kernel::Result;
use ticket::{Ticket, facts_of};

use crate::mapping::TrashedCase;

/// What an import may do with a ticket that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Go on with it.
    Open,
    /// Nothing: it is in the trash.
    InTrash,
    /// Bring it back from the trash, then go on with it.
    Returns,
    /// Nothing: whoever imports does not see it, and is told no more than what the file says.
    Hidden,
}

/// Whose import it is, and what the mapping wants; nobody: the desk's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds<'a> {
    pub actor: Option<&'a Actor>,
    pub trashed: TrashedCase,
}

impl Bounds<'_> {
    pub fn standing(self, rd: &mut Rd<'_>, ticket: &Ticket) -> Result<Standing> {
        let returns = if self.trashed == TrashedCase::Restore { Standing::Returns } else { Standing::InTrash };
        let Some(actor) = self.actor.filter(|actor| !actor.is_machine()) else {
            return Ok(if ticket.trashed { returns } else { Standing::Open });
        };
        let facts = facts_of(rd, ticket)?;
        let reaches = |verb| {
            let scope = actor.tickets(verb);
            if ticket.trashed { scope.in_trash().sees(&facts) } else { scope.sees(&facts) }
        };
        Ok(match (reaches(Verb::TicketSee) && reaches(Verb::TicketSeeInternal), ticket.trashed) {
            (false, _) => Standing::Hidden,
            (true, false) => Standing::Open,
            (true, true) => {
                if reaches(Verb::TicketDelete) {
                    returns
                } else {
                    Standing::InTrash
                }
            }
        })
    }
}
