//! `/desk/people/{id}/export` and `/me/export`: asking for the file, how far it is, and taking it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use i18n::T;
use kernel::{Error, PersonId, Time};
use serde::Deserialize;
use ui::{Chrome, Flash};
use web_kit::{App, Form, Path, Query, Result, Side, Viewer, html, see_other};

use super::serve::{self, FilesRef};
use super::store::{Export, ExportId, ExportState};
use super::{ask, asked};

/// What both pages show.
struct Shown {
    /// Where the form is sent; files lie below it.
    base: String,
    /// It may be asked for with the notes of the desk.
    notes: bool,
    own: bool,
    running: bool,
    lines: Vec<Line>,
}

/// An export that was asked for.
struct Line {
    asked_iso: String,
    asked: String,
    state: String,
    notes: bool,
    /// Empty: it cannot be taken.
    href: String,
    /// Size, tickets and files, and until when.
    facts: String,
    trouble: String,
}

#[derive(Template)]
#[template(path = "privacy/export_console.html")]
struct ConsolePage {
    t: T,
    chrome: Chrome,
    id: i64,
    name: String,
    shown: Shown,
}

#[derive(Template)]
#[template(path = "privacy/export_portal.html")]
struct PortalPage {
    t: T,
    chrome: Chrome,
    shown: Shown,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The step before, told once.
    #[serde(default)]
    done: String,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    notes: String,
}

/// # Errors
/// Not found when the person is not seen; forbidden without `person.erase`.
pub async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>, Query(said): Query<Asked>) -> Result {
    staff(&viewer)?;
    build(&app, &viewer, id, format!("/desk/people/{id}/export"), &said).await
}

/// # Errors
/// Nobody is signed in.
pub async fn show_own(State(app): State<App>, viewer: Viewer, Query(said): Query<Asked>) -> Result {
    let id = viewer.actor.require_person()?;
    build(&app, &viewer, id, "/me/export".to_owned(), &said).await
}

/// # Errors
/// As [`show`].
pub async fn send(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>, Form(sent): Form<Sent>) -> Result {
    staff(&viewer)?;
    begin(&app, &viewer, id, !sent.notes.is_empty()).await?;
    Ok(see_other(&format!("/desk/people/{id}/export?done=asked")))
}

/// # Errors
/// As [`show_own`].
pub async fn send_own(State(app): State<App>, viewer: Viewer, Form(sent): Form<Sent>) -> Result {
    let id = viewer.actor.require_person()?;
    begin(&app, &viewer, id, !sent.notes.is_empty()).await?;
    Ok(see_other("/me/export?done=asked"))
}

/// # Errors
/// Not found when the viewer did not ask for it, or it is not there any more.
pub async fn file(State(app): State<App>, viewer: Viewer, files: FilesRef, Path((id, export)): Path<(PersonId, ExportId)>) -> Result {
    staff(&viewer)?;
    serve::file(&app, &viewer, &files, id, export).await
}

/// # Errors
/// As [`file`].
pub async fn own_file(State(app): State<App>, viewer: Viewer, files: FilesRef, Path(export): Path<ExportId>) -> Result {
    let id = viewer.actor.require_person()?;
    serve::file(&app, &viewer, &files, id, export).await
}

fn staff(viewer: &Viewer) -> kernel::Result<()> {
    if viewer.actor.is_staff() { Ok(()) } else { Err(Error::not_found()) }
}

async fn begin(app: &App, viewer: &Viewer, id: PersonId, notes: bool) -> kernel::Result<()> {
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(app)?);
    app.db.write("person.export", move |tx| ask(tx, &actor, &act, id, notes).map(drop)).await
}

async fn build(app: &App, viewer: &Viewer, id: PersonId, base: String, said: &Asked) -> Result {
    let actor = Arc::clone(&viewer.actor);
    let (subject, exports) = app.db.read("person.exports", move |rd| asked(rd, &actor, id)).await?;
    let (t, now) = (viewer.t.clone(), app.now());
    let staff = viewer.actor.is_staff();
    let mut chrome = viewer.chrome(app, if staff { Side::Console } else { Side::Portal }, t.msg("privacy-export"));
    if said.done == "asked" {
        chrome.flash = Some(Flash { kind: "ok", text: t.msg("privacy-export-asked").into_owned(), undo: None });
    }
    let running = exports.iter().any(|export| export.state == ExportState::Running);
    let lines = exports.iter().map(|export| line(&t, export, &base, now)).collect();
    let shown = Shown { lines, notes: subject.notes, own: subject.own, running, base };
    let (id, name) = (subject.person.id.raw(), subject.person.name);
    html(if staff { ConsolePage { t, chrome, id, name, shown }.render() } else { PortalPage { t, chrome, shown }.render() })
}

fn line(t: &T, export: &Export, base: &str, now: Time) -> Line {
    let over = export.expires_at.is_some_and(|end| end <= now);
    let state = if over { ExportState::Expired } else { export.state };
    let ready = state == ExportState::Ready;
    let facts = ready.then(|| {
        let until = export.expires_at.map(|end| t.day(end, now)).unwrap_or_default();
        let (tickets, files) = (t.count("privacy-export-tickets", export.tickets), t.count("privacy-export-files", export.files));
        [t.size(export.size.unsigned_abs()), tickets, files, t.with("privacy-export-until", &[("day", until.as_str().into())])].join(" · ")
    });
    let why = Some(export.trouble.as_str()).filter(|trouble| !trouble.is_empty());
    Line {
        asked_iso: export.asked_at.to_rfc3339(),
        asked: t.ago(export.asked_at, now),
        state: t.msg(label(state)).into_owned(),
        notes: export.notes,
        href: if ready { format!("{base}/{}", export.id) } else { String::new() },
        facts: facts.unwrap_or_default(),
        trouble: why.map(|key| t.msg(key).into_owned()).unwrap_or_default(),
    }
}

/// The words for a state.
const fn label(state: ExportState) -> &'static str {
    match state {
        ExportState::Running => i18n::key!("privacy-export-running"),
        ExportState::Ready => i18n::key!("privacy-export-ready"),
        ExportState::Failed => i18n::key!("privacy-export-failed"),
        ExportState::Expired => i18n::key!("privacy-export-expired"),
    }
}
