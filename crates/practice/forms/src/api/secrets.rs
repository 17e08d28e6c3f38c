//! `/api/v1/secret-policy`: what the desk does about secrets that somebody writes.

use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::Error;
use serde::{Deserialize, Serialize};
use ticket::rules::secrets::{SecretPolicy, SecretRule};
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Json, Result, Viewer};

use super::DeskRef;
use super::versions::may_see;
use crate::actions::secrets as action;

/// What is done about each kind of secret: mask (taken out before anybody reads it, kept encrypted), warn
/// (it stays and a line says so) or off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretPolicyIn {
    /// Numbers of payment cards.
    #[schema(example = "mask")]
    pub card: String,
    /// Private keys.
    #[schema(example = "mask")]
    pub key: String,
    /// Tokens of known shapes.
    #[schema(example = "mask")]
    pub token: String,
    /// Passwords that say so.
    #[schema(example = "warn")]
    pub password: String,
}

/// The same with its version.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretPolicyOut {
    /// 0 as long as it is that of the product.
    pub version: i64,
    pub policy: SecretPolicyIn,
}

impl SecretPolicyIn {
    fn read(&self) -> kernel::Result<SecretPolicy> {
        let rule = |field: &'static str, key: &str| SecretRule::from_key(key).ok_or_else(|| Error::invalid(field, "error-choice"));
        Ok(SecretPolicy {
            card: rule("card", &self.card)?,
            key: rule("key", &self.key)?,
            token: rule("token", &self.token)?,
            password: rule("password", &self.password)?,
        })
    }

    fn of(policy: &SecretPolicy) -> Self {
        let key = |rule: SecretRule| rule.key().to_owned();
        Self { card: key(policy.card), key: key(policy.key), token: key(policy.token), password: key(policy.password) }
    }
}

async fn now(app: &App, viewer: &Viewer, desk: &DeskRef) -> Result<Versioned<SecretPolicyOut>> {
    let (policy, version) = serve::read(app, viewer, desk, "api.secrets", |rd, frame| {
        may_see(frame)?;
        action::get(rd)
    })
    .await?;
    Ok(Versioned::ok(version, SecretPolicyOut { version, policy: SecretPolicyIn::of(&policy) }))
}

/// What the desk does about secrets that somebody writes.
#[utoipa::path(get, path = "/api/v1/secret-policy", tag = "configuration", operation_id = "getSecretPolicy",
    responses((status = 200, body = SecretPolicyOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<Versioned<SecretPolicyOut>> {
    now(&app, &viewer, &desk).await
}

/// Changes it for what is written from now on: with `If-Match` only from that version.
#[utoipa::path(put, path = "/api/v1/secret-policy", tag = "configuration", operation_id = "putSecretPolicy", request_body = SecretPolicyIn,
    params(("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = SecretPolicyOut, headers(("ETag" = String, description = "The version")))))]
pub async fn put(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    IfMatch(version): IfMatch,
    Json(body): Json<SecretPolicyIn>,
) -> Result<Versioned<SecretPolicyOut>> {
    let write = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| action::save(tx, frame, &body.read()?, version).map(|_| ());
    serve::act(&app, &viewer, &desk, "secrets.put", None, write).await?;
    now(&app, &viewer, &desk).await
}
