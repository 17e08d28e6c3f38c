//! Making a ticket of messages of another one, and taking that back.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{Id, TicketId};
use serde::{Deserialize, Serialize};
use ticket::actions::split as action;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};

/// What goes over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitIn {
    /// Messages of the ticket, with their files; not its description.
    #[schema(max_items = 100)]
    messages: Vec<i64>,
    #[schema(max_length = 250)]
    title: String,
}

/// The other ticket.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SplitOut {
    /// Of a split the new one, of one that was taken back the old one.
    pub ticket: i64,
}

/// Makes a ticket of messages of this one, for the same people, linked with it.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/split", tag = "tickets", operation_id = "splitTicket", request_body = SplitIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 201, body = SplitOut)))]
pub async fn split(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<SplitIn>,
) -> Result<(StatusCode, axum::Json<SplitOut>)> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.split");
    let title = posted.body.title;
    let messages: Vec<_> = posted.body.messages.into_iter().take(action::MOST + 1).map(Id::new).collect();
    let out = serve::act(&app, &viewer, &desk, "ticket.split", key, move |tx, frame| {
        action::split(tx, frame, id, &messages, &title).map(|new| SplitOut { ticket: new.id.raw() })
    })
    .await?;
    Ok((StatusCode::CREATED, axum::Json(out)))
}

/// Nothing needs to be said.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnsplitIn {}

/// Puts the messages of which this ticket was made back where they were; this one is cancelled. Not after
/// somebody wrote to it.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/unsplit", tag = "tickets", operation_id = "unsplitTicket", request_body = UnsplitIn,
    params(("id" = i64, Path, description = "The number of the ticket that was made")), responses((status = 200, body = SplitOut)))]
pub async fn unsplit(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<UnsplitIn>,
) -> Result<axum::Json<SplitOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.unsplit");
    let out = serve::act(&app, &viewer, &desk, "ticket.unsplit", key, move |tx, frame| {
        action::unsplit(tx, frame, id).map(|old| SplitOut { ticket: old.id.raw() })
    })
    .await?;
    Ok(axum::Json(out))
}
