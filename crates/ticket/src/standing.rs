//! As what somebody stands before a ticket: staff, its requester, or one who acts as its requester.

use access::{TicketFacts, Verb};
use db::Rd;
use kernel::Result;

use crate::{Frame, Ticket, TransitionDef, facts_of, permit};

/// As what the actor stands before a ticket.
pub(crate) struct Standing {
    /// Sees notes and the desk's own business on it.
    pub staff: bool,
    /// Its requester or beneficiary.
    pub requester: bool,
    /// The ticket without its people: what a verb reaches here, it reaches beyond one's own.
    place: Option<TicketFacts>,
}

impl Standing {
    pub fn of(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket) -> Result<Self> {
        let staff = permit::is_staff_on(rd, frame, ticket)?;
        let requester = permit::is_requester(frame, ticket);
        let place = if staff || requester { None } else { Some(without_people(facts_of(rd, ticket)?)) };
        Ok(Self { staff, requester, place })
    }

    /// Whether the actor goes on with the ticket as its requester does. So does whoever holds the verb
    /// for a whole team or organisation; to watch a ticket is not enough.
    pub fn as_requester(&self, frame: Frame<'_>, verb: Verb) -> bool {
        self.requester || self.place.as_ref().is_some_and(|place| frame.actor.tickets(verb).sees(place))
    }

    /// The same for a step of the graph and its verb.
    pub fn takes_as_requester(&self, frame: Frame<'_>, step: &TransitionDef) -> bool {
        Verb::from_key(&step.verb).is_some_and(|verb| self.as_requester(frame, verb))
    }
}

fn without_people(facts: TicketFacts) -> TicketFacts {
    TicketFacts { requester: None, beneficiary: None, assignee: None, created_by: None, persons: Vec::new(), ..facts }
}
