//! `POST /requests/{id}/cancel`: the requester no longer needs it.

use kernel::{Error, ErrorKind, FieldError, Result, TicketId};
use serde::Deserialize;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};
use ticket::{Frame, MessageKind, serve};
use web_kit::{Form, Path};

use super::comes_back;
use super::request::{Forms, again, back};
use crate::guest::Guest;
use crate::rights;

/// What the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    /// Why; may be empty.
    #[serde(default)]
    reason: String,
}

/// # Errors
/// What cannot be told on the page.
pub async fn send(guest: Guest, Path(id): Path<TicketId>, Form(typed): Form<Typed>) -> web_kit::Result {
    let reason = typed.reason.clone();
    let done = guest.act("portal.cancel", None, move |tx, frame| cancel(tx, frame, id, &reason)).await;
    match done {
        Ok(()) => Ok(back(id, "cancelled")),
        Err(error) if comes_back(&error) => {
            // When it can no longer be cancelled there is no field for the reason: the words stand where one answers.
            let body = if error.kind() == ErrorKind::Conflict { typed.reason.clone() } else { String::new() };
            again(&guest, id, renamed(error), Forms { reason: typed.reason, body, ..Forms::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The field of the action as the form calls it.
fn renamed(error: Error) -> Error {
    match error.fields() {
        [wrong] if wrong.field == "body" => {
            let field = FieldError { field: "reason".into(), code: wrong.code, args: wrong.args.clone() };
            Error::of_fields(vec![field]).err().unwrap_or(error)
        }
        _ => error,
    }
}

fn cancel(tx: &mut db::Tx<'_>, frame: Frame<'_>, id: TicketId, reason: &str) -> Result<()> {
    let seen = serve::see(tx, frame, id)?;
    let catalogue = frame.desk.catalogue(tx)?;
    let state = rights::of(tx, frame, &seen, catalogue.kind_of(&seen.ticket)?)?.cancel;
    let state = state.ok_or_else(|| Error::conflict("error-portal-cancel"))?;
    let patch = Patch { state: Some(state), ..Patch::default() };
    if reason.trim().is_empty() {
        change(tx, frame, id, Base::Latest, &patch)?;
    } else {
        post(tx, frame, id, &Post { with: patch, ..Post::new(MessageKind::Reply, reason) })?;
    }
    Ok(())
}
