//! What is in the trash.

use access::TicketScope;
use db::{Rd, Tx, params, sql};
use kernel::{Error, Page, PageRequest, Result, TicketId, Time};
use sea_query::{Cond, Expr, ExprTrait, Order, Query};

use super::ticket::COLUMNS;
use crate::Ticket;

/// Since when a ticket is in the trash, and who moved it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The person; 0 for the desk itself.
    pub by: i64,
    pub at: Time,
}

/// Moves a ticket to the trash.
///
/// # Errors
/// Conflict when it has another version by now.
pub fn put(tx: &mut Tx<'_>, ticket: &Ticket, by: i64, at: Time) -> Result<()> {
    flag(tx, ticket, true)?;
    tx.exec(sql!("INSERT INTO ticket_trash (ticket_id, by_id, at) VALUES ($1, $2, $3)"), &params![ticket.id, by, at])?;
    Ok(())
}

/// Brings a ticket back.
///
/// # Errors
/// Conflict when it has another version by now.
pub fn take(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<()> {
    flag(tx, ticket, false)?;
    tx.exec(sql!("DELETE FROM ticket_trash WHERE ticket_id = $1"), &params![ticket.id])?;
    Ok(())
}

fn flag(tx: &mut Tx<'_>, ticket: &Ticket, to: bool) -> Result<()> {
    let changed = tx.exec(
        sql!(
            "UPDATE ticket SET trashed = $3, version = version + 1, activity = activity + 1 \
             WHERE id = $1 AND version = $2 AND trashed <> $3"
        ),
        &params![ticket.id, ticket.version, to],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::conflict("error-concurrent").retry_after(1)) }
}

/// Since when a ticket is there; nothing when it is not.
///
/// # Errors
/// The database refuses.
pub fn since(rd: &mut Rd<'_>, id: TicketId) -> Result<Option<Since>> {
    let found = rd.first(sql!((i64, Time), "SELECT by_id, at FROM ticket_trash WHERE ticket_id = $1"), &params![id])?;
    Ok(found.map(|(by, at)| Since { by, at }))
}

/// One page of what the scopes reach in the trash, the newest first.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn page(rd: &mut Rd<'_>, scopes: &[TicketScope], request: &PageRequest) -> Result<Page<(Ticket, Since)>> {
    let mut select = Query::select();
    select
        .columns([("ticket_trash", "ticket_id"), ("ticket_trash", "by_id"), ("ticket_trash", "at")])
        .from("ticket_trash")
        .inner_join("ticket", Expr::col(("ticket", "id")).equals(("ticket_trash", "ticket_id")))
        .order_by(("ticket_trash", "at"), Order::Desc)
        .order_by(("ticket_trash", "ticket_id"), Order::Desc)
        .limit(u64::try_from(request.limit() + 1).unwrap_or(1));
    for scope in scopes {
        select.cond_where(scope.test(rd.dialect()));
    }
    if let Some((at, id)) = request.after::<(i64, i64)>()? {
        let at_col = || Expr::col(("ticket_trash", "at"));
        let same = Cond::all().add(at_col().eq(at)).add(Expr::col(("ticket_trash", "ticket_id")).lt(id));
        select.cond_where(Cond::any().add(at_col().lt(at)).add(same));
    }
    let found: Vec<(TicketId, i64, Time)> = rd.select(&select)?;
    let page = Page::of(found, request.limit(), |(id, _, at)| (at.0, id.raw()));
    let mut rows = Vec::with_capacity(page.rows.len());
    for (id, by, at) in page.rows {
        rows.push((row(rd, id)?, Since { by, at }));
    }
    Ok(Page { rows, next: page.next })
}

fn row(rd: &mut Rd<'_>, id: TicketId) -> Result<Ticket> {
    let select = Query::select()
        .columns(COLUMNS.iter().map(|c| ("ticket", *c)))
        .from("ticket")
        .and_where(Expr::col(("ticket", "id")).eq(id.raw()))
        .to_owned();
    rd.select::<Ticket>(&select)?.pop().ok_or_else(Error::not_found)
}

/// What was moved there before a moment, the oldest first, after one of them.
///
/// # Errors
/// The database refuses.
pub fn due(rd: &mut Rd<'_>, before: Time, after: Option<(Time, TicketId)>, limit: i64) -> Result<Vec<(Time, TicketId)>> {
    let (at, id) = after.unwrap_or((Time(i64::MIN), TicketId::new(0)));
    rd.all(
        sql!(
            (Time, TicketId),
            "SELECT at, ticket_id FROM ticket_trash WHERE at <= $1 AND (at, ticket_id) > ($2, $3) ORDER BY at, ticket_id LIMIT $4"
        ),
        &params![before, at, id, limit],
    )
}
