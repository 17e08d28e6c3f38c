//! Breaking the glass of a confidential ticket.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::TicketId;
use serde::Deserialize;
use ticket::actions::unseal as action;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};

/// Why it must be seen. The requester of the ticket reads it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnsealIn {
    #[schema(example = "The requester is away and it is urgent", min_length = 3, max_length = 500)]
    reason: String,
}

/// Has whoever asks named on a confidential ticket that they do not see. It stands in the timeline.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/unseal", tag = "people of a ticket", operation_id = "unsealTicket", request_body = UnsealIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "They see it now")))]
pub async fn unseal(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<UnsealIn>,
) -> Result<StatusCode> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.unseal");
    let reason = posted.body.reason;
    serve::act(&app, &viewer, &desk, "ticket.unseal", key, move |tx, frame| action::unseal(tx, frame, id, &reason)).await?;
    Ok(StatusCode::NO_CONTENT)
}
