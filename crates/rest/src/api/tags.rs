//! Tags of a ticket.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::TicketId;
use serde::{Deserialize, Serialize};
use ticket::actions::tag as action;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};

/// A tag.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    #[schema(example = "vpn", max_length = 60)]
    pub tag: String,
}

/// Tags a ticket; the answer has the tag as it is stored.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/tags", tag = "tags", operation_id = "tagTicket", request_body = Tag,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = Tag)))]
pub async fn tag(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<Tag>,
) -> Result<axum::Json<Tag>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.tag");
    let raw = posted.body.tag;
    let tag = serve::act(&app, &viewer, &desk, "ticket.tag", key, move |tx, frame| action::tag(tx, frame, id, &raw)).await?;
    Ok(axum::Json(Tag { tag }))
}

/// Takes a tag off.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/tags/{tag}", tag = "tags", operation_id = "untagTicket",
    params(("id" = i64, Path, description = "The ticket's number"), ("tag" = String, Path, description = "The tag")), responses((status = 204, description = "It is off")))]
pub async fn untag(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path((id, tag)): Path<(TicketId, String)>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "ticket.untag", None, move |tx, frame| action::untag(tx, frame, id, &tag)).await?;
    Ok(StatusCode::NO_CONTENT)
}
