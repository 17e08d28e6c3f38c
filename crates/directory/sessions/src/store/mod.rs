//! All queries of this slice.

pub mod device;
pub mod one_time;
pub mod preference;
pub mod session;
pub mod token;

use db::{Rd, params, sql};
use kernel::{AccountId, Result};
use party::TenantId;

/// Whether nobody can sign in yet: the desk is empty.
///
/// # Errors
/// The database does not answer.
pub fn is_empty(rd: &mut Rd<'_>) -> Result<bool> {
    let any: Option<AccountId> = rd.first(sql!(AccountId, "SELECT id FROM account ORDER BY id LIMIT 1"), &params![])?;
    Ok(any.is_none())
}

/// Where the person of an account is at home.
///
/// # Errors
/// `NotFound`.
pub fn tenant_of(rd: &mut Rd<'_>, account: AccountId) -> Result<TenantId> {
    rd.one(sql!(TenantId, "SELECT p.tenant_id FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1"), &params![account])
}
