//! `/api/v1/roles`

use std::collections::{BTreeMap, BTreeSet};

use access::{Object, Reach, Verb, store};
use api_kit::{IfMatch, List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use kernel::{Error, Id};
use party::TenantId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::{asker, lang};
use crate::actions::role::edit::{self as editing, RoleText};
use crate::dto::{RoleOut, RoleVersionOut, choice};
use crate::{permit, serve};

/// Where.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Where {
    /// A tenant; 0: the roles of all tenants; without it: the tenant of whoever asks.
    tenant: Option<i64>,
}

impl Where {
    fn tenant(self) -> Option<TenantId> {
        self.tenant.map(Id::new)
    }
}

/// The roles that count in a tenant: its own, and those of all tenants. At most 500, in one page.
#[utoipa::path(get, path = "/api/v1/roles", tag = "roles", operation_id = "listRoles", params(Where), responses((status = 200, body = List<RoleOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(place): Query<Where>) -> Result<axum::Json<List<RoleOut>>> {
    let rows = serve::read_bounded(&app, &viewer, "api.roles", move |rd, actor| {
        let tenant = permit::tenant(rd, actor, place.tenant(), Verb::RoleSee)?;
        store::role::list(rd, tenant)
    })
    .await?;
    Ok(axum::Json(List { items: rows.into_iter().map(RoleOut::from).collect(), next: None }))
}

/// A role as it counts in a tenant.
#[utoipa::path(get, path = "/api/v1/roles/{key}", tag = "roles", operation_id = "getRole",
    params(("key" = String, Path, description = "The role"), Where), responses((status = 200, body = RoleOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(
    State(app): State<App>,
    viewer: Viewer,
    Path(key): Path<String>,
    Query(place): Query<Where>,
) -> Result<Versioned<RoleOut>> {
    show(&app, &viewer, key, place.tenant()).await
}

async fn show(app: &App, viewer: &Viewer, key: String, tenant: Option<TenantId>) -> Result<Versioned<RoleOut>> {
    let row = serve::read_bounded(app, viewer, "api.role", move |rd, actor| {
        let tenant = permit::tenant(rd, actor, tenant, Verb::RoleSee)?;
        store::role::get(rd, tenant, &key)
    })
    .await?;
    Ok(Versioned::ok(row.version, RoleOut::from(row)))
}

/// The versions of a role, the newest first.
#[utoipa::path(get, path = "/api/v1/roles/{key}/history", tag = "roles", operation_id = "listRoleVersions",
    params(("key" = String, Path, description = "The role"), Where), responses((status = 200, body = List<RoleVersionOut>)))]
pub async fn history(
    State(app): State<App>,
    viewer: Viewer,
    Path(key): Path<String>,
    Query(place): Query<Where>,
) -> Result<axum::Json<List<RoleVersionOut>>> {
    let versions = serve::read_bounded(&app, &viewer, "api.role.history", move |rd, actor| {
        let tenant = permit::tenant(rd, actor, place.tenant(), Verb::RoleSee)?;
        let row = store::role::get(rd, tenant, &key)?;
        store::role::history(rd, row.tenant, &key)
    })
    .await?;
    Ok(axum::Json(List { items: versions.into_iter().map(RoleVersionOut::from).collect(), next: None }))
}

/// A role as it shall be; what is not named is not granted and not hidden.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleIn {
    /// By language: en es ru; English is needed.
    names: BTreeMap<String, String>,
    /// How far each verb goes: none own team organisation all.
    verbs: BTreeMap<String, String>,
    /// The fields that it does not show, by object.
    #[serde(default)]
    hidden: BTreeMap<String, BTreeSet<String>>,
    /// An inactive role grants nothing.
    #[serde(default = "yes")]
    active: bool,
}

const fn yes() -> bool {
    true
}

impl RoleIn {
    fn read(self) -> kernel::Result<RoleText> {
        let names = self.names.into_iter().map(|(tag, name)| Ok((lang(&tag).map_err(|_| Error::invalid("names", "error-choice"))?, name)));
        let verbs = self
            .verbs
            .into_iter()
            .map(|(verb, reach)| Ok((choice("verbs", &verb, Verb::from_key)?, choice("verbs", &reach, Reach::from_key)?)));
        let hidden = self.hidden.into_iter().map(|(object, fields)| Ok((choice("hidden", &object, Object::from_key)?, fields)));
        Ok(RoleText {
            names: names.collect::<kernel::Result<_>>()?,
            verbs: verbs.collect::<kernel::Result<_>>()?,
            hidden: hidden.collect::<kernel::Result<_>>()?,
            active: self.active,
        })
    }
}

/// A role to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoleIn {
    /// Never changes.
    #[schema(example = "night_shift", min_length = 1, max_length = 64)]
    key: String,
    /// Where it counts; 0: in all tenants; without it: in the tenant of whoever asks.
    tenant: Option<i64>,
    role: RoleIn,
}

/// Adds a role.
#[utoipa::path(post, path = "/api/v1/roles", tag = "roles", operation_id = "createRole", request_body = NewRoleIn,
    responses((status = 201, body = RoleOut, headers(("ETag" = String, description = "The version")))))]
pub async fn create(State(app): State<App>, viewer: Viewer, posted: Posted<NewRoleIn>) -> Result<Versioned<RoleOut>> {
    let request = posted.key.stored(asker(&viewer)?, "role.create");
    let (key, tenant) = (posted.body.key, posted.body.tenant.map(Id::new));
    let (name, text) = (key.clone(), posted.body.role.read()?);
    serve::act(&app, &viewer, "role.create", request, move |tx, frame| {
        let tenant = permit::tenant(tx, frame.actor, tenant, Verb::RoleEdit)?;
        editing::edit(tx, frame, tenant, &name, Some(0), &text)
    })
    .await?;
    let mut made = show(&app, &viewer, key, tenant).await?;
    made.status = http::StatusCode::CREATED;
    Ok(made)
}

/// Makes a new version of a role. With `If-Match` only from that version; without it from the newest.
/// In a tenant this makes a definition of its own, which counts there instead of the shared one.
#[utoipa::path(put, path = "/api/v1/roles/{key}", tag = "roles", operation_id = "changeRole", request_body = RoleIn,
    params(("key" = String, Path, description = "The role"), Where, ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = RoleOut, headers(("ETag" = String, description = "The version")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(key): Path<String>,
    Query(place): Query<Where>,
    IfMatch(version): IfMatch,
    Json(body): Json<RoleIn>,
) -> Result<Versioned<RoleOut>> {
    let (name, text) = (key.clone(), body.read()?);
    serve::act(&app, &viewer, "role.change", None, move |tx, frame| {
        let tenant = permit::tenant(tx, frame.actor, place.tenant(), Verb::RoleEdit)?;
        let row = store::role::get(tx, tenant, &name)?;
        // The tag of a shared role stands for "no definition of its own yet" in a tenant.
        let base = if row.tenant == tenant { version } else { version.filter(|v| *v != row.version).or(Some(0)) };
        editing::edit(tx, frame, tenant, &name, base, &text)
    })
    .await?;
    show(&app, &viewer, key, place.tenant()).await
}
