//! A new password by a link that works once: offered by somebody who may, used by its owner.

use std::sync::Arc;

use db::{Db, Tx};
use events::Act;
use kernel::{AccountId, Entropy, Error, ErrorKind, Result};
use party::store::account;

use super::change_password::{end_rest, set, with_words};
use crate::events::{AccountEvent, PasswordBy, record};
use crate::password::{self, Password};
use crate::{Digest, Secret, Sessions, store};

/// The path of a link to choose a password; [`web_kit::PublicUrl::link`] makes the link of it.
pub fn path(secret: &Secret) -> String {
    format!("/reset/{}", secret.reveal())
}

/// Makes a link for an account in a transaction of the caller, who has decided that this may be. An
/// earlier link stops working; the password stays until the link is used.
///
/// # Errors
/// `NotFound`; `Conflict` when the account is shut out.
pub fn offer(tx: &mut Tx<'_>, act: &Act, account: AccountId, secret: Digest) -> Result<()> {
    if !account::get(tx, account)?.active {
        return Err(Error::conflict("error-account-inactive"));
    }
    store::one_time::put_reset(tx, account, secret, act.now)?;
    record(tx, act, account, &AccountEvent::ResetOffered)
}

/// Makes a link for a log-in: for the command line.
///
/// # Errors
/// `NotFound` when nobody has this log-in; otherwise as [`offer`].
pub fn offer_by_login(db: &Db, login: &str, act: &Act) -> Result<Secret> {
    let secret = Secret::new(&*act.entropy);
    let (login, act, digest) = (login.to_owned(), act.clone(), secret.digest());
    db.write_wait("reset.offer", move |tx| {
        let found = account::by_login(tx, &login)?.ok_or_else(Error::not_found)?;
        offer(tx, &act, found.id, digest)
    })?;
    Ok(secret)
}

/// Whether a link still works.
///
/// # Errors
/// `Malformed` when it does not: whether it never did, has been used or is too old, is not told.
pub async fn look_at(desk: &Sessions, secret: Digest) -> Result<()> {
    let now = desk.clock.now();
    let found = desk.db.read_bounded("reset.look", move |rd| store::one_time::reset(rd, secret, now)).await?;
    found.map(drop).ok_or_else(dead)
}

/// The link is none or no longer one.
pub fn dead() -> Error {
    Error::new(ErrorKind::Malformed, "error-reset-link")
}

/// Sets the password of a link's account, uses the link up and ends every session.
///
/// # Errors
/// `Malformed` when the link does not work; `Invalid` when the password is not accepted, and then the
/// link goes on working.
pub async fn reset_password(desk: &Sessions, secret: Digest, new: Password, revoke_tokens: bool) -> Result<()> {
    let now = desk.clock.now();
    let words = desk.db.read_bounded("reset.find", move |rd| {
        let id = store::one_time::reset(rd, secret, now)?.ok_or_else(dead)?;
        with_words(rd, id).map(|(_, words)| words)
    });
    let words = words.await?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    password::check("password", &new, &words)?;
    let hash = desk.hasher.hash(&new, &*desk.entropy).await?;
    let entropy: Arc<dyn Entropy> = Arc::clone(&desk.entropy);
    desk.db
        .write_reserved("password.reset", move |tx| {
            let id = store::one_time::take_reset(tx, secret, now)?.ok_or_else(dead)?;
            let act = Act::person(account::get(tx, id)?.person, now, Arc::clone(&entropy));
            set(tx, id, &hash, now)?;
            store::device::forget_all(tx, id)?;
            record(tx, &act, id, &AccountEvent::PasswordSet { by: PasswordBy::Link })?;
            end_rest(tx, &act, id, None, revoke_tokens)
        })
        .await
}
