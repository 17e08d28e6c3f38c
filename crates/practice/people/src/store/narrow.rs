//! Further bounds of a search while typing, inside of the query that is cut off: rows that are
//! filtered out never push out rows that are wanted.

use kernel::Time;
use party::store::person::Filter;
use party::{Within, tree};
use sea_query::{Condition, Expr, ExprTrait, Query};

/// The bounds, and the filter of a list of persons.
pub fn persons(within: Within, filter: &Filter, now: Time) -> Within {
    let mut all = Condition::all().add(within.condition);
    if let Some(active) = filter.active {
        all = all.add(Expr::col(("person", "active")).eq(i64::from(active)));
    }
    if let Some(vip) = filter.vip {
        all = all.add(Expr::col(("person", "vip")).eq(i64::from(vip)));
    }
    if let Some(path) = &filter.organisation {
        let (from, to) = tree::range(path);
        let mut members = Query::select();
        members
            .expr(Expr::cust("1"))
            .from_as("membership", "m")
            .inner_join("organisation", Expr::col(("organisation", "id")).equals(("m", "organisation_id")))
            .and_where(Expr::col(("m", "person_id")).equals(("person", "id")))
            .and_where(Expr::col(("m", "from_at")).lte(now.0))
            .and_where(Expr::col(("m", "to_at")).gt(now.0))
            .and_where(Expr::col(("organisation", "path")).gte(from))
            .and_where(Expr::col(("organisation", "path")).lt(to));
        all = all.add(Expr::exists(members));
    }
    Within { tenants: within.tenants, condition: all }
}

/// The bounds without what is switched off; `table` is the listed one.
pub fn living(within: Within, table: &'static str) -> Within {
    let condition = Condition::all().add(within.condition).add(Expr::col((table, "active")).eq(1_i64));
    Within { tenants: within.tenants, condition }
}
