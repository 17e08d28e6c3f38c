//! Sessions.

use db::{Rd, Tx, params, sql};
use kernel::{AccountId, Result, Time};

use crate::session::{Live, Session, SessionId, SessionKind};
use crate::{Digest, Lifetimes};

/// The browser of a new session.
#[derive(Debug, Clone)]
pub struct Browser {
    pub user_agent: String,
    pub ip: String,
}

/// Begins a session.
///
/// # Errors
/// The database refuses.
pub fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    secret: Digest,
    browser: &Browser,
    lifetimes: &Lifetimes,
    now: Time,
) -> Result<SessionId> {
    let id = tx.next_id::<SessionKind>()?;
    let expires = now.plus(lifetimes.absolute);
    tx.exec(
        sql!(
            "INSERT INTO session (id, token_hash, account_id, created_at, last_seen_at, idle_expires_at, expires_at, user_agent, ip)
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8)"
        ),
        &params![id, secret, account, now, lifetimes.idle_end(now, expires), expires, &browser.user_agent, &browser.ip],
    )?;
    Ok(id)
}

/// The session of a cookie, if it lives and its account may sign in.
///
/// # Errors
/// The database does not answer.
pub fn live(rd: &mut Rd<'_>, secret: Digest, now: Time) -> Result<Option<Live>> {
    rd.first(
        sql!(
            Live,
            "SELECT s.id, s.account_id, a.person_id, s.last_seen_at, s.expires_at, l.seen_id, l.until_at
             FROM session s JOIN account a ON a.id = s.account_id
             LEFT JOIN seeing l ON l.session_id = s.id AND l.ended_at IS NULL AND l.until_at > $2
             WHERE s.token_hash = $1 AND s.idle_expires_at > $2 AND a.active = 1"
        ),
        &params![secret, now],
    )
}

/// The live sessions of an account, the one used last first; at most 200.
///
/// # Errors
/// The database does not answer.
pub fn of_account(rd: &mut Rd<'_>, account: AccountId, now: Time) -> Result<Vec<Session>> {
    rd.all(
        sql!(
            Session,
            "SELECT id, account_id, created_at, last_seen_at, idle_expires_at, expires_at, user_agent, ip FROM session
             WHERE account_id = $1 AND idle_expires_at > $2 ORDER BY last_seen_at DESC, id DESC LIMIT 200"
        ),
        &params![account, now],
    )
}

/// Ends one session of an account; `false` when there is none.
///
/// # Errors
/// The database refuses.
pub fn end(tx: &mut Tx<'_>, account: AccountId, id: SessionId) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM session WHERE id = $1 AND account_id = $2"), &params![id, account])? == 1)
}

/// Ends all sessions of an account but one; answers how many.
///
/// # Errors
/// The database refuses.
pub fn end_all(tx: &mut Tx<'_>, account: AccountId, but: Option<SessionId>) -> Result<u64> {
    let but = but.map_or(0, SessionId::raw);
    tx.exec(sql!("DELETE FROM session WHERE account_id = $1 AND id <> $2"), &params![account, but])
}

/// The account of a session.
///
/// # Errors
/// The database does not answer.
pub fn account(rd: &mut Rd<'_>, id: SessionId) -> Result<Option<AccountId>> {
    rd.first(sql!(AccountId, "SELECT account_id FROM session WHERE id = $1"), &params![id])
}

/// Notes the last use of a session. It never goes back, and never brings an ended session to life.
///
/// # Errors
/// The database refuses.
pub fn seen(tx: &mut Tx<'_>, id: SessionId, at: Time, idle: i64) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE session SET last_seen_at = $2, idle_expires_at = CASE WHEN expires_at < $3 THEN expires_at ELSE $3 END
             WHERE id = $1 AND last_seen_at < $2 AND idle_expires_at > $2"
        ),
        &params![id, at, at.plus(idle)],
    )?;
    Ok(())
}

/// Forgets sessions that have ended, at most 200 in one go.
///
/// # Errors
/// The database refuses.
pub fn forget_ended(tx: &mut Tx<'_>, now: Time) -> Result<u64> {
    tx.exec(
        sql!("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE idle_expires_at <= $1 ORDER BY idle_expires_at LIMIT 200)"),
        &params![now],
    )
}

/// Ends the session of a cookie, whoever it belonged to; answers its account.
///
/// # Errors
/// The database refuses.
pub fn end_by_secret(tx: &mut Tx<'_>, secret: Digest) -> Result<Option<(AccountId, SessionId)>> {
    tx.first(sql!((AccountId, SessionId), "DELETE FROM session WHERE token_hash = $1 RETURNING account_id, id"), &params![secret])
}
