//! `/api/v1/tokens`: the keys of programs that act for a person.

use access::Verb;
use api_kit::{List, Posted, RequestKeyed as _};
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use kernel::{Error, Time, TokenId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{Path, Result, Viewer};

use crate::actions::create_token::create_token;
use crate::actions::revoke_token::revoke_token;
use crate::token::NewToken;
use crate::web::Desk;
use crate::{Own, Scopes, store};

/// A token, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    pub id: i64,
    pub name: String,
    /// `read`, `write`, or scopes by object such as `ticket:read`.
    pub scopes: Vec<String>,
    /// RFC 3339.
    pub created_at: String,
    pub expires_at: String,
    /// Not older than a minute; absent before the first use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<String>,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub struct CreatedToken {
    pub id: i64,
    /// The token itself: shown now and never again.
    pub token: String,
}

/// A token that is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedToken {
    /// What it is for.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// `read`, `write`, or scopes by object such as `ticket:read`.
    #[schema(min_items = 1, max_items = 50)]
    pub scopes: Vec<String>,
    /// RFC 3339, ahead, at most 366 days.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

/// One's own live tokens, the newest first
#[utoipa::path(get, path = "/api/v1/tokens", operation_id = "listTokens", tag = "account",
    responses((status = 200, description = "The tokens", body = List<Token>)))]
pub async fn list(desk: Desk, viewer: Viewer) -> Result<Json<List<Token>>> {
    let own = Own::of(&viewer)?;
    if !own.actor.may(Verb::TokenManage, own.actor.tenant) {
        return Err(Error::forbidden().into());
    }
    let now = desk.clock.now();
    let found = desk.db.read_bounded("token.list", move |rd| store::token::of_account(rd, own.account, now)).await?;
    let items = found.into_iter().map(|token| Token {
        id: token.id.raw(),
        name: token.name,
        scopes: token.scopes.words(),
        created_at: token.created_at.to_rfc3339(),
        expires_at: token.expires_at.to_rfc3339(),
        last_used_at: token.last_used_at.map(Time::to_rfc3339),
    });
    Ok(Json(List { items: items.collect(), next: None }))
}

/// Make a token for oneself. A token makes only tokens that may do no more and live no longer than itself
#[utoipa::path(post, path = "/api/v1/tokens", operation_id = "createToken", tag = "account", request_body = WantedToken,
    responses((status = 201, description = "The token, with its text", body = CreatedToken)))]
pub async fn create(desk: Desk, viewer: Viewer, posted: Posted<WantedToken>) -> Result<Response> {
    let own = Own::of(&viewer)?;
    let key = posted.key.stored(own.actor.require_person()?, "token.create");
    let WantedToken { name, scopes, expires_at } = posted.body;
    let new = NewToken {
        name,
        scopes: Scopes::parse(scopes.iter().map(String::as_str))?,
        expires_at: Time::from_rfc3339(&expires_at).map_err(|_| Error::invalid("expires_at", "error-date"))?,
    };
    let made = create_token(&desk, &own, new, key).await?;
    let mut response = (StatusCode::CREATED, Json(CreatedToken { id: made.id.raw(), token: made.text })).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Revoke one of one's tokens
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", operation_id = "revokeToken", tag = "account",
    params(("id" = i64, Path, description = "The token")), responses((status = 204, description = "It works no longer")))]
pub async fn revoke(desk: Desk, viewer: Viewer, Path(id): Path<TokenId>) -> Result<StatusCode> {
    revoke_token(&desk, &Own::of(&viewer)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
