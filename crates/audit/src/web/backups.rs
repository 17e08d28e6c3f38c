//! `/admin/system/backups`

use std::sync::Arc;

use access::Verb;
use askama::Template;
use axum::Extension;
use events::backup_run::{self, BackupRun};
use i18n::T;
use kernel::PageRequest;
use party::SHARED;
use ui::{Chrome, Tab};
use web_kit::{Query, Result, page};

use super::{BACKUPS, Told, Warden, done};
use crate::api::backups::Said;

#[derive(Template)]
#[template(path = "audit/backups.html", blocks = ["main"])]
struct BackupsPage {
    t: T,
    chrome: Chrome,
    tabs: Vec<Tab>,
    /// Empty: there is none.
    schedule: String,
    rows: Vec<Row>,
    next: String,
    may_make: bool,
}

struct Row {
    iso: String,
    when: String,
    exact: String,
    ok: bool,
    name: String,
    size: String,
    rows: String,
    files: String,
    error: String,
}

impl Row {
    fn of(run: BackupRun, warden: &Warden) -> Self {
        let t = &warden.viewer.t;
        Self {
            iso: run.begun.to_rfc3339(),
            when: t.ago(run.begun, warden.now()),
            exact: t.moment_exact(run.begun),
            ok: run.ok,
            name: run.name,
            size: t.size(u64::try_from(run.bytes).unwrap_or(0)),
            rows: t.number(run.rows),
            files: t.number(run.files),
            error: run.error,
        }
    }
}

/// # Errors
/// Forbidden without `system.see` for the whole installation.
pub async fn show(warden: Warden, Extension(said): Extension<Arc<Said>>, Query(told): Query<Told>) -> Result {
    warden.viewer.actor.require(Verb::SystemSee, SHARED)?;
    let request = PageRequest { limit: None, cursor: Some(told.cursor).filter(|cursor| !cursor.is_empty()) };
    let found = warden.app.db.read("backups.list", move |rd| backup_run::runs(rd, &request)).await?;
    let t = warden.t();
    let made = BackupsPage {
        chrome: warden.chrome(t.msg("audit-backups"), &told.done),
        tabs: warden.tabs(BACKUPS),
        schedule: said.0.clone().unwrap_or_default(),
        next: found.next.as_ref().map(|cursor| format!("{BACKUPS}?cursor={cursor}")).unwrap_or_default(),
        rows: found.rows.into_iter().map(|run| Row::of(run, &warden)).collect(),
        may_make: warden.viewer.actor.may(Verb::SystemRun, SHARED),
        t,
    };
    page!(warden.viewer, made, as_main)
}

/// # Errors
/// Forbidden without `system.run` for the whole installation.
pub async fn make(warden: Warden) -> Result {
    warden.viewer.actor.require(Verb::SystemRun, SHARED)?;
    let now = warden.now();
    warden.app.db.write("backup.ask", move |tx| backup_run::ask(tx, now)).await?;
    Ok(done(BACKUPS, "asked"))
}
