//! The values of custom fields.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use db::{Rd, Tx, params, sql};
use kernel::{Result, fold};
use sea_query::{Cond, Expr, ExprTrait, JoinType, Order, Query};

use super::change;
use crate::field::{Object, Value, Values};

/// Characters of a text by which filters compare it.
const COMPARED: usize = 200;

db::row! {
    struct ValueRow {
        object_id: i64,
        key: String,
        int_value: Option<i64>,
        text_value: Option<String>,
        text_key: Option<String>,
        /// The change of the field's type that has not come to it yet.
        waits: Option<i64>,
    }
}

/// The folded form by which a text is found.
pub(crate) fn compared(text: &str) -> String {
    fold(text).chars().take(COMPARED).collect()
}

/// The values of records; those that wait for a change of the field's type as they will be.
fn gather(rd: &mut Rd<'_>, object: Object, rows: Vec<ValueRow>) -> Result<HashMap<i64, Values>> {
    let mut waiting: BTreeMap<(i64, String), i64> = BTreeMap::new();
    for row in &rows {
        if let Some(change) = row.waits {
            waiting.insert((row.object_id, row.key.clone()), change);
        }
    }
    let mut found = typed(rows);
    let mut plans: HashMap<i64, change::Plan> = HashMap::new();
    for ((id, key), change) in waiting {
        let plan = match plans.entry(change) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(change::plan(rd, change)?),
        };
        let Some(values) = found.get_mut(&id) else { continue };
        let before = values.remove(&key);
        values.extend(plan.step(rd, object, id, before)?.to.map(|value| (key, value)));
    }
    Ok(found)
}

fn typed(rows: Vec<ValueRow>) -> HashMap<i64, Values> {
    let mut found: HashMap<i64, Values> = HashMap::new();
    for row in rows {
        let values = found.entry(row.object_id).or_default();
        match (row.int_value, row.text_value, row.text_key) {
            (Some(n), ..) => drop(values.insert(row.key, Value::Int(n))),
            (None, Some(text), _) => drop(values.insert(row.key, Value::Text(text))),
            (None, None, Some(key)) => match values.entry(row.key).or_insert_with(|| Value::Keys(Vec::new())) {
                Value::Keys(keys) => keys.push(key),
                Value::Text(_) | Value::Int(_) => {}
            },
            (None, None, None) => {}
        }
    }
    found
}

/// The values of one record.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, object: Object, id: i64) -> Result<Values> {
    let rows = rd.all(
        sql!(
            ValueRow,
            "SELECT v.object_id, v.key, v.int_value, v.text_value, v.text_key, c.id FROM field_value v \
             LEFT JOIN field_change c ON c.state = 'running' AND c.object = v.object AND c.key = v.key AND c.id > v.change_id \
             WHERE v.object = $1 AND v.object_id = $2 ORDER BY v.key, v.place"
        ),
        &params![object.key(), id],
    )?;
    Ok(gather(rd, object, rows)?.remove(&id).unwrap_or_default())
}

/// The values of several records; one without any is not there.
///
/// # Errors
/// The database refuses.
pub fn of_many(rd: &mut Rd<'_>, object: Object, ids: &[i64]) -> Result<HashMap<i64, Values>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    // Few texts of statements: the last id again, up to a power of two.
    let mut padded = ids.to_vec();
    padded.resize(ids.len().next_power_of_two(), ids[ids.len() - 1]);
    let of = |column: &'static str| ("field_value", column);
    let by = |column: &'static str| ("field_change", column);
    let waits = Cond::all()
        .add(Expr::col(by("state")).eq("running"))
        .add(Expr::col(by("object")).equals(of("object")))
        .add(Expr::col(by("key")).equals(of("key")))
        .add(Expr::col(by("id")).gt(Expr::col(of("change_id"))));
    let query = Query::select()
        .columns(["object_id", "key", "int_value", "text_value", "text_key"].map(of))
        .column(by("id"))
        .from("field_value")
        .join(JoinType::LeftJoin, "field_change", waits)
        .and_where(Expr::col(of("object")).eq(object.key()))
        .and_where(Expr::col(of("object_id")).is_in(padded))
        .order_by(of("object_id"), Order::Asc)
        .order_by(of("key"), Order::Asc)
        .order_by(of("place"), Order::Asc)
        .to_owned();
    let rows = rd.select::<ValueRow>(&query)?;
    gather(rd, object, rows)
}

/// Writes the value of a field over what was there; none takes it away.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, tenant: i64, object: Object, id: i64, key: &str, value: Option<&Value>) -> Result<()> {
    tx.exec(sql!("DELETE FROM field_value WHERE object = $1 AND object_id = $2 AND key = $3"), &params![object.key(), id, key])?;
    let rows: Vec<(Option<i64>, Option<&str>, Option<String>)> = match value {
        None => Vec::new(),
        Some(Value::Int(n)) => vec![(Some(*n), None, None)],
        Some(Value::Text(text)) => vec![(None, Some(text), Some(compared(text)))],
        Some(Value::Keys(keys)) => keys.iter().map(|key| (None, None, Some(key.clone()))).collect(),
    };
    for (place, (int, text, text_key)) in (0_i64..).zip(rows) {
        tx.exec(
            sql!(
                "INSERT INTO field_value (tenant_id, object, object_id, key, place, int_value, text_value, text_key, change_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, \
                 (SELECT COALESCE(MAX(id), 0) FROM field_change WHERE object = $2 AND key = $4))"
            ),
            &params![tenant, object.key(), id, key, place, int, text, text_key],
        )?;
    }
    Ok(())
}

/// How many records have a value of a field.
///
/// # Errors
/// The database refuses.
pub fn used(rd: &mut Rd<'_>, object: Object, key: &str) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COUNT(DISTINCT object_id) FROM field_value WHERE object = $1 AND key = $2"), &params![object.key(), key])
}

/// How many records have chosen a value of a list.
///
/// # Errors
/// The database refuses.
pub fn holding(rd: &mut Rd<'_>, object: Object, key: &str, item: &str) -> Result<i64> {
    rd.one(
        sql!(i64, "SELECT COUNT(*) FROM field_value WHERE object = $1 AND key = $2 AND text_key = $3"),
        &params![object.key(), key, item],
    )
}

/// Takes all values of a record away: it goes itself.
///
/// # Errors
/// The database refuses.
pub fn forget(tx: &mut Tx<'_>, object: Object, id: i64) -> Result<()> {
    tx.exec(sql!("DELETE FROM field_value WHERE object = $1 AND object_id = $2"), &params![object.key(), id])?;
    change::forget(tx, object, id)
}

/// Values as they are stored, those of a change that runs as they were: of some records after one, or with
/// `older` only what was written under changes before it.
///
/// # Errors
/// The database refuses.
pub fn stored(rd: &mut Rd<'_>, object: Object, key: &str, older: i64, after: i64, limit: i64) -> Result<Vec<(i64, Value)>> {
    let ids: Vec<i64> = rd.all(
        sql!(
            i64,
            "SELECT DISTINCT object_id FROM field_value WHERE object = $1 AND key = $2 AND change_id < $3 AND object_id > $4 \
             ORDER BY object_id LIMIT $5"
        ),
        &params![object.key(), key, older, after, limit],
    )?;
    let Some(last) = ids.last() else { return Ok(Vec::new()) };
    let rows = rd.all(
        sql!(
            ValueRow,
            "SELECT object_id, key, int_value, text_value, text_key, CAST(NULL AS BIGINT) FROM field_value \
             WHERE object = $1 AND key = $2 AND change_id < $3 AND object_id > $4 AND object_id <= $5 ORDER BY object_id, place"
        ),
        &params![object.key(), key, older, after, *last],
    )?;
    let mut found = typed(rows);
    Ok(ids.into_iter().filter_map(|id| Some((id, found.get_mut(&id)?.remove(key)?))).collect())
}

/// Records whose field names somebody, after one.
///
/// # Errors
/// The database refuses.
pub fn naming(rd: &mut Rd<'_>, object: Object, key: &str, person: i64, after: i64, limit: i64) -> Result<Vec<i64>> {
    rd.all(
        sql!(
            i64,
            "SELECT object_id FROM field_value WHERE object = $1 AND key = $2 AND int_value = $3 AND object_id > $4 ORDER BY object_id LIMIT $5"
        ),
        &params![object.key(), key, person, after, limit],
    )
}
