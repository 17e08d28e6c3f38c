//! `/api/v1/settings`: configuration objects, their versions, and the way back.

use std::sync::Arc;

use api_kit::{List, PageParams, Posted, RequestKeyed};
use axum::Json;
use axum::extract::State;
use events::once;
use kernel::{PageRequest, SettingId};
use party::Names;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{App, Path, Query, Result, Viewer};

use crate::read::{self, Version, person};
use crate::revert::{Revert, revert};
use crate::store::Object;

/// A configuration object.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingOut {
    pub id: i64,
    /// Whose: the number of a root organisation, 0 for all.
    pub tenant: i64,
    #[schema(example = "ticket_kind")]
    pub kind: String,
    #[schema(example = "incident")]
    pub key: String,
    pub version: i64,
    pub deleted: bool,
    /// RFC 3339.
    pub changed_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<DoneBy>,
}

/// A person; absent where the product itself is the author.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoneBy {
    pub id: i64,
    pub name: String,
}

fn author(by: i64, names: &Names) -> Option<DoneBy> {
    person(by).map(|id| DoneBy { id: id.raw(), name: names.person_name(id).to_owned() })
}

impl SettingOut {
    fn of(object: Object, names: &Names) -> Self {
        Self {
            id: object.id.raw(),
            tenant: object.tenant,
            kind: object.kind,
            key: object.key,
            version: object.version,
            deleted: object.deleted,
            changed_at: object.updated.to_rfc3339(),
            changed_by: author(object.by, names),
        }
    }
}

/// A version of a configuration object.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingVersionOut {
    pub version: i64,
    pub deleted: bool,
    /// RFC 3339.
    pub made_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_by: Option<DoneBy>,
    /// The whole content.
    pub data: serde_json::Value,
    /// What it changed against the version before.
    pub changes: Vec<SettingChangeOut>,
}

/// A value that became another one.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingChangeOut {
    #[schema(example = "states[solved].names.en")]
    pub path: String,
    /// Absent: it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Absent: it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl SettingVersionOut {
    fn of(version: Version, names: &Names) -> Self {
        let Version { change, changes } = version;
        Self {
            version: change.version,
            deleted: change.deleted,
            made_at: change.created_at.to_rfc3339(),
            made_by: author(change.created_by, names),
            data: serde_json::from_str(&change.data).unwrap_or(serde_json::Value::Null),
            changes: changes.into_iter().map(|c| SettingChangeOut { path: c.path, before: c.before, after: c.after }).collect(),
        }
    }
}

/// The configuration objects, the latest changed first. Needs `settings.see`, and shows the tenants it reaches
#[utoipa::path(get, path = "/api/v1/settings", operation_id = "listSettings", tag = "settings", params(PageParams),
    responses((status = 200, description = "Configuration objects", body = List<SettingOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(params): Query<PageParams>) -> Result<Json<List<SettingOut>>> {
    let (actor, request) = (Arc::clone(&viewer.actor), PageRequest::from(params));
    let (page, names) = app.db.read("settings.list", move |rd| read::objects(rd, &actor, &request)).await?;
    Ok(Json(List::of(page, |object| SettingOut::of(object, &names))))
}

/// The versions of a configuration object, the newest first, at most 200. Needs `settings.see`
#[utoipa::path(get, path = "/api/v1/settings/{id}/versions", operation_id = "listSettingVersions", tag = "settings",
    params(("id" = i64, Path, description = "The object")), responses((status = 200, description = "Its versions", body = List<SettingVersionOut>)))]
pub async fn versions(State(app): State<App>, viewer: Viewer, Path(id): Path<SettingId>) -> Result<Json<List<SettingVersionOut>>> {
    let actor = Arc::clone(&viewer.actor);
    let (_, versions, names) = app.db.read("settings.history", move |rd| read::history(rd, &actor, id)).await?;
    Ok(Json(List { items: versions.into_iter().map(|version| SettingVersionOut::of(version, &names)).collect(), next: None }))
}

/// To which version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevertIn {
    /// The version that was read.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    version: i64,
    /// The version whose content comes back.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    to: i64,
}

/// The version that was made.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Reverted {
    pub version: i64,
}

/// Takes a configuration object back to an earlier version, as a new one. Needs `settings.edit`
#[utoipa::path(post, path = "/api/v1/settings/{id}/revert", operation_id = "revertSetting", tag = "settings", request_body = RevertIn,
    params(("id" = i64, Path, description = "The object")), responses((status = 200, description = "A new version", body = Reverted)))]
pub async fn take_back(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<SettingId>,
    posted: Posted<RevertIn>,
) -> Result<Json<Reverted>> {
    let wish = Revert { id, expected: posted.body.version, to: posted.body.to };
    let key = posted.key.stored(viewer.actor.require_person()?, "setting.revert");
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(&app)?);
    let made = app.db.write("setting.revert", move |tx| {
        once(tx, key.as_ref(), act.now, |tx| revert(tx, &actor, &act, wish).map(|version| Reverted { version })).map(|(made, _)| made)
    });
    Ok(Json(made.await?))
}
