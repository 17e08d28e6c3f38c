//! `/api/v1/persons/{id}/memberships`

use access::{Object, Verb};
use api_kit::{List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use http::StatusCode;
use kernel::{Id, OrganisationId, PersonId};
use party::store;
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::asker;
use super::persons::show;
use crate::actions::person::membership;
use crate::dto::{MembershipOut, PersonOut, moment};
use crate::{permit, serve};

/// Where a person belongs and belonged; nothing when the reader's roles hide it.
#[utoipa::path(get, path = "/api/v1/persons/{id}/memberships", tag = "persons", operation_id = "listMemberships",
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = List<MembershipOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Result<axum::Json<List<MembershipOut>>> {
    let items = serve::read_bounded(&app, &viewer, "api.memberships", move |rd, actor| {
        let person = permit::person(rd, actor, id, Verb::PersonSee)?;
        if actor.hidden_in(Object::Person, person.tenant).contains("memberships") {
            return Ok(Vec::new());
        }
        store::membership::of_person(rd, person.id)
    })
    .await?;
    Ok(axum::Json(List { items: items.into_iter().map(MembershipOut::from).collect(), next: None }))
}

/// A membership to begin; one that runs already is changed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipIn {
    organisation: i64,
    #[serde(default)]
    #[schema(max_length = 200)]
    role_title: String,
    /// RFC 3339; without it: now.
    #[schema(format = DateTime)]
    from: Option<String>,
    /// RFC 3339; without it: no end.
    #[schema(format = DateTime)]
    to: Option<String>,
    /// Makes it the main one.
    #[serde(default)]
    main: bool,
}

/// Begins or changes a membership.
#[utoipa::path(post, path = "/api/v1/persons/{id}/memberships", tag = "persons", operation_id = "beginMembership", request_body = MembershipIn,
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = PersonOut)))]
pub async fn begin(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    posted: Posted<MembershipIn>,
) -> Result<Versioned<PersonOut>> {
    let key = posted.key.stored(asker(&viewer)?, "person.membership");
    let body = posted.body;
    let begin = membership::Begin {
        organisation: Id::new(body.organisation),
        role_title: body.role_title,
        from: body.from.as_deref().map(|text| moment("from", text)).transpose()?,
        to: body.to.as_deref().map(|text| moment("to", text)).transpose()?,
        main: body.main,
    };
    let id = serve::act(&app, &viewer, "person.membership", key, move |tx, frame| membership::begin(tx, frame, id, &begin)).await?;
    show(&app, &viewer, id).await
}

/// Ends what runs of it, now.
#[utoipa::path(delete, path = "/api/v1/persons/{id}/memberships/{organisation}", tag = "persons", operation_id = "endMembership",
    params(("id" = i64, Path, description = "The person"), ("organisation" = i64, Path, description = "The organisation")), responses((status = 204, description = "It has ended")))]
pub async fn end(State(app): State<App>, viewer: Viewer, Path((id, organisation)): Path<(PersonId, OrganisationId)>) -> Result<StatusCode> {
    serve::act(&app, &viewer, "person.membership", None, move |tx, frame| membership::end(tx, frame, id, organisation)).await?;
    Ok(StatusCode::NO_CONTENT)
}
