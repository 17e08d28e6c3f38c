//! Which teams a verb reaches: one's own, or all of the tenant and those the operator shares.

use db::Rd;
use kernel::{Error, Result, TeamId};
use party::{Team, TenantId, Within};
use sea_query::Condition;

use super::{Circles, Scope, sql};

/// The teams that a verb reaches, for one actor.
#[derive(Debug, Clone)]
pub struct TeamScope(pub(crate) Scope);

impl TeamScope {
    pub fn is_nothing(&self) -> bool {
        self.0.is_nothing()
    }

    /// Whether a team is reached.
    pub fn sees(&self, tenant: TenantId, id: TeamId) -> bool {
        let mine = || self.0.who.teams.contains(&id);
        self.0.with_shared().sees(tenant, &Circles { own: &mine, team: &mine, organisation: &mine })
    }

    /// The same as SQL over `team`.
    pub fn condition(&self) -> Condition {
        let mine = || sql::one_of("team", "id", &self.0.who.teams);
        self.0.with_shared().condition("team", Circles { own: &mine, team: &mine, organisation: &mine })
    }

    /// The bounds of a list of teams.
    pub fn within(&self) -> Within {
        Within { tenants: self.0.with_shared().tenants(), condition: self.condition() }
    }

    /// # Errors
    /// `NotFound` when there is none or none that may be seen: the same answer.
    pub fn get(&self, rd: &mut Rd<'_>, id: TeamId) -> Result<Team> {
        let team = party::store::team::get(rd, id)?;
        if self.sees(team.tenant, id) { Ok(team) } else { Err(Error::not_found()) }
    }
}
