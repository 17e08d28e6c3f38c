//! What somebody has to do, over all tickets that they see.

use access::TicketScope;
use db::Rd;
use kernel::{Page, PageRequest, PersonId, Result, TeamId, TicketId, Time};
use sea_query::{Cond, Condition, Expr, ExprTrait, Order, Query, SelectStatement};

use super::TaskId;

/// Whose tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Given to the person, or to a team of theirs and nobody in it.
    #[default]
    Both,
    Person,
    Team,
}

impl Whose {
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "" => Some(Whose::Both),
            "mine" => Some(Whose::Person),
            "team" => Some(Whose::Team),
            _ => None,
        }
    }
}

/// Whose tasks are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    pub persons: &'a [PersonId],
    pub teams: &'a [TeamId],
    pub whose: Whose,
}

/// One page of what is open on open tickets within the scope, what is due first at the top.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn page(rd: &mut Rd<'_>, scope: &TicketScope, of: Of<'_>, request: &PageRequest) -> Result<Page<(TicketId, TaskId)>> {
    let mut select = open(scope, of);
    select
        .columns([("task", "ticket_id"), ("task", "id"), ("task", "due_at")])
        .order_by(("task", "due_at"), Order::Asc)
        .order_by(("task", "id"), Order::Asc)
        .limit(u64::try_from(request.limit() + 1).unwrap_or(1));
    if let Some((due, id)) = request.after::<(i64, i64)>()? {
        let due_at = || Expr::col(("task", "due_at"));
        let same = Cond::all().add(due_at().eq(due)).add(Expr::col(("task", "id")).gt(id));
        select.cond_where(Cond::any().add(due_at().gt(due)).add(same));
    }
    let found: Vec<(TicketId, TaskId, Time)> = rd.select(&select)?;
    Ok(Page::of(found, request.limit(), |(_, id, due)| (due.0, id.raw())).map(|(ticket, id, _)| (ticket, id)))
}

fn open(scope: &TicketScope, of: Of<'_>) -> SelectStatement {
    let mut select = Query::select();
    select
        .from("task")
        .inner_join("ticket", Expr::col(("ticket", "id")).equals(("task", "ticket_id")))
        .and_where(Expr::col(("task", "done_at")).is_null())
        .and_where(Expr::col(("task", "sort")).ne("heading"))
        .and_where(Expr::col(("ticket", "open")).eq(1))
        .cond_where(theirs(of))
        .cond_where(scope.condition());
    select
}

/// One of these ids; none of none, which PostgreSQL would not take as an empty list.
fn one_of(column: &'static str, ids: impl Iterator<Item = i64>) -> Expr {
    let ids: Vec<i64> = ids.collect();
    let column = Expr::col(("task", column));
    if ids.is_empty() { column.eq(0) } else { column.is_in(ids) }
}

fn theirs(of: Of<'_>) -> Condition {
    let person = one_of("owner_id", of.persons.iter().map(|id| id.raw()));
    let free = Expr::col(("task", "owner_id")).is_null();
    let team = Cond::all().add(free).add(one_of("team_id", of.teams.iter().map(|id| id.raw())));
    match of.whose {
        Whose::Both => Cond::any().add(person).add(team),
        Whose::Person => Cond::all().add(person),
        Whose::Team => team,
    }
}
