//! `/api/v1/persons/{id}/erasure`

use std::sync::Arc;

use api_kit::{Posted, RequestKeyed};
use axum::Json;
use axum::extract::State;
use events::once;
use http::StatusCode;
use kernel::PersonId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use crate::actions::{self, Preview};

/// What an erasure takes away, or has taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureOut {
    /// none, running or done.
    #[schema(example = "none")]
    pub state: String,
    /// Tickets that they registered or that are about them; these stay.
    pub tickets: i64,
    /// Messages of theirs that are still there.
    pub messages: i64,
    /// Files of theirs that are still there.
    pub files: i64,
    pub addresses: i64,
    pub organisations: i64,
    pub teams: i64,
    pub roles: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased: Option<ErasedOut>,
}

/// What has gone so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasedOut {
    /// RFC 3339.
    pub begun_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    pub tickets: i64,
    pub messages: i64,
    /// Titles and reports.
    pub texts: i64,
    pub files: i64,
}

impl From<Preview> for ErasureOut {
    fn from(found: Preview) -> Self {
        let state = match &found.begun {
            None => "none",
            Some(erasure) if erasure.finished.is_none() => "running",
            Some(_) => "done",
        };
        let erased = found.begun.map(|erasure| ErasedOut {
            begun_at: erasure.begun.to_rfc3339(),
            finished_at: erasure.finished.map(kernel::Time::to_rfc3339),
            tickets: erasure.tickets,
            messages: erasure.messages,
            texts: erasure.texts,
            files: erasure.files,
        });
        Self {
            state: state.to_owned(),
            tickets: found.tickets,
            messages: found.messages,
            files: found.files,
            addresses: found.addresses,
            organisations: found.organisations,
            teams: found.teams,
            roles: found.roles,
            erased,
        }
    }
}

/// What erasing a person would take away, or how far it is. Needs `person.erase`
#[utoipa::path(get, path = "/api/v1/persons/{id}/erasure", operation_id = "previewErasure", tag = "persons",
    params(("id" = i64, Path, description = "The person")), responses((status = 200, description = "What would go", body = ErasureOut)))]
pub async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Result<Json<ErasureOut>> {
    let actor = Arc::clone(&viewer.actor);
    Ok(Json(app.db.read("person.erasure", move |rd| actions::preview(rd, &actor, id)).await?.into()))
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseIn {
    /// Such as the request of the person, with its date.
    #[schema(min_length = 1, max_length = 1000, example = "Asked for it on 12 November")]
    reason: String,
}

/// Erases a person for good: what is known of them at once, what they wrote in the background. Tickets
/// stay, and the audit chain stays valid. Needs `person.erase`
#[utoipa::path(post, path = "/api/v1/persons/{id}/erasure", operation_id = "erasePerson", tag = "persons", request_body = EraseIn,
    params(("id" = i64, Path, description = "The person")), responses((status = 202, description = "It has begun", body = ErasureOut)))]
pub async fn erase(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    posted: Posted<EraseIn>,
) -> Result<(StatusCode, Json<ErasureOut>)> {
    let key = posted.key.stored(viewer.actor.require_person()?, "person.erase");
    let (actor, act, reason) = (Arc::clone(&viewer.actor), viewer.act(&app)?, posted.body.reason);
    let name = crate::web::stand_in(&viewer.t, id);
    app.db
        .write("person.erase", move |tx| {
            once(tx, key.as_ref(), act.now, |tx| actions::erase(tx, &actor, &act, id, &reason, &name)).map(drop)
        })
        .await?;
    let actor = Arc::clone(&viewer.actor);
    let found = app.db.read("person.erasure", move |rd| actions::preview(rd, &actor, id)).await?;
    Ok((StatusCode::ACCEPTED, Json(found.into())))
}
