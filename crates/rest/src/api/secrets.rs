//! Secrets that were masked, and reading one.

use api_kit::Posted;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;
use kernel::TicketId;
use serde::{Deserialize, Serialize};
use ticket::actions::reveal as action;
use ticket::store::message;
use ticket::store::secret::{self, Secret};
use ticket::{Frame, serve};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::DeskRef;

/// Messages that are looked at.
const MOST: i64 = 2000;

/// A secret that was found in what somebody wrote, without what it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecretOut {
    /// The ticket to which it was written.
    pub ticket: i64,
    /// Its number there.
    #[schema(example = 1)]
    pub number: i64,
    /// card key token password
    #[schema(example = "card")]
    pub kind: String,
    /// message title report field
    #[schema(example = "message")]
    pub field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<i64>,
    /// Of a custom field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "room")]
    pub key: Option<String>,
    /// What stands in its place.
    #[schema(example = "••••1111")]
    pub shown: String,
    /// It was taken out; else it still stands there.
    pub masked: bool,
    /// What it was can be read again.
    pub kept: bool,
}

impl SecretOut {
    pub fn of(secret: &Secret) -> Self {
        Self {
            ticket: secret.ticket.raw(),
            number: secret.place,
            kind: secret.kind.key().to_owned(),
            field: secret.field.key().to_owned(),
            message: secret.message.map(|id| id.raw()),
            key: secret.key.clone(),
            shown: secret.shown.clone(),
            masked: secret.masked,
            kept: secret.kept,
        }
    }
}

/// They are few: all of them at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretsOut {
    pub items: Vec<SecretOut>,
}

/// The secrets that were found in what stands on a ticket, as far as the reader may see it.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/secrets", tag = "messages", operation_id = "listSecrets",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = SecretsOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<SecretsOut>> {
    let found = serve::read(&app, &viewer, &desk, "api.secrets.ticket", move |rd, frame| of_ticket(rd, frame, id)).await?;
    Ok(axum::Json(SecretsOut { items: found.iter().map(SecretOut::of).collect() }))
}

fn of_ticket(rd: &mut db::Rd<'_>, frame: Frame<'_>, id: TicketId) -> kernel::Result<Vec<Secret>> {
    let seen = serve::see(rd, frame, id)?;
    let messages: Vec<_> = message::of_ticket(rd, id, seen.inner, MOST)?.into_iter().map(|message| message.id).collect();
    let catalogue = frame.desk.catalogue(rd)?;
    let mut found = secret::of_ticket(rd, id, &messages)?;
    found.retain(|secret| ticket::secrets::knows(frame, &catalogue, &seen.ticket, seen.inner, secret));
    Ok(found)
}

/// Why it must be read.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealIn {
    #[schema(example = "The refund goes to this card", min_length = 3, max_length = 500)]
    reason: String,
}

/// What it was; the desk keeps no trace of this answer.
#[derive(Serialize, ToSchema)]
pub struct RevealedOut {
    pub value: String,
    /// After so many seconds it should not be shown any more.
    #[schema(example = 60)]
    pub seconds: i64,
}

/// Reads what was masked. Who did and why stands in the timeline of the desk; a repeat with the same key is
/// told again. Needs `ticket.reveal`
#[utoipa::path(post, path = "/api/v1/tickets/{id}/secrets/{number}/reveal", tag = "messages", operation_id = "revealSecret",
    request_body = RevealIn,
    params(("id" = i64, Path, description = "The ticket's number"), ("number" = i64, Path, description = "The secret's number there")),
    responses((status = 200, description = "What it was", body = RevealedOut)))]
pub async fn reveal(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, number)): Path<(TicketId, i64)>,
    posted: Posted<RevealIn>,
) -> Result<axum::response::Response> {
    let reason = posted.body.reason;
    // Without the key of the request, as its result would be kept beside it.
    let value =
        serve::act(&app, &viewer, &desk, "ticket.reveal", None, move |tx, frame| action::reveal(tx, frame, id, number, &reason)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(RevealedOut { value, seconds: action::SHOWN })).into_response())
}
