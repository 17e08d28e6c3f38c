//! `/api/v1/persons/{id}/merge` and `/unmerge`

use api_kit::{IfMatch, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use kernel::{Id, PersonId};
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::asker;
use super::persons::show;
use crate::actions::person::{merge as merging, unmerge as unmerging};
use crate::dto::PersonOut;
use crate::serve;

/// Who remains.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeIn {
    into: i64,
}

/// Says that two records are one person; the answer is who remains.
#[utoipa::path(post, path = "/api/v1/persons/{id}/merge", tag = "persons", operation_id = "mergePerson", request_body = MergeIn,
    params(("id" = i64, Path, description = "The person who is really another one"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = PersonOut)))]
pub async fn merge(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    IfMatch(version): IfMatch,
    posted: Posted<MergeIn>,
) -> Result<Versioned<PersonOut>> {
    let key = posted.key.stored(asker(&viewer)?, "person.merge");
    let into = Id::new(posted.body.into);
    let id = serve::act(&app, &viewer, "person.merge", key, move |tx, frame| merging::merge(tx, frame, id, version, into)).await?;
    show(&app, &viewer, id).await
}

/// Nothing to say.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmergeIn {}

/// Takes a merge back; the answer is the person on their own again.
#[utoipa::path(post, path = "/api/v1/persons/{id}/unmerge", tag = "persons", operation_id = "unmergePerson", request_body = UnmergeIn,
    params(("id" = i64, Path, description = "The person who was merged")), responses((status = 200, body = PersonOut)))]
pub async fn unmerge(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    posted: Posted<UnmergeIn>,
) -> Result<Versioned<PersonOut>> {
    let key = posted.key.stored(asker(&viewer)?, "person.unmerge");
    let id = serve::act(&app, &viewer, "person.unmerge", key, move |tx, frame| unmerging::unmerge(tx, frame, id, None)).await?;
    show(&app, &viewer, id).await
}
