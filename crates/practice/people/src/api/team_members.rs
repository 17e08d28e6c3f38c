//! `/api/v1/teams/{id}/members`

use access::{Object, Verb};
use api_kit::{List, Posted, RequestKeyed as _};
use axum::extract::State;
use http::StatusCode;
use kernel::{Id, PersonId, TeamId};
use party::{TeamRole, store};
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::asker;
use crate::actions::team::members;
use crate::dto::{MemberOut, choice};
use crate::{permit, serve};

/// Who is in a team; nothing when the reader's roles hide it.
#[utoipa::path(get, path = "/api/v1/teams/{id}/members", tag = "teams", operation_id = "listTeamMembers",
    params(("id" = i64, Path, description = "The team")), responses((status = 200, body = List<MemberOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<TeamId>) -> Result<axum::Json<List<MemberOut>>> {
    Ok(axum::Json(read(&app, &viewer, id).await?))
}

async fn read(app: &App, viewer: &Viewer, id: TeamId) -> kernel::Result<List<MemberOut>> {
    let found = serve::read_bounded(app, viewer, "api.members", move |rd, actor| {
        let team = permit::team(rd, actor, id, Verb::TeamSee)?;
        if actor.hidden_in(Object::Team, team.tenant).contains("members") {
            return Ok(Vec::new());
        }
        store::team::members(rd, id)
    })
    .await?;
    Ok(List { items: found.into_iter().map(MemberOut::from).collect(), next: None })
}

/// Somebody to put into a team.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberIn {
    person: i64,
    /// member lead
    #[serde(default = "member")]
    #[schema(example = "member", max_length = 20)]
    role: String,
}

fn member() -> String {
    TeamRole::Member.key().to_owned()
}

/// Puts somebody into a team, or changes what they are there; the answer is all members.
#[utoipa::path(post, path = "/api/v1/teams/{id}/members", tag = "teams", operation_id = "addTeamMember", request_body = MemberIn,
    params(("id" = i64, Path, description = "The team")), responses((status = 200, body = List<MemberOut>)))]
pub async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<TeamId>,
    posted: Posted<MemberIn>,
) -> Result<axum::Json<List<MemberOut>>> {
    let key = posted.key.stored(asker(&viewer)?, "team.member");
    let (person, role) = (Id::new(posted.body.person), choice("role", &posted.body.role, TeamRole::from_key)?);
    serve::act(&app, &viewer, "team.member", key, move |tx, frame| members::add(tx, frame, id, person, role)).await?;
    Ok(axum::Json(read(&app, &viewer, id).await?))
}

/// Takes somebody out of a team.
#[utoipa::path(delete, path = "/api/v1/teams/{id}/members/{person}", tag = "teams", operation_id = "removeTeamMember",
    params(("id" = i64, Path, description = "The team"), ("person" = i64, Path, description = "The person")), responses((status = 204, description = "They are out")))]
pub async fn remove(State(app): State<App>, viewer: Viewer, Path((id, person)): Path<(TeamId, PersonId)>) -> Result<StatusCode> {
    serve::act(&app, &viewer, "team.member", None, move |tx, frame| members::remove(tx, frame, id, person)).await?;
    Ok(StatusCode::NO_CONTENT)
}
