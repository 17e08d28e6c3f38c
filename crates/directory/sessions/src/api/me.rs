//! `/api/v1/me`

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::{Result, Viewer};

/// A role that is held.
#[derive(Debug, Serialize, ToSchema)]
pub struct Held {
    /// Such as `operator`.
    pub role: String,
    /// The tenant in which it holds; 0: in all.
    pub tenant: i64,
}

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub person: i64,
    pub name: String,
    /// The tenant in which the person is at home.
    pub tenant: i64,
    /// The language of texts for this person: `en`, `es` or `ru`.
    pub lang: String,
    /// An IANA name.
    pub time_zone: String,
    pub roles: Vec<Held>,
    pub teams: Vec<i64>,
    /// Works for the desk, beyond asking for oneself.
    pub staff: bool,
    /// The token that asks; absent in a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<i64>,
    /// What that token may do, such as `ticket:read`; absent in a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
}

/// Who asks, and by which right
#[utoipa::path(get, path = "/api/v1/me", operation_id = "me", tag = "account", responses((status = 200, description = "Who asks", body = Me)))]
pub async fn show(viewer: Viewer) -> Result<Json<Me>> {
    let actor = &viewer.actor;
    let (token, scopes) = match &actor.kind {
        access::ActorKind::Token { id, scopes } => (Some(id.raw()), Some(scopes.iter().map(ToString::to_string).collect())),
        _ => (None, None),
    };
    Ok(Json(Me {
        person: actor.require_person()?.raw(),
        name: actor.name.clone(),
        tenant: actor.tenant.raw(),
        lang: actor.lang.tag().to_owned(),
        time_zone: actor.time_zone.clone(),
        roles: actor.grants.iter().map(|grant| Held { role: grant.key.clone(), tenant: grant.tenant.raw() }).collect(),
        teams: actor.who.teams.iter().map(|team| team.raw()).collect(),
        staff: actor.is_staff(),
        token,
        scopes,
    }))
}
