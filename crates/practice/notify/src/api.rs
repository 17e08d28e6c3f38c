//! `/api/v1/notifications`, and those of one ticket.

pub mod preferences;

use std::sync::Arc;

use api_kit::{List, PageParams, Posted, RequestKeyed};
use axum::Extension;
use axum::extract::State;
use http::StatusCode;
use i18n::T;
use kernel::TicketId;
use party::Names;
use serde::{Deserialize, Serialize};
use ticket::{Desk, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Query, Result, Viewer};

use crate::inbox::{self, Told};
use crate::{Bell, actions, views};

/// What one ticket told.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationOut {
    pub ticket: i64,
    /// Its number as people read it.
    #[schema(example = "INC-4711")]
    pub number: String,
    pub title: String,
    /// Why, by the newest one: mentioned named assigned handed_over coworker team reopened solved cancelled confirmed
    /// message merged watching.
    #[schema(example = "message")]
    pub reason: String,
    /// The same in the reader's language.
    #[schema(example = "New message")]
    pub text: String,
    /// Who did it; absent for the desk itself, and when one may not know who works there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// RFC 3339.
    pub at: String,
    /// The newest event: what is marked as done up to it leaves alone what comes later.
    pub event: i64,
    pub unread: usize,
    pub count: usize,
    /// Only what is meant for oneself alone is told.
    pub muted: bool,
}

impl NotificationOut {
    fn of(t: &T, number: String, names: &Names, told: Told) -> Self {
        Self {
            ticket: told.seen.ticket.id.raw(),
            number,
            title: told.seen.ticket.title,
            reason: told.last.reason.key().to_owned(),
            text: t.msg(told.last.reason.label()).into_owned(),
            by: told.by.map(|by| names.person_name(by).to_owned()),
            at: told.last.told_at.to_rfc3339(),
            event: told.last.seq,
            unread: told.unread,
            count: told.count,
            muted: told.muted,
        }
    }
}

/// What one was told and has not done with, by ticket, the newest first
#[utoipa::path(get, path = "/api/v1/notifications", tag = "notifications", operation_id = "listNotifications", params(PageParams),
    responses((status = 200, body = List<NotificationOut>)))]
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Query(params): Query<PageParams>,
) -> Result<axum::Json<List<NotificationOut>>> {
    let request = params.into();
    let read = serve::read(&app, &viewer, &desk, "api.notifications", move |rd, frame| views::read(rd, frame, &request));
    let (page, names, numbers) = read.await?;
    let mut numbers = numbers.into_iter();
    let t = &viewer.t;
    Ok(axum::Json(List::of(page, |told| NotificationOut::of(t, numbers.next().unwrap_or_default(), &names, told))))
}

/// How much is unread.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationCount {
    /// Tickets with something unread.
    pub unread: i64,
}

/// How many tickets tell something unread
#[utoipa::path(get, path = "/api/v1/notifications/count", tag = "notifications", operation_id = "countNotifications",
    responses((status = 200, body = NotificationCount)))]
pub async fn count(State(app): State<App>, viewer: Viewer) -> Result<axum::Json<NotificationCount>> {
    let actor = Arc::clone(&viewer.actor);
    let unread = app.db.read_bounded("api.notifications.count", move |rd| inbox::unread(rd, &actor)).await?;
    Ok(axum::Json(NotificationCount { unread }))
}

/// Up to where.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllDoneIn {
    /// The newest event that was shown; without it, everything.
    #[schema(example = 48213)]
    event: Option<i64>,
}

/// Marks everything that one was told as done
#[utoipa::path(post, path = "/api/v1/notifications/done", tag = "notifications", operation_id = "finishNotifications", request_body = AllDoneIn,
    responses((status = 204, description = "It is done")))]
pub async fn all_done(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(bell): Extension<Arc<Bell>>,
    posted: Posted<AllDoneIn>,
) -> Result<StatusCode> {
    let person = viewer.actor.require_person()?;
    let (key, until) = (posted.key.stored(person, "notify.all_done"), posted.body.event);
    serve::act(&app, &viewer, &desk, "notify.all_done", key, move |tx, frame| actions::all_done(tx, frame, until)).await?;
    bell.ring(person);
    Ok(StatusCode::NO_CONTENT)
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkState {
    Read,
    Done,
}

/// What becomes of what a ticket told.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkIn {
    state: MarkState,
    /// Done: up to this event; without it, everything.
    #[schema(example = 48213)]
    event: Option<i64>,
}

/// Marks what a ticket told as read or as done
#[utoipa::path(put, path = "/api/v1/tickets/{id}/notifications", tag = "notifications", operation_id = "markNotifications", request_body = MarkIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is marked")))]
pub async fn mark(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(bell): Extension<Arc<Bell>>,
    Path(id): Path<TicketId>,
    Json(body): Json<MarkIn>,
) -> Result<StatusCode> {
    let marked = serve::act(&app, &viewer, &desk, "notify.mark", None, move |tx, frame| match body.state {
        MarkState::Read => actions::read(tx, frame, id).map(drop),
        MarkState::Done => actions::done(tx, frame, id, body.event),
    });
    marked.await?;
    bell.ring(viewer.actor.require_person()?);
    Ok(StatusCode::NO_CONTENT)
}

/// Mutes a ticket for oneself: one hears only of what is meant for oneself alone
#[utoipa::path(put, path = "/api/v1/tickets/{id}/mute", tag = "notifications", operation_id = "muteTicket",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is muted")))]
pub async fn mute(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Path(id): Path<TicketId>,
) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "notify.mute", None, move |tx, frame| actions::mute(tx, frame, id, true)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hears of everything on a ticket again
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/mute", tag = "notifications", operation_id = "unmuteTicket",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is no longer muted")))]
pub async fn unmute(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Path(id): Path<TicketId>,
) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "notify.mute", None, move |tx, frame| actions::mute(tx, frame, id, false)).await?;
    Ok(StatusCode::NO_CONTENT)
}
