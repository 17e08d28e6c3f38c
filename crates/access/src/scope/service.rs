//! Which services a verb reaches: those one owns, those of one's team, or all of the tenant and
//! those the operator shares.

use db::Rd;
use kernel::{Error, PersonId, Result, ServiceId, TeamId};
use party::{Service, TenantId, Within};
use sea_query::Condition;

use super::{Circles, Scope, sql};

/// What decides about a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceFacts {
    pub tenant: TenantId,
    pub owner: Option<PersonId>,
    pub team: Option<TeamId>,
}

/// The services that a verb reaches, for one actor.
#[derive(Debug, Clone)]
pub struct ServiceScope(pub(crate) Scope);

impl ServiceScope {
    pub fn is_nothing(&self) -> bool {
        self.0.is_nothing()
    }

    /// Whether the service with these facts is reached.
    pub fn sees(&self, s: &ServiceFacts) -> bool {
        let who = &self.0.who;
        let own = || who.is(s.owner);
        let team = || who.in_team(s.team);
        self.0.with_shared().sees(s.tenant, &Circles { own: &own, team: &team, organisation: &|| false })
    }

    /// The same as SQL over `service`.
    pub fn condition(&self) -> Condition {
        let who = &self.0.who;
        let own = || sql::one_of("service", "owner_id", &who.persons);
        let team = || sql::one_of("service", "team_id", &who.teams);
        self.0.with_shared().condition("service", Circles { own: &own, team: &team, organisation: &sql::never })
    }

    /// The bounds of a list of services.
    pub fn within(&self) -> Within {
        Within { tenants: self.0.with_shared().tenants(), condition: self.condition() }
    }

    /// # Errors
    /// `NotFound` when there is none or none that may be seen: the same answer.
    pub fn get(&self, rd: &mut Rd<'_>, id: ServiceId) -> Result<Service> {
        let service = party::store::service::get(rd, id)?;
        let facts = ServiceFacts { tenant: service.tenant, owner: service.owner, team: service.team };
        if self.sees(&facts) { Ok(service) } else { Err(Error::not_found()) }
    }
}
