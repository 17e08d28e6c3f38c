//! `/api/v1/persons/{id}/exports`

use std::sync::Arc;

use api_kit::{Posted, RequestKeyed};
use axum::Json;
use axum::extract::State;
use events::once;
use http::StatusCode;
use kernel::{PersonId, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::serve::{self, FilesRef};
use super::store::{Export, ExportId};
use super::{ask, asked, one};

/// A file with everything that is kept about a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonExportOut {
    pub id: i64,
    pub person: i64,
    /// running ready failed expired
    #[schema(example = "ready")]
    pub state: String,
    /// With the notes of the desk.
    pub notes: bool,
    /// RFC 3339.
    pub asked_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    /// When the file goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tickets: Option<i64>,
    /// Files of the person in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<i64>,
    /// Why it failed: the code of an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// Where it is taken, while it is ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/api/v1/persons/4/exports/7/file")]
    pub href: Option<String>,
}

impl From<Export> for PersonExportOut {
    fn from(e: Export) -> Self {
        let made = e.file.is_some();
        Self {
            id: e.id.raw(),
            person: e.person.raw(),
            state: e.state.key().to_owned(),
            notes: e.notes,
            asked_at: e.asked_at.to_rfc3339(),
            finished_at: e.finished_at.map(Time::to_rfc3339),
            expires_at: e.expires_at.map(Time::to_rfc3339),
            size: made.then_some(e.size),
            tickets: made.then_some(e.tickets),
            files: made.then_some(e.files),
            trouble: Some(e.trouble).filter(|trouble| !trouble.is_empty()),
            href: made.then(|| format!("/api/v1/persons/{}/exports/{}/file", e.person, e.id)),
        }
    }
}

/// The exports that the asker asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonExportsOut {
    /// The newest first, at most ten.
    #[schema(max_items = 10)]
    pub items: Vec<PersonExportOut>,
}

/// The files of a person that the asker asked for. Of oneself, or of whom one may erase (`person.erase`)
#[utoipa::path(get, path = "/api/v1/persons/{id}/exports", operation_id = "listPersonExports", tag = "persons",
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = PersonExportsOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Result<Json<PersonExportsOut>> {
    let actor = Arc::clone(&viewer.actor);
    let (_, exports) = app.db.read("person.exports", move |rd| asked(rd, &actor, id)).await?;
    Ok(Json(PersonExportsOut { items: exports.into_iter().map(PersonExportOut::from).collect() }))
}

/// What is wanted.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonExportIn {
    /// With the notes of the desk that the asker may read; not of oneself.
    #[serde(default)]
    notes: bool,
}

/// Asks for a file with everything that is kept about a person. It is made in the background and can be taken
/// for seven days by the asker alone; who asks again within a day is given the same one
#[utoipa::path(post, path = "/api/v1/persons/{id}/exports", operation_id = "exportPerson", tag = "persons", request_body = PersonExportIn,
    params(("id" = i64, Path, description = "The person")), responses((status = 202, description = "It is under way, or was made", body = PersonExportOut)))]
pub async fn create(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    posted: Posted<PersonExportIn>,
) -> Result<(StatusCode, Json<PersonExportOut>)> {
    let key = posted.key.stored(viewer.actor.require_person()?, "person.export");
    let (actor, act, notes) = (Arc::clone(&viewer.actor), viewer.act(&app)?, posted.body.notes);
    let begun = app.db.write("person.export", move |tx| {
        once(tx, key.as_ref(), act.now, |tx| ask(tx, &actor, &act, id, notes).map(|export| export.id.raw())).map(|(id, _)| id)
    });
    let (export, actor) = (ExportId::new(begun.await?), Arc::clone(&viewer.actor));
    let found = app.db.read("person.export", move |rd| one(rd, &actor, id, export)).await?;
    Ok((StatusCode::ACCEPTED, Json(found.into())))
}

/// How far a file of a person is
#[utoipa::path(get, path = "/api/v1/persons/{id}/exports/{export}", operation_id = "getPersonExport", tag = "persons",
    params(("id" = i64, Path, description = "The person"), ("export" = i64, Path, description = "The export")),
    responses((status = 200, body = PersonExportOut)))]
pub async fn show(State(app): State<App>, viewer: Viewer, Path((id, export)): Path<(PersonId, ExportId)>) -> Result<Json<PersonExportOut>> {
    let actor = Arc::clone(&viewer.actor);
    Ok(Json(app.db.read("person.export", move |rd| one(rd, &actor, id, export)).await?.into()))
}

/// The file of a person: a ZIP archive with `person.json`, `tickets.jsonl`, `index.html`, the person's files and
/// the digest of each. Taking it is told in the log
#[utoipa::path(get, path = "/api/v1/persons/{id}/exports/{export}/file", operation_id = "takePersonExport", tag = "persons",
    params(("id" = i64, Path, description = "The person"), ("export" = i64, Path, description = "The export")),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip")))]
pub async fn file(State(app): State<App>, viewer: Viewer, files: FilesRef, Path((id, export)): Path<(PersonId, ExportId)>) -> Result {
    serve::file(&app, &viewer, &files, id, export).await
}
