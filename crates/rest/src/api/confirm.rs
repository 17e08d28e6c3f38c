//! The requester's word on a solved ticket.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use kernel::TicketId;
use serde::{Deserialize, Serialize};
use ticket::actions::confirm as action;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};

/// Nothing needs to be said.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmIn {}

/// What is still wrong.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenIn {
    #[serde(default)]
    #[schema(example = "It happened again this morning", max_length = 200000)]
    reason: String,
}

/// Where it stands now.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StateOut {
    #[schema(example = "closed")]
    pub state: String,
    pub version: i64,
}

/// It is fixed: the ticket closes.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/confirm", tag = "tickets", operation_id = "confirmTicket", request_body = ConfirmIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = StateOut)))]
pub async fn confirm(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<ConfirmIn>,
) -> Result<axum::Json<StateOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.confirm");
    let out = serve::act(&app, &viewer, &desk, "ticket.confirm", key, move |tx, frame| {
        action::confirm(tx, frame, id).map(|t| StateOut { state: t.state, version: t.version })
    })
    .await?;
    Ok(axum::Json(out))
}

/// It is still broken: the ticket is open again.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/reopen", tag = "tickets", operation_id = "reopenTicket", request_body = ReopenIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = StateOut)))]
pub async fn reopen(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<ReopenIn>,
) -> Result<axum::Json<StateOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.reopen");
    let reason = posted.body.reason;
    let out = serve::act(&app, &viewer, &desk, "ticket.reopen", key, move |tx, frame| {
        action::reopen(tx, frame, id, &reason).map(|t| StateOut { state: t.state, version: t.version })
    })
    .await?;
    Ok(axum::Json(out))
}
