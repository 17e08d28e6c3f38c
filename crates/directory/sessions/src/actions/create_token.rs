//! Make an API token. Its text is shown once and cannot be read again.

use std::collections::BTreeSet;

use access::{ActorKind, TokenScope, Verb};
use db::Rd;
use events::{RequestKey, once};
use kernel::{Error, ErrorKind, Result, Time, TokenId};

use crate::desk::own_act;
use crate::events::{AccountEvent, record};
use crate::token::{MAX_LIVE, NewToken, written};
use crate::{Own, Secret, Sessions, store};

/// A token that was made.
#[derive(Clone)]
pub struct Made {
    pub id: TokenId,
    /// Shown now and never again.
    pub text: String,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Made").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Makes a token for oneself.
///
/// # Errors
/// Forbidden without `token.manage`, or when a token wants to make one that may do more or lives longer
/// than itself; `Invalid` with the field that is wrong; `Conflict` when there are too many, or when the
/// same request has made one already: its text is kept nowhere.
pub async fn create_token(desk: &Sessions, own: &Own, new: NewToken, key: Option<RequestKey>) -> Result<Made> {
    let now = desk.clock.now();
    if !own.actor.may(Verb::TokenManage, own.actor.tenant) {
        return Err(Error::forbidden());
    }
    new.check(now)?;
    let secret = Secret::new(&*desk.entropy);
    let (own, digest, act) = (own.clone(), secret.digest(), own_act(desk, own, now)?);
    let made = desk.db.write("token.create", move |tx| {
        once(tx, key.as_ref(), now, |tx| {
            within(tx, &own, &new.scopes.granted(), new.expires_at, now)?;
            if store::token::of_account(tx, own.account, now)?.len() >= MAX_LIVE {
                return Err(Error::new(ErrorKind::Conflict, "error-token-many").arg("max", MAX_LIVE));
            }
            let id = store::token::insert(tx, own.account, digest, &new, now)?;
            let event = AccountEvent::TokenCreated { token: id, scopes: new.scopes.words(), expires_at: new.expires_at };
            record(tx, &act, own.account, &event)?;
            Ok(id)
        })
    });
    match made.await? {
        (id, false) => Ok(Made { id, text: written(&secret) }),
        (_, true) => Err(Error::conflict("error-token-shown")),
    }
}

/// A stolen token must not become a stronger or a longer one.
fn within(rd: &mut Rd<'_>, own: &Own, wanted: &BTreeSet<TokenScope>, expires: Time, now: Time) -> Result<()> {
    let ActorKind::Token { id, scopes } = &own.actor.kind else { return Ok(()) };
    let live = store::token::of_account(rd, own.account, now)?;
    let longer = live.iter().find(|token| token.id == *id).is_none_or(|token| expires > token.expires_at);
    if longer || !wanted.is_subset(scopes) {
        return Err(Error::new(ErrorKind::Forbidden, "error-token-exceeds"));
    }
    Ok(())
}
