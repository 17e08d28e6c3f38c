//! `/desk/tickets/{number}/still?v=&q=`: whether a ticket is still in the list that one walks through.

use axum::response::{IntoResponse as _, Response};
use kernel::TicketId;
use serde_json::json;
use ticket::{list, serve};
use web_kit::{Path, Query, Result};

use crate::views;
use crate::web::Agent;
use crate::web::agent::SearchRef;
use crate::web::list::Ask;

/// A list by the full text, or one that is not understood any more, says nothing of the ticket.
pub async fn still(agent: Agent, SearchRef(search): SearchRef, Path(id): Path<TicketId>, Query(ask): Query<Ask>) -> Result<Response> {
    let found = agent.read("ticket.still", move |rd, frame| {
        serve::see(rd, frame, id)?;
        let views = views::usable(rd, frame)?;
        let (_, text) = ask.filter(&views);
        let Ok(prepared) = list::prepare(rd, frame.desk, frame.actor, &text, ask.q.is_some(), frame.act.now) else { return Ok(true) };
        if search::list::answers(&search, &prepared) {
            return Ok(true);
        }
        list::contains(rd, &prepared, id)
    });
    Ok(axum::Json(json!({"there": found.await?})).into_response())
}
