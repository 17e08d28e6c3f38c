//! `/api/v1/audit/events`: who did what to people, places, roles, settings and the desk itself.

use std::collections::VecDeque;
use std::sync::Arc;

use access::Actor;
use api_kit::{List, PageParams};
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use db::Db;
use events::By;
use futures_util::stream;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kernel::{Error, PageRequest, PersonId, Time};
use party::Names;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Query, Result, Uncompressed, Viewer};

use crate::read;
use crate::store::{Filter, Line};

/// Lines read at once for a file.
const CHUNK: u32 = 200;

/// Which events.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The person who did it.
    person: Option<i64>,
    /// What it happened to: person, organisation, team, service, location, role, account, setting, view ...
    #[param(max_length = 40, example = "person")]
    #[serde(default, deserialize_with = "api_kit::short::<40, _>")]
    object: Option<String>,
    /// Its number.
    object_id: Option<i64>,
    #[param(max_length = 60, example = "person.role_granted")]
    #[serde(default, deserialize_with = "api_kit::short::<60, _>")]
    kind: Option<String>,
    /// RFC 3339. Recorded then or later.
    #[param(max_length = 40, example = "2026-11-01T00:00:00Z")]
    #[serde(default, deserialize_with = "api_kit::short::<40, _>")]
    from: Option<String>,
    /// RFC 3339. Recorded before.
    #[param(max_length = 40)]
    #[serde(default, deserialize_with = "api_kit::short::<40, _>")]
    to: Option<String>,
    /// Rows wanted, 1 to 200; 50 when unsaid. The file has all.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
}

impl Asked {
    fn filter(self) -> kernel::Result<(Filter, PageRequest)> {
        let time = |field: &'static str, text: Option<String>| {
            text.map(|text| Time::from_rfc3339(&text).map_err(|_| Error::invalid(field, "error-date"))).transpose()
        };
        let filter = Filter {
            person: self.person,
            object: self.object,
            object_id: self.object_id,
            kind: self.kind,
            from: time("from", self.from)?,
            to: time("to", self.to)?,
        };
        Ok((filter, PageParams { limit: self.limit, cursor: self.cursor }.into()))
    }
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEvent {
    /// Its number; also its place in the audit chain.
    pub seq: i64,
    /// RFC 3339. When it was written down.
    pub recorded_at: String,
    /// When it happened.
    pub occurred_at: String,
    /// Whose: the number of a root organisation, 0 for the installation.
    pub tenant: i64,
    #[schema(example = "person")]
    pub object: String,
    pub object_id: i64,
    #[schema(example = "person.role_granted")]
    pub kind: String,
    pub by: Author,
    /// Why: by page, token, schedule or import.
    #[schema(value_type = Object)]
    pub cause: serde_json::Value,
    /// Numbers and keys.
    #[schema(value_type = Object)]
    pub payload: serde_json::Value,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Author {
    /// person, system or import.
    #[schema(example = "person")]
    pub kind: String,
    /// The person or the batch; absent for the desk itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl AuditEvent {
    /// With names as they are now.
    pub fn of(line: Line, names: &Names) -> Self {
        let json = |text: &str| serde_json::from_str(text).unwrap_or(serde_json::Value::Null);
        let by = By::of(&line.actor_kind, line.actor);
        Self {
            seq: line.seq,
            recorded_at: line.recorded.to_rfc3339(),
            occurred_at: line.occurred.to_rfc3339(),
            tenant: line.tenant,
            cause: json(&line.cause),
            payload: json(&line.payload),
            object: line.object,
            object_id: line.object_id,
            kind: line.kind,
            by: Author {
                kind: by.kind().to_owned(),
                id: (by != By::System).then(|| by.id()),
                name: match by {
                    By::Person(id) => Some(names.person_name(PersonId::new(id)).to_owned()),
                    By::System | By::Import(_) => None,
                },
            },
        }
    }
}

/// What was done to everything but tickets, newest first. Needs `audit.see`, and shows the tenants it reaches
#[utoipa::path(get, path = "/api/v1/audit/events", operation_id = "listAuditEvents", tag = "audit", params(Asked),
    responses((status = 200, description = "What was done", body = List<AuditEvent>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Result<Json<List<AuditEvent>>> {
    let (filter, request) = asked.filter()?;
    let actor = Arc::clone(&viewer.actor);
    let (page, names) = app.db.read("audit.list", move |rd| read::log(rd, &actor, &filter, &request)).await?;
    Ok(Json(List::of(page, |line| AuditEvent::of(line, &names))))
}

/// The same as a file: a JSON object a line, newest first
#[utoipa::path(get, path = "/api/v1/audit/export", operation_id = "exportAuditEvents", tag = "audit", params(Asked),
    responses((status = 200, description = "One event a line", content_type = "application/x-ndjson", body = String)))]
pub async fn export(State(app): State<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Result<Response> {
    let (filter, _) = asked.filter()?;
    file(app.db.clone(), Arc::clone(&viewer.actor), filter).await
}

/// What is read so far of a file.
struct Reading {
    db: Db,
    actor: Arc<Actor>,
    filter: Filter,
    lines: VecDeque<String>,
    /// Where to go on; `None` at the end.
    next: Option<PageRequest>,
}

impl Reading {
    async fn step(mut self) -> kernel::Result<Self> {
        let Some(request) = self.next.take() else { return Ok(self) };
        let (actor, filter) = (Arc::clone(&self.actor), self.filter.clone());
        let (page, names) = self.db.read("audit.export", move |rd| read::log(rd, &actor, &filter, &request)).await?;
        for line in page.rows {
            let mut text = serde_json::to_string(&AuditEvent::of(line, &names)).map_err(Error::internal)?;
            text.push('\n');
            self.lines.push_back(text);
        }
        self.next = page.next.map(|cursor| PageRequest { limit: Some(CHUNK), cursor: Some(cursor) });
        Ok(self)
    }
}

/// The log as JSON Lines, read page by page while it is sent.
///
/// # Errors
/// Forbidden without `audit.see`; the database refuses.
pub async fn file(db: Db, actor: Arc<Actor>, filter: Filter) -> Result<Response> {
    let next = Some(PageRequest { limit: Some(CHUNK), cursor: None });
    // The first page before the answer, so that a refusal is one.
    let first = Reading { db, actor, filter, lines: VecDeque::new(), next }.step().await?;
    let body = stream::try_unfold(first, |mut reading| async move {
        if reading.lines.is_empty() {
            reading = reading.step().await?;
        }
        let text: String = reading.lines.drain(..).collect();
        Ok::<_, Error>(if text.is_empty() { None } else { Some((text, reading)) })
    });
    let mut response = Body::from_stream(body).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.jsonl\""));
    response.extensions_mut().insert(Uncompressed);
    Ok(response)
}
