//! `/inbox`: what happened that concerns the reader, by ticket.

pub mod preferences;

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use i18n::T;
use kernel::{PageRequest, TicketId, Time};
use party::Names;
use serde::Deserialize;
use ticket::{Desk, serve};
use ui::Chrome;
use web_kit::{App, Form, Path, Query, Result, Side, Viewer, local_path, see_other};

use crate::inbox::Told;
use crate::{Bell, actions, views};

/// What both frames show.
struct Inbox {
    rows: Vec<Row>,
    /// The newest event on it: "all done" leaves alone what came after.
    newest: i64,
    /// The next page; empty at the end.
    next: String,
}

/// What one ticket told.
struct Row {
    ticket: i64,
    number: String,
    title: String,
    href: String,
    reason: String,
    icon: &'static str,
    by: String,
    /// How much of it there is, in words; empty for one.
    count: String,
    unread: bool,
    muted: bool,
    event: i64,
    iso: String,
    when: String,
    exact: String,
}

#[derive(Template)]
#[template(path = "notify/inbox_console.html", blocks = ["main"])]
struct ConsolePage {
    t: T,
    chrome: Chrome,
    inbox: Inbox,
}

#[derive(Template)]
#[template(path = "notify/inbox_portal.html", blocks = ["main"])]
struct PortalPage {
    t: T,
    chrome: Chrome,
    inbox: Inbox,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    cursor: Option<String>,
    /// Rows that the page holds already, when it renews itself.
    #[serde(default)]
    rows: Option<u32>,
}

/// # Errors
/// The cursor is of another list; the database does not answer.
pub async fn show(State(app): State<App>, viewer: Viewer, Extension(desk): Extension<Arc<Desk>>, Query(ask): Query<Ask>) -> Result {
    let rows = ask.rows.map(|rows| rows.clamp(50, PageRequest::MAX));
    let request = PageRequest { limit: rows, cursor: ask.cursor.clone() };
    let read = serve::read(&app, &viewer, &desk, "inbox", move |rd, frame| views::read(rd, frame, &request));
    let (page, names, numbers) = read.await?;
    let (t, now) = (viewer.t.clone(), app.now());
    let newest = page.rows.first().map_or(0, |told| told.last.seq);
    let next = page.next.map_or_else(String::new, |cursor| format!("/inbox?cursor={cursor}"));
    let rows = page.rows.into_iter().zip(numbers).map(|(told, number)| row(&t, now, &names, told, number)).collect();
    let inbox = Inbox { rows, newest, next };
    if viewer.actor.is_staff() {
        let mut chrome = viewer.chrome(&app, Side::Console, t.msg("notify-inbox"));
        chrome.search = Some("/desk/search".to_owned());
        let creates = viewer.actor.may_anywhere(access::Verb::TicketCreate);
        chrome.create = creates.then(|| "/desk/new".to_owned());
        chrome.live = Some("/events".to_owned());
        return web_kit::page!(viewer, ConsolePage { t, chrome, inbox }, as_main);
    }
    let mut chrome = viewer.chrome(&app, Side::Portal, t.msg("notify-inbox"));
    chrome.live = Some("/events".to_owned());
    web_kit::page!(viewer, PortalPage { t, chrome, inbox }, as_main)
}

fn row(t: &T, now: Time, names: &Names, told: Told, number: String) -> Row {
    let (last, id) = (told.last, told.seen.ticket.id);
    let by = match (told.by, last.actor) {
        (Some(by), _) => names.person_name(by).to_owned(),
        (None, _) => t.msg("notify-desk").into_owned(),
    };
    Row {
        ticket: id.raw(),
        number,
        href: if told.seen.inner { format!("/desk/tickets/{id}") } else { format!("/requests/{id}") },
        title: told.seen.ticket.title,
        reason: t.msg(last.reason.label()).into_owned(),
        icon: last.reason.icon(),
        by,
        count: if told.count > 1 { t.count("notify-count", i64::try_from(told.count).unwrap_or(i64::MAX)) } else { String::new() },
        unread: told.unread > 0,
        muted: told.muted,
        event: last.seq,
        iso: last.told_at.to_rfc3339(),
        when: t.ago(last.told_at, now),
        exact: t.moment_exact(last.told_at),
    }
}

/// Up to which event, as a form says it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Until {
    #[serde(default)]
    event: Option<i64>,
}

/// `POST /inbox/done`
///
/// # Errors
/// The database refuses.
pub async fn all_done(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(bell): Extension<Arc<Bell>>,
    Form(until): Form<Until>,
) -> Result {
    serve::act(&app, &viewer, &desk, "notify.all_done", None, move |tx, frame| actions::all_done(tx, frame, until.event)).await?;
    bell.ring(viewer.actor.require_person()?);
    Ok(see_other("/inbox"))
}

/// `POST /inbox/{number}/done`
///
/// # Errors
/// Not found when the ticket may not be seen.
pub async fn done(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(bell): Extension<Arc<Bell>>,
    Path(id): Path<TicketId>,
    Form(until): Form<Until>,
) -> Result {
    serve::act(&app, &viewer, &desk, "notify.done", None, move |tx, frame| actions::done(tx, frame, id, until.event)).await?;
    bell.ring(viewer.actor.require_person()?);
    Ok(see_other("/inbox"))
}

/// `POST /inbox/{number}/read`: the page of the ticket was in sight.
///
/// # Errors
/// Not found when the ticket may not be seen.
pub async fn read(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(bell): Extension<Arc<Bell>>,
    Path(id): Path<TicketId>,
) -> Result<Response> {
    if serve::act(&app, &viewer, &desk, "notify.read", None, move |tx, frame| actions::read(tx, frame, id)).await? {
        bell.ring(viewer.actor.require_person()?);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What the form of muting sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct MuteForm {
    /// Empty: hear of everything again.
    #[serde(default)]
    muted: String,
    #[serde(default)]
    r#return: String,
}

/// `POST /inbox/{number}/mute`
///
/// # Errors
/// Not found when the ticket may not be seen.
pub async fn mute(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Path(id): Path<TicketId>,
    Form(form): Form<MuteForm>,
) -> Result {
    let muted = !form.muted.is_empty();
    serve::act(&app, &viewer, &desk, "notify.mute", None, move |tx, frame| actions::mute(tx, frame, id, muted)).await?;
    Ok(see_other(local_path(&form.r#return)))
}

/// `GET /sw.js`: the worker that shows what is pushed. Its address decides for which pages it stands, and it must
/// be asked for anew each time.
///
/// # Errors
/// It was not built.
pub async fn worker() -> Result<Response> {
    let built = ui::asset("sw.js").rsplit('/').next().and_then(|name| ui::find(name, ""));
    let built = built.ok_or_else(kernel::Error::not_found)?;
    let headers = [(CONTENT_TYPE, built.content_type), (CACHE_CONTROL, "no-cache")];
    Ok((headers, built.body).into_response())
}
