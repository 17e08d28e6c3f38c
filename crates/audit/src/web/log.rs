//! `/admin/system/audit`

use std::fmt::Write as _;
use std::sync::Arc;

use access::Verb;
use askama::Template;
use events::By;
use i18n::T;
use kernel::{LocationId, OrganisationId, PageRequest, PersonId, ServiceId, TeamId, Time};
use party::{Names, SHARED};
use serde::Deserialize;
use ui::{Choice, Chrome, Tab};
use web_kit::{Query, Result, page};

use super::{LOG, Warden};
use crate::api::log::file;
use crate::read;
use crate::store::{Filter, Line};

/// What things happen to, in the order of the choice.
pub(crate) const OBJECTS: [&str; 12] =
    ["person", "account", "organisation", "team", "service", "location", "role", "setting", "view", "backup", "job", "purge"];

#[derive(Template)]
#[template(path = "audit/log.html", blocks = ["main"])]
struct LogPage {
    t: T,
    chrome: Chrome,
    tabs: Vec<Tab>,
    asked: Asked,
    /// The name of the person that was asked for.
    person: String,
    objects: Vec<Choice>,
    rows: Vec<Row>,
    next: String,
    file: String,
    narrowed: bool,
    /// The chain is the installation's.
    chain: bool,
}

struct Row {
    seq: i64,
    iso: String,
    when: String,
    exact: String,
    who: String,
    what: String,
    about: String,
    href: String,
    details: String,
}

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    person: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    cursor: String,
}

impl Asked {
    /// What is not understood narrows nothing: the page shows what it was taken for.
    fn filter(&self) -> Filter {
        let day = |text: &str, after: i64| Time::from_rfc3339(&format!("{text}T00:00:00Z")).ok().map(|time| time.plus(after));
        Filter {
            person: self.person.parse().ok(),
            object: Some(self.object.clone()).filter(|object| OBJECTS.contains(&object.as_str())),
            from: day(&self.from, 0),
            to: day(&self.to, Time::DAY),
            ..Filter::default()
        }
    }

    fn query(&self, path: &str, cursor: Option<&str>) -> String {
        let given = [("person", self.person.as_str()), ("object", &self.object), ("from", &self.from), ("to", &self.to)];
        let given = given.into_iter().chain(cursor.map(|cursor| ("cursor", cursor))).filter(|(_, value)| !value.is_empty());
        let mut out = path.to_owned();
        for (place, (name, value)) in given.enumerate() {
            let safe: String = value.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~')).collect();
            let _ = write!(out, "{}{name}={safe}", if place == 0 { '?' } else { '&' });
        }
        out
    }
}

/// # Errors
/// Forbidden without `audit.see` anywhere.
pub async fn show(warden: Warden, Query(asked): Query<Asked>) -> Result {
    let (actor, filter) = (Arc::clone(&warden.viewer.actor), asked.filter());
    let request = PageRequest { limit: None, cursor: Some(asked.cursor.clone()).filter(|cursor| !cursor.is_empty()) };
    let wanted = filter.person;
    let (found, names, person) = warden
        .app
        .db
        .read("audit.log", move |rd| {
            let (found, names) = read::log(rd, &actor, &filter, &request)?;
            let person = wanted.and_then(|id| found.rows.first().map(|_| names.person_name(PersonId::new(id)).to_owned()));
            Ok((found, names, person))
        })
        .await?;
    let t = warden.t();
    let objects = OBJECTS.iter().map(|object| Choice::new(*object, t.msg(&format!("audit-object-{object}")), *object == asked.object));
    let made = LogPage {
        chrome: warden.chrome(t.msg("audit-log"), ""),
        tabs: warden.tabs(LOG),
        person: person.unwrap_or_default(),
        objects: objects.collect(),
        next: found.next.as_deref().map(|cursor| asked.query(LOG, Some(cursor))).unwrap_or_default(),
        file: asked.query("/admin/system/audit.jsonl", None),
        rows: found.rows.into_iter().map(|line| row(&warden, line, &names)).collect(),
        narrowed: !asked.query("", None).is_empty(),
        chain: warden.viewer.actor.may(Verb::AuditSee, SHARED),
        asked,
        t,
    };
    page!(warden.viewer, made, as_main)
}

/// # Errors
/// Forbidden without `audit.see` anywhere.
pub async fn download(warden: Warden, Query(asked): Query<Asked>) -> Result {
    file(warden.app.db.clone(), Arc::clone(&warden.viewer.actor), asked.filter()).await
}

fn row(warden: &Warden, line: Line, names: &Names) -> Row {
    let t = &warden.viewer.t;
    let (about, href) = about(t, &line, names);
    Row {
        seq: line.seq,
        iso: line.recorded.to_rfc3339(),
        when: t.ago(line.recorded, warden.now()),
        exact: t.moment_exact(line.recorded),
        who: match By::of(&line.actor_kind, line.actor) {
            By::Person(id) => names.person_name(PersonId::new(id)).to_owned(),
            By::System => t.msg("audit-desk").into_owned(),
            By::Import(batch) => t.with("audit-import", &[("batch", batch.into())]),
        },
        what: words(t, &line.kind),
        about,
        href,
        details: line.payload,
    }
}

/// A kind of event in words, its key when nobody has given it some.
pub(crate) fn words(t: &T, kind: &str) -> String {
    let key = format!("audit-kind-{}", kind.replace(['.', '_'], "-"));
    if t.has(&key) { t.msg(&key).into_owned() } else { kind.to_owned() }
}

/// What it happened to, and where that is.
fn about(t: &T, line: &Line, names: &Names) -> (String, String) {
    let id = line.object_id;
    let said = |field: &str| {
        let payload: serde_json::Value = serde_json::from_str(&line.payload).unwrap_or_default();
        payload[field].as_str().unwrap_or_default().to_owned()
    };
    match line.object.as_str() {
        "person" => (names.person_name(PersonId::new(id)).to_owned(), format!("/desk/people/{id}")),
        "organisation" => (names.organisation(OrganisationId::new(id)).to_owned(), format!("/desk/orgs/{id}")),
        "team" => (names.team(TeamId::new(id)).to_owned(), format!("/admin/teams/{id}")),
        "service" => (names.service(ServiceId::new(id)).to_owned(), format!("/admin/services/{id}")),
        "location" => (names.location(LocationId::new(id)).to_owned(), format!("/admin/locations/{id}")),
        "role" => (said("role"), "/admin/roles".to_owned()),
        "setting" => (format!("{} {}", said("kind"), said("key")), format!("{}/{id}", super::SETTINGS)),
        other if OBJECTS.contains(&other) => (format!("{} {id}", t.msg(&format!("audit-object-{other}"))), String::new()),
        other => (format!("{other} {id}"), String::new()),
    }
}
