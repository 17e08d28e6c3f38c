//! Pieces of conditions. An empty condition means "true" to the query builder, so nothing here ever
//! answers one: what is never so says so.

use kernel::Id;
use party::{TenantId, Tenants, tree};
use sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, UnionType};

use crate::{Below, Who};

pub(super) fn never() -> Condition {
    Condition::all().add(Expr::cust("1 = 0"))
}

pub(super) fn always() -> Condition {
    Condition::all().add(Expr::cust("1 = 1"))
}

/// Adds "in these tenants, and so" unless there are none.
pub(super) fn within(any: Condition, table: &'static str, tenants: &Tenants, inner: impl Fn() -> Condition) -> Condition {
    let here = match tenants {
        Tenants::All => Condition::all().add(Expr::cust("1 = 1")),
        Tenants::Some(list) => match list.as_slice() {
            [] => return any,
            list => in_tenants(table, list),
        },
    };
    let inner = inner();
    any.add(if inner.is_empty() { here } else { here.add(inner) })
}

/// The row is of one of these tenants.
pub(super) fn in_tenants(table: &'static str, tenants: &[TenantId]) -> Condition {
    one_of(table, "tenant_id", tenants)
}

/// The column is one of these.
pub(super) fn one_of<K>(table: &'static str, column: &'static str, ids: &[Id<K>]) -> Condition {
    match ids {
        [] => never(),
        [one] => Condition::all().add(Expr::col((table, column)).eq(one.raw())),
        _ => Condition::all().add(Expr::col((table, column)).is_in(ids.iter().map(|id| id.raw()))),
    }
}

/// A row of `link` ties the record to one of these.
pub(super) fn tied<K>(
    link: &'static str,
    back: &'static str,
    to: (&'static str, &'static str),
    column: &'static str,
    ids: &[Id<K>],
) -> Condition {
    if ids.is_empty() {
        return never();
    }
    let rows = exists(link).and_where(Expr::col((link, back)).equals(to)).cond_where(one_of(link, column, ids)).to_owned();
    Condition::all().add(Expr::exists(rows))
}

pub(super) fn exists(table: &'static str) -> SelectStatement {
    Query::select().expr(Expr::cust("1")).from(table).to_owned()
}

/// The organisation named by a column is one of the person's or stands below one.
pub(super) fn below(who: &Who, table: &'static str, column: &'static str) -> Condition {
    match &who.below {
        _ if who.organisations.is_empty() => never(),
        Below::Ids(ids) if ids.is_empty() => never(),
        Below::Ids(ids) => Condition::all().add(Expr::col((table, column)).is_in(ids.iter().map(|id| id.raw()))),
        Below::Paths => {
            let rows = Query::select()
                .expr(Expr::cust("1"))
                .from_as("organisation", "covered")
                .and_where(Expr::col(("covered", "id")).equals((table, column)))
                .cond_where(paths(who, "covered"))
                .to_owned();
            Condition::all().add(Expr::exists(rows))
        }
    }
}

/// The path of an organisation lies in the range of one of the person's.
pub(super) fn paths(who: &Who, table: &'static str) -> Condition {
    if who.organisations.is_empty() {
        return never();
    }
    who.organisations.iter().fold(Condition::any(), |any, mine| {
        let (from, to) = tree::range(&mine.path);
        let tenant = tree::ids(&mine.path).next().unwrap_or_default();
        any.add(
            Condition::all()
                .add(Expr::col((table, "tenant_id")).eq(tenant))
                .add(Expr::col((table, "path")).gte(from))
                .add(Expr::col((table, "path")).lt(to)),
        )
    })
}

/// The organisation named by a column is reached, so written that its organisations are looked up first.
pub(super) fn within_organisations(who: &Who, table: &'static str, column: &'static str) -> Condition {
    match &who.below {
        Below::Ids(_) => below(who, table, column),
        Below::Paths => {
            let covered = ids("organisation", "id", paths(who, "organisation"));
            Condition::all().add(Expr::col((table, column)).in_subquery(covered))
        }
    }
}

/// A column of the rows for which the condition holds.
pub(super) fn ids(table: &'static str, column: &'static str, condition: Condition) -> SelectStatement {
    Query::select().column((table, column)).from(table).cond_where(condition).to_owned()
}

/// All of them one after the other.
pub(super) fn union(parts: Vec<SelectStatement>) -> Option<SelectStatement> {
    let mut parts = parts.into_iter();
    let mut all = parts.next()?;
    for part in parts {
        all.union(UnionType::All, part);
    }
    Some(all)
}
