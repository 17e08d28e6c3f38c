//! `POST /desk/tickets/{number}/undo/{event}`: takes back what the reader did a moment ago.

use kernel::TicketId;
use ticket::actions;
use web_kit::{Path, Result};

use super::problem::{Form, Refusal};
use super::{refused, to_changed};
use crate::web::{Agent, Fields};

pub async fn undo(agent: Agent, Path((id, event)): Path<(TicketId, i64)>) -> Result {
    let done = agent.act("ticket.undo", None, move |tx, frame| actions::undo::undo(tx, frame, id, event).map(|_| ())).await;
    match done {
        Ok(()) => Ok(to_changed(id, "undone")),
        Err(error) => {
            let typed = Fields::default();
            refused(&agent, id, Refusal { form: Form::Around, error, typed, uploads: Vec::new() }).await
        }
    }
}
