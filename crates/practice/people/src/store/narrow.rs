//! Further bounds of a search while typing, inside of the query that is cut off: rows that are
//! filtered out never push out rows that are wanted.

use party::Within;
use sea_query::{Condition, Expr, ExprTrait};

/// The bounds without what is switched off; `table` is the listed one.
pub fn living(within: Within, table: &'static str) -> Within {
    let condition = Condition::all().add(within.condition).add(Expr::col((table, "active")).eq(1_i64));
    Within { tenants: within.tenants, condition }
}
