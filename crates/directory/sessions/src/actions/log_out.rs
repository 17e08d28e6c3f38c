//! Sign out: the session ends on the server, not only in the browser.

use events::Act;
use kernel::Result;

use crate::events::{AccountEvent, record};
use crate::{Digest, Sessions, store};

/// Ends the session of a cookie; one that has ended already is no error.
///
/// # Errors
/// The database refuses.
pub async fn log_out(desk: &Sessions, secret: Digest) -> Result<()> {
    let act = desk.act("log_out");
    desk.db
        .write_reserved("log_out", move |tx| {
            let Some((account, session)) = store::session::end_by_secret(tx, secret)? else { return Ok(()) };
            let person = party::store::account::get(tx, account)?.person;
            let act = Act::person(person, act.now, std::sync::Arc::clone(&act.entropy));
            record(tx, &act, account, &AccountEvent::SignedOut { session })
        })
        .await
}
