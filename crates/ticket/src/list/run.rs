//! Running a filter.

use access::{Actor, Object, TicketScope, Verb};
use db::plan::{SortValue, after, condition, order};
use db::{Rd, Row};
use kernel::{Error, Page, PageRequest, Result, TicketId, Time};
use party::{Names, Wanted};
use query::{Context, Plan, Query, SortKey};
use sea_query::{Expr, Query as Sql, SelectStatement};

use crate::fields::INNER;
use crate::store::ticket::COLUMNS;
use crate::{Desk, Ticket};

/// Rows counted exactly at most.
pub const EXACTLY: i64 = 1000;

/// A filter that is understood, for one actor.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub query: Query,
    pub plan: Plan,
    scope: TicketScope,
    /// Where the desk's own fields may be asked for, when the filter asks for some.
    inner: Option<TicketScope>,
    /// A further verb must reach the rows.
    also: Option<TicketScope>,
}

impl Prepared {
    /// Only what another verb reaches as well.
    #[must_use]
    pub fn narrowed(mut self, scope: TicketScope) -> Self {
        self.also = Some(scope);
        self
    }
}

/// Whether an actor knows the inside of every ticket that they see.
pub fn knows_inside_everywhere(actor: &Actor) -> bool {
    Inside::of(actor) == Inside::Everywhere
}

/// A page with the names that it shows.
#[derive(Debug, Clone)]
pub struct Listed {
    pub page: Page<Ticket>,
    pub names: Names,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Exactly(i64),
    /// More than so many.
    MoreThan(i64),
}

/// Of how many of the tickets that an actor sees they know the desk's own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nowhere,
    /// Of some: a filter on such fields finds only these.
    Partly,
    Everywhere,
}

impl Inside {
    fn of(actor: &Actor) -> Self {
        let knows = |tenant| actor.reach(Verb::TicketSeeInternal, tenant) >= actor.reach(Verb::TicketSee, tenant);
        if actor.tickets(Verb::TicketSeeInternal).is_nothing() {
            Inside::Nowhere
        } else if actor.is_machine() || actor.grants.iter().all(|grant| knows(grant.tenant)) {
            Inside::Everywhere
        } else {
            Inside::Partly
        }
    }
}

/// Understands a filter. With `search`, an unknown `a:b` is text instead of a mistake.
///
/// # Errors
/// Invalid in field `q`, with each place that is wrong and what may have been meant.
pub fn prepare(rd: &mut Rd<'_>, desk: &Desk, actor: &Actor, text: &str, search: bool, now: Time) -> Result<Prepared> {
    let table = desk.fields(rd)?;
    let hidden = actor.hidden(Object::Ticket);
    let outer = table.visible(hidden.iter().copied().chain(INNER.iter().copied()));
    let inside = Inside::of(actor);
    let visible = if inside == Inside::Nowhere { outer.clone() } else { table.visible(hidden) };
    let parsed = if search { visible.parse_search(text) } else { visible.parse(text) };
    let query = parsed.map_err(|e| query::into_kernel("q", vec![e]))?;
    let refs = super::look_up(rd, actor, visible.references(&query))?;
    let mut context = Context::new(now, &actor.time_zone, &refs);
    if let Some(person) = actor.person {
        context = context.actor(person, &actor.who.teams);
    }
    let plan = visible.compile(&query, &context).map_err(|errors| query::into_kernel("q", errors))?;
    // A filter that only fields of everybody make needs no more than the right to see.
    let inner = (inside == Inside::Partly && outer.compile(&query, &context).is_err()).then(|| actor.tickets(Verb::TicketSeeInternal));
    Ok(Prepared { query, plan, scope: actor.tickets(Verb::TicketSee), inner, also: None })
}

fn base(prepared: &Prepared, rd: &Rd<'_>) -> SelectStatement {
    let mut select = Sql::select();
    select.from("ticket").cond_where(prepared.scope.condition()).cond_where(condition(&prepared.plan, "ticket", rd.dialect()));
    if let Some(inner) = &prepared.inner {
        select.cond_where(inner.condition());
    }
    if let Some(also) = &prepared.also {
        select.cond_where(also.condition());
    }
    select
}

/// One page of tickets.
///
/// # Errors
/// The database refuses or the deadline passes; invalid when the cursor is of another list.
pub fn page(rd: &mut Rd<'_>, prepared: &Prepared, request: &PageRequest) -> Result<Listed> {
    let limit = request.limit();
    let mut select = base(prepared, rd);
    select.columns(COLUMNS.iter().map(|c| ("ticket", *c))).column(("ticket", "activity"));
    turn(&mut select, &prepared.plan, request)?;
    let rows: Vec<Ticket> = rd.select(&select)?;
    let page = Page::of(rows, limit, |t| sort_values(&prepared.plan.sort, t));
    let mut wanted = Wanted::default();
    for t in &page.rows {
        wanted.person(t.requester).person(t.beneficiary).person(t.assignee).team(t.team).service(t.service).organisation(t.organisation);
    }
    let names = wanted.load(rd)?;
    Ok(Listed { page, names })
}

/// The ids of one page: for "next ticket".
///
/// # Errors
/// As [`page`].
pub fn ids(rd: &mut Rd<'_>, prepared: &Prepared, limit: u32) -> Result<Vec<TicketId>> {
    let mut select = base(prepared, rd);
    select.column(("ticket", "id")).limit(u64::from(limit));
    order(&mut select, &prepared.plan, "ticket");
    rd.select(&select)
}

/// How many tickets there are, exactly up to [`EXACTLY`].
///
/// # Errors
/// The database refuses or the deadline passes.
pub fn count(rd: &mut Rd<'_>, prepared: &Prepared) -> Result<Count> {
    let mut inner = base(prepared, rd);
    inner.expr(Expr::cust("1")).limit((EXACTLY + 1).unsigned_abs());
    let outer = Sql::select().expr(Expr::cust("COUNT(*)")).from_subquery(inner, "counted").to_owned();
    let n = scalar::<i64>(rd, &outer)?;
    Ok(if n > EXACTLY { Count::MoreThan(EXACTLY) } else { Count::Exactly(n) })
}

fn scalar<R: Row>(rd: &mut Rd<'_>, select: &SelectStatement) -> Result<R> {
    rd.select::<R>(select)?.pop().ok_or_else(|| Error::internal("a count without a row"))
}

fn turn(select: &mut SelectStatement, plan: &Plan, request: &PageRequest) -> Result<()> {
    if let Some(values) = request.after::<Vec<SortValue>>()? {
        select.cond_where(after(plan, "ticket", &values)?);
    }
    order(select, plan, "ticket");
    select.limit(request.limit().unsigned_abs() + 1);
    Ok(())
}

/// The values of the sort columns of a row.
fn sort_values(sort: &[SortKey], t: &Ticket) -> Vec<SortValue> {
    sort.iter()
        .map(|key| {
            SortValue::Int(match key.column.as_ref() {
                "title_key" => return SortValue::Text(kernel::fold(&t.title)),
                "impact" => t.impact,
                "urgency" => t.urgency,
                "priority" => t.priority,
                "line" => t.line,
                "created_at" => t.created_at.0,
                "updated_at" => t.updated_at.0,
                "last_customer_at" => t.last_customer_at.0,
                "next_due_at" => t.next_due_at.0,
                "team_count" => t.team_count,
                "handover_count" => t.handover_count,
                "reopen_count" => t.reopen_count,
                "reopen_closed_count" => t.reopen_closed_count,
                _ => t.id.raw(),
            })
        })
        .collect()
}
