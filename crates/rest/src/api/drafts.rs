//! What one is writing: kept for every machine of one's own, and read by nobody else.

use std::collections::BTreeMap;

use api_kit::List;
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, ErrorKind, Id};
use serde::{Deserialize, Serialize};
use ticket::actions::draft::{self as action, Kept, Written};
use ticket::{secrets, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::DeskRef;
use super::messages::FoundSecretOut;

/// A file of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftFileOut {
    pub id: i64,
    pub name: String,
}

/// A text on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftOut {
    /// Where it is written.
    #[schema(example = "ticket-48213")]
    pub place: String,
    /// The ticket of the place, whether one may still see it or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<i64>,
    /// What it is to become, such as reply note call; may be empty.
    #[schema(example = "reply")]
    pub kind: String,
    pub body: String,
    /// The other fields of its form.
    pub fields: BTreeMap<String, String>,
    pub attachments: Vec<DraftFileOut>,
    /// What is sent with this key, as `client_id` of the form or as `Idempotency-Key`, takes the draft along.
    pub key: String,
    pub version: i64,
    pub updated_at: String,
    /// It is sent then by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub send_at: Option<String>,
    /// Why it was not sent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub trouble: String,
}

impl DraftOut {
    pub fn of(kept: Kept) -> kernel::Result<Self> {
        let Kept { draft, uploads } = kept;
        Ok(Self {
            place: draft.place,
            ticket: draft.ticket.map(Id::raw),
            kind: draft.kind,
            body: draft.body,
            fields: serde_json::from_str(&draft.fields).map_err(Error::internal)?,
            attachments: uploads.into_iter().map(|(id, name)| DraftFileOut { id: id.raw(), name }).collect(),
            key: draft.key,
            version: draft.version,
            updated_at: draft.updated_at.to_rfc3339(),
            send_at: draft.send_at.map(kernel::Time::to_rfc3339),
            trouble: draft.trouble,
        })
    }
}

/// Drafts are of the person, not of a program.
pub(super) fn of_person(viewer: &Viewer) -> kernel::Result<()> {
    if viewer.session.is_some() { Ok(()) } else { Err(Error::new(ErrorKind::Forbidden, "error-session-only")) }
}

/// One's own drafts, the one written last first. Not for tokens
#[utoipa::path(get, path = "/api/v1/drafts", tag = "drafts", operation_id = "listDrafts", responses((status = 200, body = List<DraftOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<axum::Json<List<DraftOut>>> {
    of_person(&viewer)?;
    let all = serve::read_bounded(&app, &viewer, &desk, "api.drafts", action::all).await?;
    let items = all.into_iter().map(DraftOut::of).collect::<kernel::Result<_>>()?;
    Ok(axum::Json(List { items, next: None }))
}

/// One's own draft at a place. Not for tokens
#[utoipa::path(get, path = "/api/v1/drafts/{place}", tag = "drafts", operation_id = "getDraft",
    params(("place" = String, Path, description = "Such as ticket-48213")), responses((status = 200, body = DraftOut)))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(place): Path<String>) -> Result<axum::Json<DraftOut>> {
    of_person(&viewer)?;
    let kept = serve::read_bounded(&app, &viewer, &desk, "api.draft", move |rd, frame| action::at(rd, frame, &place)).await?;
    Ok(axum::Json(DraftOut::of(kept.ok_or_else(Error::not_found)?)?))
}

/// What is written.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftIn {
    #[serde(default)]
    #[schema(example = "reply", max_length = 200)]
    kind: String,
    #[schema(example = "Could you restart", max_length = 200000)]
    body: String,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// Ids of uploads: they are kept as long as the draft.
    #[serde(default)]
    #[schema(max_items = 50)]
    attachments: Vec<i64>,
    /// What is sent with this key takes the draft along.
    #[serde(default)]
    #[schema(max_length = 200)]
    key: String,
    /// The version that is known, 0 for none: 409 when another machine has written since. Without it this one is kept.
    version: Option<i64>,
}

/// What is kept now.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DraftKeptOut {
    pub version: i64,
    /// What would be masked if it were sent now, or looks like a secret; `unmasked` leaves it where it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<FoundSecretOut>,
}

/// Keeps what one is writing at a place, over what was there. Not for tokens
#[utoipa::path(put, path = "/api/v1/drafts/{place}", tag = "drafts", operation_id = "keepDraft", request_body = DraftIn,
    params(("place" = String, Path, description = "Such as ticket-48213")), responses((status = 200, body = DraftKeptOut)))]
pub async fn keep(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(place): Path<String>,
    Json(body): Json<DraftIn>,
) -> Result<axum::Json<DraftKeptOut>> {
    of_person(&viewer)?;
    let written = Written {
        kind: body.kind,
        body: body.body,
        fields: body.fields,
        uploads: body.attachments.into_iter().map(Id::new).collect(),
        key: body.key,
        base: body.version,
    };
    let kept = serve::act(&app, &viewer, &desk, "draft.keep", None, move |tx, frame| {
        let found = secrets::check(frame.desk.catalogue(tx)?.secrets(), written.body.clone(), false).found;
        let version = action::keep(tx, frame, &place, &written)?;
        Ok(DraftKeptOut { version, secrets: found.into_iter().map(FoundSecretOut::from).collect() })
    });
    Ok(axum::Json(kept.await?))
}

/// Takes a draft away. Not for tokens
#[utoipa::path(delete, path = "/api/v1/drafts/{place}", tag = "drafts", operation_id = "discardDraft",
    params(("place" = String, Path, description = "Such as ticket-48213")), responses((status = 204, description = "It is gone")))]
pub async fn discard(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(place): Path<String>) -> Result<StatusCode> {
    of_person(&viewer)?;
    serve::act(&app, &viewer, &desk, "draft.discard", None, move |tx, frame| action::discard(tx, frame, &place)).await?;
    Ok(StatusCode::NO_CONTENT)
}
