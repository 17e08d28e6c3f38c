//! Merging tickets, and taking that back.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use kernel::{Id, TicketId};
use serde::{Deserialize, Serialize};
use ticket::actions::merge as action;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::confirm::StateOut;
use super::{DeskRef, asker};

/// Where it goes on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketMergeIn {
    /// The ticket that goes on.
    #[schema(example = 48213)]
    into: i64,
}

/// What a merge did.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MergedOut {
    /// The ticket that goes on.
    pub into: i64,
    /// They have different requesters: neither reads what the other one wrote or read before.
    pub apart: bool,
}

/// Makes this ticket part of another one: its messages stand there as well, and answers to it arrive there.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/merge", tag = "tickets", operation_id = "mergeTicket", request_body = TicketMergeIn,
    params(("id" = i64, Path, description = "The number of the ticket that ends")), responses((status = 200, body = MergedOut)))]
pub async fn merge(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<TicketMergeIn>,
) -> Result<axum::Json<MergedOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.merge");
    let into = Id::new(posted.body.into);
    let out = serve::act(&app, &viewer, &desk, "ticket.merge", key, move |tx, frame| {
        action::merge(tx, frame, id, into).map(|merged| MergedOut { into: merged.into.id.raw(), apart: merged.apart })
    })
    .await?;
    Ok(axum::Json(out))
}

/// What goes over to the ticket that was merged.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketUnmergeIn {
    /// Messages that were written to the other one since; without them, they stay there.
    #[serde(default)]
    #[schema(max_items = 50)]
    messages: Vec<i64>,
}

/// Takes this merged ticket out of the other one again: both are as they were, with what came since.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/unmerge", tag = "tickets", operation_id = "unmergeTicket", request_body = TicketUnmergeIn,
    params(("id" = i64, Path, description = "The number of the merged ticket")), responses((status = 200, body = StateOut)))]
pub async fn unmerge(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<TicketUnmergeIn>,
) -> Result<axum::Json<StateOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.unmerge");
    let take: Vec<_> = posted.body.messages.into_iter().take(50).map(Id::new).collect();
    let out = serve::act(&app, &viewer, &desk, "ticket.unmerge", key, move |tx, frame| {
        action::unmerge(tx, frame, id, &take).map(|t| StateOut { state: t.state, version: t.version })
    })
    .await?;
    Ok(axum::Json(out))
}
