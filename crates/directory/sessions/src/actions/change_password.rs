//! Change one's own password, knowing the one before.

use std::net::IpAddr;

use db::{Rd, Tx};
use kernel::{AccountId, Error, PersonId, Result};
use party::{Account, AddressKind, PasswordHash, store::account};

use crate::desk::own_act;
use crate::events::{AccountEvent, PasswordBy, record};
use crate::password::{self, Password, Standing};
use crate::throttle::Try;
use crate::{Own, Sessions, store};

/// What the form says.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    pub current: Password,
    pub new: Password,
    pub ip: IpAddr,
    /// Also the keys of programs.
    pub revoke_tokens: bool,
}

/// Changes the password and ends every other session.
///
/// # Errors
/// `Invalid` with the field that is wrong; `TooMany` after too many wrong tries; forbidden to tokens.
pub async fn change_password(desk: &Sessions, own: &Own, form: ChangePassword) -> Result<()> {
    let here = own.require_session()?;
    let (id, now) = (own.account, desk.clock.now());
    let (found, words) = desk.db.read_bounded("password.find", move |rd| with_words(rd, id)).await?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    password::check("password", &form.new, &words)?;
    confirm(desk, &found, &form).await?;
    let hash = desk.hasher.hash(&form.new, &*desk.entropy).await?;
    let act = own_act(desk, own, now)?;
    desk.db
        .write_reserved("password.change", move |tx| {
            if account::get(tx, id)?.version != found.version {
                return Err(Error::conflict("error-conflict"));
            }
            set(tx, id, &hash, now)?;
            record(tx, &act, id, &AccountEvent::PasswordSet { by: PasswordBy::Owner })?;
            end_rest(tx, &act, id, Some(here), form.revoke_tokens)
        })
        .await
}

/// Whoever finds a desk unlocked does not know the password: it is asked for again, as slowly as at
/// log-in.
async fn confirm(desk: &Sessions, account: &Account, form: &ChangePassword) -> Result<()> {
    let tried = Try { login: &account.login, ip: form.ip, browser: None };
    let now = desk.clock.now();
    desk.throttle.admit(&tried, now)?;
    if !desk.hasher.verify(&form.current, account.password.as_ref(), Standing::Known).await?.matches {
        desk.seen.failure(account.id);
        return Err(Error::invalid("current", "error-password-wrong"));
    }
    desk.throttle.succeeded(&tried, now);
    Ok(())
}

/// An account with the words that must not be its password.
pub(crate) fn with_words(rd: &mut Rd<'_>, id: AccountId) -> Result<(Account, Vec<String>)> {
    let account = account::get(rd, id)?;
    let words = words_of(rd, &account.login, account.person)?;
    Ok((account, words))
}

fn words_of(rd: &mut Rd<'_>, login: &str, person: PersonId) -> Result<Vec<String>> {
    let mut words = vec![login.to_owned(), party::store::person::get(rd, person)?.name];
    let addresses = party::store::address::of_person(rd, person)?;
    words.extend(addresses.into_iter().filter(|address| address.kind == AddressKind::Email).map(|address| address.value));
    Ok(words)
}

/// Sets the hash; links to choose a password stop working.
pub(crate) fn set(tx: &mut Tx<'_>, id: AccountId, hash: &PasswordHash, now: kernel::Time) -> Result<()> {
    account::set_password(tx, id, Some(hash), now)?;
    store::one_time::drop_resets(tx, id)
}

/// Ends what the old password had opened.
pub(crate) fn end_rest(
    tx: &mut Tx<'_>,
    act: &events::Act,
    id: AccountId,
    but: Option<crate::session::SessionId>,
    revoke_tokens: bool,
) -> Result<()> {
    let count = store::session::end_all(tx, id, but)?;
    if count > 0 {
        record(tx, act, id, &AccountEvent::SessionsEnded { count })?;
    }
    let count = if revoke_tokens { store::token::revoke_all(tx, id, act.now)? } else { 0 };
    if count > 0 {
        record(tx, act, id, &AccountEvent::TokensRevoked { count })?;
    }
    Ok(())
}
