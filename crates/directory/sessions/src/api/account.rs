//! `/api/v1/people/{id}/account`: the log-in of somebody else.

use std::sync::Arc;

use api_kit::Posted;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use kernel::{Error, PersonId, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use crate::Secret;
use crate::actions::{manage, reset_password};
use crate::web::Desk;
use crate::web::account::act;

/// How somebody signs in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    /// By what name.
    #[schema(example = "ana@ria.example")]
    pub login: String,
    /// Not shut out.
    pub active: bool,
    /// A password was chosen.
    pub has_password: bool,
    /// RFC 3339.
    pub last_login_at: Option<String>,
}

/// What is to be different.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedAccount {
    /// By what name; makes the log-in when there is none.
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default)]
    pub login: Option<String>,
    /// `false` shuts the log-in out: its sessions, links and tokens end at once and for good.
    #[serde(default)]
    pub active: Option<bool>,
}

/// A link that works once.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordLink {
    /// Hand it to the owner of the log-in by a way you trust; it is not shown again.
    pub link: String,
}

/// The log-in of a person
#[utoipa::path(get, path = "/api/v1/people/{id}/account", operation_id = "getAccount", tag = "account",
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = Account)))]
pub async fn show(desk: Desk, viewer: Viewer, Path(id): Path<PersonId>) -> Result<Json<Account>> {
    let actor = Arc::clone(&viewer.actor);
    let found = desk.db.read_bounded("account.of_person", move |rd| manage::of_person(rd, &actor, id)).await?;
    let account = found.1.ok_or_else(Error::not_found)?;
    Ok(Json(Account {
        login: account.login,
        active: account.active,
        has_password: account.password.is_some(),
        last_login_at: account.last_login_at.map(Time::to_rfc3339),
    }))
}

/// Make the log-in of a person, or change it
#[utoipa::path(put, path = "/api/v1/people/{id}/account", operation_id = "saveAccount", tag = "account",
    params(("id" = i64, Path, description = "The person")), request_body = SavedAccount, responses((status = 200, body = Account)))]
pub async fn save(
    State(app): State<App>,
    desk: Desk,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    web_kit::Json(wanted): web_kit::Json<SavedAccount>,
) -> Result<Json<Account>> {
    let secret = Secret::new(&*desk.entropy);
    let digest = secret.digest();
    act(&app, &desk, &viewer, id, "account.save", move |tx, frame| {
        let known = manage::of_person(tx, frame.actor, frame.person)?.1.is_some();
        match &wanted.login {
            Some(login) if known => manage::rename(tx, frame, login)?,
            Some(login) => drop(manage::make(tx, frame, login, digest)?),
            None => {}
        }
        wanted.active.map_or(Ok(()), |active| manage::set_active(tx, frame, active))
    })
    .await?;
    show(desk, viewer, Path(id)).await
}

/// Make a link by which the owner chooses a password; an earlier one works no longer
#[utoipa::path(post, path = "/api/v1/people/{id}/account/link", operation_id = "linkAccount", tag = "account",
    params(("id" = i64, Path, description = "The person")), request_body = Empty, responses((status = 201, body = PasswordLink)))]
pub async fn link(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>, _: Posted<Empty>) -> Result<Response> {
    let secret = Secret::new(&*desk.entropy);
    let digest = secret.digest();
    act(&app, &desk, &viewer, id, "account.link", move |tx, frame| manage::offer_link(tx, frame, digest)).await?;
    let link = app.web.public_url.link(&reset_password::path(&secret));
    let mut response = (StatusCode::CREATED, Json(PasswordLink { link })).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Nothing is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// End all sessions of a person
#[utoipa::path(delete, path = "/api/v1/people/{id}/account/sessions", operation_id = "endSessionsOf", tag = "account",
    params(("id" = i64, Path, description = "The person")), responses((status = 204, description = "They have ended")))]
pub async fn sign_out(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>) -> Result<StatusCode> {
    act(&app, &desk, &viewer, id, "account.sign_out", manage::end_sessions).await?;
    Ok(StatusCode::NO_CONTENT)
}
