//! How a person likes the pages.

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result};

/// The preferences of a person; at most 100.
///
/// # Errors
/// The database does not answer.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<(String, String)>> {
    rd.all(sql!((String, String), "SELECT key, value FROM preference WHERE person_id = $1 ORDER BY key LIMIT 100"), &params![person])
}

/// Keeps a preference.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, person: PersonId, key: &str, value: &str) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO preference (person_id, key, value) VALUES ($1, $2, $3) ON CONFLICT (person_id, key) DO UPDATE SET value = excluded.value"),
        &params![person, key, value],
    )?;
    Ok(())
}
