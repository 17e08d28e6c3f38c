//! The word table: kept with each change, read while somebody types.

use db::{Rd, Row, Tx, params, sql};
use kernel::{Error, Result};
use sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement};

use crate::words::{Terms, Words, prefix_range};
use crate::{TenantId, Within};

/// Whose words they are; the key is the name of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organisation,
    Team,
    Service,
    Location,
}

impl Kind {
    const fn table(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Team => "team",
            Kind::Service => "service",
            Kind::Location => "location",
        }
    }
}

/// Makes the stored words of a record the given ones.
pub(super) fn keep(tx: &mut Tx<'_>, kind: Kind, tenant: TenantId, id: i64, words: &Words) -> Result<()> {
    let stored: Vec<String> =
        tx.all(sql!(String, "SELECT word FROM party_word WHERE kind = $1 AND id = $2"), &params![kind.table(), id])?;
    for word in stored.iter().filter(|w| !words.contains(w)) {
        tx.exec(
            sql!("DELETE FROM party_word WHERE tenant_id = $1 AND kind = $2 AND word = $3 AND id = $4"),
            &params![tenant, kind.table(), word, id],
        )?;
    }
    for word in words.iter().filter(|w| !stored.iter().any(|s| s == w)) {
        tx.exec(
            sql!("INSERT INTO party_word (tenant_id, kind, word, id) VALUES ($1, $2, $3, $4)"),
            &params![tenant, kind.table(), word, id],
        )?;
    }
    Ok(())
}

/// Rows of `lines` whose words meet every term; at most `limit`, sorted by name.
///
/// The bounds stand inside of the query that is cut off, so rows that may not be seen never push out
/// rows that may.
pub(super) fn search<R: Row>(
    rd: &mut Rd<'_>,
    kind: Kind,
    lines: &SelectStatement,
    within: &Within,
    text: &str,
    limit: u64,
) -> Result<Vec<R>> {
    let terms = Terms::of(text);
    let Some((first, others)) = terms.0.split_first() else { return Ok(Vec::new()) };
    if within.is_nothing() {
        return Ok(Vec::new());
    }
    let table = kind.table();
    let mut hits = Query::select();
    hits.column((table, "id"))
        .column(("w", "word"))
        .from_as("party_word", "w")
        .inner_join(table, Expr::col((table, "id")).equals(("w", "id")))
        .and_where(Expr::col(("w", "kind")).eq(table))
        .cond_where(within.tenants.listed("w"))
        .cond_where(begins("w", first))
        .cond_where(within.condition.clone())
        .order_by(("w", "word"), Order::Asc)
        .order_by(("w", "id"), Order::Asc)
        .limit(limit * 3);
    if kind == Kind::Person {
        hits.and_where(Expr::col((table, "redirect_id")).is_null());
    }
    for term in others {
        let mut also = Query::select();
        also.expr(Expr::cust("1"))
            .from_as("party_word", "v")
            .and_where(Expr::col(("v", "kind")).eq(table))
            .and_where(Expr::col(("v", "id")).equals(("w", "id")))
            .cond_where(begins("v", term));
        hits.and_where(Expr::exists(also.to_owned()));
    }
    let mut ids: Vec<i64> = Vec::new();
    for (id, _) in rd.select::<(i64, String)>(&hits)? {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(usize::try_from(limit).map_err(Error::internal)?);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = lines.clone();
    found
        .and_where(Expr::col((table, "id")).is_in(super::names::padded(&ids)))
        .order_by((table, "active"), Order::Desc)
        .order_by((table, "name_key"), Order::Asc)
        .order_by((table, "id"), Order::Asc);
    rd.select(&found)
}

fn begins(alias: &'static str, beginnings: &[String]) -> Condition {
    beginnings.iter().fold(Condition::any(), |any, beginning| {
        let (from, to) = prefix_range(beginning);
        any.add(Expr::col((alias, "word")).gte(from).and(Expr::col((alias, "word")).lt(to)))
    })
}
