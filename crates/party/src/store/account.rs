//! Accounts and identities.

use db::{Rd, Tx, params, sql};
use kernel::{AccountId, Error, PersonId, Result, Time, fold, kinds};

use super::expect_one;
use crate::{Account, PasswordHash};

/// Gives a person an account without a password.
///
/// # Errors
/// The login is empty or taken, or the person has an account.
pub fn insert(tx: &mut Tx<'_>, person: PersonId, login: &str, now: Time) -> Result<AccountId> {
    let (login, key) = checked_login(login)?;
    let id = tx.next_id::<kinds::Account>()?;
    tx.exec(
        sql!(
            "INSERT INTO account (id, person_id, login, login_key, password_hash, active, failed_count, last_login_at, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, NULL, 1, 0, NULL, 1, $5, $5)"
        ),
        &params![id, person, login, key, now],
    )?;
    Ok(id)
}

fn checked_login(login: &str) -> Result<(String, String)> {
    let login = login.trim();
    let key = fold(login);
    if key.is_empty() || key.len() > 254 { Err(Error::invalid("login", "error-login")) } else { Ok((login.to_owned(), key)) }
}

/// # Errors
/// `NotFound`.
pub fn get(rd: &mut Rd<'_>, id: AccountId) -> Result<Account> {
    rd.one(
        sql!(
            Account,
            "SELECT id, person_id, login, password_hash, active, failed_count, last_login_at, version FROM account WHERE id = $1"
        ),
        &params![id],
    )
}

/// # Errors
/// The database does not answer.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId) -> Result<Option<Account>> {
    rd.first(
        sql!(
            Account,
            "SELECT id, person_id, login, password_hash, active, failed_count, last_login_at, version FROM account WHERE person_id = $1"
        ),
        &params![person],
    )
}

/// The account of a login as typed.
///
/// # Errors
/// The database does not answer.
pub fn by_login(rd: &mut Rd<'_>, login: &str) -> Result<Option<Account>> {
    rd.first(
        sql!(
            Account,
            "SELECT id, person_id, login, password_hash, active, failed_count, last_login_at, version FROM account WHERE login_key = $1"
        ),
        &params![fold(login)],
    )
}

/// # Errors
/// `Stale`; or the login is empty or taken.
pub fn rename(tx: &mut Tx<'_>, id: AccountId, version: i64, login: &str, now: Time) -> Result<()> {
    let (login, key) = checked_login(login)?;
    let affected = tx.exec(
        sql!("UPDATE account SET login = $3, login_key = $4, version = version + 1, updated_at = $5 WHERE id = $1 AND version = $2"),
        &params![id, version, login, key, now],
    )?;
    expect_one(affected)
}

/// # Errors
/// `Stale` when the account is no longer at `version`.
pub fn set_active(tx: &mut Tx<'_>, id: AccountId, version: i64, active: bool, now: Time) -> Result<()> {
    let affected = tx.exec(
        sql!("UPDATE account SET active = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2"),
        &params![id, version, active, now],
    )?;
    expect_one(affected)
}

/// Sets or takes away the password.
///
/// # Errors
/// `NotFound`.
pub fn set_password(tx: &mut Tx<'_>, id: AccountId, hash: Option<&PasswordHash>, now: Time) -> Result<()> {
    let affected = tx.exec(
        sql!("UPDATE account SET password_hash = $2, failed_count = 0, version = version + 1, updated_at = $3 WHERE id = $1"),
        &params![id, hash.map(PasswordHash::phc), now],
    )?;
    if affected == 1 { Ok(()) } else { Err(Error::not_found()) }
}

/// Counts failed attempts; answers how many there were since the last success.
///
/// # Errors
/// `NotFound`.
pub fn failed(tx: &mut Tx<'_>, id: AccountId, attempts: i64) -> Result<i64> {
    tx.one(sql!(i64, "UPDATE account SET failed_count = failed_count + $2 WHERE id = $1 RETURNING failed_count"), &params![id, attempts])
}

/// Notes a successful log-in.
///
/// # Errors
/// The database does not answer.
pub fn signed_in(tx: &mut Tx<'_>, id: AccountId, now: Time) -> Result<()> {
    tx.exec(sql!("UPDATE account SET failed_count = 0, last_login_at = $2 WHERE id = $1"), &params![id, now])?;
    Ok(())
}

/// Ties an account to a subject of another issuer.
///
/// # Errors
/// The subject is tied to an account already.
pub fn add_identity(tx: &mut Tx<'_>, id: AccountId, issuer: &str, subject: &str, now: Time) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO identity (issuer, subject, account_id, created_at) VALUES ($1, $2, $3, $4)"),
        &params![issuer, subject, id, now],
    )?;
    Ok(())
}

/// The account of a subject of another issuer.
///
/// # Errors
/// The database does not answer.
pub fn by_identity(rd: &mut Rd<'_>, issuer: &str, subject: &str) -> Result<Option<AccountId>> {
    rd.first(sql!(AccountId, "SELECT account_id FROM identity WHERE issuer = $1 AND subject = $2"), &params![issuer, subject])
}
