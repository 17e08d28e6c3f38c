//! The ticket row.

use std::collections::BTreeSet;

use access::TicketScope;
use db::{Rd, Tx, params, sql};
use kernel::{Error, OrganisationId, Result, TicketId, Time};
use sea_query::{Expr, ExprTrait, Query};

use crate::Ticket;

/// The columns of [`Ticket`], in its order.
pub const COLUMNS: [&str; 45] = [
    "id",
    "tenant_id",
    "kind",
    "title",
    "state",
    "category",
    "impact",
    "urgency",
    "priority",
    "requester_id",
    "beneficiary_id",
    "organisation_id",
    "location_id",
    "service_id",
    "line",
    "owner_team_id",
    "team_id",
    "assignee_id",
    "channel",
    "parent_id",
    "resolution_code",
    "resolution_text_id",
    "created_by",
    "created_at",
    "updated_at",
    "last_customer_at",
    "last_public_at",
    "resolved_at",
    "closed_at",
    "close_due_at",
    "next_due_at",
    "reopen_count",
    "reopen_closed_count",
    "handover_count",
    "team_count",
    "incomplete",
    "confidential",
    "trashed",
    "batch_id",
    "version",
    "activity",
    "spoken",
    "csat",
    "csat_analyst",
    "spent",
];

/// A ticket that the scope lets through.
///
/// # Errors
/// Not found when it does not exist or may not be seen: the same answer.
pub fn visible(rd: &mut Rd<'_>, scope: &TicketScope, id: TicketId) -> Result<Ticket> {
    let query = Query::select()
        .columns(COLUMNS.iter().map(|c| ("ticket", *c)))
        .from("ticket")
        .and_where(Expr::col(("ticket", "id")).eq(id.raw()))
        .cond_where(scope.condition())
        .to_owned();
    rd.select::<Ticket>(&query)?.pop().ok_or_else(Error::not_found)
}

/// A ticket by its id, without a scope: for the desk itself (jobs, imports, cascades).
///
/// # Errors
/// Not found when it does not exist.
pub fn by_id(rd: &mut Rd<'_>, id: TicketId) -> Result<Ticket> {
    rd.one(
        sql!(
            Ticket,
            "SELECT id, tenant_id, kind, title, state, category, impact, urgency, priority, requester_id, beneficiary_id, \
             organisation_id, location_id, service_id, line, owner_team_id, team_id, assignee_id, channel, parent_id, \
             resolution_code, resolution_text_id, created_by, created_at, updated_at, last_customer_at, last_public_at, \
             resolved_at, closed_at, close_due_at, next_due_at, reopen_count, reopen_closed_count, handover_count, team_count, \
             incomplete, confidential, trashed, batch_id, version, activity, spoken, csat, csat_analyst, spent FROM ticket WHERE id = $1"
        ),
        &params![id],
    )
}

/// The highest number given: about how many there are.
///
/// # Errors
/// The database refuses.
pub fn newest(rd: &mut Rd<'_>) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COALESCE(MAX(id), 0) FROM ticket"), &[])
}

/// Writes a new row.
///
/// # Errors
/// The database refuses: a reference that does not exist.
pub fn insert(tx: &mut Tx<'_>, t: &Ticket) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ticket (id, tenant_id, kind, title, title_key, state, category, open, impact, urgency, priority, requester_id, \
             beneficiary_id, organisation_id, location_id, service_id, line, owner_team_id, team_id, assignee_id, channel, parent_id, \
             resolution_code, resolution_text_id, created_by, created_at, updated_at, last_customer_at, last_public_at, resolved_at, \
             closed_at, close_due_at, next_due_at, reopen_count, reopen_closed_count, handover_count, team_count, incomplete, \
             confidential, batch_id, version, activity, spoken, csat, csat_analyst, spent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, \
             $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46)"
        ),
        &params![
            t.id,
            t.tenant,
            &t.kind,
            &t.title,
            kernel::fold(&t.title),
            &t.state,
            t.category,
            t.is_open(),
            t.impact,
            t.urgency,
            t.priority,
            t.requester,
            t.beneficiary,
            t.organisation,
            t.location,
            t.service,
            t.line,
            t.owner_team,
            t.team,
            t.assignee,
            t.channel,
            t.parent,
            &t.resolution_code,
            t.resolution_text,
            t.created_by,
            t.created_at,
            t.updated_at,
            t.last_customer_at,
            t.last_public_at,
            t.resolved_at,
            t.closed_at,
            t.close_due_at,
            t.next_due_at,
            t.reopen_count,
            t.reopen_closed_count,
            t.handover_count,
            t.team_count,
            t.incomplete,
            t.confidential,
            t.batch,
            t.version,
            t.activity,
            t.spoken,
            t.csat,
            t.csat_analyst,
            t.spent
        ],
    )?;
    Ok(())
}

/// Writes the properties of a ticket over what was read.
///
/// # Errors
/// Conflict when it has another version by now.
pub fn update(tx: &mut Tx<'_>, before: &Ticket, t: &Ticket) -> Result<()> {
    let changed = if placed(before) == placed(t) { rewrite(tx, t, before.version)? } else { replace(tx, t, before.version)? };
    if changed == 1 { Ok(()) } else { Err(Error::conflict("error-concurrent").retry_after(1)) }
}

/// What has an index or refers to another row: SQLite writes those indexes whether it differs or not.
fn placed(t: &Ticket) -> impl PartialEq {
    (
        (t.kind.clone(), t.state.clone(), t.category, t.priority, t.requester, t.beneficiary, t.organisation, t.location),
        (t.service, t.line, t.owner_team, t.team, t.assignee, t.parent, t.close_due_at, t.next_due_at, t.confidential),
    )
}

/// Writes all but what [`placed`] names.
fn rewrite(tx: &mut Tx<'_>, t: &Ticket, version: i64) -> Result<u64> {
    tx.exec(
        sql!(
            "UPDATE ticket SET title = $3, title_key = $4, impact = $5, urgency = $6, resolution_code = $7, resolution_text_id = $8, \
             updated_at = $9, resolved_at = $10, closed_at = $11, reopen_count = $12, reopen_closed_count = $13, handover_count = $14, \
             team_count = $15, incomplete = $16, version = $17, activity = $18 WHERE id = $1 AND version = $2"
        ),
        &params![
            t.id,
            version,
            &t.title,
            kernel::fold(&t.title),
            t.impact,
            t.urgency,
            &t.resolution_code,
            t.resolution_text,
            t.updated_at,
            t.resolved_at,
            t.closed_at,
            t.reopen_count,
            t.reopen_closed_count,
            t.handover_count,
            t.team_count,
            t.incomplete,
            t.version,
            t.activity
        ],
    )
}

/// Writes everything.
fn replace(tx: &mut Tx<'_>, t: &Ticket, version: i64) -> Result<u64> {
    tx.exec(
        sql!(
            "UPDATE ticket SET kind = $3, title = $4, title_key = $5, state = $6, category = $7, open = $8, impact = $9, urgency = $10, \
             priority = $11, requester_id = $12, beneficiary_id = $13, organisation_id = $14, location_id = $15, service_id = $16, \
             line = $17, owner_team_id = $18, team_id = $19, assignee_id = $20, parent_id = $21, resolution_code = $22, \
             resolution_text_id = $23, updated_at = $24, resolved_at = $25, closed_at = $26, close_due_at = $27, next_due_at = $28, \
             reopen_count = $29, reopen_closed_count = $30, handover_count = $31, team_count = $32, incomplete = $33, \
             confidential = $34, version = $35, activity = $36 WHERE id = $1 AND version = $2"
        ),
        &params![
            t.id,
            version,
            &t.kind,
            &t.title,
            kernel::fold(&t.title),
            &t.state,
            t.category,
            t.is_open(),
            t.impact,
            t.urgency,
            t.priority,
            t.requester,
            t.beneficiary,
            t.organisation,
            t.location,
            t.service,
            t.line,
            t.owner_team,
            t.team,
            t.assignee,
            t.parent,
            &t.resolution_code,
            t.resolution_text,
            t.updated_at,
            t.resolved_at,
            t.closed_at,
            t.close_due_at,
            t.next_due_at,
            t.reopen_count,
            t.reopen_closed_count,
            t.handover_count,
            t.team_count,
            t.incomplete,
            t.confidential,
            t.version,
            t.activity
        ],
    )
}

/// Something happened to a ticket that is no property: its activity rises, its times move.
///
/// # Errors
/// The database refuses.
pub fn touch(tx: &mut Tx<'_>, id: TicketId, at: Time, public: bool, from_customer: bool) -> Result<()> {
    // SQLite writes the indexes of a column that is named, whether it differs or not.
    let touched = if from_customer {
        sql!(
            "UPDATE ticket SET activity = activity + 1, spoken = CASE WHEN $3 = 1 THEN activity + 1 ELSE spoken END, \
             updated_at = CASE WHEN updated_at < $2 THEN $2 ELSE updated_at END, \
             last_public_at = CASE WHEN $3 = 1 AND last_public_at < $2 THEN $2 ELSE last_public_at END, \
             last_customer_at = CASE WHEN last_customer_at < $2 THEN $2 ELSE last_customer_at END WHERE id = $1"
        )
    } else {
        sql!(
            "UPDATE ticket SET activity = activity + 1, spoken = CASE WHEN $3 = 1 THEN activity + 1 ELSE spoken END, \
             updated_at = CASE WHEN updated_at < $2 THEN $2 ELSE updated_at END, \
             last_public_at = CASE WHEN $3 = 1 AND last_public_at < $2 THEN $2 ELSE last_public_at END WHERE id = $1"
        )
    };
    tx.exec(touched, &params![id, at, public])?;
    Ok(())
}

/// People spent more minutes on a ticket, or less than was said.
///
/// # Errors
/// The database refuses.
pub fn spend(tx: &mut Tx<'_>, id: TicketId, more: i64) -> Result<()> {
    tx.exec(sql!("UPDATE ticket SET spent = spent + $2 WHERE id = $1"), &params![id, more])?;
    Ok(())
}

/// The requester wrote to a solved ticket: it waits longer before it closes by itself.
///
/// # Errors
/// The database refuses.
pub fn push_closing(tx: &mut Tx<'_>, id: TicketId, to: Time) -> Result<()> {
    tx.exec(sql!("UPDATE ticket SET close_due_at = $2 WHERE id = $1 AND category = 'resolved'"), &params![id, to])?;
    Ok(())
}

/// The children of a ticket that the scope lets through, open and not.
///
/// # Errors
/// The database refuses.
pub fn children(rd: &mut Rd<'_>, scope: &TicketScope, parent: TicketId, limit: u64) -> Result<Vec<TicketId>> {
    let query = Query::select()
        .column(("ticket", "id"))
        .from("ticket")
        .and_where(Expr::col(("ticket", "parent_id")).eq(parent.raw()))
        .cond_where(scope.condition())
        .order_by(("ticket", "id"), sea_query::Order::Asc)
        .limit(limit)
        .to_owned();
    rd.select(&query)
}

/// All children of a ticket, without a scope: for the desk itself.
///
/// # Errors
/// The database refuses.
pub fn all_children(rd: &mut Rd<'_>, parent: TicketId, limit: i64) -> Result<Vec<TicketId>> {
    rd.all(sql!(TicketId, "SELECT id FROM ticket WHERE parent_id = $1 ORDER BY id LIMIT $2"), &params![parent, limit])
}

/// Those of these tickets that the scope lets through.
///
/// # Errors
/// The database refuses.
pub fn visible_of(rd: &mut Rd<'_>, scope: &TicketScope, ids: &BTreeSet<TicketId>) -> Result<BTreeSet<TicketId>> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let query = Query::select()
        .column(("ticket", "id"))
        .from("ticket")
        .and_where(Expr::col(("ticket", "id")).is_in(ids.iter().map(|id| id.raw())))
        .cond_where(scope.condition())
        .to_owned();
    Ok(rd.select::<TicketId>(&query)?.into_iter().collect())
}

/// The chain of parents above a ticket, nearest first; ends after twenty.
///
/// # Errors
/// The database refuses.
pub fn ancestors(rd: &mut Rd<'_>, id: TicketId) -> Result<Vec<TicketId>> {
    let mut chain = Vec::new();
    let mut at = id;
    while chain.len() < 20 {
        let parent = rd.first(sql!((Option<TicketId>,), "SELECT parent_id FROM ticket WHERE id = $1"), &params![at])?;
        match parent.and_then(|p| p.0) {
            Some(parent) => {
                chain.push(parent);
                at = parent;
            }
            None => break,
        }
    }
    Ok(chain)
}

/// How many tickets a tenant has: for the demo switch and health.
///
/// # Errors
/// The database refuses.
pub fn count(rd: &mut Rd<'_>, tenant: OrganisationId) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COUNT(*) FROM ticket WHERE tenant_id = $1"), &params![tenant])
}
