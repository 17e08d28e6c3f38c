//! Co-workers and watchers.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use db::Rd;
use http::StatusCode;
use kernel::{Error, Id, PersonId, TeamId, TicketId};
use party::Wanted;
use serde::{Deserialize, Serialize};
use ticket::actions::involve::{self as action, Who};
use ticket::{Frame, Involvement, serve, store};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};
use crate::dto::Ref;

/// Somebody beside requester and assignee.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InvolvedOut {
    /// coworker watcher named about
    #[schema(example = "watcher")]
    pub role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Ref>,
}

/// Those involved.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvolvedList {
    /// At most 500 people and 500 teams.
    #[schema(max_items = 1000)]
    pub items: Vec<InvolvedOut>,
}

/// Co-workers and watchers of a ticket; for its requester those watchers whom they may see.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/people", tag = "people of a ticket", operation_id = "listInvolved",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = InvolvedList)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<InvolvedList>> {
    let items = serve::read(&app, &viewer, &desk, "api.involved", move |rd, frame| {
        let (people, teams) = known(rd, frame, id)?;
        let mut wanted = Wanted::default();
        people.iter().for_each(|(p, _)| {
            wanted.person(*p);
        });
        teams.iter().for_each(|(t, _)| {
            wanted.team(*t);
        });
        let names = wanted.load(rd)?;
        let person = people.iter().map(|(id, role)| InvolvedOut {
            role: role.key().to_owned(),
            person: Some(Ref { id: id.raw(), name: names.person_name(*id).to_owned() }),
            team: None,
        });
        let team = teams.iter().map(|(id, role)| InvolvedOut {
            role: role.key().to_owned(),
            person: None,
            team: Some(Ref { id: id.raw(), name: names.team(*id).to_owned() }),
        });
        Ok(person.chain(team).collect())
    })
    .await?;
    Ok(axum::Json(InvolvedList { items }))
}

type Known = (Vec<(PersonId, Involvement)>, Vec<(TeamId, Involvement)>);

/// Those whom the reader may know of. Who works on a ticket, and which teams, is the desk's own business.
fn known(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> kernel::Result<Known> {
    if serve::see(rd, frame, id)?.inner {
        return Ok((store::involved::people(rd, id)?, store::involved::teams(rd, id)?));
    }
    let followers = serve::followers(rd, frame, id)?;
    Ok((followers.into_iter().map(|person| (person, Involvement::Watcher)).collect(), Vec::new()))
}

/// Whom to bring: a person or a team.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvolveIn {
    /// coworker watcher; named: may see it although it is confidential; about: whom a complaint is about
    #[schema(example = "watcher")]
    role: String,
    person: Option<i64>,
    team: Option<i64>,
}

fn who(person: Option<i64>, team: Option<i64>) -> kernel::Result<Who> {
    match (person, team) {
        (Some(id), None) => Ok(Who::Person(Id::new(id))),
        (None, Some(id)) => Ok(Who::Team(Id::new(id))),
        _ => Err(Error::invalid("person", "error-required")),
    }
}

/// Brings somebody to a ticket.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/people", tag = "people of a ticket", operation_id = "involve", request_body = InvolveIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "They are on it")))]
pub async fn involve(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<InvolveIn>,
) -> Result<StatusCode> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.involve");
    let role = Involvement::from_key(&posted.body.role).ok_or_else(|| Error::invalid("role", "error-choice"))?;
    let who = who(posted.body.person, posted.body.team)?;
    serve::act(&app, &viewer, &desk, "ticket.involve", key, move |tx, frame| action::involve(tx, frame, id, who, role)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes somebody off a ticket.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/people/{role}/{sort}/{who}", tag = "people of a ticket", operation_id = "release",
    params(("id" = i64, Path, description = "The ticket's number"), ("role" = String, Path, description = "coworker watcher named about"),
        ("sort" = String, Path, description = "person team"), ("who" = i64, Path, description = "The person's or team's id")),
    responses((status = 204, description = "They are off it")))]
pub async fn release(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, role, sort, someone)): Path<(TicketId, String, String, i64)>,
) -> Result<StatusCode> {
    let role = Involvement::from_key(&role).ok_or_else(Error::not_found)?;
    let who = match sort.as_str() {
        "person" => Who::Person(Id::new(someone)),
        "team" => Who::Team(Id::new(someone)),
        _ => return Err(Error::not_found().into()),
    };
    serve::act(&app, &viewer, &desk, "ticket.release", None, move |tx, frame| action::release(tx, frame, id, who, role)).await?;
    Ok(StatusCode::NO_CONTENT)
}
