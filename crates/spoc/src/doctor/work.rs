//! Whether the work behind the scenes gets done.

use kernel::{Clock as _, SystemClock, Time};

use super::{Finding, store};
use crate::exit::Failure;
use crate::wiring::migrations;
use crate::wiring::storage::Storage;

/// A job that waits longer than this is stuck, or no server runs.
const PATIENCE: i64 = 10 * Time::MINUTE;
/// Jobs named in the report.
const NAMED: i64 = 5;

pub fn look(storage: &Storage) -> Result<Vec<Finding>, Failure> {
    if !migrations::pending(storage)?.ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let given_up = storage.db.read_wait("doctor.dead", |rd| events::dead(rd, NAMED))?;
    for job in &given_up {
        let error = job.last_error.as_deref().unwrap_or("no reason is known");
        found.push(Finding::bad(format!("the job {} {} was given up after {} attempts: {error}", job.kind, job.id.raw(), job.attempts)));
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
