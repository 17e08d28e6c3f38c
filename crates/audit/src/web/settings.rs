//! `/admin/system/settings`: configuration objects, what each change was, and the way back.

use std::sync::Arc;

use access::{Reach, Verb};
use askama::Template;
use i18n::T;
use kernel::{ErrorKind, OrganisationId, PageRequest, SettingId};
use party::{Names, SHARED};
use serde::Deserialize;
use ui::{Chrome, FormErrors, Tab};
use web_kit::{Fail, Form, Path, Query, Result, page};

use super::{SETTINGS, Told, Warden, done};
use crate::diff::Change;
use crate::read::{self, Version, person};
use crate::revert::{Revert, revert};
use crate::store::Object;

#[derive(Template)]
#[template(path = "audit/settings.html", blocks = ["main"])]
struct SettingsPage {
    t: T,
    chrome: Chrome,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next: String,
}

struct Row {
    id: i64,
    kind: String,
    key: String,
    place: String,
    version: i64,
    deleted: bool,
    who: String,
    iso: String,
    when: String,
}

#[derive(Template)]
#[template(path = "audit/setting.html", blocks = ["main"])]
struct SettingPage {
    t: T,
    chrome: Chrome,
    id: i64,
    kind: String,
    key: String,
    place: String,
    version: i64,
    versions: Vec<Line>,
    may_edit: bool,
    errors: FormErrors,
}

struct Line {
    version: i64,
    deleted: bool,
    who: String,
    iso: String,
    when: String,
    changes: Vec<Change>,
}

/// A kind of object in words, its key when nobody has given it some.
fn kind(t: &T, kind: &str) -> String {
    let key = format!("audit-setting-{}", kind.replace('_', "-"));
    if t.has(&key) { t.msg(&key).into_owned() } else { kind.to_owned() }
}

fn place(t: &T, tenant: i64, names: &Names) -> String {
    let id = OrganisationId::new(tenant);
    if id == SHARED { t.msg("audit-everywhere").into_owned() } else { names.organisation(id).to_owned() }
}

fn author(t: &T, by: i64, names: &Names) -> String {
    person(by).map_or_else(|| t.msg("audit-product").into_owned(), |id| names.person_name(id).to_owned())
}

/// # Errors
/// Forbidden without `settings.see` anywhere.
pub async fn list(warden: Warden, Query(told): Query<Told>) -> Result {
    let request = PageRequest { limit: None, cursor: Some(told.cursor).filter(|cursor| !cursor.is_empty()) };
    let actor = Arc::clone(&warden.viewer.actor);
    let (found, names) = warden.app.db.read("settings.list", move |rd| read::objects(rd, &actor, &request)).await?;
    let (t, now) = (warden.t(), warden.now());
    let row = |object: Object| Row {
        id: object.id.raw(),
        kind: kind(&t, &object.kind),
        place: place(&t, object.tenant, &names),
        version: object.version,
        deleted: object.deleted,
        who: author(&t, object.by, &names),
        iso: object.updated.to_rfc3339(),
        when: t.ago(object.updated, now),
        key: object.key,
    };
    let made = SettingsPage {
        chrome: warden.chrome(t.msg("audit-settings"), &told.done),
        tabs: warden.tabs(SETTINGS),
        next: found.next.as_ref().map(|cursor| format!("{SETTINGS}?cursor={cursor}")).unwrap_or_default(),
        rows: found.rows.into_iter().map(row).collect(),
        t: warden.t(),
    };
    page!(warden.viewer, made, as_main)
}

/// # Errors
/// Not found when the object is not of a tenant whose settings the viewer sees.
pub async fn show(warden: Warden, Path(id): Path<SettingId>, Query(told): Query<Told>) -> Result {
    history(&warden, id, &told.done, FormErrors::new()).await
}

async fn history(warden: &Warden, id: SettingId, told: &str, errors: FormErrors) -> Result {
    let actor = Arc::clone(&warden.viewer.actor);
    let (object, versions, names) = warden.app.db.read("settings.history", move |rd| read::history(rd, &actor, id)).await?;
    let (t, now) = (warden.t(), warden.now());
    let line = |Version { change, changes }: Version| Line {
        version: change.version,
        deleted: change.deleted,
        who: author(&t, change.created_by, &names),
        iso: change.created_at.to_rfc3339(),
        when: t.ago(change.created_at, now),
        changes,
    };
    let made = SettingPage {
        chrome: warden.chrome(format!("{}: {}", kind(&t, &object.kind), object.key), told),
        id: id.raw(),
        kind: kind(&t, &object.kind),
        place: place(&t, object.tenant, &names),
        version: object.version,
        may_edit: warden.viewer.actor.reach(Verb::SettingsEdit, OrganisationId::new(object.tenant)) == Reach::All,
        versions: versions.into_iter().map(line).collect(),
        key: object.key,
        errors,
        t: warden.t(),
    };
    page!(warden.viewer, made, as_main)
}

/// What the button of a version sends.
#[derive(Debug, Deserialize)]
pub struct Sent {
    version: i64,
    to: i64,
}

/// # Errors
/// Forbidden without `settings.edit`; what cannot be told on the page.
pub async fn take_back(warden: Warden, Path(id): Path<SettingId>, Form(sent): Form<Sent>) -> Result {
    let wish = Revert { id, expected: sent.version, to: sent.to };
    let (actor, act) = (Arc::clone(&warden.viewer.actor), warden.viewer.act(&warden.app)?);
    match warden.app.db.write("setting.revert", move |tx| revert(tx, &actor, &act, wish)).await {
        Ok(_) => Ok(done(&format!("{SETTINGS}/{id}"), "reverted")),
        Err(error) if error.kind() == ErrorKind::Conflict => {
            let mut errors = FormErrors::new();
            errors.push("", warden.viewer.t.error(&error));
            let mut response = history(&warden, id, "", errors).await?;
            *response.status_mut() = Fail::from(error).status();
            Ok(response)
        }
        Err(error) => Err(Fail::from(error)),
    }
}
