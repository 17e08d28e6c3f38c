//! `/api/v1/jobs`: the work of the desk itself, for whoever keeps the installation.

use std::sync::Arc;

use access::Verb;
use api_kit::{List, PageParams, Posted, RequestKeyed, Slice, routes};
use axum::Json;
use axum::extract::State;
use events::{JobLine, JobState, once};
use kernel::{Error, JobId};
use party::SHARED;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Path, Query, Result, Viewer};

/// The endpoints of jobs.
pub fn slice() -> Slice {
    Slice::new("jobs").api(routes!(list)).api(routes!(retry))
}

/// A job.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Job {
    pub id: i64,
    #[schema(example = "ticket.cascade")]
    pub kind: String,
    /// ready, running or dead: given up after its last attempt.
    #[schema(example = "dead")]
    pub state: String,
    /// Attempts so far, the running one included.
    pub attempts: i64,
    /// RFC 3339. When it is due, or was.
    pub run_at: String,
    /// Why the last attempt failed, for operators and in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    pub created_at: String,
}

impl Job {
    fn of(job: JobLine) -> Self {
        Self {
            id: job.id.raw(),
            kind: job.kind,
            state: job.state,
            attempts: job.attempts,
            run_at: job.run_at.to_rfc3339(),
            last_error: job.last_error,
            created_at: job.created_at.to_rfc3339(),
        }
    }
}

/// Which jobs.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// ready, running or dead; all when unsaid.
    #[param(max_length = 20, example = "dead")]
    #[serde(default, deserialize_with = "api_kit::short::<20, _>")]
    state: Option<String>,
    /// Rows wanted, 1 to 200; 50 when unsaid.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
}

/// The jobs of the desk, newest first. Needs `system.see` for the whole installation
#[utoipa::path(get, path = "/api/v1/jobs", operation_id = "listJobs", tag = "system", params(Asked),
    responses((status = 200, description = "The jobs", body = List<Job>)))]
async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Result<Json<List<Job>>> {
    viewer.actor.require(Verb::SystemSee, SHARED)?;
    let state = asked.state.as_deref().map(|key| JobState::from_key(key).ok_or_else(|| Error::invalid("state", "error-choice")));
    let state = state.transpose()?;
    let request = PageParams { limit: asked.limit, cursor: asked.cursor }.into();
    let page = app.db.read("api.jobs", move |rd| events::jobs(rd, state, &request)).await?;
    Ok(Json(List::of(page, Job::of)))
}

/// Nothing needs to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Retry {}

/// Tries a job again that was given up. Needs `system.run` for the whole installation
#[utoipa::path(post, path = "/api/v1/jobs/{id}/retry", operation_id = "retryJob", tag = "system", request_body = Retry,
    params(("id" = i64, Path, description = "The job")),
    responses((status = 200, description = "It waits for a worker", body = Job)))]
async fn retry(State(app): State<App>, viewer: Viewer, Path(id): Path<JobId>, posted: Posted<Retry>) -> Result<Json<Job>> {
    let Retry {} = posted.body;
    let key = posted.key.stored(viewer.actor.require_person()?, "job.retry");
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(&app)?);
    let job = app.db.write("job.retry", move |tx| {
        actor.require(Verb::SystemRun, SHARED)?;
        once(tx, key.as_ref(), act.now, |tx| events::retry(tx, &act, id).map(Job::of)).map(|(job, _)| job)
    });
    Ok(Json(job.await?))
}
