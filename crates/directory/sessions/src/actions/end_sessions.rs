//! End sessions of one's own: one of them, or all but the one in use.

use kernel::{Error, Result};

use crate::desk::own_act;
use crate::events::{AccountEvent, record};
use crate::session::SessionId;
use crate::{Own, Sessions, store};

/// Ends one session of the same account.
///
/// # Errors
/// `NotFound` when it is not one's own; forbidden to tokens.
pub async fn end(desk: &Sessions, own: &Own, id: SessionId) -> Result<()> {
    own.require_session()?;
    let (account, act) = (own.account, own_act(desk, own, desk.clock.now())?);
    desk.db
        .write_reserved("session.end", move |tx| {
            if !store::session::end(tx, account, id)? {
                return Err(Error::not_found());
            }
            record(tx, &act, account, &AccountEvent::SignedOut { session: id })
        })
        .await
}

/// Ends all sessions of the account but the one that asks; answers how many.
///
/// # Errors
/// Forbidden to tokens.
pub async fn end_others(desk: &Sessions, own: &Own) -> Result<u64> {
    let here = own.require_session()?;
    let (account, act) = (own.account, own_act(desk, own, desk.clock.now())?);
    desk.db
        .write_reserved("session.end_others", move |tx| {
            let count = store::session::end_all(tx, account, Some(here))?;
            if count > 0 {
                record(tx, &act, account, &AccountEvent::SessionsEnded { count })?;
            }
            Ok(count)
        })
        .await
}
