//! Which organisations a verb reaches: one's own, those below, all of the tenant.

use db::Rd;
use kernel::{Error, OrganisationId, Result};
use party::{Organisation, TenantId, Within};
use sea_query::Condition;

use super::{Circles, Place, Scope, sql};

/// What decides about an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationFacts {
    pub tenant: TenantId,
    pub place: Place,
}

/// The organisations that a verb reaches, for one actor.
#[derive(Debug, Clone)]
pub struct OrganisationScope(pub(crate) Scope);

impl OrganisationScope {
    pub fn is_nothing(&self) -> bool {
        self.0.is_nothing()
    }

    /// Whether the organisation with these facts is reached.
    pub fn sees(&self, o: &OrganisationFacts) -> bool {
        let who = &self.0.who;
        let own = || who.organisations.iter().any(|mine| mine.id == o.place.id);
        let team = || false;
        let organisation = || who.covering(&o.place).is_some();
        self.0.sees(o.tenant, &Circles { own: &own, team: &team, organisation: &organisation })
    }

    /// The same as SQL over `organisation`.
    pub fn condition(&self) -> Condition {
        let who = &self.0.who;
        let mine: Vec<OrganisationId> = who.organisations.iter().map(|o| o.id).collect();
        let own = || sql::one_of("organisation", "id", &mine);
        let organisation = || sql::paths(who, "organisation");
        self.0.condition("organisation", Circles { own: &own, team: &sql::never, organisation: &organisation })
    }

    /// The bounds of a list of organisations.
    pub fn within(&self) -> Within {
        Within { tenants: self.0.tenants(), condition: self.condition() }
    }

    /// # Errors
    /// `NotFound` when there is none or none that may be seen: the same answer.
    pub fn get(&self, rd: &mut Rd<'_>, id: OrganisationId) -> Result<Organisation> {
        let organisation = party::store::organisation::get(rd, id)?;
        let facts = OrganisationFacts { tenant: organisation.tenant, place: Place { id, path: organisation.path.clone() } };
        if self.sees(&facts) { Ok(organisation) } else { Err(Error::not_found()) }
    }
}
