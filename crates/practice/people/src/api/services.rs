//! `/api/v1/services`

use access::Verb;
use api_kit::{IfMatch, List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use kernel::{Error, Id, PageRequest, ServiceId};
use party::store::service as rows;
use party::{ServiceData, ServiceState};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::asker;
use crate::actions::service::{create as creating, edit as editing};
use crate::dto::{ServiceOut, choice, given, services_out};
use crate::{permit, serve};

/// Which services, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Beginnings of words; with it the best matches come, without further pages.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    q: Option<String>,
    /// proposed live retired
    #[param(max_length = 20)]
    state: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
}

/// Services by name, or by words.
#[utoipa::path(get, path = "/api/v1/services", tag = "services", operation_id = "listServices", params(ListParams), responses((status = 200, body = List<ServiceOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(params): Query<ListParams>) -> Result<axum::Json<List<ServiceOut>>> {
    let state = params.state.as_deref().map(|key| choice("state", key, ServiceState::from_key)).transpose()?;
    let request = PageRequest { limit: params.limit, cursor: params.cursor };
    let q = params.q.unwrap_or_default();
    let page = serve::read(&app, &viewer, "api.services", move |rd, actor| {
        let page = crate::read::services(rd, actor, &q, state, &request)?;
        Ok(List { items: services_out(rd, actor, page.rows)?, next: page.next })
    })
    .await?;
    Ok(axum::Json(page))
}

/// A service to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceIn {
    #[schema(example = "E-mail", min_length = 1, max_length = 200)]
    name: String,
    /// Never changes; without it one is made of the name.
    #[serde(default)]
    #[schema(example = "email", max_length = 64)]
    key: String,
    /// proposed live retired; live when unsaid.
    #[schema(example = "live", max_length = 20)]
    state: Option<String>,
    parent: Option<i64>,
    owner: Option<i64>,
    team: Option<i64>,
    /// 1 low, 2 medium, 3 high, 4 extensive.
    #[schema(minimum = 1, maximum = 4)]
    impact: Option<i64>,
    #[serde(default)]
    #[schema(max_length = 20000)]
    description: String,
    /// Whose service it is; 0: offered to all tenants; without it: the parent's or the asker's.
    tenant: Option<i64>,
}

/// Adds a service.
#[utoipa::path(post, path = "/api/v1/services", tag = "services", operation_id = "createService", request_body = ServiceIn,
    responses((status = 201, body = ServiceOut, headers(("ETag" = String, description = "The version")))))]
pub async fn create(State(app): State<App>, viewer: Viewer, posted: Posted<ServiceIn>) -> Result<Versioned<ServiceOut>> {
    let key = posted.key.stored(asker(&viewer)?, "service.create");
    let body = posted.body;
    let data = ServiceData {
        name: body.name,
        state: body.state.as_deref().map_or(Ok(ServiceState::Live), |key| choice("state", key, ServiceState::from_key))?,
        owner: body.owner.map(Id::new),
        team: body.team.map(Id::new),
        impact: body.impact,
        description: body.description,
        active: true,
    };
    let new = creating::NewService { tenant: body.tenant.map(Id::new), parent: body.parent.map(Id::new), key: body.key, data };
    let id = serve::act(&app, &viewer, "service.create", key, move |tx, frame| creating::create(tx, frame, &new)).await?;
    let json = read(&app, &viewer, id, false).await?;
    Ok(Versioned::created(json.version, json))
}

/// One service.
#[utoipa::path(get, path = "/api/v1/services/{id}", tag = "services", operation_id = "getService",
    params(("id" = i64, Path, description = "The service")), responses((status = 200, body = ServiceOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, Path(id): Path<ServiceId>) -> Result<Versioned<ServiceOut>> {
    let json = read(&app, &viewer, id, true).await?;
    Ok(Versioned::ok(json.version, json))
}

/// `scoped`: what may not be seen is not found; who has just made it knows it.
async fn read(app: &App, viewer: &Viewer, id: ServiceId, scoped: bool) -> kernel::Result<ServiceOut> {
    serve::read_bounded(app, viewer, "api.service", move |rd, actor| {
        let service = if scoped { permit::service(rd, actor, id, Verb::ServiceSee)? } else { rows::get(rd, id)? };
        services_out(rd, actor, vec![service])?.pop().ok_or_else(Error::not_found)
    })
    .await
}

/// What to change; a field that is absent stays, `null` empties it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServicePatchIn {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// proposed live retired
    #[schema(max_length = 20)]
    state: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    owner: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    team: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 4)]
    impact: Option<Option<i64>>,
    #[schema(max_length = 20000)]
    description: Option<String>,
    active: Option<bool>,
    /// Moves it with all below it; `null`: to the top.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    parent: Option<Option<i64>>,
}

/// Changes a service, or moves it. With `If-Match` only at that version; without it the newest values
/// win.
#[utoipa::path(patch, path = "/api/v1/services/{id}", tag = "services", operation_id = "changeService", request_body = ServicePatchIn,
    params(("id" = i64, Path, description = "The service"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = ServiceOut, headers(("ETag" = String, description = "The version")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<ServiceId>,
    IfMatch(version): IfMatch,
    Json(body): Json<ServicePatchIn>,
) -> Result<Versioned<ServiceOut>> {
    let patch = editing::Patch {
        name: body.name,
        state: body.state.as_deref().map(|key| choice("state", key, ServiceState::from_key)).transpose()?,
        owner: body.owner.map(|o| o.map(Id::new)),
        team: body.team.map(|t| t.map(Id::new)),
        impact: body.impact,
        description: body.description,
        active: body.active,
        parent: body.parent.map(|p| p.map(Id::new)),
    };
    serve::act(&app, &viewer, "service.change", None, move |tx, frame| editing::edit(tx, frame, id, version, &patch)).await?;
    let json = read(&app, &viewer, id, true).await?;
    Ok(Versioned::ok(json.version, json))
}
