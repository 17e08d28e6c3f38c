//! What the binary itself asks the database.

use db::{Rd, params, sql};
use kernel::Result;

/// Steps of the schema that this database has.
///
/// # Errors
/// The database does not answer.
pub fn steps(rd: &mut Rd<'_>) -> Result<i64> {
    let (count,): (i64,) = rd.one(sql!((i64,), "SELECT count(*) FROM schema_migration"), &params![])?;
    Ok(count)
}
