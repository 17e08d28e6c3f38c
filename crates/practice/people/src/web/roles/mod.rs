//! Roles.

pub mod edit;
pub mod matrix;

use access::{Actor, Reach, Verb};
use kernel::Result;
use party::{SHARED, TenantId};

/// The tenant whose roles a page shows: the one that is named, else that of all tenants for those who
/// see it, else where the actor is at home.
fn tenant(rd: &mut db::Rd<'_>, actor: &Actor, named: Option<TenantId>) -> Result<TenantId> {
    let fallback = if actor.reach(Verb::RoleSee, SHARED) == Reach::All { SHARED } else { actor.tenant };
    crate::permit::tenant(rd, actor, Some(named.unwrap_or(fallback)), Verb::RoleSee)
}
