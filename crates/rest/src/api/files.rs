//! Files of a ticket. Bytes come and go by `/uploads` and `/files`.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{AttachmentId, Id, TicketId};
use serde::{Deserialize, Serialize};
use ticket::actions::describe_file as action;
use ticket::{serve, store};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::{DeskRef, asker};
use crate::dto::AttachmentOut;

/// The files.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilesOut {
    /// At most 500.
    #[schema(max_items = 500)]
    pub items: Vec<AttachmentOut>,
}

/// The files of a ticket that the reader may have.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/attachments", tag = "files", operation_id = "listAttachments",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = FilesOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<FilesOut>> {
    let items = serve::read(&app, &viewer, &desk, "api.files", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        Ok(store::attachment::of_ticket(rd, id, seen.inner)?.iter().map(AttachmentOut::of).collect())
    })
    .await?;
    Ok(axum::Json(FilesOut { items }))
}

/// An upload to be added.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachIn {
    /// The id that `/uploads` answered.
    upload: i64,
    /// The requester may have it.
    public: bool,
    #[serde(default)]
    #[schema(max_length = 500)]
    description: String,
}

/// Adds an uploaded file to a ticket.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/attachments", tag = "files", operation_id = "attachFile", request_body = AttachIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 201, body = AttachmentOut)))]
pub async fn attach(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<AttachIn>,
) -> Result<(StatusCode, axum::Json<AttachmentOut>)> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.attach");
    let body = posted.body;
    let added = serve::act(&app, &viewer, &desk, "ticket.attach", key, move |tx, frame| {
        action::add(tx, frame, id, Id::new(body.upload), body.public, &body.description).map(|a| a.id)
    })
    .await?;
    let file = serve::read_bounded(&app, &viewer, &desk, "api.file", move |rd, frame| serve::file(rd, frame, added)).await?;
    Ok((StatusCode::CREATED, axum::Json(AttachmentOut::of(&file))))
}

/// What is said about a file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribeIn {
    public: bool,
    #[schema(max_length = 500)]
    description: String,
}

/// Changes description and visibility of a file.
#[utoipa::path(patch, path = "/api/v1/attachments/{id}", tag = "files", operation_id = "describeAttachment", request_body = DescribeIn,
    params(("id" = i64, Path, description = "The attachment's id")), responses((status = 200, body = AttachmentOut)))]
pub async fn describe(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<AttachmentId>,
    Json(body): Json<DescribeIn>,
) -> Result<axum::Json<AttachmentOut>> {
    serve::act(&app, &viewer, &desk, "ticket.describe_file", None, move |tx, frame| {
        action::describe(tx, frame, id, body.public, &body.description).map(|a| a.id)
    })
    .await?;
    let file = serve::read_bounded(&app, &viewer, &desk, "api.file", move |rd, frame| serve::file(rd, frame, id)).await?;
    Ok(axum::Json(AttachmentOut::of(&file)))
}
