//! The log-ins of others: made, renamed, given a link, signed out, shut out. Who may is asked of the
//! person: within reach of `person.account`, and nobody who may more than oneself.

use access::store::grant;
use access::{Actor, Verb};
use db::{Rd, Tx};
use events::Act;
use kernel::{AccountId, Error, PersonId, Result};
use party::store::account;
use party::{Account, Person};

use super::{reset_password, shut_out};
use crate::events::{AccountEvent, record};
use crate::{Digest, store};

/// Characters of a log-in at most.
const LONGEST: usize = 200;

/// Who acts on the log-in of whom.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub actor: &'a Actor,
    pub act: &'a Act,
    pub person: PersonId,
}

/// The person and the log-in, if there is one.
///
/// # Errors
/// `NotFound` beyond the reach of `person.account`; `Forbidden` when the person holds a right that the
/// actor lacks.
pub fn of_person(rd: &mut Rd<'_>, actor: &Actor, person: PersonId) -> Result<(Person, Option<Account>)> {
    let found = actor.persons(Verb::PersonAccount).get(rd, person)?;
    grant::require_not_above(rd, actor, found.id)?;
    let account = account::of_person(rd, found.id)?;
    Ok((found, account))
}

fn account(tx: &mut Tx<'_>, frame: Frame<'_>) -> Result<Account> {
    of_person(tx, frame.actor, frame.person)?.1.ok_or_else(Error::not_found)
}

/// Makes a log-in, with a link to choose its first password.
///
/// # Errors
/// `Invalid` when the log-in cannot be one or is taken; `Conflict` when the person has one or is not
/// active; as [`of_person`].
pub fn make(tx: &mut Tx<'_>, frame: Frame<'_>, login: &str, link: Digest) -> Result<AccountId> {
    let (person, known) = of_person(tx, frame.actor, frame.person)?;
    if known.is_some() {
        return Err(Error::conflict("error-account-known"));
    }
    if !person.active {
        return Err(Error::conflict("error-account-inactive"));
    }
    let login = checked(tx, login, None)?;
    let id = account::insert(tx, person.id, &login, frame.act.now)?;
    record(tx, frame.act, id, &AccountEvent::Made)?;
    reset_password::offer(tx, frame.act, id, link)?;
    Ok(id)
}

/// Changes by what name somebody signs in.
///
/// # Errors
/// As [`make`]; `NotFound` without a log-in.
pub fn rename(tx: &mut Tx<'_>, frame: Frame<'_>, login: &str) -> Result<()> {
    let found = account(tx, frame)?;
    let login = checked(tx, login, Some(found.id))?;
    if login == found.login {
        return Ok(());
    }
    account::rename(tx, found.id, found.version, &login, frame.act.now)?;
    record(tx, frame.act, found.id, &AccountEvent::Renamed)
}

/// Makes a link to choose a password; an earlier one works no longer.
///
/// # Errors
/// `NotFound` without a log-in; `Conflict` when it is shut out; as [`of_person`].
pub fn offer_link(tx: &mut Tx<'_>, frame: Frame<'_>, link: Digest) -> Result<()> {
    let found = account(tx, frame)?;
    reset_password::offer(tx, frame.act, found.id, link)
}

/// Ends all sessions; answers how many.
///
/// # Errors
/// `NotFound` without a log-in; as [`of_person`].
pub fn end_sessions(tx: &mut Tx<'_>, frame: Frame<'_>) -> Result<u64> {
    let found = account(tx, frame)?;
    let count = store::session::end_all(tx, found.id, None)?;
    if count > 0 {
        record(tx, frame.act, found.id, &AccountEvent::SessionsEnded { count })?;
    }
    Ok(count)
}

/// Shuts the log-in out or lets it in again.
///
/// # Errors
/// `NotFound` without a log-in; `Conflict` for the last administrator; as [`of_person`].
pub fn set_active(tx: &mut Tx<'_>, frame: Frame<'_>, active: bool) -> Result<()> {
    let found = account(tx, frame)?;
    shut_out::set_active(tx, frame.act, found.id, active)
}

/// A log-in as it is kept. Taken is told here, since who may make log-ins may know of them.
fn checked(tx: &mut Tx<'_>, login: &str, own: Option<AccountId>) -> Result<String> {
    let login = login.trim();
    if login.is_empty() {
        return Err(Error::invalid("login", "error-required"));
    }
    if login.chars().count() > LONGEST {
        return Err(Error::invalid("login", "error-too-long").field_arg("max", LONGEST));
    }
    if login.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Error::invalid("login", "error-login-blank"));
    }
    match account::by_login(tx, login)? {
        Some(other) if Some(other.id) != own => Err(Error::invalid("login", "error-login-taken")),
        _ => Ok(login.to_owned()),
    }
}
