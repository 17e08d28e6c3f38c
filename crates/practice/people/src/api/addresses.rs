//! `/api/v1/persons/{id}/addresses`

use access::{Object, Verb};
use api_kit::{List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use http::StatusCode;
use kernel::PersonId;
use party::{AddressKind, store};
use serde::Deserialize;
use utoipa::IntoParams;
use web_kit::{App, Path, Query, Result, Viewer};

use super::asker;
use super::persons::{AddressIn, show};
use crate::actions::person::address;
use crate::dto::{AddressOut, PersonOut, choice};
use crate::{permit, serve};

/// How a person is reached; nothing when the reader's roles hide it.
#[utoipa::path(get, path = "/api/v1/persons/{id}/addresses", tag = "persons", operation_id = "listAddresses",
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = List<AddressOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Result<axum::Json<List<AddressOut>>> {
    let items = serve::read_bounded(&app, &viewer, "api.addresses", move |rd, actor| {
        let person = permit::person(rd, actor, id, Verb::PersonSee)?;
        if actor.hidden_in(Object::Person, person.tenant).contains("addresses") {
            return Ok(Vec::new());
        }
        store::address::of_person(rd, person.id)
    })
    .await?;
    Ok(axum::Json(List { items: items.into_iter().map(AddressOut::from).collect(), next: None }))
}

/// Adds an address, or makes a known one the main one.
#[utoipa::path(post, path = "/api/v1/persons/{id}/addresses", tag = "persons", operation_id = "addAddress", request_body = AddressIn,
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = PersonOut)))]
pub async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    posted: Posted<AddressIn>,
) -> Result<Versioned<PersonOut>> {
    let key = posted.key.stored(asker(&viewer)?, "person.address");
    let new = posted.body.read()?;
    let id = serve::act(&app, &viewer, "person.address", key, move |tx, frame| address::add(tx, frame, id, &new)).await?;
    show(&app, &viewer, id).await
}

/// Which address to take away.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// email phone mobile room tag
    #[param(max_length = 20, example = "email")]
    kind: String,
    #[param(max_length = 254, example = "maria.ortega@example.com")]
    value: String,
}

/// Takes an address away.
#[utoipa::path(delete, path = "/api/v1/persons/{id}/addresses", tag = "persons", operation_id = "removeAddress",
    params(("id" = i64, Path, description = "The person"), Which), responses((status = 204, description = "It is gone")))]
pub async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>, Query(which): Query<Which>) -> Result<StatusCode> {
    let kind = choice("kind", &which.kind, AddressKind::from_key)?;
    serve::act(&app, &viewer, "person.address", None, move |tx, frame| address::remove(tx, frame, id, kind, &which.value)).await?;
    Ok(StatusCode::NO_CONTENT)
}
