//! `/api/v1/tickets/{id}/tasks`: one task of a ticket.

use api_kit::{IfMatch, Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, TicketId, Time};
use serde::Deserialize;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::{AddedOut, DeskRef};
use crate::actions::done;
use crate::actions::task::{self as action, To, Wanted};
use crate::store::{Sort, TaskId};

fn tick() -> String {
    Sort::Tick.key().to_owned()
}

/// A task, whole: what is left out is empty.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskIn {
    #[schema(example = "Order the notebook", max_length = 250)]
    pub title: String,
    /// heading tick text number
    #[serde(default = "tick")]
    #[schema(example = "tick")]
    pub kind: String,
    /// A person who works for the ticket's tenant and sees the ticket.
    #[schema(example = 4)]
    pub owner: Option<i64>,
    /// A team; without an owner it is the task of all of them.
    #[schema(example = 2)]
    pub team: Option<i64>,
    #[schema(example = "2026-12-01T16:00:00Z")]
    pub due_at: Option<String>,
    /// The ticket cannot be solved before it is done.
    #[serde(default)]
    pub blocks: bool,
    /// The task that must be done first.
    pub after: Option<i64>,
}

/// A task for a ticket.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTaskIn {
    /// The checklist; the first one, which is made when there is none.
    #[schema(example = 7)]
    pub checklist: Option<i64>,
    pub task: TaskIn,
}

/// The answer that a task asks for; a tick asks for none.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerIn {
    #[schema(example = "SN 4711", max_length = 2000)]
    pub answer: Option<String>,
}

/// Where a task goes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftIn {
    /// up down
    #[schema(example = "up")]
    pub to: String,
}

impl TaskIn {
    fn read(self) -> kernel::Result<Wanted> {
        let due = self.due_at.map(|at| Time::from_rfc3339(&at).map_err(|_| Error::invalid("due_at", "error-date"))).transpose()?;
        Ok(Wanted {
            title: self.title,
            sort: Sort::from_key(&self.kind).ok_or_else(|| Error::invalid("kind", "error-choice"))?,
            owner: self.owner.map(Id::new),
            team: self.team.map(Id::new),
            due_at: due.unwrap_or(Time::NEVER),
            blocks: self.blocks,
            after: self.after.map(TaskId::new),
        })
    }
}

/// Adds a task at the end of a checklist.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/tasks", tag = "tasks", operation_id = "addTask", request_body = NewTaskIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 201, body = AddedOut)))]
pub async fn add(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<NewTaskIn>,
) -> Result<(StatusCode, axum::Json<AddedOut>)> {
    let key = posted.key.stored(viewer.actor.require_person()?, "task.add");
    let to = match posted.body.checklist {
        Some(list) => To::List(Id::new(list)),
        None => To::First(viewer.t.msg("work-list-first").into_owned()),
    };
    let wanted = posted.body.task.read()?;
    let made = serve::act(&app, &viewer, &desk, "task.add", key, move |tx, frame| action::add(tx, frame, id, &to, &wanted)).await?;
    Ok((StatusCode::CREATED, axum::Json(AddedOut { id: made.raw() })))
}

/// Changes a task: with `If-Match` only from that version.
#[utoipa::path(put, path = "/api/v1/tickets/{id}/tasks/{task}", tag = "tasks", operation_id = "changeTask", request_body = TaskIn,
    params(("id" = i64, Path, description = "The ticket's number"), ("task" = i64, Path, description = "The task"),
        ("If-Match" = Option<String>, Header, description = "The version that was read")),
    responses((status = 204, description = "It is changed")))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, task)): Path<(TicketId, i64)>,
    IfMatch(version): IfMatch,
    Json(body): Json<TaskIn>,
) -> Result<StatusCode> {
    let wanted = body.read()?;
    let edit = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| action::edit(tx, frame, id, TaskId::new(task), version, &wanted);
    serve::act(&app, &viewer, &desk, "task.edit", None, edit).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a task away.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/tasks/{task}", tag = "tasks", operation_id = "removeTask",
    params(("id" = i64, Path, description = "The ticket's number"), ("task" = i64, Path, description = "The task")),
    responses((status = 204, description = "It is gone")))]
pub async fn remove(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path((id, task)): Path<(TicketId, i64)>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "task.remove", None, move |tx, frame| action::remove(tx, frame, id, TaskId::new(task))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that a task is done, with the answer that it asks for.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/tasks/{task}/complete", tag = "tasks", operation_id = "completeTask",
    request_body = AnswerIn,
    params(("id" = i64, Path, description = "The ticket's number"), ("task" = i64, Path, description = "The task")),
    responses((status = 204, description = "It is done"), (status = 409, description = "Another task must be done first")))]
pub async fn complete(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, task)): Path<(TicketId, i64)>,
    posted: Posted<AnswerIn>,
) -> Result<StatusCode> {
    let (key, body) = (posted.key.stored(viewer.actor.require_person()?, "task.complete"), posted.body);
    let complete =
        move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| done::complete(tx, frame, id, TaskId::new(task), body.answer.as_deref());
    serve::act(&app, &viewer, &desk, "task.complete", key, complete).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that a task is to be done after all.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/tasks/{task}/reopen", tag = "tasks", operation_id = "reopenTask",
    params(("id" = i64, Path, description = "The ticket's number"), ("task" = i64, Path, description = "The task")),
    responses((status = 204, description = "It is open")))]
pub async fn reopen(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path((id, task)): Path<(TicketId, i64)>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "task.reopen", None, move |tx, frame| done::reopen(tx, frame, id, TaskId::new(task))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that one's task was received; a task of one's team is one's own from then on.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/tasks/{task}/accept", tag = "tasks", operation_id = "acceptTask",
    params(("id" = i64, Path, description = "The ticket's number"), ("task" = i64, Path, description = "The task")),
    responses((status = 204, description = "It is received"), (status = 409, description = "It is of somebody else")))]
pub async fn accept(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path((id, task)): Path<(TicketId, i64)>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "task.accept", None, move |tx, frame| done::accept(tx, frame, id, TaskId::new(task))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Moves a task one place up or down in its checklist.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/tasks/{task}/shift", tag = "tasks", operation_id = "shiftTask", request_body = ShiftIn,
    params(("id" = i64, Path, description = "The ticket's number"), ("task" = i64, Path, description = "The task")),
    responses((status = 204, description = "It stands there")))]
pub async fn shift(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, task)): Path<(TicketId, i64)>,
    posted: Posted<ShiftIn>,
) -> Result<StatusCode> {
    let (key, body) = (posted.key.stored(viewer.actor.require_person()?, "task.shift"), posted.body);
    let down = match body.to.as_str() {
        "up" => false,
        "down" => true,
        _ => return Err(Error::invalid("to", "error-choice").into()),
    };
    serve::act(&app, &viewer, &desk, "task.shift", key, move |tx, frame| action::shift(tx, frame, id, TaskId::new(task), down)).await?;
    Ok(StatusCode::NO_CONTENT)
}
