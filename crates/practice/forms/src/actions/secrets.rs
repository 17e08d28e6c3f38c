//! What the desk does about secrets that somebody writes.

use access::Verb;
use db::{Rd, Tx};
use kernel::{Error, Result};
use party::SHARED;
use ticket::Frame;
use ticket::catalogue::SECRETS;
use ticket::rules::secrets::SecretPolicy;

/// The name of the one object.
const KEY: &str = "default";

/// The policy with its version; 0 as long as it is that of the product.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>) -> Result<(SecretPolicy, i64)> {
    match settings::get(rd, SHARED.raw(), SECRETS, KEY)? {
        Some(row) => Ok((serde_json::from_str(&row.data).map_err(Error::internal)?, row.version)),
        None => Ok((SecretPolicy::default(), 0)),
    }
}

/// Writes it over a version of it, without one over the newest; holds for what is written from now on.
///
/// # Errors
/// Forbidden without `settings.edit` in the whole desk; conflict when somebody else changed it meanwhile.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, policy: &SecretPolicy, expected: Option<i64>) -> Result<i64> {
    frame.actor.require(Verb::SettingsEdit, SHARED)?;
    let (_, version) = get(tx)?;
    settings::put(tx, frame.act, SHARED.raw(), SECRETS, KEY, expected.unwrap_or(version), policy)
}
