//! Which locations a verb reaches: all of the tenant and those the operator shares, or none.

use db::Rd;
use kernel::{Error, LocationId, Result};
use party::{Location, TenantId, Within};
use sea_query::Condition;

use super::{Circles, Scope, sql};

/// The locations that a verb reaches, for one actor.
#[derive(Debug, Clone)]
pub struct LocationScope(pub(crate) Scope);

impl LocationScope {
    pub fn is_nothing(&self) -> bool {
        self.0.is_nothing()
    }

    /// Whether the locations of a tenant are reached.
    pub fn sees(&self, tenant: TenantId) -> bool {
        let no = || false;
        self.0.with_shared().sees(tenant, &Circles { own: &no, team: &no, organisation: &no })
    }

    /// The same as SQL over `location`.
    pub fn condition(&self) -> Condition {
        self.0.with_shared().condition("location", Circles { own: &sql::never, team: &sql::never, organisation: &sql::never })
    }

    /// The bounds of a list of locations.
    pub fn within(&self) -> Within {
        Within { tenants: self.0.with_shared().tenants(), condition: self.condition() }
    }

    /// # Errors
    /// `NotFound` when there is none or none that may be seen: the same answer.
    pub fn get(&self, rd: &mut Rd<'_>, id: LocationId) -> Result<Location> {
        let location = party::store::location::get(rd, id)?;
        if self.sees(location.tenant) { Ok(location) } else { Err(Error::not_found()) }
    }
}
