//! Taking back one's own change.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use kernel::TicketId;
use serde::Deserialize;
use ticket::actions::undo as action;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::confirm::StateOut;
use super::{DeskRef, asker};

/// What to take back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoIn {
    /// The event of the change, as the timeline names it; without it the newest of one's own.
    #[serde(default)]
    #[schema(example = 5120)]
    event: Option<i64>,
}

/// Takes back what one changed oneself: within ten minutes, while nobody has changed the same fields again.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/undo", tag = "tickets", operation_id = "undoChange", request_body = UndoIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = StateOut)))]
pub async fn undo(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<UndoIn>,
) -> Result<axum::Json<StateOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.undo");
    let event = posted.body.event;
    let out = serve::act(&app, &viewer, &desk, "ticket.undo", key, move |tx, frame| {
        let event = match event {
            Some(event) => event,
            None => action::newest(tx, frame, id)?,
        };
        action::undo(tx, frame, id, event).map(|t| StateOut { state: t.state, version: t.version })
    })
    .await?;
    Ok(axum::Json(out))
}
