//! The values of custom fields.

use std::collections::HashMap;

use db::{Rd, Tx, params, sql};
use kernel::{Result, fold};
use sea_query::{Expr, ExprTrait, Order, Query};

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
    }
}

/// The folded form by which a text is found.
pub(crate) fn compared(text: &str) -> String {
    fold(text).chars().take(COMPARED).collect()
}

fn gather(rows: Vec<ValueRow>) -> HashMap<i64, Values> {
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
            "SELECT object_id, key, int_value, text_value, text_key FROM field_value WHERE object = $1 AND object_id = $2 ORDER BY key, place"
        ),
        &params![object.key(), id],
    )?;
    Ok(gather(rows).remove(&id).unwrap_or_default())
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
    let query = Query::select()
        .columns(["object_id", "key", "int_value", "text_value", "text_key"])
        .from("field_value")
        .and_where(Expr::col("object").eq(object.key()))
        .and_where(Expr::col("object_id").is_in(padded))
        .order_by("object_id", Order::Asc)
        .order_by("key", Order::Asc)
        .order_by("place", Order::Asc)
        .to_owned();
    rd.select::<ValueRow>(&query).map(gather)
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
                "INSERT INTO field_value (tenant_id, object, object_id, key, place, int_value, text_value, text_key) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
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
    Ok(())
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
