//! `/api/v1/tickets/{id}/checklists`: what is to be done for a ticket.

pub mod mine;
pub mod tasks;
pub mod templates;
pub mod time;

use std::sync::Arc;

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{TicketId, Time};
use party::Names;
use serde::{Deserialize, Serialize};
use ticket::{Desk, serve};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use crate::actions::{checklist as action, template};
use crate::read::{self, Known};
use crate::store::ChecklistId;

/// The desk as an argument of a handler.
pub type DeskRef = axum::Extension<Arc<Desk>>;

/// Somebody or something by its number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskRef {
    pub id: i64,
    pub name: String,
}

/// A task, or a heading between tasks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskOut {
    #[schema(example = 31)]
    pub id: i64,
    /// heading tick text number
    #[schema(example = "tick")]
    pub kind: String,
    /// Absent once it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Order the notebook")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<TaskRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TaskRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-01T16:00:00Z")]
    pub due_at: Option<String>,
    /// The ticket cannot be solved before it is done.
    pub blocks: bool,
    /// The task that must be done first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// When its owner said that it was received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_by: Option<TaskRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    pub version: i64,
}

impl TaskOut {
    pub fn of(names: &Names, known: &Known) -> Self {
        let task = &known.task;
        let person = |id: kernel::PersonId| TaskRef { id: id.raw(), name: names.person_name(id).to_owned() };
        Self {
            id: task.id.raw(),
            kind: task.sort.key().to_owned(),
            title: task.title.clone(),
            owner: task.owner.map(person),
            team: task.team.map(|id| TaskRef { id: id.raw(), name: names.team(id).to_owned() }),
            due_at: (task.due_at != Time::NEVER).then(|| task.due_at.to_rfc3339()),
            blocks: task.blocks,
            after: task.after.map(kernel::Id::raw),
            accepted_at: task.accepted_at.map(Time::to_rfc3339),
            done_at: task.done_at.map(Time::to_rfc3339),
            done_by: task.done_by.map(person),
            answer: task.answer.clone(),
            version: task.version,
        }
    }
}

/// A list of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChecklistOut {
    #[schema(example = 7)]
    pub id: i64,
    /// Absent once it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "New colleague")]
    pub title: Option<String>,
    pub tasks: Vec<TaskOut>,
}

/// The lists of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChecklistsOut {
    pub items: Vec<ChecklistOut>,
}

/// A list for a ticket.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistIn {
    /// The title of an empty list; not with a template.
    #[serde(default)]
    #[schema(example = "New colleague", max_length = 250)]
    pub title: String,
    /// The key of a prepared list, which comes with its lines.
    pub template: Option<String>,
}

/// What was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AddedOut {
    #[schema(example = 7)]
    pub id: i64,
}

/// The checklists of a ticket with their tasks, in order.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/checklists", tag = "tasks", operation_id = "listChecklists",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = ChecklistsOut)))]
pub async fn board(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<ChecklistsOut>> {
    let board = serve::read_bounded(&app, &viewer, &desk, "api.tasks", move |rd, frame| read::board(rd, frame, id)).await?;
    let list = |(list, tasks): &(crate::store::Checklist, Vec<Known>)| ChecklistOut {
        id: list.id.raw(),
        title: list.title.clone(),
        tasks: tasks.iter().map(|known| TaskOut::of(&board.names, known)).collect(),
    };
    Ok(axum::Json(ChecklistsOut { items: board.lists.iter().map(list).collect() }))
}

/// Adds a checklist to a ticket: an empty one, or one that is prepared.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/checklists", tag = "tasks", operation_id = "addChecklist", request_body = ChecklistIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 201, body = AddedOut)))]
pub async fn add_list(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<ChecklistIn>,
) -> Result<(StatusCode, axum::Json<AddedOut>)> {
    let key = posted.key.stored(viewer.actor.require_person()?, "checklist.add");
    let body = posted.body;
    let add = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| match &body.template {
        Some(template) => template::apply(tx, frame, id, template),
        None => action::add(tx, frame, id, &body.title),
    };
    let made = serve::act(&app, &viewer, &desk, "checklist.add", key, add).await?;
    Ok((StatusCode::CREATED, axum::Json(AddedOut { id: made.raw() })))
}

/// Takes a checklist away with all its tasks.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/checklists/{list}", tag = "tasks", operation_id = "removeChecklist",
    params(("id" = i64, Path, description = "The ticket's number"), ("list" = i64, Path, description = "The checklist")),
    responses((status = 204, description = "It is gone")))]
pub async fn remove_list(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, list)): Path<(TicketId, i64)>,
) -> Result<StatusCode> {
    let list = ChecklistId::new(list);
    serve::act(&app, &viewer, &desk, "checklist.remove", None, move |tx, frame| action::remove(tx, frame, id, list)).await?;
    Ok(StatusCode::NO_CONTENT)
}
