//! Walking through the tables: all records for a new index, and what changed without an event.

use db::{Rd, params, sql};
use kernel::{Result, Time};

use crate::Kind;

/// The next ids of a kind in their order.
///
/// # Errors
/// The database refuses.
pub fn after(rd: &mut Rd<'_>, kind: Kind, id: i64, limit: i64) -> Result<Vec<i64>> {
    let statement = match kind {
        Kind::Ticket => sql!(i64, "SELECT id FROM ticket WHERE id > $1 ORDER BY id LIMIT $2"),
        Kind::Person => sql!(i64, "SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT $2"),
        Kind::Organisation => sql!(i64, "SELECT id FROM organisation WHERE id > $1 ORDER BY id LIMIT $2"),
        Kind::Team => sql!(i64, "SELECT id FROM team WHERE id > $1 ORDER BY id LIMIT $2"),
        Kind::Service => sql!(i64, "SELECT id FROM service WHERE id > $1 ORDER BY id LIMIT $2"),
    };
    rd.all(statement, &params![id, limit])
}

/// The greatest id of a kind: how far a walk goes.
///
/// # Errors
/// The database refuses.
pub fn last(rd: &mut Rd<'_>, kind: Kind) -> Result<i64> {
    let statement = match kind {
        Kind::Ticket => sql!(Option<i64>, "SELECT MAX(id) FROM ticket"),
        Kind::Person => sql!(Option<i64>, "SELECT MAX(id) FROM person"),
        Kind::Organisation => sql!(Option<i64>, "SELECT MAX(id) FROM organisation"),
        Kind::Team => sql!(Option<i64>, "SELECT MAX(id) FROM team"),
        Kind::Service => sql!(Option<i64>, "SELECT MAX(id) FROM service"),
    };
    Ok(rd.one(statement, &[])?.unwrap_or(0))
}

/// A record with its version: what tells a change that was seen from a new one.
pub type Stamped = (i64, i64, Time);

/// The parties of a kind that changed after a moment and id, in that order: id, version, moment.
///
/// # Errors
/// The database refuses.
pub fn changed(rd: &mut Rd<'_>, kind: Kind, after: (Time, i64), limit: i64) -> Result<Vec<Stamped>> {
    let statement = match kind {
        Kind::Ticket => return Ok(Vec::new()),
        Kind::Person => {
            sql!(Stamped, "SELECT id, version, updated_at FROM person WHERE (updated_at, id) > ($1, $2) ORDER BY updated_at, id LIMIT $3")
        }
        Kind::Organisation => {
            sql!(
                Stamped,
                "SELECT id, version, updated_at FROM organisation WHERE (updated_at, id) > ($1, $2) ORDER BY updated_at, id LIMIT $3"
            )
        }
        Kind::Team => {
            sql!(Stamped, "SELECT id, version, updated_at FROM team WHERE (updated_at, id) > ($1, $2) ORDER BY updated_at, id LIMIT $3")
        }
        Kind::Service => {
            sql!(Stamped, "SELECT id, version, updated_at FROM service WHERE (updated_at, id) > ($1, $2) ORDER BY updated_at, id LIMIT $3")
        }
    };
    rd.all(statement, &params![after.0, after.1, limit])
}

/// Persons with a membership that began or ended after one moment and up to another.
///
/// # Errors
/// The database refuses.
pub fn turned(rd: &mut Rd<'_>, after: Time, until: Time) -> Result<Vec<i64>> {
    rd.all(
        sql!(
            i64,
            "SELECT person_id FROM membership WHERE to_at > $1 AND to_at <= $2 \
             UNION SELECT person_id FROM membership WHERE from_at > $1 AND from_at <= $2"
        ),
        &params![after, until],
    )
}
