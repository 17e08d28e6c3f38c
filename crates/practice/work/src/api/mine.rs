//! `/api/v1/tasks`: what somebody has to do over all tickets.

use api_kit::{List, PageParams};
use axum::extract::State;
use kernel::{Error, Time};
use serde::{Deserialize, Serialize};
use ticket::serve;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Query, Result, Viewer};

use super::{DeskRef, TaskRef};
use crate::read::{self, Todo};
use crate::store::mine::Whose;

/// Whose tasks.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MineParams {
    /// mine: given to me; team: of a team of mine and of nobody in it yet. Both when unsaid.
    #[param(max_length = 10)]
    #[serde(default, deserialize_with = "api_kit::short::<10, _>")]
    pub show: Option<String>,
    /// Rows wanted, 1 to 200; 50 when unsaid.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    pub limit: Option<u32>,
    /// `next` of the page before.
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    pub cursor: Option<String>,
}

/// A task of mine or of a team of mine, with its ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TodoOut {
    #[schema(example = 31)]
    pub id: i64,
    #[schema(example = 4711)]
    pub ticket: i64,
    /// As people read it.
    #[schema(example = "INC-4711")]
    pub number: String,
    /// What the ticket is about.
    pub subject: String,
    /// Absent once it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// tick text number
    #[schema(example = "tick")]
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TaskRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<String>,
    pub blocks: bool,
    /// What must be done first and is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<String>,
}

impl TodoOut {
    fn of(names: &party::Names, todo: Todo) -> Self {
        let task = todo.task;
        Self {
            id: task.id.raw(),
            ticket: task.ticket.raw(),
            number: todo.number,
            subject: todo.subject,
            title: task.title,
            kind: task.sort.key().to_owned(),
            team: task.team.map(|id| TaskRef { id: id.raw(), name: names.team(id).to_owned() }),
            due_at: (task.due_at != Time::NEVER).then(|| task.due_at.to_rfc3339()),
            blocks: task.blocks,
            waits_for: todo.waits_for,
            accepted_at: task.accepted_at.map(Time::to_rfc3339),
        }
    }
}

/// My open tasks and those of my teams, on tickets that I see: what is due first at the top.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "tasks", operation_id = "listTasks", params(MineParams),
    responses((status = 200, body = List<TodoOut>)))]
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Query(params): Query<MineParams>,
) -> Result<axum::Json<List<TodoOut>>> {
    let whose = Whose::from_key(params.show.as_deref().unwrap_or_default()).ok_or_else(|| Error::invalid("show", "error-choice"))?;
    let request = PageParams { limit: params.limit, cursor: params.cursor }.into();
    let found =
        serve::read_bounded(&app, &viewer, &desk, "api.tasks.mine", move |rd, frame| read::todo(rd, frame, whose, &request)).await?;
    let names = found.names;
    Ok(axum::Json(List::of(found.page, |todo| TodoOut::of(&names, todo))))
}
