//! Everybody who can sign in.

use db::Db;
use kernel::{Result, Time};

use super::store;

/// Accounts read at once.
const PAGE: i64 = 200;

/// One account.
#[derive(Debug, Clone)]
pub struct Line {
    pub login: String,
    pub name: String,
    pub active: bool,
    pub last_login: Option<Time>,
    /// Keys of the roles, without the one that everybody has.
    pub roles: Vec<String>,
}

/// Gives every account to `each`, by log-in.
///
/// # Errors
/// The database does not answer.
pub fn list(db: &Db, mut each: impl FnMut(Line)) -> Result<()> {
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db.read_wait("user.list", move |rd| {
            let rows = store::accounts(rd, &from, PAGE)?;
            let mut lines = Vec::with_capacity(rows.len());
            for row in rows {
                let mut roles: Vec<String> = access::store::grant::of_person(rd, row.person)?.into_iter().map(|grant| grant.role).collect();
                roles.dedup();
                let active = row.active && row.person_active;
                lines.push((row.key, Line { login: row.login, name: row.name, active, last_login: row.last_login, roles }));
            }
            Ok(lines)
        })?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        page.into_iter().for_each(|(_, line)| each(line));
    }
}
