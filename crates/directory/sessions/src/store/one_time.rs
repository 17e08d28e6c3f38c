//! Secrets that work once. A secret is bound to its purpose and account, and using it removes it.

use db::{Rd, Tx, params, sql};
use kernel::{AccountId, Result, Time};

use crate::Digest;
use crate::lifetimes::{RESET, SET_UP};

/// Makes the link by which an account gets a new password; an earlier one stops working.
///
/// # Errors
/// The database refuses.
pub fn put_reset(tx: &mut Tx<'_>, account: AccountId, secret: Digest, now: Time) -> Result<()> {
    drop_resets(tx, account)?;
    tx.exec(
        sql!("INSERT INTO one_time (token_hash, purpose, account_id, created_at, expires_at) VALUES ($1, 'reset', $2, $3, $4)"),
        &params![secret, account, now, now.plus(RESET)],
    )?;
    Ok(())
}

/// The account that a reset link is for, if it still works.
///
/// # Errors
/// The database does not answer.
pub fn reset(rd: &mut Rd<'_>, secret: Digest, now: Time) -> Result<Option<AccountId>> {
    rd.first(
        sql!(
            AccountId,
            "SELECT o.account_id FROM one_time o JOIN account a ON a.id = o.account_id
             WHERE o.token_hash = $1 AND o.purpose = 'reset' AND o.expires_at > $2 AND a.active = 1"
        ),
        &params![secret, now],
    )
}

/// Uses up a reset link: of two at the same time one gets the account.
///
/// # Errors
/// The database refuses.
pub fn take_reset(tx: &mut Tx<'_>, secret: Digest, now: Time) -> Result<Option<AccountId>> {
    let Some(account) = reset(tx, secret, now)? else { return Ok(None) };
    let used = tx.exec(sql!("DELETE FROM one_time WHERE token_hash = $1 AND purpose = 'reset'"), &params![secret])?;
    Ok((used == 1).then_some(account))
}

/// Makes all reset links of an account stop working.
///
/// # Errors
/// The database refuses.
pub fn drop_resets(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec(sql!("DELETE FROM one_time WHERE account_id = $1"), &params![account])?;
    Ok(())
}

/// Makes the code that sets up an empty desk; an earlier one stops working.
///
/// # Errors
/// The database refuses.
pub fn put_setup(tx: &mut Tx<'_>, secret: Digest, now: Time) -> Result<()> {
    drop_setup(tx)?;
    tx.exec(
        sql!("INSERT INTO one_time (token_hash, purpose, account_id, created_at, expires_at) VALUES ($1, 'setup', NULL, $2, $3)"),
        &params![secret, now, now.plus(SET_UP)],
    )?;
    Ok(())
}

/// Whether a set-up code works.
///
/// # Errors
/// The database does not answer.
pub fn is_setup(rd: &mut Rd<'_>, secret: Digest, now: Time) -> Result<bool> {
    let found = rd.first(
        sql!(Time, "SELECT expires_at FROM one_time WHERE token_hash = $1 AND purpose = 'setup' AND expires_at > $2"),
        &params![secret, now],
    )?;
    Ok(found.is_some())
}

/// Uses up a set-up code.
///
/// # Errors
/// The database refuses.
pub fn take_setup(tx: &mut Tx<'_>, secret: Digest, now: Time) -> Result<bool> {
    if !is_setup(tx, secret, now)? {
        return Ok(false);
    }
    drop_setup(tx)?;
    Ok(true)
}

/// Makes every set-up code stop working.
///
/// # Errors
/// The database refuses.
pub fn drop_setup(tx: &mut Tx<'_>) -> Result<()> {
    tx.exec(sql!("DELETE FROM one_time WHERE purpose = 'setup'"), &params![])?;
    Ok(())
}

/// Forgets what can no longer be used, at most 200 in one go.
///
/// # Errors
/// The database refuses.
pub fn forget_ended(tx: &mut Tx<'_>, now: Time) -> Result<u64> {
    tx.exec(
        sql!("DELETE FROM one_time WHERE token_hash IN (SELECT token_hash FROM one_time WHERE expires_at <= $1 ORDER BY expires_at LIMIT 200)"),
        &params![now],
    )
}
