//! Browsers in which an account has signed in before.

use db::{Rd, Tx, params, sql};
use kernel::{AccountId, Result, Time};

use crate::Digest;
use crate::lifetimes::BROWSER;

/// Browsers that are remembered for one account.
const MAX: i64 = 20;

/// Whether the account has signed in with this browser before.
///
/// # Errors
/// The database does not answer.
pub fn knows(rd: &mut Rd<'_>, account: AccountId, secret: Digest, now: Time) -> Result<bool> {
    let found = rd.first(
        sql!(AccountId, "SELECT account_id FROM login_device WHERE token_hash = $1 AND account_id = $2 AND expires_at > $3"),
        &params![secret, account, now],
    )?;
    Ok(found.is_some())
}

/// Remembers the browser of a log-in in place of the one it came with; the ones used longest ago go.
///
/// # Errors
/// The database refuses.
pub fn remember(tx: &mut Tx<'_>, account: AccountId, before: Option<Digest>, secret: Digest, now: Time) -> Result<()> {
    if let Some(before) = before {
        tx.exec(sql!("DELETE FROM login_device WHERE token_hash = $1 AND account_id = $2"), &params![before, account])?;
    }
    tx.exec(
        sql!("INSERT INTO login_device (token_hash, account_id, used_at, expires_at) VALUES ($1, $2, $3, $4)"),
        &params![secret, account, now, now.plus(BROWSER)],
    )?;
    tx.exec(
        sql!(
            "DELETE FROM login_device WHERE account_id = $1 AND token_hash NOT IN
             (SELECT token_hash FROM login_device WHERE account_id = $1 ORDER BY used_at DESC, token_hash LIMIT $2)"
        ),
        &params![account, MAX],
    )?;
    Ok(())
}

/// Forgets all browsers of an account: after a reset none of them is known to be its owner's.
///
/// # Errors
/// The database refuses.
pub fn forget_all(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec(sql!("DELETE FROM login_device WHERE account_id = $1"), &params![account])?;
    Ok(())
}

/// Forgets browsers not used for long, at most 200 in one go.
///
/// # Errors
/// The database refuses.
pub fn forget_ended(tx: &mut Tx<'_>, now: Time) -> Result<u64> {
    tx.exec(
        sql!("DELETE FROM login_device WHERE token_hash IN (SELECT token_hash FROM login_device WHERE expires_at <= $1 ORDER BY expires_at LIMIT 200)"),
        &params![now],
    )
}
