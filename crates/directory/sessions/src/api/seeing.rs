//! `/api/v1/seeing`: the desk as somebody else sees it.

use axum::Json;
use http::StatusCode;
use kernel::{Error, Id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{Result, Viewer};

use crate::Own;
use crate::actions::see_as;
use crate::web::Desk;

/// As whom, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeeingIn {
    pub person: i64,
    /// For the administration log.
    #[schema(max_length = 500, example = "She says that she misses a queue")]
    pub reason: String,
}

/// How long it lasts.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeeingOut {
    /// RFC 3339.
    pub until: String,
}

/// This session sees the desk as another person does, for 15 minutes: it can change nothing, and sees
/// what is confidential only when that names both. Not for tokens
#[utoipa::path(post, path = "/api/v1/seeing", operation_id = "beginSeeing", tag = "account", request_body = SeeingIn,
    responses((status = 201, description = "It has begun", body = SeeingOut)))]
pub async fn begin(desk: Desk, viewer: Viewer, web_kit::Json(body): web_kit::Json<SeeingIn>) -> Result<(StatusCode, Json<SeeingOut>)> {
    let until = see_as::begin(&desk, &Own::of(&viewer)?, Id::new(body.person), &body.reason).await?;
    Ok((StatusCode::CREATED, Json(SeeingOut { until: until.to_rfc3339() })))
}

/// This session sees the desk of its own person again. Not for tokens
#[utoipa::path(delete, path = "/api/v1/seeing", operation_id = "endSeeing", tag = "account",
    responses((status = 204, description = "It has ended")))]
pub async fn end(desk: Desk, viewer: Viewer) -> Result<StatusCode> {
    let session = viewer.session.as_deref().and_then(|id| id.parse().ok());
    let session = session.ok_or_else(|| Error::new(kernel::ErrorKind::Forbidden, "error-session-only"))?;
    if let Some(looker) = &viewer.actor.looker {
        see_as::end(&desk, looker, session).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
