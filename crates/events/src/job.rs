//! Jobs: work that follows a commit, claimed with a lease and a fencing number, retried with growing
//! pauses, and kept visible when it fails for good.

use db::{Rd, Tx, params, sql};
use kernel::{Error, JobId, Result, Time, kinds};
use serde::Serialize;

/// Attempts before a job is put aside.
const ATTEMPTS: i64 = 5;
/// The first pause after a failure; each further one is four times as long.
const FIRST_PAUSE: i64 = 5 * Time::SECOND;

/// A job to be written with the change it follows from.
#[derive(Debug)]
pub struct Enqueue<'a, P> {
    pub kind: &'static str,
    pub payload: &'a P,
    pub run_at: Time,
    /// A second job with the same key is not written while the first is there.
    pub unique_key: Option<String>,
}

db::row! {
    /// A claimed job. `fence` rises with each claim: an update by an older claim does nothing.
    pub struct Job { pub id: JobId, pub kind: String, pub payload: String, pub attempts: i64, pub fence: i64 }
}

db::row! {
    /// A job that was given up.
    pub struct DeadJob { pub id: JobId, pub kind: String, pub attempts: i64, pub last_error: Option<String>, pub created_at: Time }
}

/// Writes a job in the transaction of the change.
///
/// # Errors
/// The database refuses.
pub fn enqueue<P: Serialize>(tx: &mut Tx<'_>, now: Time, job: &Enqueue<'_, P>) -> Result<()> {
    let id = tx.next_id::<kinds::Job>()?;
    let payload = serde_json::to_string(job.payload).map_err(Error::internal)?;
    tx.exec(
        sql!(
            "INSERT INTO job (id, kind, payload, state, run_at, attempts, lease_until, fence, unique_key, created_at) \
             VALUES ($1, $2, $3, 'ready', $4, 0, 0, 0, $5, $6) ON CONFLICT (unique_key) DO NOTHING"
        ),
        &params![id, job.kind, payload, job.run_at, &job.unique_key, now],
    )?;
    Ok(())
}

/// Takes the next due job for `lease` microseconds. Leases that ran out are taken over.
///
/// # Errors
/// The database refuses.
pub fn claim(tx: &mut Tx<'_>, now: Time, lease: i64) -> Result<Option<Job>> {
    tx.exec(sql!("UPDATE job SET state = 'ready' WHERE state = 'running' AND lease_until < $1"), &params![now])?;
    tx.first(
        sql!(
            Job,
            sqlite "UPDATE job SET state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = $2 WHERE id = \
                    (SELECT id FROM job WHERE state = 'ready' AND run_at <= $1 ORDER BY run_at, id LIMIT 1) \
                    RETURNING id, kind, payload, attempts, fence",
            postgres "UPDATE job SET state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = $2 WHERE id = \
                    (SELECT id FROM job WHERE state = 'ready' AND run_at <= $1 ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) \
                    RETURNING id, kind, payload, attempts, fence"
        ),
        &params![now, now.plus(lease)],
    )
}

/// The job is done: it goes, unless somebody else holds it by now (`false`).
///
/// # Errors
/// The database refuses.
pub fn finish(tx: &mut Tx<'_>, job: &Job) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM job WHERE id = $1 AND fence = $2"), &params![job.id, job.fence])? == 1)
}

/// The job failed: again later, or put aside after five attempts.
///
/// # Errors
/// The database refuses.
pub fn fail(tx: &mut Tx<'_>, job: &Job, now: Time, error: &str) -> Result<()> {
    let doublings = u32::try_from(job.attempts.clamp(1, ATTEMPTS) - 1).unwrap_or(0);
    let again = now.plus(FIRST_PAUSE * 4_i64.pow(doublings));
    let state = if job.attempts >= ATTEMPTS { "dead" } else { "ready" };
    tx.exec(
        sql!("UPDATE job SET state = $3, run_at = $4, last_error = $5 WHERE id = $1 AND fence = $2"),
        &params![job.id, job.fence, state, again, error],
    )?;
    Ok(())
}

/// Gives back what this process holds, at an orderly stop.
///
/// # Errors
/// The database refuses.
pub fn release_all(tx: &mut Tx<'_>, held: &[(JobId, i64)]) -> Result<()> {
    for (id, fence) in held {
        tx.exec(
            sql!("UPDATE job SET state = 'ready', attempts = attempts - 1 WHERE id = $1 AND fence = $2 AND state = 'running'"),
            &params![*id, *fence],
        )?;
    }
    Ok(())
}

/// The jobs that were put aside, newest first.
///
/// # Errors
/// The database refuses.
pub fn dead(rd: &mut Rd<'_>, limit: i64) -> Result<Vec<DeadJob>> {
    rd.all(
        sql!(DeadJob, "SELECT id, kind, attempts, last_error, created_at FROM job WHERE state = 'dead' ORDER BY id DESC LIMIT $1"),
        &params![limit],
    )
}

/// Tries a job again that was put aside.
///
/// # Errors
/// Not found when it is not there any more.
pub fn retry(tx: &mut Tx<'_>, id: JobId, now: Time) -> Result<()> {
    let changed =
        tx.exec(sql!("UPDATE job SET state = 'ready', attempts = 0, run_at = $2 WHERE id = $1 AND state = 'dead'"), &params![id, now])?;
    if changed == 0 { Err(Error::not_found()) } else { Ok(()) }
}

/// Whether a job is due or a lease has run out: a cheap look before a claim.
pub(crate) fn any_due(rd: &mut Rd<'_>, now: Time) -> Result<bool> {
    let found = rd.first(
        sql!(
            i64,
            "SELECT id FROM job WHERE state = 'ready' AND run_at <= $1 UNION ALL SELECT id FROM job WHERE state = 'running' AND lease_until < $1 LIMIT 1"
        ),
        &params![now],
    )?;
    Ok(found.is_some())
}
