//! Jobs: work that follows a commit, claimed with a lease and a fencing number, retried with growing
//! pauses, and kept visible when it fails for good.

use db::{Rd, Tx, params, sql};
use kernel::{Error, JobId, Result, Time, kinds};
use serde::Serialize;

/// Attempts before a job is given up.
pub const ATTEMPTS: i64 = 5;
/// The first pause after a failure; each further one is four times as long.
const FIRST_PAUSE: i64 = 5 * Time::SECOND;

/// A job to be written with the change it follows from.
#[derive(Debug)]
pub struct Enqueue<'a, P> {
    pub kind: &'static str,
    pub payload: &'a P,
    pub run_at: Time,
    /// A second job with the same key is not written while the first waits or runs; one that was
    /// given up is not in the way.
    pub unique_key: Option<String>,
}

db::row! {
    /// A claimed job. `fence` rises with each claim: an update by an older claim does nothing.
    pub struct Job { pub id: JobId, pub kind: String, pub payload: String, pub attempts: i64, pub fence: i64 }
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

/// Takes the next due job for `lease` microseconds. Leases that ran out are taken over, but not for
/// ever: a job whose process ended at each of its attempts may be why it ended, and is given up.
///
/// Made of single statements that lock what they take, so that workers may do it side by side.
///
/// # Errors
/// The database refuses.
pub fn claim(tx: &mut Tx<'_>, now: Time, lease: i64) -> Result<Option<Job>> {
    tx.exec(
        sql!(
            "UPDATE job SET state = 'dead', unique_key = NULL, last_error = $3 WHERE state = 'running' AND lease_until < $1 AND attempts >= $2"
        ),
        &params![now, ATTEMPTS, "the process ended, or lost the database, at every attempt"],
    )?;
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

/// The job failed: again later, or given up after five attempts.
///
/// # Errors
/// The database refuses.
pub fn fail(tx: &mut Tx<'_>, job: &Job, now: Time, error: &str) -> Result<()> {
    if job.attempts >= ATTEMPTS {
        tx.exec(
            sql!("UPDATE job SET state = 'dead', unique_key = NULL, last_error = $3 WHERE id = $1 AND fence = $2"),
            &params![job.id, job.fence, error],
        )?;
        return Ok(());
    }
    let failures = u32::try_from(job.attempts.max(1) - 1).unwrap_or(0);
    tx.exec(
        sql!("UPDATE job SET state = 'ready', run_at = $3, last_error = $4 WHERE id = $1 AND fence = $2"),
        &params![job.id, job.fence, now.plus(FIRST_PAUSE * 4_i64.pow(failures)), error],
    )?;
    Ok(())
}

/// Holds the claims for another `lease` microseconds; what somebody else has taken over stays theirs.
///
/// # Errors
/// The database refuses.
pub fn renew(tx: &mut Tx<'_>, held: &[(JobId, i64)], now: Time, lease: i64) -> Result<()> {
    for (id, fence) in held {
        tx.exec(
            sql!("UPDATE job SET lease_until = $3 WHERE id = $1 AND fence = $2 AND state = 'running'"),
            &params![*id, *fence, now.plus(lease)],
        )?;
    }
    Ok(())
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
