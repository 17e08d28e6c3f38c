//! Shut an account out, or let it in again.

use access::store::grant;
use db::Tx;
use events::Act;
use kernel::{AccountId, Error, Result};
use party::store::account;

use crate::events::{AccountEvent, record};

/// Shuts an account out: its sessions, links and tokens end in the same transaction and do not come
/// back when it is let in again. As it is already: nothing happens.
///
/// # Errors
/// `NotFound`; `Conflict` when nobody who can sign in would remain as administrator.
pub fn set_active(tx: &mut Tx<'_>, act: &Act, id: AccountId, active: bool) -> Result<()> {
    let found = account::get(tx, id)?;
    if found.active == active {
        return Ok(());
    }
    let before = grant::administrators(tx)?;
    account::set_active(tx, id, found.version, active, act.now)?;
    if before > 0 && grant::administrators(tx)? == 0 {
        return Err(Error::conflict("error-role-last"));
    }
    record(tx, act, id, if active { &AccountEvent::LetIn } else { &AccountEvent::ShutOut })
}
