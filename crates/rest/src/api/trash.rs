//! The trash: moving a ticket there, bringing it back, and removing it for good.

use api_kit::{PageParams, Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::TicketId;
use serde::{Deserialize, Serialize};
use ticket::actions::trash as action;
use ticket::trash::{self, Trashed};
use ticket::{Catalogue, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::confirm::StateOut;
use super::{DeskRef, asker};
use crate::dto::Ref;

/// A ticket in the trash.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrashedOut {
    #[schema(example = 48213)]
    pub id: i64,
    #[schema(example = "INC-48213")]
    pub number: String,
    pub title: String,
    /// When it was moved there.
    pub trashed_at: String,
    /// By whom; absent when the desk itself did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trashed_by: Option<Ref>,
    /// When it is removed for good.
    pub removed_at: String,
    /// One may remove it before.
    pub may_remove: bool,
}

impl TrashedOut {
    fn of(catalogue: &Catalogue, names: &party::Names, one: &Trashed) -> Self {
        let t = &one.ticket;
        let prefix = catalogue.kind(t.tenant, &t.kind).map_or("", |k| k.prefix.as_str());
        Self {
            id: t.id.raw(),
            number: format!("{prefix}-{}", t.id),
            title: t.title.clone(),
            trashed_at: one.at.to_rfc3339(),
            trashed_by: one.by.map(|id| Ref { id: id.raw(), name: names.person_name(id).to_owned() }),
            removed_at: one.until.to_rfc3339(),
            may_remove: one.removes,
        }
    }
}

/// A page of the trash.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrashOut {
    pub items: Vec<TrashedOut>,
    /// The cursor of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Days after which they are removed for good.
    #[schema(example = 30)]
    pub days: i64,
}

/// The tickets in the trash that one may bring back, the newest first.
#[utoipa::path(get, path = "/api/v1/trash", tag = "tickets", operation_id = "listTrash", params(PageParams),
    responses((status = 200, body = TrashOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(page): Query<PageParams>) -> Result<axum::Json<TrashOut>> {
    let request = page.into();
    let out = serve::read(&app, &viewer, &desk, "api.trash", move |rd, frame| {
        let catalogue = frame.desk.catalogue(rd)?;
        let listed = trash::list(rd, frame, &request)?;
        let items = listed.page.rows.iter().map(|one| TrashedOut::of(&catalogue, &listed.names, one)).collect();
        Ok(TrashOut { items, next: listed.page.next, days: listed.days })
    })
    .await?;
    Ok(axum::Json(out))
}

/// Moves a ticket to the trash: nobody sees it any more but whoever may bring it back. Its requester is not told.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/trash", tag = "tickets", operation_id = "trashTicket", request_body = NothingIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is in the trash")))]
pub async fn discard(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<NothingIn>,
) -> Result<StatusCode> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.trash");
    serve::act(&app, &viewer, &desk, "ticket.trash", key, move |tx, frame| action::discard(tx, frame, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a ticket back from the trash, as it was.
#[utoipa::path(post, path = "/api/v1/trash/{id}/restore", tag = "tickets", operation_id = "restoreTicket", request_body = NothingIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = StateOut)))]
pub async fn restore(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<NothingIn>,
) -> Result<axum::Json<StateOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.restore");
    let out = serve::act(&app, &viewer, &desk, "ticket.restore", key, move |tx, frame| {
        action::restore(tx, frame, id).map(|t| StateOut { state: t.state, version: t.version })
    })
    .await?;
    Ok(axum::Json(out))
}

/// Nothing more is to be said.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NothingIn {}

/// Removes a ticket in the trash for good, with its messages and files. The audit keeps that it was, and nothing of it.
#[utoipa::path(delete, path = "/api/v1/trash/{id}", tag = "tickets", operation_id = "removeTicket",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is gone")))]
pub async fn remove(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "ticket.remove", None, move |tx, frame| action::remove(tx, frame, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How long tickets stay in the trash.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrashRules {
    #[schema(minimum = 1, maximum = 3650, example = 30)]
    pub days: i64,
}

/// Says how long tickets stay in the trash, of the whole installation.
#[utoipa::path(put, path = "/api/v1/trash", tag = "tickets", operation_id = "keepTrash", request_body = TrashRules,
    responses((status = 200, body = TrashRules)))]
pub async fn keep(State(app): State<App>, viewer: Viewer, desk: DeskRef, Json(body): Json<TrashRules>) -> Result<axum::Json<TrashRules>> {
    serve::act(&app, &viewer, &desk, "trash.keep", None, move |tx, frame| action::keep(tx, frame, body.days)).await?;
    Ok(axum::Json(body))
}
