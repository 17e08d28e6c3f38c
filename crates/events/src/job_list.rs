//! The jobs as administrators see them: what waits, what runs, and what was given up and may be
//! tried again.

use db::{Rd, Tx, params, sql};
use kernel::{Error, JobId, Page, PageRequest, Result, Time};
use serde::Serialize;

use crate::{Act, Draft, Visibility, append};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It waits for its time or for a worker.
    Ready,
    Running,
    /// It was given up after its last attempt.
    Dead,
}

impl JobState {
    pub const ALL: [JobState; 3] = [JobState::Ready, JobState::Running, JobState::Dead];

    /// The key as stored and in the API.
    pub const fn key(self) -> &'static str {
        match self {
            JobState::Ready => "ready",
            JobState::Running => "running",
            JobState::Dead => "dead",
        }
    }
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

db::row! {
    /// A job without its payload.
    pub struct JobLine {
        pub id: JobId,
        pub kind: String,
        /// The key of a [`JobState`].
        pub state: String,
        /// Attempts so far, the running one included.
        pub attempts: i64,
        /// When it is due; of a job that is not ready: when it was.
        pub run_at: Time,
        /// For operators, in English.
        pub last_error: Option<String>,
        pub created_at: Time,
    }
}

/// How many jobs there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCounts {
    pub ready: i64,
    pub running: i64,
    pub dead: i64,
}

/// The jobs of one state, or all of them, newest first.
///
/// # Errors
/// The cursor is not ours.
pub fn jobs(rd: &mut Rd<'_>, state: Option<JobState>, request: &PageRequest) -> Result<Page<JobLine>> {
    let before: i64 = request.after()?.unwrap_or(i64::MAX);
    let limit = request.limit();
    let rows = match state {
        Some(state) => rd.all(
            sql!(
                JobLine,
                "SELECT id, kind, state, attempts, run_at, last_error, created_at FROM job WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
            ),
            &params![state.key(), before, limit + 1],
        )?,
        None => rd.all(
            sql!(
                JobLine,
                "SELECT id, kind, state, attempts, run_at, last_error, created_at FROM job WHERE id < $1 ORDER BY id DESC LIMIT $2"
            ),
            &params![before, limit + 1],
        )?,
    };
    Ok(Page::of(rows, limit, |job: &JobLine| job.id.raw()))
}

/// How many jobs there are.
///
/// # Errors
/// The database refuses.
pub fn counts(rd: &mut Rd<'_>) -> Result<JobCounts> {
    let (ready, running, dead) = rd.one(
        sql!(
            (i64, i64, i64),
            "SELECT (SELECT count(*) FROM job WHERE state = 'ready'), (SELECT count(*) FROM job WHERE state = 'running'), \
                    (SELECT count(*) FROM job WHERE state = 'dead')"
        ),
        &[],
    )?;
    Ok(JobCounts { ready, running, dead })
}

#[derive(Serialize)]
struct Retried<'a> {
    job: &'a str,
}

/// Tries a job again that was given up, with all its attempts anew.
///
/// # Errors
/// Not found when it is not there any more, or was not given up.
pub fn retry(tx: &mut Tx<'_>, act: &Act, id: JobId) -> Result<JobLine> {
    let job = tx
        .first(
            sql!(
                JobLine,
                "UPDATE job SET state = 'ready', attempts = 0, run_at = $2 WHERE id = $1 AND state = 'dead' \
                 RETURNING id, kind, state, attempts, run_at, last_error, created_at"
            ),
            &params![id, act.now],
        )?
        .ok_or_else(Error::not_found)?;
    let draft = Draft {
        tenant: 0,
        object: "job",
        object_id: id.raw(),
        kind: "job.retried",
        visibility: Visibility::Administrative,
        payload: &Retried { job: &job.kind },
    };
    append(tx, act, &draft)?;
    Ok(job)
}
