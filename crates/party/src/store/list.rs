//! Lists by name, in pages that cost the same however far one has read.

use db::{Rd, Row};
use kernel::{Page, PageRequest, Result};
use sea_query::{Expr, ExprTrait, Order, SelectStatement};

use crate::{Tenants, Within};

/// Up to so many tenants are read one by one, each along its own index; more walk the index of all.
const SEPARATELY: usize = 16;

/// One page of `base` ordered by (name_key, id), within the bounds.
pub(super) fn page<R: Row>(
    rd: &mut Rd<'_>,
    base: &SelectStatement,
    table: &'static str,
    within: &Within,
    request: &PageRequest,
    sort_key: fn(&R) -> (String, i64),
) -> Result<Page<R>> {
    let limit = request.limit();
    let after: Option<(String, i64)> = request.after()?;
    if within.is_nothing() {
        return Ok(Page { rows: Vec::new(), next: None });
    }
    let mut bounded = base.clone();
    bounded.cond_where(within.condition.clone());
    if let Some((name, id)) = after {
        let place = Expr::tuple([Expr::col((table, "name_key")), Expr::col((table, "id"))]);
        bounded.and_where(place.gt(Expr::tuple([Expr::val(name), Expr::val(id)])));
    }
    bounded.order_by((table, "name_key"), Order::Asc).order_by((table, "id"), Order::Asc);
    bounded.limit(limit.unsigned_abs() + 1);
    let mut rows: Vec<R> = Vec::new();
    match &within.tenants {
        Tenants::Some(list) if list.len() <= SEPARATELY => {
            for tenant in list {
                let mut query = bounded.clone();
                query.and_where(Expr::col((table, "tenant_id")).eq(tenant.raw()));
                rows.extend(rd.select::<R>(&query)?);
            }
            if list.len() > 1 {
                rows.sort_by_cached_key(sort_key);
            }
        }
        tenants => {
            bounded.cond_where(tenants.condition(table));
            rows = rd.select(&bounded)?;
        }
    }
    Ok(Page::of(rows, limit, sort_key))
}
