//! What one has seen of a ticket.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use http::StatusCode;
use kernel::TicketId;
use serde::Deserialize;
use ticket::actions::see as action;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::DeskRef;

/// Up to where.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenIn {
    /// The activity of the ticket as it was shown; without it, as it is now.
    #[schema(example = 12)]
    activity: Option<i64>,
}

/// Marks a ticket as read for oneself: `is:unread` finds it again when something happens to it
#[utoipa::path(put, path = "/api/v1/tickets/{id}/seen", tag = "tickets", operation_id = "seeTicket", request_body = SeenIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is read")))]
pub async fn see(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Extension(bell): Extension<Arc<notify::Bell>>,
    Path(id): Path<TicketId>,
    Json(body): Json<SeenIn>,
) -> Result<StatusCode> {
    let read = serve::act(&app, &viewer, &desk, "ticket.see", None, move |tx, frame| {
        action::see(tx, frame, id, body.activity)?;
        notify::actions::read(tx, frame, id)
    });
    if read.await? {
        bell.ring(viewer.actor.require_person()?);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Marks a ticket as unread for oneself
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/seen", tag = "tickets", operation_id = "unseeTicket",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is unread")))]
pub async fn unsee(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "ticket.unsee", None, move |tx, frame| action::unsee(tx, frame, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
