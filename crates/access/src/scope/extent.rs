//! A scope as plain data, for compilers of other crates: the index asks for candidates by it, and
//! every candidate is asked for again by the scope itself.

use std::sync::Arc;

use party::Tenants;

use super::Scope;
use crate::{OrganisationScope, PersonScope, ServiceScope, TeamScope, TicketScope, Who};

/// The tenants by how far a verb goes in each. A higher level includes the lower ones: in a tenant of
/// `team` also what names the person is reached.
#[derive(Debug, Clone)]
pub struct Extent {
    pub own: Tenants,
    pub team: Tenants,
    pub organisation: Tenants,
    pub all: Tenants,
    pub who: Arc<Who>,
}

impl Extent {
    /// Whether everything of every tenant is reached.
    pub fn is_everything(&self) -> bool {
        self.all == Tenants::All
    }
    /// Whether nothing is reached.
    pub fn is_nothing(&self) -> bool {
        [&self.own, &self.team, &self.organisation, &self.all].into_iter().all(Tenants::is_empty)
    }
}

impl From<&Scope> for Extent {
    fn from(scope: &Scope) -> Self {
        let l = scope.levels.clone();
        Self { own: l.own, team: l.team, organisation: l.organisation, all: l.all, who: Arc::clone(&scope.who) }
    }
}

impl TicketScope {
    pub fn extent(&self) -> Extent {
        Extent::from(&self.scope)
    }
}
impl PersonScope {
    pub fn extent(&self) -> Extent {
        Extent::from(&self.0)
    }
}
impl OrganisationScope {
    pub fn extent(&self) -> Extent {
        Extent::from(&self.0)
    }
}
impl TeamScope {
    /// With what the operator shares.
    pub fn extent(&self) -> Extent {
        Extent::from(&self.0.with_shared())
    }
}
impl ServiceScope {
    /// With what the operator shares.
    pub fn extent(&self) -> Extent {
        Extent::from(&self.0.with_shared())
    }
}
