//! `/api/v1/backups`: the backups that the desk made, and one at once.

use std::sync::Arc;

use access::Verb;
use api_kit::{List, PageParams, Posted, RequestKeyed};
use axum::extract::State;
use axum::{Extension, Json};
use events::backup_run::{self, BackupRun};
use events::once;
use http::StatusCode;
use kernel::PageRequest;
use party::SHARED;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{App, Query, Result, Viewer};

/// The schedule in its own words.
#[derive(Debug)]
pub struct Said(pub Option<String>);

/// The backups of a desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct Backups {
    /// When the desk makes them by itself, in UTC; absent when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "daily 02:30")]
    pub schedule: Option<String>,
    #[serde(flatten)]
    pub list: List<Backup>,
}

/// A backup that was made, or could not be.
#[derive(Debug, Serialize, ToSchema)]
pub struct Backup {
    /// RFC 3339.
    pub begun_at: String,
    pub ended_at: String,
    /// Written, read back and compared with its manifest.
    pub ok: bool,
    /// The file in the folder of backups.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-22T02-30-00Z-scheduled.spoc")]
    pub name: Option<String>,
    pub bytes: i64,
    /// Rows of all tables.
    pub rows: i64,
    pub files: i64,
    /// Why it failed, for operators and in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Backup {
    fn of(run: BackupRun) -> Self {
        Self {
            begun_at: run.begun.to_rfc3339(),
            ended_at: run.ended.to_rfc3339(),
            ok: run.ok,
            name: Some(run.name).filter(|name| !name.is_empty()),
            bytes: run.bytes,
            rows: run.rows,
            files: run.files,
            error: Some(run.error).filter(|error| !error.is_empty()),
        }
    }
}

/// The backups that the desk made, newest first. Needs `system.see` for the whole installation
#[utoipa::path(get, path = "/api/v1/backups", operation_id = "listBackups", tag = "system", params(PageParams),
    responses((status = 200, description = "The backups", body = Backups)))]
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Extension(said): Extension<Arc<Said>>,
    Query(params): Query<PageParams>,
) -> Result<Json<Backups>> {
    viewer.actor.require(Verb::SystemSee, SHARED)?;
    let request = PageRequest::from(params);
    let page = app.db.read("api.backups", move |rd| backup_run::runs(rd, &request)).await?;
    Ok(Json(Backups { schedule: said.0.clone(), list: List::of(page, Backup::of) }))
}

/// Nothing needs to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Make {}

/// Has a backup made at once, in the background; it stands in the list when it is done. Needs
/// `system.run` for the whole installation
#[utoipa::path(post, path = "/api/v1/backups", operation_id = "makeBackup", tag = "system", request_body = Make,
    responses((status = 202, description = "It will be made")))]
pub async fn make(State(app): State<App>, viewer: Viewer, posted: Posted<Make>) -> Result<StatusCode> {
    let Make {} = posted.body;
    let key = posted.key.stored(viewer.actor.require_person()?, "backup.make");
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(&app)?);
    let asked = app.db.write("backup.ask", move |tx| {
        actor.require(Verb::SystemRun, SHARED)?;
        once(tx, key.as_ref(), act.now, |tx| backup_run::ask(tx, act.now)).map(drop)
    });
    asked.await?;
    Ok(StatusCode::ACCEPTED)
}
