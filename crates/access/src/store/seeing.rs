//! Who looks at the desk as somebody else does.

use std::collections::BTreeMap;

use db::{Rd, Tx, params, sql};
use kernel::{Id, PersonId, Result, Time};

/// The kind of record; its counter comes with the migration.
#[derive(Debug)]
pub enum SeeingKind {}
impl kernel::Kind for SeeingKind {
    const NAME: &'static str = "seeing";
}
pub type SeeingId = Id<SeeingKind>;

db::row! {
    /// One look that has not ended.
    pub struct Seeing { pub id: SeeingId, pub seen: PersonId, pub until: Time }
}

/// Begins one in a session; one before it ends.
///
/// # Errors
/// The database refuses.
pub fn begin(tx: &mut Tx<'_>, session: i64, by: PersonId, seen: PersonId, reason: &str, now: Time, until: Time) -> Result<SeeingId> {
    end(tx, session, now)?;
    let id = tx.next_id::<SeeingKind>()?;
    tx.exec(
        sql!(
            "INSERT INTO seeing (id, session_id, person_id, seen_id, reason, began_at, until_at, ended_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)"
        ),
        &params![id, session, by, seen, reason, now, until],
    )?;
    Ok(id)
}

/// Ends the one of a session; answers which, none when there is none.
///
/// # Errors
/// The database refuses.
pub fn end(tx: &mut Tx<'_>, session: i64, now: Time) -> Result<Option<(SeeingId, PersonId)>> {
    tx.first(
        sql!((SeeingId, PersonId), "UPDATE seeing SET ended_at = $2 WHERE session_id = $1 AND ended_at IS NULL RETURNING id, seen_id"),
        &params![session, now],
    )
}

/// Why each of these began, in the words of whoever looked.
///
/// # Errors
/// The database refuses.
pub fn reasons(rd: &mut Rd<'_>, ids: &[i64]) -> Result<BTreeMap<i64, String>> {
    let mut found = BTreeMap::new();
    for id in ids {
        let reason = rd.first(sql!(String, "SELECT reason FROM seeing WHERE id = $1"), &params![*id])?;
        found.extend(reason.map(|reason| (*id, reason)));
    }
    Ok(found)
}
