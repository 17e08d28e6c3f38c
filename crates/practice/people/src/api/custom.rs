//! `/fields` of persons, organisations and services: the custom fields.

use std::collections::BTreeMap;

use axum::extract::State;
use kernel::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use crate::actions::custom::{Owner, save, shown};
use crate::serve;

/// The custom fields of a record that have a value, by key.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct ValuesOut {
    pub fields: BTreeMap<String, serde_json::Value>,
}

/// Custom fields by key; `null` empties one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValuesIn {
    fields: BTreeMap<String, serde_json::Value>,
}

async fn read(app: &App, viewer: &Viewer, owner: Owner) -> Result<axum::Json<ValuesOut>> {
    let shown = serve::read_bounded(app, viewer, "api.fields", move |rd, actor| shown(rd, actor, owner)).await?;
    let value = |one: crate::actions::custom::Shown| Some((one.def.key.clone(), web_kit::field::json(&one.def, one.value.as_ref()?)));
    Ok(axum::Json(ValuesOut { fields: shown.into_iter().filter_map(value).collect() }))
}

async fn change(app: &App, viewer: &Viewer, owner: Owner, body: ValuesIn) -> Result<axum::Json<ValuesOut>> {
    serve::act(app, viewer, "fields.change", None, move |tx, frame| save(tx, frame, owner, &body.fields, None)).await?;
    read(app, viewer, owner).await
}

/// The custom fields of a person.
#[utoipa::path(get, path = "/api/v1/persons/{id}/fields", tag = "persons", operation_id = "getPersonFields",
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = ValuesOut)))]
pub async fn of_person(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<axum::Json<ValuesOut>> {
    read(&app, &viewer, Owner::Person(Id::new(id))).await
}

/// Changes custom fields of a person.
#[utoipa::path(patch, path = "/api/v1/persons/{id}/fields", tag = "persons", operation_id = "changePersonFields", request_body = ValuesIn,
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = ValuesOut)))]
pub async fn change_person(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Json(body): Json<ValuesIn>,
) -> Result<axum::Json<ValuesOut>> {
    change(&app, &viewer, Owner::Person(Id::new(id)), body).await
}

/// The custom fields of an organisation.
#[utoipa::path(get, path = "/api/v1/organisations/{id}/fields", tag = "organisations", operation_id = "getOrganisationFields",
    params(("id" = i64, Path, description = "The organisation")), responses((status = 200, body = ValuesOut)))]
pub async fn of_organisation(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<axum::Json<ValuesOut>> {
    read(&app, &viewer, Owner::Organisation(Id::new(id))).await
}

/// Changes custom fields of an organisation.
#[utoipa::path(patch, path = "/api/v1/organisations/{id}/fields", tag = "organisations", operation_id = "changeOrganisationFields", request_body = ValuesIn,
    params(("id" = i64, Path, description = "The organisation")), responses((status = 200, body = ValuesOut)))]
pub async fn change_organisation(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Json(body): Json<ValuesIn>,
) -> Result<axum::Json<ValuesOut>> {
    change(&app, &viewer, Owner::Organisation(Id::new(id)), body).await
}

/// The custom fields of a service.
#[utoipa::path(get, path = "/api/v1/services/{id}/fields", tag = "services", operation_id = "getServiceFields",
    params(("id" = i64, Path, description = "The service")), responses((status = 200, body = ValuesOut)))]
pub async fn of_service(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<axum::Json<ValuesOut>> {
    read(&app, &viewer, Owner::Service(Id::new(id))).await
}

/// Changes custom fields of a service.
#[utoipa::path(patch, path = "/api/v1/services/{id}/fields", tag = "services", operation_id = "changeServiceFields", request_body = ValuesIn,
    params(("id" = i64, Path, description = "The service")), responses((status = 200, body = ValuesOut)))]
pub async fn change_service(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Json(body): Json<ValuesIn>,
) -> Result<axum::Json<ValuesOut>> {
    change(&app, &viewer, Owner::Service(Id::new(id)), body).await
}
