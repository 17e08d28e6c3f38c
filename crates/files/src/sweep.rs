//! Removing what nothing refers to. The row is removed first, in the writer, where foreign keys
//! refuse what is in use after all; the bytes after it. Keys are never used twice, so bytes that are
//! deleted late cannot be those of a newer file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::StreamExt as _;
use kernel::{Error, FileId, Result, Time};
use object_store::path::Path as Key;

use crate::{Files, blob, store};

/// How long a file may be without use, and how long a write may take.
const REST: i64 = Time::DAY;
/// Ids looked at by one query.
const RANGE: i64 = 5_000;
/// Rows changed and keys asked for at once.
const CHUNK: usize = 100;

/// What a sweep removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub files: u64,
    /// Bytes without a row: a crash between writing and noting, or in the middle of writing.
    pub blobs: u64,
}

impl Files {
    /// Removes files that nothing has referred to for a day and, once a day, bytes that never got a
    /// row.
    ///
    /// # Errors
    /// The database or the store does not answer.
    pub async fn sweep(&self) -> Result<Swept> {
        let now = self.clock.now();
        let mut swept = Swept { files: self.sweep_orphans().await?, blobs: 0 };
        if self.listing_is_due(now) {
            let before = now.plus(-REST);
            swept.blobs = self.sweep_blobs(before).await? + self.sweep_staged(before).await?;
            self.listed(now);
        }
        Ok(swept)
    }

    /// The first half of [`Files::sweep`]: rows and their bytes; answers how many went.
    ///
    /// # Errors
    /// As [`Files::sweep`].
    pub async fn sweep_orphans(&self) -> Result<u64> {
        let now = self.clock.now();
        let before = now.plus(-REST);
        let again = self.db.read("file.again", store::found_again).await?;
        self.mark(again.iter().map(|file| file.id).collect(), None).await?;
        let end = self.db.read("file.last", store::last).await?;
        let (mut at, mut removed) = (FileId::new(0), 0);
        while at < end {
            let (after, until) = (at, FileId::new(at.raw() + RANGE));
            at = until;
            let orphans = self.db.read("file.orphans", move |rd| store::orphans(rd, after, until)).await?;
            let new = orphans.iter().filter(|file| file.since.is_none()).map(|file| file.id).collect();
            self.mark(new, Some(now)).await?;
            for file in orphans.into_iter().filter(|file| file.since.is_some_and(|since| since < before)) {
                removed += u64::from(self.remove(file, before).await?);
            }
        }
        Ok(removed)
    }

    async fn mark(&self, ids: Vec<FileId>, since: Option<Time>) -> Result<()> {
        for some in ids.chunks(CHUNK) {
            let some = some.to_vec();
            self.db.write_bulk_reserved("file.mark", move |tx| store::mark(tx, &some, since)).await?;
        }
        Ok(())
    }

    async fn remove(&self, file: store::Orphan, before: Time) -> Result<bool> {
        match self.db.write_bulk_reserved("file.remove", move |tx| store::remove(tx, file.id, before)).await {
            Ok(true) => {
                blob::delete(&*self.blobs, &Key::from(file.storage_key.as_str())).await;
                Ok(true)
            }
            Ok(false) => Ok(false),
            // Something refers to it since a moment ago: the database says so.
            Err(error) if matches!(db::fault(&error), Some(db::Fault::ForeignKey(_))) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn sweep_blobs(&self, before: Time) -> Result<u64> {
        let mut removed = 0;
        let old = self.blobs.list(None).filter_map(|found| async move {
            match found {
                Ok(found) if found.last_modified.timestamp_micros() < before.0 => Some(Ok(found.location.to_string())),
                Ok(_) => None,
                Err(error) => Some(Err(Error::internal(error))),
            }
        });
        let mut old = std::pin::pin!(old.chunks(CHUNK));
        while let Some(keys) = old.next().await {
            let keys = keys.into_iter().collect::<Result<Vec<String>>>()?;
            let asked = keys.clone();
            let known = self.db.read("file.known", move |rd| store::known(rd, &asked)).await?;
            for key in keys.iter().filter(|key| !known.contains(key)) {
                blob::delete(&*self.blobs, &Key::from(key.as_str())).await;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// What a process that ended in the middle of writing has left in a local folder.
    async fn sweep_staged(&self, before: Time) -> Result<u64> {
        let Some(folder) = self.folder.clone() else { return Ok(0) };
        tokio::task::spawn_blocking(move || staged(&folder, before)).await.map_err(Error::internal)?.map_err(Error::internal)
    }
}

/// Removes the store's own half-written files: they are called `<key>#<number>`.
fn staged(folder: &Path, before: Time) -> std::io::Result<u64> {
    let mut removed = 0;
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let found = entry.metadata()?;
            let name = entry.file_name();
            let half =
                name.to_str().and_then(|name| name.rsplit_once('#')).is_some_and(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()));
            if found.is_dir() {
                folders.push(entry.path());
            } else if half && older(&found, before) {
                std::fs::remove_file(entry.path())?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

fn older(found: &std::fs::Metadata, before: Time) -> bool {
    let moment = u64::try_from(before.0).ok().and_then(|micros| std::time::UNIX_EPOCH.checked_add(Duration::from_micros(micros)));
    found.modified().ok().zip(moment).is_some_and(|(modified, moment)| modified < moment)
}
