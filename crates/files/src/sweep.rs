//! Removing what nothing refers to. The row is removed first, in the writer, where foreign keys of
//! attachments and uploads refuse it; the bytes after it. Keys are never used twice, so bytes that are
//! deleted late cannot be those of a newer file.

use futures_util::StreamExt as _;
use kernel::{FileId, Result, Time};
use object_store::path::Path;

use crate::{Files, blob, store};

/// How long a file may be without use.
const REST: i64 = Time::DAY;

/// What a sweep removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub files: u64,
    /// Bytes without a row: a crash between writing and noting.
    pub blobs: u64,
}

impl Files {
    /// Removes files without use for a day, and bytes that never got a row.
    ///
    /// # Errors
    /// The database or the store does not answer.
    pub async fn sweep(&self) -> Result<Swept> {
        let before = self.clock.now().plus(-REST);
        let mut swept = Swept::default();
        let mut at = FileId::new(0);
        loop {
            let some = self.db.read("file.older", move |rd| store::older(rd, before, at, 200)).await?;
            let Some(last) = some.last() else { break };
            at = last.id;
            for file in some {
                let id = file.id;
                let removed = self.db.write_bulk("file.remove", move |tx| store::remove(tx, id, before)).await;
                match removed {
                    Ok(true) => {
                        blob::delete(&*self.blobs, &Path::from(file.storage_key.as_str())).await;
                        swept.files += 1;
                    }
                    // Something refers to it: the database says so.
                    Ok(false) => {}
                    Err(error) if matches!(db::fault(&error), Some(db::Fault::ForeignKey(_))) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        swept.blobs = self.sweep_blobs(before).await?;
        Ok(swept)
    }

    async fn sweep_blobs(&self, before: Time) -> Result<u64> {
        let mut gone = 0;
        let mut listed = self.blobs.list(None);
        while let Some(found) = listed.next().await {
            let found = found.map_err(kernel::Error::internal)?;
            if found.last_modified.timestamp_micros() >= before.0 {
                continue;
            }
            let key = found.location.to_string();
            let known = self.db.read_bounded("file.key", move |rd| store::has_key(rd, &key)).await?;
            if !known {
                blob::delete(&*self.blobs, &found.location).await;
                gone += 1;
            }
        }
        Ok(gone)
    }
}
