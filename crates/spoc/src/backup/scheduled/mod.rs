//! Backups that the desk makes by itself: by a job, so that of several nodes one does it, verified when
//! it is written, and with the surplus of older ones taken away.

mod keep;
mod schedule;

pub use keep::Keep;
pub use schedule::Schedule;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::{Db, Tx};
use events::backup_run::{self, BackupRun, MAKE, Make};
use events::{Act, Cause, Enqueue, Handlers, Job, enqueue};
use kernel::{Clock, Entropy, Error, Result, Time};
use tokio_util::sync::CancellationToken;

use super::{archive, failed, private_folder, save};
use crate::cli::progress::Bar;
use crate::exit::{self, Failure};
use crate::folder;

/// How the names of these files end; others in the folder are never touched.
const SUFFIX: &str = "-scheduled.spoc";
/// What stays free beside a backup of the size of the last one.
const LEAST_FREE: u64 = 1 << 30;

/// What the desk was told about backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub schedule: Option<Schedule>,
    pub folder: PathBuf,
    pub keep: Keep,
}

/// Makes backups.
#[derive(Clone)]
pub struct Maker {
    pub plan: Plan,
    pub db: Db,
    /// The data folder.
    pub data: PathBuf,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub stop: CancellationToken,
}

impl Plan {
    /// The schedule in its own words.
    pub fn said(&self) -> Option<String> {
        self.schedule.map(|schedule| schedule.to_string())
    }

    /// Writes the job of the next moment; as often as one likes.
    ///
    /// # Errors
    /// The database refuses.
    pub fn next(&self, tx: &mut Tx<'_>, now: Time) -> Result<()> {
        let Some(schedule) = self.schedule else { return Ok(()) };
        let (at, said) = (schedule.after(now), schedule.to_string());
        let key = format!("{MAKE}:{said}:{}", at.micros());
        enqueue(tx, now, &Enqueue { kind: MAKE, payload: &Make { schedule: Some(said) }, run_at: at, unique_key: Some(key) })
    }
}

/// Adds the handler of these jobs.
#[must_use]
pub fn handlers(handlers: Handlers, maker: &Maker) -> Handlers {
    let maker = maker.clone();
    handlers.on(MAKE, move |job| maker.run(job))
}

impl Maker {
    fn run(&self, job: &Job) -> Result<()> {
        let Make { schedule } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        let now = self.clock.now();
        if let Some(said) = schedule {
            // Before the work, so that a failure does not end the series.
            let plan = self.plan.clone();
            self.db.write_bulk_reserved_wait("backup.next", move |tx| plan.next(tx, now))?;
            if self.plan.schedule.map(|schedule| schedule.to_string()) != Some(said) {
                return Ok(());
            }
        }
        let name = format!("{}{SUFFIX}", now.to_rfc3339().replace([':', '.'], "-"));
        let made = self.make(&name);
        let run = BackupRun {
            begun: now,
            ended: self.clock.now(),
            ok: made.is_ok(),
            name: if made.is_ok() { name } else { String::new() },
            bytes: made.as_ref().map_or(0, |made| made.bytes),
            rows: made.as_ref().map_or(0, |made| made.rows),
            files: made.as_ref().map_or(0, |made| made.files),
            error: made.as_ref().err().map(ToString::to_string).unwrap_or_default(),
        };
        let act = Act::system(now, Cause::Schedule { name: "backup".to_owned() }, Arc::clone(&self.entropy));
        self.db.write_bulk_reserved_wait("backup.note", move |tx| backup_run::note(tx, &act, &run))?;
        match made {
            Ok(made) => {
                tracing::info!(bytes = made.bytes, rows = made.rows, files = made.files, "a backup was made and verified");
                self.prune();
                Ok(())
            }
            Err(failure) => Err(Error::internal(failure.to_string())),
        }
    }

    fn make(&self, name: &str) -> std::result::Result<Made, Failure> {
        let folder = &self.plan.folder;
        private_folder(folder)?;
        let path = folder.join(name);
        self.room()?;
        let manifest = save(&self.db, &self.data, &path, &self.stop, &mut Bar::silent())?;
        let verified = archive::verify(&path, |_| if self.stop.is_cancelled() { Err(super::interrupted()) } else { Ok(()) });
        if let Err(failure) = verified {
            // What does not read back is none, and would pass for the newest one.
            let _ = std::fs::remove_file(&path);
            return Err(failure);
        }
        let bytes = std::fs::metadata(&path).map_err(|error| failed(&path, &error))?.len();
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let rows = manifest.tables.values().map(|table| table.rows).sum();
        Ok(Made { bytes: number(bytes), rows: number(rows), files: number(manifest.files() as u64) })
    }

    /// A backup never takes the room that the desk itself needs.
    fn room(&self) -> std::result::Result<(), Failure> {
        let last = self.made().into_iter().max_by_key(|(time, _)| *time).and_then(|(_, path)| std::fs::metadata(path).ok());
        let needed = last.map_or(0, |about| about.len()).saturating_add(LEAST_FREE);
        match folder::free(&self.plan.folder) {
            Some(free) if free < needed => {
                let text = format!(
                    "{} has {} MiB free, and a backup may need {} MiB; make room, keep fewer, or set backup.folder to another disk",
                    self.plan.folder.display(),
                    free >> 20,
                    needed >> 20
                );
                Err(Failure::new(exit::DISK, text))
            }
            _ => Ok(()),
        }
    }

    /// The scheduled backups in the folder with their moments.
    fn made(&self) -> Vec<(Time, PathBuf)> {
        let entries = std::fs::read_dir(&self.plan.folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| moment(&entry.path()).map(|time| (time, entry.path()))).collect()
    }

    fn prune(&self) {
        let made = self.made();
        let surplus = self.plan.keep.surplus(&made.iter().map(|(time, _)| *time).collect::<Vec<_>>());
        for (_, path) in made.into_iter().filter(|(time, _)| surplus.contains(time)) {
            if let Err(error) = std::fs::remove_file(&path) {
                tracing::warn!(path = %path.display(), %error, "an old backup could not be removed");
            }
        }
    }
}

/// What a backup came to.
struct Made {
    bytes: i64,
    rows: i64,
    files: i64,
}

/// The moment in the name of a scheduled backup: `2026-11-22T02-30-00Z-scheduled.spoc`.
fn moment(path: &Path) -> Option<Time> {
    let said = path.file_name()?.to_str()?.strip_suffix(SUFFIX)?;
    let (day, time) = said.strip_suffix('Z')?.split_once('T')?;
    let mut parts = time.splitn(4, '-');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let fraction = parts.next().map(|fraction| format!(".{fraction}")).unwrap_or_default();
    Time::from_rfc3339(&format!("{day}T{hour}:{minute}:{second}{fraction}Z")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_moments_and_foreign_files_to_none() {
        for text in ["2026-11-22T02:30:00Z", "2026-11-22T02:30:00.123456Z"] {
            let name = format!("/b/{}{SUFFIX}", text.replace([':', '.'], "-"));
            assert_eq!(moment(Path::new(&name)).map(Time::to_rfc3339).as_deref(), Some(text));
        }
        for other in ["mine.spoc", "2026-11-22T02-30-00Z-before-x.spoc", "x-scheduled.spoc", "2026-11-22-scheduled.spoc"] {
            assert_eq!(moment(Path::new(other)), None, "{other}");
        }
    }
}
