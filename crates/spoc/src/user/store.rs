//! What the user commands ask the database.

use db::{Rd, params, sql};
use kernel::{PersonId, Result, Time};

db::row! {
    /// An account with its person.
    pub struct Found {
        pub key: String,
        pub login: String,
        pub active: bool,
        pub last_login: Option<Time>,
        pub person: PersonId,
        pub name: String,
        pub person_active: bool,
    }
}

/// Accounts after a log-in, by the key of the log-in.
///
/// # Errors
/// The database does not answer.
pub fn accounts(rd: &mut Rd<'_>, after: &str, limit: i64) -> Result<Vec<Found>> {
    rd.all(
        sql!(
            Found,
            "SELECT a.login_key, a.login, a.active, a.last_login_at, a.person_id, p.name, p.active FROM account a
             JOIN person p ON p.id = a.person_id WHERE a.login_key > $1 ORDER BY a.login_key LIMIT $2"
        ),
        &params![after, limit],
    )
}
