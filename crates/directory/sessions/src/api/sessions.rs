//! `/api/v1/sessions`: the browsers in which one is signed in.

use api_kit::List;
use axum::Json;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::{Path, Result, Viewer};

use crate::actions::end_sessions;
use crate::session::SessionId;
use crate::web::Desk;
use crate::{Own, store};

/// A browser in which one is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    pub id: i64,
    /// The session that asks.
    pub current: bool,
    /// What the browser says of itself.
    pub user_agent: String,
    pub ip: String,
    /// RFC 3339.
    pub created_at: String,
    /// Not older than a minute.
    pub last_seen_at: String,
    /// The end if it is not used.
    pub idle_expires_at: String,
    /// The end in any case.
    pub expires_at: String,
}

/// One's own sessions, the one used last first. Not for tokens
#[utoipa::path(get, path = "/api/v1/sessions", operation_id = "listSessions", tag = "account",
    responses((status = 200, description = "The sessions", body = List<Session>)))]
pub async fn list(desk: Desk, viewer: Viewer) -> Result<Json<List<Session>>> {
    let own = Own::of(&viewer)?;
    let here = own.require_session()?;
    let now = desk.clock.now();
    let found = desk.db.read_bounded("session.list", move |rd| store::session::of_account(rd, own.account, now)).await?;
    let items = found.into_iter().map(|session| Session {
        id: session.id.raw(),
        current: session.id == here,
        user_agent: session.user_agent,
        ip: session.ip,
        created_at: session.created_at.to_rfc3339(),
        last_seen_at: session.last_seen_at.to_rfc3339(),
        idle_expires_at: session.idle_expires_at.to_rfc3339(),
        expires_at: session.expires_at.to_rfc3339(),
    });
    Ok(Json(List { items: items.collect(), next: None }))
}

/// End all of one's sessions but the one that asks. Not for tokens
#[utoipa::path(delete, path = "/api/v1/sessions", operation_id = "endOtherSessions", tag = "account",
    responses((status = 204, description = "They have ended")))]
pub async fn end_others(desk: Desk, viewer: Viewer) -> Result<StatusCode> {
    end_sessions::end_others(&desk, &Own::of(&viewer)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End one of one's sessions. Not for tokens
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", operation_id = "endSession", tag = "account",
    params(("id" = i64, Path, description = "The session")), responses((status = 204, description = "It has ended")))]
pub async fn end(desk: Desk, viewer: Viewer, Path(id): Path<SessionId>) -> Result<StatusCode> {
    end_sessions::end(&desk, &Own::of(&viewer)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
