//! `POST /desk/tickets/{number}/unread`: the reader wants to come back to it.

use axum::response::{IntoResponse as _, Redirect};
use kernel::TicketId;
use ticket::actions;
use web_kit::{Path, Result};

use crate::web::Agent;

/// Back to the lists: the page of the ticket would mark it as read again.
pub async fn unread(agent: Agent, Path(id): Path<TicketId>) -> Result {
    agent.act("ticket.unsee", None, move |tx, frame| actions::see::unsee(tx, frame, id)).await?;
    Ok(Redirect::to("/desk/tickets").into_response())
}
