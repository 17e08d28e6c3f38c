//! `/api/v1/teams`

use access::Verb;
use api_kit::{IfMatch, List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use kernel::{Error, Id, Page, TeamId};
use party::store::team as rows;
use party::{Team, TeamData};
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::{Asked, asker};
use crate::actions::team::{create as creating, edit as editing};
use crate::dto::{TeamOut, given, teams_out};
use crate::read::FOUND;
use crate::{permit, serve};

/// Teams by name, or by words.
#[utoipa::path(get, path = "/api/v1/teams", tag = "teams", operation_id = "listTeams", params(Asked), responses((status = 200, body = List<TeamOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Result<axum::Json<List<TeamOut>>> {
    let (q, request) = asked.split();
    let page = serve::read(&app, &viewer, "api.teams", move |rd, actor| {
        let within = actor.teams(Verb::TeamSee).within();
        let page: Page<Team> = if q.trim().is_empty() {
            rows::page(rd, &within, &request)?
        } else {
            Page { rows: rows::search(rd, &within, &q, FOUND)?, next: None }
        };
        Ok(List { items: teams_out(rd, actor, page.rows)?, next: page.next })
    })
    .await?;
    Ok(axum::Json(page))
}

/// A team to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamIn {
    #[schema(example = "Network", min_length = 1, max_length = 200)]
    name: String,
    /// Never changes; without it one is made of the name.
    #[serde(default)]
    #[schema(example = "network", max_length = 64)]
    key: String,
    /// Support line.
    #[schema(minimum = 1, maximum = 3)]
    line: i64,
    lead: Option<i64>,
    #[serde(default)]
    #[schema(max_length = 10000)]
    note: String,
    /// Whose team it is; 0: of all tenants; without it: of the tenant of whoever asks.
    tenant: Option<i64>,
}

/// Adds a team.
#[utoipa::path(post, path = "/api/v1/teams", tag = "teams", operation_id = "createTeam", request_body = TeamIn,
    responses((status = 201, body = TeamOut, headers(("ETag" = String, description = "The version")))))]
pub async fn create(State(app): State<App>, viewer: Viewer, posted: Posted<TeamIn>) -> Result<Versioned<TeamOut>> {
    let key = posted.key.stored(asker(&viewer)?, "team.create");
    let body = posted.body;
    let data = TeamData { name: body.name, line: body.line, lead: body.lead.map(Id::new), note: body.note, active: true };
    let new = creating::NewTeam { tenant: body.tenant.map(Id::new), key: body.key, data };
    let id = serve::act(&app, &viewer, "team.create", key, move |tx, frame| creating::create(tx, frame, &new)).await?;
    let json = read(&app, &viewer, id, false).await?;
    Ok(Versioned::created(json.version, json))
}

/// One team.
#[utoipa::path(get, path = "/api/v1/teams/{id}", tag = "teams", operation_id = "getTeam",
    params(("id" = i64, Path, description = "The team")), responses((status = 200, body = TeamOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, Path(id): Path<TeamId>) -> Result<Versioned<TeamOut>> {
    let json = read(&app, &viewer, id, true).await?;
    Ok(Versioned::ok(json.version, json))
}

/// `scoped`: what may not be seen is not found; who has just made it knows it.
async fn read(app: &App, viewer: &Viewer, id: TeamId, scoped: bool) -> kernel::Result<TeamOut> {
    serve::read_bounded(app, viewer, "api.team", move |rd, actor| {
        let team = if scoped { permit::team(rd, actor, id, Verb::TeamSee)? } else { rows::get(rd, id)? };
        teams_out(rd, actor, vec![team])?.pop().ok_or_else(Error::not_found)
    })
    .await
}

/// What to change; a field that is absent stays, `null` empties it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TeamPatchIn {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[schema(minimum = 1, maximum = 3)]
    line: Option<i64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    lead: Option<Option<i64>>,
    #[schema(max_length = 10000)]
    note: Option<String>,
    /// An inactive team gets no more tickets.
    active: Option<bool>,
}

/// Changes a team. With `If-Match` only at that version; without it the newest values win.
#[utoipa::path(patch, path = "/api/v1/teams/{id}", tag = "teams", operation_id = "changeTeam", request_body = TeamPatchIn,
    params(("id" = i64, Path, description = "The team"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = TeamOut, headers(("ETag" = String, description = "The version")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<TeamId>,
    IfMatch(version): IfMatch,
    Json(body): Json<TeamPatchIn>,
) -> Result<Versioned<TeamOut>> {
    let patch =
        editing::Patch { name: body.name, line: body.line, lead: body.lead.map(|l| l.map(Id::new)), note: body.note, active: body.active };
    serve::act(&app, &viewer, "team.change", None, move |tx, frame| editing::edit(tx, frame, id, version, &patch)).await?;
    let json = read(&app, &viewer, id, true).await?;
    Ok(Versioned::ok(json.version, json))
}
