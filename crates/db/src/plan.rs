//! The filter language's plan as SQL: conditions in two-valued logic, the order, and the place after
//! which the next page begins.

use kernel::{Error, Result};
use query::{Branch, Node, Plan, Scalar, Source, Test};
use sea_query::{Cond, Expr, ExprTrait, Func, Order, Query, SelectStatement};

/// A value of the sort columns: where a page ended.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum SortValue {
    Int(i64),
    Text(String),
}

/// The condition of a plan on the rows of `table`, whose id column is `id`.
pub fn condition(plan: &Plan, table: &'static str, dialect: crate::Dialect) -> Cond {
    condition_with(plan, table, dialect, &[])
}

/// The same, where the `narrow` tables hold few rows for each value that is asked for: an equality on
/// one of them is written so that its rows lead to the records, instead of being asked for each record.
pub fn condition_with(plan: &Plan, table: &'static str, dialect: crate::Dialect, narrow: &'static [&'static str]) -> Cond {
    Compiler { table, dialect, narrow }.node(&plan.filter, false)
}

/// Adds the order of a plan to a query on `table`.
pub fn order(query: &mut SelectStatement, plan: &Plan, table: &'static str) {
    for key in &plan.sort {
        let order = if key.descending { Order::Desc } else { Order::Asc };
        query.order_by((table, key.column.to_string()), order);
    }
}

/// The rows after those sort values: `(a, b) > (x, y)` in the directions of the plan.
///
/// # Errors
/// The values are not those of this order: the cursor belongs to another list.
pub fn after(plan: &Plan, table: &'static str, values: &[SortValue]) -> Result<Cond> {
    if values.len() != plan.sort.len() {
        return Err(Error::invalid("cursor", "error-cursor"));
    }
    let mut any = Cond::any();
    for (place, key) in plan.sort.iter().enumerate() {
        let mut all = Cond::all();
        for (before, value) in plan.sort.iter().zip(values).take(place) {
            all = all.add(Expr::col((table, before.column.to_string())).eq(bound(value)));
        }
        let column = Expr::col((table, key.column.to_string()));
        let value = values.get(place).map(bound).unwrap_or_else(|| Expr::val(0_i64));
        all = all.add(if key.descending { column.lt(value) } else { column.gt(value) });
        any = any.add(all);
    }
    // The first column alone lets an index begin at the right place.
    let first = plan.sort.first().zip(values.first()).map(|(key, value)| {
        let column = Expr::col((table, key.column.to_string()));
        if key.descending { column.lte(bound(value)) } else { column.gte(bound(value)) }
    });
    Ok(match first {
        Some(first) => Cond::all().add(first).add(any),
        None => any,
    })
}

fn bound(value: &SortValue) -> Expr {
    match value {
        SortValue::Int(v) => Expr::val(*v),
        SortValue::Text(v) => Expr::val(v.clone()),
    }
}

struct Compiler {
    table: &'static str,
    dialect: crate::Dialect,
    narrow: &'static [&'static str],
}

impl Compiler {
    /// `negated`: a Not stands somewhere above, so NULL must become false here.
    fn node(&self, node: &Node, negated: bool) -> Cond {
        match node {
            Node::Literal(truth) => Cond::all().add(Expr::cust(if *truth { "1 = 1" } else { "1 = 0" })),
            Node::All(of) => of.iter().fold(Cond::all(), |all, n| all.add(self.node(n, negated))),
            Node::Any(of) => of.iter().fold(Cond::any(), |any, n| any.add(self.node(n, negated))),
            Node::Not(of) => self.node(of, true).not(),
            Node::Test(source, test) => Cond::all().add(self.test(source, test, negated)),
        }
    }

    fn test(&self, source: &Source, test: &Test, negated: bool) -> Expr {
        match source {
            Source::Column(name) => {
                let column = Expr::col((self.table, name.to_string()));
                let tested = keyword(&column, test).unwrap_or_else(|| self.value(column, test));
                // Two-valued: a test on NULL is false, so its negation is true.
                if negated && *test != Test::Present { Func::coalesce([tested, self.falsehood()]).into() } else { tested }
            }
            Source::Exists { table, owner_column, value_column, extra } => {
                let rows = table.to_string();
                let leads = !negated && matches!(test, Test::In(_)) && self.narrow.contains(&rows.as_str());
                let owner = (rows.clone(), owner_column.to_string());
                let mut select = Query::select();
                select.from(rows.clone());
                if leads {
                    select.column(owner);
                } else {
                    select.expr(Expr::cust("1")).and_where(Expr::col(owner).equals((self.table, "id")));
                }
                for (column, values) in extra {
                    select.and_where(Expr::col((rows.clone(), column.to_string())).is_in(values.iter().map(scalar)));
                }
                select.and_where(self.value(Expr::col((rows, value_column.to_string())), test));
                if leads { Expr::col((self.table, "id")).in_subquery(select) } else { Expr::exists(select) }
            }
        }
    }

    fn falsehood(&self) -> Expr {
        Expr::cust(match self.dialect {
            crate::Dialect::Sqlite => "0",
            crate::Dialect::Postgres => "FALSE",
        })
    }

    fn value(&self, column: Expr, test: &Test) -> Expr {
        match test {
            Test::Present => column.is_not_null(),
            // A literal: partial indexes do not match a bound parameter.
            Test::Constant(number) => column.eq(Expr::cust(number.to_string())),
            Test::In(values) => match values.as_slice() {
                [one] => column.eq(scalar(one)),
                many => column.is_in(many.iter().map(scalar)),
            },
            Test::Range { from, to } => match (from, to) {
                (Some(from), Some(to)) => column.clone().gte(*from).and(column.lte(*to)),
                (Some(from), None) => column.gte(*from),
                (None, Some(to)) => column.lte(*to),
                (None, None) => column.is_not_null(),
            },
            Test::Words(words) => {
                let finder = match self.dialect {
                    crate::Dialect::Sqlite => "instr",
                    crate::Dialect::Postgres => "strpos",
                };
                let found = |word: &String| Expr::expr(Func::cust(finder).arg(column.clone()).arg(word.clone())).gt(0);
                let mut words = words.iter();
                let first = words.next().map_or_else(|| Expr::cust("1 = 1"), found);
                words.fold(first, |all, word| all.and(found(word)))
            }
            Test::AtLeastColumn(other) => column.gte(Expr::col((self.table, other.to_string()))),
            Test::Within { table, branches } => column.in_subquery(stretches(table, branches)),
        }
    }
}

/// Equality with keys as literals, since partial indexes do not match a bound parameter. Texts that are
/// compared with a column come from a closed list; whatever is more than a plain key stays bound.
fn keyword(column: &Expr, test: &Test) -> Option<Expr> {
    let Test::In(values) = test else { return None };
    let plain = |text: &str| {
        !text.is_empty() && text.len() <= 40 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let literal = |value: &Scalar| match value {
        Scalar::Text(text) if plain(text) => Some(Expr::cust(format!("'{text}'"))),
        Scalar::Text(_) | Scalar::Int(_) => None,
    };
    let mut literals: Vec<Expr> = values.iter().map(literal).collect::<Option<_>>()?;
    Some(if literals.len() == 1 { column.clone().eq(literals.remove(0)) } else { column.clone().is_in(literals) })
}

/// The ids of a tree's records in some branches of it.
fn stretches(table: &str, branches: &[Branch]) -> SelectStatement {
    let within = |branch: &Branch| {
        Cond::all()
            .add(Expr::col("tenant_id").eq(branch.tenant))
            .add(Expr::col("path").gte(branch.from.as_str()))
            .add(Expr::col("path").lt(branch.to.as_str()))
    };
    let any = branches.iter().fold(Cond::any(), |any, branch| any.add(within(branch)));
    Query::select().column("id").from(table.to_owned()).cond_where(any).to_owned()
}

fn scalar(value: &Scalar) -> Expr {
    match value {
        Scalar::Int(v) => Expr::val(*v),
        Scalar::Text(v) => Expr::val(v.clone()),
    }
}
