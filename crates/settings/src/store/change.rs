//! Changes of a field's type: which ran, how far one is, and what went with it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use db::{Rd, Tx, params, sql};
use kernel::{Error, Id, Result, Time};

use crate::field::cast::{How, Outcome, Why, cast};
use crate::field::{FieldDef, Object, Value};

/// The kind of record; its counter comes with the migration.
#[derive(Debug)]
pub enum ChangeKind {}
impl kernel::Kind for ChangeKind {
    const NAME: &'static str = "field_change";
}
/// One change of a field's type.
pub type ChangeId = Id<ChangeKind>;

db::choice! {
    /// How far it is.
    ChangeState {
        Running "running",
        Done "done",
        /// Another one took it back.
        Reverted "reverted",
    }
}

db::choice! {
    /// What became of a value that is not simply kept.
    Fate {
        Changed "changed",
        Lost "lost",
        /// Somebody wrote another value since: the old one did not come back.
        Overtaken "overtaken",
    }
}

db::row! {
    /// One change of a field's type.
    pub struct TypeChange {
        pub id: ChangeId,
        pub tenant: i64,
        pub object: String,
        pub key: String,
        pub state: ChangeState,
        pub before: String,
        pub after: String,
        pub how: String,
        pub reverts: Option<ChangeId>,
        pub place: i64,
        pub kept: i64,
        pub changed: i64,
        pub lost: i64,
        pub overtaken: i64,
        pub created_at: Time,
        pub created_by: i64,
        pub finished_at: Option<Time>,
    }
}

db::row! {
    /// A value that went or became another one; `before` and `after` are JSON.
    pub struct Kept { pub object_id: i64, pub fate: Fate, pub why: String, pub before: String, pub after: Option<String> }
}

/// A change as it is carried out.
#[derive(Debug, Clone)]
pub struct Plan {
    pub id: ChangeId,
    pub from: FieldDef,
    pub to: FieldDef,
    pub how: How,
    reverts: Option<ChangeId>,
}

/// What a change does to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub to: Option<Value>,
    /// None: kept as it is, or given back as it was.
    pub fate: Option<(Fate, Why)>,
}

impl Plan {
    /// What becomes of a value. One that takes back gives the old value where nobody wrote another since.
    ///
    /// # Errors
    /// The database refuses.
    pub fn step(&self, rd: &mut Rd<'_>, object: Object, id: i64, before: Option<Value>) -> Result<Step> {
        let past = match self.reverts {
            Some(reverted) => kept_of(rd, reverted, object, id)?,
            None => None,
        };
        if let Some(past) = &past {
            let read = |text: &str| serde_json::from_str::<Value>(text).map_err(Error::internal);
            if past.after.as_deref().map(read).transpose()? == before {
                return Ok(Step { to: Some(read(&past.before)?), fate: None });
            }
        }
        let Some(value) = before else { return Ok(Step { to: None, fate: None }) };
        let (to, fate) = match cast(&value, &self.from, &self.to, &self.how) {
            Outcome::Kept(to) if past.is_none() => (Some(to), None),
            Outcome::Kept(to) => (Some(to), Some((Fate::Overtaken, Why::Written))),
            Outcome::Changed(to, why) => (Some(to), Some((if past.is_some() { Fate::Overtaken } else { Fate::Changed }, why))),
            Outcome::Lost(why) => (None, Some((Fate::Lost, why))),
        };
        Ok(Step { to, fate })
    }
}

/// How to carry a change out.
///
/// # Errors
/// Not found when there is none.
pub fn plan(rd: &mut Rd<'_>, id: i64) -> Result<Plan> {
    TypeChange::plan(&get(rd, ChangeId::new(id))?)
}

impl TypeChange {
    /// How to carry it out.
    ///
    /// # Errors
    /// What is stored cannot be read.
    pub fn plan(&self) -> Result<Plan> {
        Ok(Plan {
            id: self.id,
            from: serde_json::from_str(&self.before).map_err(Error::internal)?,
            to: serde_json::from_str(&self.after).map_err(Error::internal)?,
            how: serde_json::from_str(&self.how).map_err(Error::internal)?,
            reverts: self.reverts,
        })
    }
}

/// Writes one that begins.
///
/// # Errors
/// Conflict when one runs already.
pub fn insert(tx: &mut Tx<'_>, c: &TypeChange) -> Result<()> {
    let made = tx.exec(
        sql!(
            "INSERT INTO field_change (id, tenant_id, object, key, state, field_before, field_after, how, reverts_id, place, kept, changed, \
             lost, overtaken, created_at, created_by, finished_at) \
             VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, $8, 0, 0, 0, 0, 0, $9, $10, NULL) ON CONFLICT DO NOTHING"
        ),
        &params![c.id, c.tenant, &c.object, &c.key, &c.before, &c.after, &c.how, c.reverts, c.created_at, c.created_by],
    )?;
    if made == 1 { Ok(()) } else { Err(Error::conflict("error-retype-running")) }
}

/// One of them.
///
/// # Errors
/// Not found when there is none.
pub fn get(rd: &mut Rd<'_>, id: ChangeId) -> Result<TypeChange> {
    rd.one(
        sql!(
            TypeChange,
            "SELECT id, tenant_id, object, key, state, field_before, field_after, how, reverts_id, place, kept, changed, lost, overtaken, \
             created_at, created_by, finished_at FROM field_change WHERE id = $1"
        ),
        &params![id],
    )
}

/// The newest of a field.
///
/// # Errors
/// The database refuses.
pub fn newest(rd: &mut Rd<'_>, object: Object, key: &str) -> Result<Option<TypeChange>> {
    rd.first(
        sql!(
            TypeChange,
            "SELECT id, tenant_id, object, key, state, field_before, field_after, how, reverts_id, place, kept, changed, lost, overtaken, \
             created_at, created_by, finished_at FROM field_change WHERE object = $1 AND key = $2 ORDER BY id DESC LIMIT 1"
        ),
        &params![object.key(), key],
    )
}

/// What fields were before their changes: object, key, until when, and the definition, the oldest first.
///
/// # Errors
/// The database refuses, or what is stored cannot be read.
pub fn former(rd: &mut Rd<'_>) -> Result<Vec<(Time, FieldDef)>> {
    let rows: Vec<(Time, String)> =
        rd.all(sql!((Time, String), "SELECT created_at, field_before FROM field_change ORDER BY id LIMIT 10000"), &[])?;
    rows.into_iter().map(|(until, def)| Ok((until, serde_json::from_str(&def).map_err(Error::internal)?))).collect()
}

/// Adds what a part of the records came to; records up to `place` are done.
///
/// # Errors
/// The database refuses.
pub fn advance(tx: &mut Tx<'_>, id: ChangeId, place: i64, [kept, changed, lost, overtaken]: [i64; 4]) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE field_change SET place = $2, kept = kept + $3, changed = changed + $4, lost = lost + $5, overtaken = overtaken + $6 \
             WHERE id = $1"
        ),
        &params![id, place, kept, changed, lost, overtaken],
    )?;
    Ok(())
}

/// It is done; answers whether it was not before.
///
/// # Errors
/// The database refuses.
pub fn finish(tx: &mut Tx<'_>, id: ChangeId, now: Time) -> Result<bool> {
    let done =
        tx.exec(sql!("UPDATE field_change SET state = 'done', finished_at = $2 WHERE id = $1 AND state = 'running'"), &params![id, now])?;
    Ok(done == 1)
}

/// Another one takes it back.
///
/// # Errors
/// The database refuses.
pub fn reverted(tx: &mut Tx<'_>, id: ChangeId) -> Result<bool> {
    Ok(tx.exec(sql!("UPDATE field_change SET state = 'reverted' WHERE id = $1 AND state = 'done'"), &params![id])? == 1)
}

/// Keeps what a record had.
///
/// # Errors
/// The database refuses.
pub fn keep(
    tx: &mut Tx<'_>,
    id: ChangeId,
    (object, of): (Object, i64),
    (fate, why): (Fate, Why),
    before: &Value,
    after: Option<&Value>,
) -> Result<()> {
    let text = |value: &Value| serde_json::to_string(value).map_err(Error::internal);
    let (before, after) = (text(before)?, after.map(text).transpose()?);
    tx.exec(
        sql!(
            "INSERT INTO field_change_value (change_id, object, object_id, fate, why, value_before, value_after) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (change_id, object_id) DO NOTHING"
        ),
        &params![id, object.key(), of, fate, why.key(), before, after],
    )?;
    Ok(())
}

/// What a change kept of one record.
fn kept_of(rd: &mut Rd<'_>, id: ChangeId, object: Object, of: i64) -> Result<Option<Kept>> {
    rd.first(
        sql!(
            Kept,
            "SELECT object_id, fate, why, value_before, value_after FROM field_change_value \
             WHERE change_id = $1 AND object = $2 AND object_id = $3"
        ),
        &params![id, object.key(), of],
    )
}

/// What a change kept, of records with a fate after one.
///
/// # Errors
/// The database refuses.
pub fn kept(rd: &mut Rd<'_>, id: ChangeId, fate: Fate, after: i64, limit: i64) -> Result<Vec<Kept>> {
    rd.all(
        sql!(
            Kept,
            "SELECT object_id, fate, why, value_before, value_after FROM field_change_value \
             WHERE change_id = $1 AND fate = $2 AND object_id > $3 ORDER BY object_id LIMIT $4"
        ),
        &params![id, fate, after, limit],
    )
}

/// The next records that a change has not come to, with what they have; one that takes back also comes to those
/// that lost theirs.
///
/// # Errors
/// The database refuses.
pub fn waiting(rd: &mut Rd<'_>, change: &TypeChange, limit: i64) -> Result<Vec<(i64, Option<Value>)>> {
    let object = Object::from_key(&change.object).ok_or_else(Error::not_found)?;
    let some = super::value::stored(rd, object, &change.key, change.id.raw(), change.place, limit)?;
    let mut found: BTreeMap<i64, Option<Value>> = some.into_iter().map(|(id, value)| (id, Some(value))).collect();
    // What lies behind the last of a full part has its turn later.
    let last = found.last_key_value().map(|(id, _)| *id).filter(|_| found.len() == usize::try_from(limit).unwrap_or(usize::MAX));
    if let Some(reverted) = change.reverts {
        for id in lost(rd, reverted, change.place, last.unwrap_or(i64::MAX), limit)? {
            if let Entry::Vacant(free) = found.entry(id)
                && of_one(rd, object, id, &change.key)?.is_none()
            {
                free.insert(None);
            }
        }
    }
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(found.into_iter().take(most).collect())
}

/// Records that lost their value by a change, between two.
fn lost(rd: &mut Rd<'_>, id: ChangeId, after: i64, last: i64, limit: i64) -> Result<Vec<i64>> {
    rd.all(
        sql!(
            i64,
            "SELECT object_id FROM field_change_value WHERE change_id = $1 AND fate = 'lost' AND object_id > $2 AND object_id <= $3 \
             ORDER BY object_id LIMIT $4"
        ),
        &params![id, after, last, limit],
    )
}

/// Whether a record has a value.
fn of_one(rd: &mut Rd<'_>, object: Object, id: i64, key: &str) -> Result<Option<i64>> {
    rd.first(
        sql!(i64, "SELECT place FROM field_value WHERE object = $1 AND object_id = $2 AND key = $3 LIMIT 1"),
        &params![object.key(), id, key],
    )
}

/// How many records with a value a change has not come to.
///
/// # Errors
/// The database refuses.
pub fn left(rd: &mut Rd<'_>, change: &TypeChange) -> Result<i64> {
    rd.one(
        sql!(i64, "SELECT COUNT(DISTINCT object_id) FROM field_value WHERE object = $1 AND key = $2 AND change_id < $3 AND object_id > $4"),
        &params![&change.object, &change.key, change.id, change.place],
    )
}

/// Takes away what changes kept of a record: it goes itself, or what somebody wrote on it does.
///
/// # Errors
/// The database refuses.
pub fn forget(tx: &mut Tx<'_>, object: Object, id: i64) -> Result<()> {
    tx.exec(sql!("DELETE FROM field_change_value WHERE object = $1 AND object_id = $2"), &params![object.key(), id])?;
    Ok(())
}
