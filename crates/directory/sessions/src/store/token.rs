//! API tokens.

use db::{Rd, Tx, params, sql};
use kernel::{AccountId, Result, Time, TokenId, kinds};

use crate::Digest;
use crate::token::{ApiToken, LiveToken, NewToken};

/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, account: AccountId, secret: Digest, new: &NewToken, now: Time) -> Result<TokenId> {
    let id = tx.next_id::<kinds::Token>()?;
    tx.exec(
        sql!(
            "INSERT INTO api_token (id, token_hash, account_id, name, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &params![id, secret, account, new.name.trim(), new.scopes.to_string(), now, new.expires_at],
    )?;
    Ok(id)
}

/// The token of a secret, if it lives and its account may sign in.
///
/// # Errors
/// The database does not answer.
pub fn live(rd: &mut Rd<'_>, secret: Digest, now: Time) -> Result<Option<LiveToken>> {
    rd.first(
        sql!(
            LiveToken,
            "SELECT t.id, t.account_id, a.person_id, t.scopes, t.expires_at, t.last_used_at FROM api_token t JOIN account a ON a.id = t.account_id
             WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.revoked_at IS NULL AND a.active = 1"
        ),
        &params![secret, now],
    )
}

/// The live tokens of an account, the newest first.
///
/// # Errors
/// The database does not answer.
pub fn of_account(rd: &mut Rd<'_>, account: AccountId, now: Time) -> Result<Vec<ApiToken>> {
    rd.all(
        sql!(
            ApiToken,
            "SELECT id, account_id, name, scopes, created_at, expires_at, last_used_at FROM api_token
             WHERE account_id = $1 AND expires_at > $2 AND revoked_at IS NULL ORDER BY id DESC LIMIT 200"
        ),
        &params![account, now],
    )
}

/// Revokes a live token of an account; `false` when there is none.
///
/// # Errors
/// The database refuses.
pub fn revoke(tx: &mut Tx<'_>, account: AccountId, id: TokenId, now: Time) -> Result<bool> {
    let affected = tx.exec(
        sql!("UPDATE api_token SET revoked_at = $3 WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL AND expires_at > $3"),
        &params![id, account, now],
    )?;
    Ok(affected == 1)
}

/// Revokes all live tokens of an account; answers how many.
///
/// # Errors
/// The database refuses.
pub fn revoke_all(tx: &mut Tx<'_>, account: AccountId, now: Time) -> Result<u64> {
    tx.exec(
        sql!("UPDATE api_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2"),
        &params![account, now],
    )
}

/// Notes the last use of a token; it never goes back.
///
/// # Errors
/// The database refuses.
pub fn used(tx: &mut Tx<'_>, id: TokenId, at: Time) -> Result<()> {
    tx.exec(
        sql!("UPDATE api_token SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)"),
        &params![id, at],
    )?;
    Ok(())
}
