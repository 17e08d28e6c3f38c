//! Queries built by sea-query: its text for the dialect, its values as ours.

use std::borrow::Cow;

use kernel::{Error, Result};
use sea_query::{PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder, Values};

use crate::{Dialect, Value};

pub(crate) fn build(query: &SelectStatement, dialect: Dialect) -> (String, Values) {
    match dialect {
        Dialect::Sqlite => query.build(SqliteQueryBuilder),
        Dialect::Postgres => query.build(PostgresQueryBuilder),
    }
}

pub(crate) fn params(values: Values) -> Result<Vec<Value<'static>>> {
    values.0.into_iter().map(param).collect()
}

fn param(value: sea_query::Value) -> Result<Value<'static>> {
    use sea_query::Value as V;
    Ok(match value {
        V::BigInt(v) => v.map_or(Value::Null, Value::Int),
        V::Int(v) => v.map_or(Value::Null, |v| Value::Int(i64::from(v))),
        V::BigUnsigned(v) => v.map_or(Ok(Value::Null), |v| i64::try_from(v).map(Value::Int)).map_err(Error::internal)?,
        V::Bool(v) => v.map_or(Value::Null, |v| Value::Int(i64::from(v))),
        V::Double(v) => v.map_or(Value::Null, Value::Real),
        V::String(v) => v.map_or(Value::Null, |v| Value::Text(Cow::Owned(v.to_string()))),
        V::Bytes(v) => v.map_or(Value::Null, |v| Value::Blob(Cow::Owned(v.to_vec()))),
        other => return Err(Error::internal(format!("a built query binds {other:?}, which no column holds"))),
    })
}
