//! Bodies with their salts, for the audit chain.

use std::collections::BTreeSet;

use db::Rd;
use kernel::Result;
use sea_query::{Expr, ExprTrait, Query};

type Salted = (i64, String, Vec<u8>);

/// # Errors
/// The database refuses.
pub(crate) fn messages(rd: &mut Rd<'_>, ids: &BTreeSet<i64>) -> Result<Vec<Salted>> {
    salted(rd, "message_body", "message_id", ids)
}

/// # Errors
/// The database refuses.
pub(crate) fn texts(rd: &mut Rd<'_>, ids: &BTreeSet<i64>) -> Result<Vec<Salted>> {
    salted(rd, "text_body", "id", ids)
}

fn salted(rd: &mut Rd<'_>, table: &'static str, key: &'static str, ids: &BTreeSet<i64>) -> Result<Vec<Salted>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::select();
    query.columns([key, "body", "salt"]).from(table).and_where(Expr::col(key).is_in(ids.iter().copied()));
    rd.select(&query)
}
