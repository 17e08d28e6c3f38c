//! Running a filter.

use access::{Actor, Object, TicketScope, Verb};
use db::plan::{SortValue, after, condition_with, order};
use db::{Rd, Row};
use kernel::{Error, Page, PageRequest, Result, TicketId, Time};
use party::{Names, Wanted};
use query::{Context, Node, Plan, Query, Scalar, SortKey, Source, Test};
use sea_query::{Expr, ExprTrait, Query as Sql, SelectStatement};

use crate::fields::INNER;
use crate::store::ticket::COLUMNS;
use crate::{Category, Desk, Ticket};

/// Rows counted exactly at most.
pub const EXACTLY: i64 = 1000;

/// A filter that is understood, for one actor.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub query: Query,
    pub plan: Plan,
    pub(super) scope: TicketScope,
    /// Where the desk's own fields may be asked for, when the filter asks for some.
    pub(super) inner: Option<TicketScope>,
    /// A further verb must reach the rows.
    pub(super) also: Option<TicketScope>,
    /// Set by [`prepare`]; each finds the same.
    pub drive: Drive,
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

/// By which index a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drive {
    /// That of its order, testing each row until the page is full: where much is reached.
    Order,
    /// Those of what the actor reaches, sorting it: where that is little.
    Reach,
}

/// Tables with few rows for each person or team that is asked for.
const NARROW: [&str; 2] = ["ticket_person", "ticket_team"];

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
    let catalogue = desk.catalogue(rd)?;
    let mut hidden: Vec<String> = actor.hidden(Object::Ticket).into_iter().map(str::to_owned).collect();
    hidden.extend(crate::fields::closed(&catalogue, actor));
    let inner = INNER.iter().map(|field| (*field).to_owned()).chain(crate::fields::inner(&catalogue));
    let outer = table.visible(hidden.iter().cloned().chain(inner));
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
    let scope = actor.tickets(Verb::TicketSee);
    let drive = desk.drive(rd, actor, &scope, now)?;
    Ok(Prepared { query, plan, scope, inner, also: None, drive })
}

fn base(prepared: &Prepared, rd: &Rd<'_>) -> SelectStatement {
    let mut select = Sql::select();
    select.from("ticket").cond_where(prepared.scope.test(rd.dialect()));
    if prepared.drive == Drive::Reach
        && let Some(candidates) = prepared.scope.candidates()
    {
        select.and_where(Expr::col(("ticket", "id")).in_subquery(candidates));
    }
    if is_open(&prepared.plan.filter) && !prepared.plan.requires("open", 1) {
        select.and_where(Expr::col(("ticket", "open")).eq(Expr::cust("1")));
    }
    select.cond_where(condition_with(&prepared.plan, "ticket", rd.dialect(), &NARROW));
    if let Some(inner) = &prepared.inner {
        select.cond_where(inner.test(rd.dialect()));
    }
    if let Some(also) = &prepared.also {
        select.cond_where(also.test(rd.dialect()));
    }
    select
}

/// Whether a filter on categories finds only open tickets, which the indexes of live work then serve.
pub(super) fn is_open(filter: &Node) -> bool {
    match filter {
        Node::All(of) => of.iter().any(is_open),
        Node::Test(Source::Column(column), Test::In(values)) if column == "category" => values.iter().all(|value| match value {
            Scalar::Text(key) => Category::from_key(key).is_some_and(Category::is_open),
            Scalar::Int(_) => false,
        }),
        _ => false,
    }
}

/// How many candidates a list is driven by at most among so many tickets. Reading and sorting `k` of
/// them costs as much as walking an order in which every `tickets / k`-th row is seen, until a page of 51
/// is full, when `k` is the root of their product.
pub(crate) fn drive_limit(tickets: i64) -> i64 {
    tickets.saturating_mul(51).isqrt()
}

/// The cheaper way for a scope.
pub(crate) fn cheaper(rd: &mut Rd<'_>, scope: &TicketScope) -> Result<Drive> {
    let Some(mut candidates) = scope.candidates() else { return Ok(Drive::Order) };
    let limit = drive_limit(crate::store::ticket::newest(rd)?);
    candidates.limit(limit.unsigned_abs() + 1);
    let outer = Sql::select().expr(Expr::cust("COUNT(*)")).from_subquery(candidates, "reached").to_owned();
    Ok(if scalar::<i64>(rd, &outer)? > limit { Drive::Order } else { Drive::Reach })
}

/// One page of tickets.
///
/// # Errors
/// The database refuses or the deadline passes; invalid when the cursor is of another list.
pub fn page(rd: &mut Rd<'_>, prepared: &Prepared, request: &PageRequest) -> Result<Listed> {
    let limit = request.limit();
    let mut select = base(prepared, rd);
    select.columns(COLUMNS.iter().map(|c| ("ticket", *c)));
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

/// Whether a ticket is in the list.
///
/// # Errors
/// As [`page`].
pub fn contains(rd: &mut Rd<'_>, prepared: &Prepared, id: TicketId) -> Result<bool> {
    let mut select = base(prepared, rd);
    select.column(("ticket", "id")).and_where(Expr::col(("ticket", "id")).eq(id.raw())).limit(1);
    Ok(!rd.select::<TicketId>(&select)?.is_empty())
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
