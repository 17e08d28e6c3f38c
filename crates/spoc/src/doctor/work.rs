//! Whether the work behind the scenes gets done.

use events::JobState;
use kernel::{Clock as _, PageRequest, SystemClock, Time};

use super::{Finding, store};
use crate::exit::Failure;
use crate::wiring::migrations;
use crate::wiring::storage::Storage;

/// A job that waits longer than this is stuck, or no server runs.
const PATIENCE: i64 = 10 * Time::MINUTE;
/// Jobs named in the report.
const NAMED: u32 = 5;

pub fn look(storage: &Storage) -> Result<Vec<Finding>, Failure> {
    if !migrations::pending(storage)?.ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let request = PageRequest { limit: Some(NAMED), cursor: None };
    let given_up =
        storage.db.read_wait("doctor.dead", move |rd| Ok((events::counts(rd)?.dead, events::jobs(rd, Some(JobState::Dead), &request)?)));
    let (dead, named) = given_up?;
    for job in &named.rows {
        let error = job.last_error.as_deref().unwrap_or("no reason is known");
        let (kind, id, attempts) = (&job.kind, job.id, job.attempts);
        let text =
            format!("the job {kind} {id} was given up after {attempts} attempts: {error}; POST /api/v1/jobs/{id}/retry tries it again");
        found.push(Finding::bad(text));
    }
    if named.next.is_some() {
        found.push(Finding::bad(format!("{dead} jobs in all were given up; GET /api/v1/jobs?state=dead names them")));
    }
    for consumer in storage.db.read_wait("doctor.stuck", events::stuck)? {
        let (error, since) = (consumer.last_error.as_deref().unwrap_or("no reason is known"), consumer.since.to_rfc3339());
        found.push(Finding::bad(format!(
            "the follower {} has not got on since {since}, {} failures: {error}",
            consumer.name, consumer.failures
        )));
    }
    let since = SystemClock.now().plus(-PATIENCE);
    let late = storage.db.read_wait("doctor.late", move |rd| store::jobs_due_before(rd, since))?;
    if late > 0 {
        found.push(Finding::bad(format!("{late} jobs have waited for more than ten minutes; they are done while the server runs")));
    }
    if found.is_empty() {
        found.push(Finding::good("no job is late or was given up"));
    }
    Ok(found)
}
