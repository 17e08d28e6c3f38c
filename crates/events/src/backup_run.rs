//! Backups that the desk made, and how each went: what operators and alarms ask for.

use db::{Rd, Tx, params, sql};
use kernel::{Page, PageRequest, Result, Time};
use serde::{Deserialize, Serialize};

use crate::{Act, Draft, Enqueue, Visibility, append, enqueue};

/// The object name of backups in the log.
pub const OBJECT: &str = "backup";
/// The kind of the job that makes one.
pub const MAKE: &str = "backup.make";

/// What such a job says.
#[derive(Debug, Serialize, Deserialize)]
pub struct Make {
    /// By which schedule; none when somebody asked for it.
    pub schedule: Option<String>,
}

/// Has a backup made at once, if none is waiting to be.
///
/// # Errors
/// The database refuses.
pub fn ask(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    enqueue(tx, now, &Enqueue { kind: MAKE, payload: &Make { schedule: None }, run_at: now, unique_key: Some(MAKE.to_owned()) })
}

db::row! {
    /// One backup that was made, or could not be.
    pub struct BackupRun {
        pub begun: Time,
        pub ended: Time,
        pub ok: bool,
        /// The file, without its folder; empty when there is none.
        pub name: String,
        pub bytes: i64,
        /// Rows of all tables.
        pub rows: i64,
        pub files: i64,
        /// Why it failed, for operators and in English.
        pub error: String,
    }
}

#[derive(Serialize)]
struct Told {
    bytes: i64,
    rows: i64,
    files: i64,
}

/// Writes down how a backup went.
///
/// # Errors
/// The database refuses.
pub fn note(tx: &mut Tx<'_>, act: &Act, run: &BackupRun) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO backup_run (begun_at, ended_at, ok, name, bytes, rows, files, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (begun_at) DO NOTHING"
        ),
        &params![run.begun, run.ended, run.ok, &run.name, run.bytes, run.rows, run.files, &run.error],
    )?;
    let kind = if run.ok { "backup.made" } else { "backup.failed" };
    let told = Told { bytes: run.bytes, rows: run.rows, files: run.files };
    let draft = Draft { tenant: 0, object: OBJECT, object_id: 0, kind, visibility: Visibility::Administrative, payload: &told };
    append(tx, act, &draft).map(drop)
}

/// The newest backups.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn runs(rd: &mut Rd<'_>, request: &PageRequest) -> Result<Page<BackupRun>> {
    let before = request.after::<i64>()?.unwrap_or(i64::MAX);
    let rows = rd.all(
        sql!(
            BackupRun,
            "SELECT begun_at, ended_at, ok, name, bytes, rows, files, error FROM backup_run WHERE begun_at < $1 ORDER BY begun_at DESC LIMIT $2"
        ),
        &params![before, request.limit() + 1],
    )?;
    Ok(Page::of(rows, request.limit(), |run| run.begun.0))
}

/// How backups go.
#[derive(Debug, Clone)]
pub struct Newest {
    /// The newest that was made or tried.
    pub last: BackupRun,
    /// When the newest one that is good was begun.
    pub good: Option<Time>,
}

/// How backups go; nothing when none was ever tried.
///
/// # Errors
/// The database refuses.
pub fn newest(rd: &mut Rd<'_>) -> Result<Option<Newest>> {
    let last = rd.first(
        sql!(BackupRun, "SELECT begun_at, ended_at, ok, name, bytes, rows, files, error FROM backup_run ORDER BY begun_at DESC LIMIT 1"),
        &[],
    )?;
    let Some(last) = last else { return Ok(None) };
    let good = rd.first(sql!(Time, "SELECT begun_at FROM backup_run WHERE ok = 1 ORDER BY begun_at DESC LIMIT 1"), &[])?;
    Ok(Some(Newest { last, good }))
}
