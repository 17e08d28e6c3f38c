//! Tenants, and the bounds that every list takes.

use kernel::{Id, OrganisationId};
use sea_query::{Condition, Expr, ExprTrait, Query};

/// A tenant is named by its root organisation.
pub type TenantId = OrganisationId;

/// What the operator shares with all tenants.
pub const SHARED: TenantId = Id::new(0);

/// The tenants a list may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tenants {
    All,
    /// These, each once; an empty list reads nothing.
    Some(Vec<TenantId>),
}

impl Tenants {
    pub fn one(tenant: TenantId) -> Self {
        Tenants::Some(vec![tenant])
    }
    pub fn contains(&self, tenant: TenantId) -> bool {
        match self {
            Tenants::All => true,
            Tenants::Some(list) => list.contains(&tenant),
        }
    }
    pub fn is_empty(&self) -> bool {
        matches!(self, Tenants::Some(list) if list.is_empty())
    }
    /// The same tenants and what the operator shares with them.
    #[must_use]
    pub fn with_shared(mut self) -> Self {
        if let Tenants::Some(list) = &mut self
            && !list.is_empty()
            && !list.contains(&SHARED)
        {
            list.push(SHARED);
        }
        self
    }
    /// As a condition on `table.tenant_id`.
    pub fn condition(&self, table: &'static str) -> Condition {
        match self {
            Tenants::All => Condition::all(),
            Tenants::Some(list) => Condition::all().add(Expr::col((table, "tenant_id")).is_in(list.iter().map(|t| t.raw()))),
        }
    }
    /// As a condition that always names the tenants, for indexes that begin with them.
    pub(crate) fn listed(&self, table: &'static str) -> Condition {
        match self {
            Tenants::All => {
                let roots = Query::select().column("id").from("organisation").and_where(Expr::col("parent_id").is_null()).to_owned();
                let tenant = Expr::col((table, "tenant_id"));
                Condition::any().add(tenant.clone().in_subquery(roots)).add(tenant.eq(0_i64))
            }
            Tenants::Some(_) => self.condition(table),
        }
    }
}

/// The bounds of a list: made by `access` from a scope, so that a list without rights cannot be
/// written. The condition speaks of the listed table by its own name.
#[derive(Debug, Clone)]
pub struct Within {
    pub tenants: Tenants,
    pub condition: Condition,
}

impl Within {
    /// Every row of these tenants: for code that has decided itself, such as imports and the demo.
    pub fn tenants(tenants: Tenants) -> Self {
        Self { tenants, condition: Condition::all() }
    }
    pub fn is_nothing(&self) -> bool {
        self.tenants.is_empty()
    }
}
