//! `/api/v1/locations`

use access::Verb;
use api_kit::{IfMatch, List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use kernel::{Error, Id, LocationId, Page};
use party::store::location as rows;
use party::{Location, LocationData};
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::{Asked, asker};
use crate::actions::location::{create as creating, edit as editing};
use crate::dto::{LocationOut, given, locations_out};
use crate::read::FOUND;
use crate::{permit, serve};

/// Locations by name, or by words.
#[utoipa::path(get, path = "/api/v1/locations", tag = "locations", operation_id = "listLocations", params(Asked), responses((status = 200, body = List<LocationOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Result<axum::Json<List<LocationOut>>> {
    let (q, request) = asked.split();
    let page = serve::read(&app, &viewer, "api.locations", move |rd, actor| {
        let within = actor.locations(Verb::LocationSee).within();
        let page: Page<Location> = if q.trim().is_empty() {
            rows::page(rd, &within, &request)?
        } else {
            Page { rows: rows::search(rd, &within, &q, FOUND)?, next: None }
        };
        Ok(List { items: locations_out(page.rows), next: page.next })
    })
    .await?;
    Ok(axum::Json(page))
}

/// A location to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LocationIn {
    #[schema(example = "Madrid, floor 2", min_length = 1, max_length = 200)]
    name: String,
    parent: Option<i64>,
    #[serde(default)]
    #[schema(max_length = 1000)]
    address: String,
    #[schema(example = "Europe/Madrid", max_length = 60)]
    time_zone: Option<String>,
    /// Whose location it is; 0: of all tenants; without it: the parent's or the asker's.
    tenant: Option<i64>,
}

/// Adds a location.
#[utoipa::path(post, path = "/api/v1/locations", tag = "locations", operation_id = "createLocation", request_body = LocationIn,
    responses((status = 201, body = LocationOut, headers(("ETag" = String, description = "The version")))))]
pub async fn create(State(app): State<App>, viewer: Viewer, posted: Posted<LocationIn>) -> Result<Versioned<LocationOut>> {
    let key = posted.key.stored(asker(&viewer)?, "location.create");
    let body = posted.body;
    let data = LocationData { name: body.name, address: body.address, time_zone: body.time_zone, active: true };
    let new = creating::NewLocation { tenant: body.tenant.map(Id::new), parent: body.parent.map(Id::new), data };
    let id = serve::act(&app, &viewer, "location.create", key, move |tx, frame| creating::create(tx, frame, &new)).await?;
    let json = read(&app, &viewer, id, false).await?;
    Ok(Versioned::created(json.version, json))
}

/// One location.
#[utoipa::path(get, path = "/api/v1/locations/{id}", tag = "locations", operation_id = "getLocation",
    params(("id" = i64, Path, description = "The location")), responses((status = 200, body = LocationOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, Path(id): Path<LocationId>) -> Result<Versioned<LocationOut>> {
    let json = read(&app, &viewer, id, true).await?;
    Ok(Versioned::ok(json.version, json))
}

/// `scoped`: what may not be seen is not found; who has just made it knows it.
async fn read(app: &App, viewer: &Viewer, id: LocationId, scoped: bool) -> kernel::Result<LocationOut> {
    serve::read_bounded(app, viewer, "api.location", move |rd, actor| {
        let location = if scoped { permit::location(rd, actor, id, Verb::LocationSee)? } else { rows::get(rd, id)? };
        locations_out(vec![location]).pop().ok_or_else(Error::not_found)
    })
    .await
}

/// What to change; a field that is absent stays, `null` empties it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LocationPatchIn {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[schema(max_length = 1000)]
    address: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    time_zone: Option<Option<String>>,
    active: Option<bool>,
    /// Moves it with all in it; `null`: to the top.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    parent: Option<Option<i64>>,
}

/// Changes a location, or moves it. With `If-Match` only at that version; without it the newest
/// values win.
#[utoipa::path(patch, path = "/api/v1/locations/{id}", tag = "locations", operation_id = "changeLocation", request_body = LocationPatchIn,
    params(("id" = i64, Path, description = "The location"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = LocationOut, headers(("ETag" = String, description = "The version")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<LocationId>,
    IfMatch(version): IfMatch,
    Json(body): Json<LocationPatchIn>,
) -> Result<Versioned<LocationOut>> {
    let patch = editing::Patch {
        name: body.name,
        address: body.address,
        time_zone: body.time_zone,
        active: body.active,
        parent: body.parent.map(|p| p.map(Id::new)),
    };
    serve::act(&app, &viewer, "location.change", None, move |tx, frame| editing::edit(tx, frame, id, version, &patch)).await?;
    let json = read(&app, &viewer, id, true).await?;
    Ok(Versioned::ok(json.version, json))
}
