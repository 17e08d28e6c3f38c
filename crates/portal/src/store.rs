//! What the cards of a list show beside the tickets.

use std::collections::HashMap;

use db::Rd;
use kernel::{PersonId, Result, TicketId};
use sea_query::{Expr, ExprTrait, Query};

/// Letters of a message that are read for one line of a card.
const LETTERS: i64 = 400;

/// Who wrote last for the requester to read, and how it begins.
#[derive(Debug, Clone)]
pub struct Last {
    pub author: Option<PersonId>,
    pub text: String,
}

/// The newest public message of each ticket. The caller has asked for the right to see them.
///
/// # Errors
/// The database refuses.
pub fn last_messages(rd: &mut Rd<'_>, tickets: &[TicketId]) -> Result<HashMap<TicketId, Last>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let mut inner = Query::select();
    inner
        .column(("p", "ticket_id"))
        .column(("m", "author_id"))
        .expr_as(Expr::cust(format!("COALESCE(substr(b.body, 1, {LETTERS}), '')")), "words")
        .expr_as(Expr::cust("ROW_NUMBER() OVER (PARTITION BY p.ticket_id ORDER BY m.occurred_at DESC, m.id DESC)"), "place")
        .from_as("placement", "p")
        .join_as(sea_query::JoinType::InnerJoin, "message", "m", Expr::col(("m", "id")).equals(("p", "message_id")))
        .join_as(sea_query::JoinType::LeftJoin, "message_body", "b", Expr::col(("b", "message_id")).equals(("m", "id")))
        .and_where(Expr::col(("m", "public")).eq(1_i64))
        .and_where(Expr::col(("p", "desk")).eq(0_i64))
        .and_where(Expr::col(("p", "ticket_id")).is_in(tickets.iter().map(|id| id.raw())));
    let outer = Query::select()
        .columns(["ticket_id", "author_id", "words"])
        .from_subquery(inner, "ranked")
        .and_where(Expr::col("place").eq(1_i64))
        .to_owned();
    let rows: Vec<(TicketId, Option<PersonId>, String)> = rd.select(&outer)?;
    Ok(rows.into_iter().map(|(id, author, text)| (id, Last { author, text })).collect())
}
