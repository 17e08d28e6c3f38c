//! A reply on its way: held for some seconds in which it can be taken back, or until a chosen time.

use axum::response::{IntoResponse as _, Redirect, Response};
use i18n::{Arg, T};
use jiff::civil::DateTime;
use kernel::{Error, TicketId, Time};
use serde::{Deserialize, Serialize};
use ticket::MessageKind;
use ticket::actions::draft::Kept;
use ticket::actions::hold;
use ui::After;
use web_kit::{Path, Result, local_path};

use super::problem::{Form, Refusal};
use super::{refused, to_changed};
use crate::web::{Agent, Fields};
use crate::words::When;

/// What became of what was sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Done {
    Sent(i64),
    Held(String),
}

/// A message that waits, as the page shows it to its writer.
pub struct Held {
    pub place: String,
    pub html: String,
    pub files: String,
    pub due: When,
}

impl Held {
    pub fn of(t: &T, now: Time, kept: &Kept) -> Self {
        Self {
            place: kept.draft.place.clone(),
            html: ui::markdown(&kept.draft.body),
            files: kept.uploads.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", "),
            due: When::new(t, kept.draft.send_at.unwrap_or(now), now),
        }
    }
}

/// When a message is sent: none for at once. Only what its requester reads waits by itself.
pub(super) fn until(agent: &Agent, fields: &Fields, kind: MessageKind) -> kernel::Result<Option<Time>> {
    if fields.is_set("later") {
        let wrong = || Error::invalid("send_at", "error-send-at");
        let local: DateTime = fields.text("send_at").parse().map_err(|_| wrong())?;
        let at = local.to_zoned(agent.viewer.t.zone().clone()).map_err(|_| wrong())?;
        return Ok(Some(Time(at.timestamp().as_microsecond())));
    }
    let seconds = i64::from(agent.viewer.look.undo);
    Ok((kind == MessageKind::Reply && seconds > 0).then(|| agent.now().plus(seconds * Time::SECOND)))
}

/// Where one goes after sending, as one prefers; the page there says what became of it.
pub(super) fn after(agent: &Agent, id: TicketId, done: &Done, fields: &Fields) -> Response {
    let (query, anchor) = match done {
        Done::Sent(message) => ("done=sent".to_owned(), format!("#m-{message}")),
        Done::Held(place) => (format!("done=held&held={place}"), "#held".to_owned()),
    };
    let here = format!("/desk/tickets/{id}");
    let wanted = match agent.viewer.look.after {
        After::Stay => "",
        After::Next => fields.text("next"),
        After::List => fields.text("list"),
    };
    let to = local_path(wanted);
    if wanted.is_empty() || !to.starts_with("/desk/tickets") || to == here {
        return Redirect::to(&format!("{here}?{query}{anchor}")).into_response();
    }
    let sign = if to.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{to}{sign}{query}&of={id}")).into_response()
}

/// What a page says of a message that was held, and the form that takes it back.
pub fn flash(t: &T, place: &str, seconds: u8) -> Option<ui::Flash> {
    let ticket = place.strip_prefix("held-")?.split('-').next()?;
    let undo = Some(format!("/desk/tickets/{ticket}/held/{place}/back"));
    let text = if seconds == 0 {
        t.msg("console-held-later").into_owned()
    } else {
        t.with("console-held-soon", &[("seconds", Arg::Count(i64::from(seconds)))])
    };
    Some(ui::Flash { kind: "ok", text, undo })
}

/// `POST /desk/tickets/{number}/held/{place}/back`
pub async fn back(agent: Agent, Path((id, place)): Path<(TicketId, String)>) -> Result {
    let done = agent.act("ticket.held_back", None, move |tx, frame| hold::take_back(tx, frame, &place).map(|ticket| ticket.raw())).await;
    match done {
        Ok(ticket) => Ok(Redirect::to(&format!("/desk/tickets/{ticket}?done=unsent#composer")).into_response()),
        Err(error) => late(&agent, id, error).await,
    }
}

/// `POST /desk/tickets/{number}/held/{place}/send`
pub async fn send(agent: Agent, Path((id, place)): Path<(TicketId, String)>) -> Result {
    let done =
        agent.act("ticket.held_send", None, move |tx, frame| hold::send_now(tx, frame, &place).map(|(ticket, _)| ticket.raw())).await;
    match done {
        Ok(_) => Ok(to_changed(id, "sent")),
        Err(error) => late(&agent, id, error).await,
    }
}

async fn late(agent: &Agent, id: TicketId, error: Error) -> Result {
    refused(agent, id, Refusal { form: Form::Around, error, typed: Fields::default(), uploads: Vec::new() }).await
}
