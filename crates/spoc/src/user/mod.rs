//! What `spoc user` does: accounts from the command line, for the first administrator who lost a
//! password and for scripts.

mod add;
mod list;
mod store;

use std::sync::Arc;

use db::Db;
use events::{Act, Cause};
use kernel::{Clock, Entropy, Error, Result, SystemClock, SystemEntropy};
use party::Account;
use party::store::account;
use sessions::actions::{reset_password, shut_out};
use sessions::password::{Hasher, Password};
use sessions::{Lifetimes, Secret, Sessions};

pub use add::{NewUser, add};
pub use list::list;

/// The frame of what the command line does.
fn act() -> Act {
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    Act::system(SystemClock.now(), Cause::Schedule { name: "command-line".to_owned() }, entropy)
}

/// A link by which the owner of a log-in chooses a password.
///
/// # Errors
/// Nobody has this log-in, or it is shut out.
pub fn reset(db: &Db, login: &str) -> Result<Secret> {
    reset_password::offer_by_login(db, login, &act())
}

/// Gives a log-in a password through the same door as the link.
///
/// # Errors
/// The password is not accepted.
pub fn set_password(db: &Db, login: &str, password: &str) -> Result<()> {
    let secret = reset(db, login)?;
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let hasher = Hasher::strong(&*entropy)?;
    let desk = Sessions::new(db.clone(), Arc::new(SystemClock), entropy, hasher, Lifetimes::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::internal)?;
    runtime.block_on(reset_password::reset_password(&desk, secret.digest(), Password::typed(password), false))
}

/// Shuts a log-in out or lets it in again.
///
/// # Errors
/// Nobody has this log-in; it is the last administrator's.
pub fn set_active(db: &Db, login: &str, active: bool) -> Result<()> {
    let (login, act) = (login.to_owned(), act());
    db.write_reserved_wait("user.active", move |tx| {
        let found = account::by_login(tx, &login)?.ok_or_else(Error::not_found)?;
        shut_out::set_active(tx, &act, found.id, active)
    })
}

/// The account of a log-in.
///
/// # Errors
/// The database does not answer.
pub fn find(db: &Db, login: &str) -> Result<Option<Account>> {
    let login = login.to_owned();
    db.read_wait("user.find", move |rd| account::by_login(rd, &login))
}
