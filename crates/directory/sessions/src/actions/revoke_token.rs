//! Revoke an API token of one's own.

use access::Verb;
use kernel::{Error, Result, TokenId};

use crate::desk::own_act;
use crate::events::{AccountEvent, record};
use crate::{Own, Sessions, store};

/// Revokes it: it stops working with the next request.
///
/// # Errors
/// Forbidden without `token.manage`; `NotFound` when it is not one's own or does not live.
pub async fn revoke_token(desk: &Sessions, own: &Own, id: TokenId) -> Result<()> {
    if !own.actor.may(Verb::TokenManage, own.actor.tenant) {
        return Err(Error::forbidden());
    }
    let now = desk.clock.now();
    let (account, act) = (own.account, own_act(desk, own, now)?);
    desk.db
        .write_reserved("token.revoke", move |tx| {
            if !store::token::revoke(tx, account, id, now)? {
                return Err(Error::not_found());
            }
            record(tx, &act, account, &AccountEvent::TokenRevoked { token: id })
        })
        .await
}
