//! Why somebody may do something to a ticket, by role and clause: "Why can X see this?".

use kernel::{OrganisationId, TeamId};
use party::{SHARED, TenantId};

use crate::{Actor, Reach, TicketFacts, Verb};

/// What in a ticket lets a role reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    Requester,
    Beneficiary,
    Assignee,
    Creator,
    /// Named as co-worker or watcher, or on a confidential ticket.
    Involved,
    /// It is with this team, or the team keeps ownership.
    Team(TeamId),
    /// This team works along or watches.
    TeamInvolved(TeamId),
    /// It belongs to this organisation of the person or to one below it.
    Organisation(OrganisationId),
    /// It is a ticket of the tenant.
    Tenant,
}

/// A role that grants it, and the clauses by which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub role: String,
    /// Where the role is held; [`SHARED`]: in every tenant.
    pub tenant: TenantId,
    pub reach: Reach,
    pub clauses: Vec<Clause>,
}

/// The answer: granted by at least one reason, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub verb: Verb,
    pub reasons: Vec<Reason>,
    /// The desk itself or an import: everything is granted without a role.
    pub machine: bool,
    /// Some role would grant it, yet the token does not carry the verb.
    pub token_refuses: bool,
    /// The ticket is confidential: only what names the person counts.
    pub confidential: bool,
    /// The ticket is about the person: nothing counts.
    pub about: bool,
}

impl Why {
    pub fn is_granted(&self) -> bool {
        self.machine || (!self.token_refuses && !self.reasons.is_empty())
    }
}

impl Actor {
    /// Why this actor may do `verb` to a ticket, or that nothing grants it. Agrees with
    /// [`TicketScope::sees`](crate::TicketScope::sees).
    pub fn explain(&self, verb: Verb, ticket: &TicketFacts) -> Why {
        let held_here = self.grants.iter().filter(|g| g.tenant == SHARED || g.tenant == ticket.tenant);
        let reasons = held_here
            .map(|g| {
                let reach = g.role.reach(verb);
                Reason { role: g.key.clone(), tenant: g.tenant, reach, clauses: self.clauses(reach, ticket) }
            })
            .filter(|reason| !reason.clauses.is_empty())
            .collect();
        Why {
            verb,
            reasons,
            machine: self.is_machine() && !ticket.trashed,
            token_refuses: !self.token_allows(verb),
            confidential: ticket.confidential,
            about: ticket.is_about(&self.who),
        }
    }

    /// Everything in the ticket that a reach makes count, the nearest first.
    fn clauses(&self, reach: Reach, t: &TicketFacts) -> Vec<Clause> {
        let who = &self.who;
        let mut out = Vec::new();
        if t.trashed || t.is_about(who) || (t.confidential && !t.names_all(who)) {
            return out;
        }
        if reach >= Reach::Own {
            let named = [
                (t.requester, Clause::Requester),
                (t.beneficiary, Clause::Beneficiary),
                (t.assignee, Clause::Assignee),
                (t.created_by.filter(|_| !t.confidential), Clause::Creator),
            ];
            out.extend(named.into_iter().filter(|(person, _)| who.is(*person)).map(|(_, clause)| clause));
            if who.are_any(&t.persons) {
                out.push(Clause::Involved);
            }
        }
        if t.confidential {
            return out;
        }
        if reach >= Reach::Team {
            let has = [t.team, t.owner_team].into_iter().flatten().find(|team| who.teams.contains(team));
            out.extend(has.map(Clause::Team));
            out.extend(t.teams.iter().find(|team| who.teams.contains(team)).copied().map(Clause::TeamInvolved));
        }
        if reach >= Reach::Organisation {
            out.extend(t.organisation.as_ref().and_then(|place| who.covering(place)).map(|mine| Clause::Organisation(mine.id)));
        }
        if reach == Reach::All {
            out.push(Clause::Tenant);
        }
        out
    }
}
