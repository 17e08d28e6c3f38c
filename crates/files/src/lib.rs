//! Files by their content: written and synced before their row, deleted after it.
//!
//! Invariants: a row never points to bytes that were not on disk when it was written; two uploads of
//! the same content by one tenant share a row, two tenants never share anything; every blob has a key
//! of its own, so that deleting an orphan cannot hit a file that was stored again meanwhile; bytes
//! that do not have the stored digest are an error, not an answer.

mod blob;
mod store;
mod sweep;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use db::{Db, Reserve, SpaceGuard};
use futures_util::Stream;
use kernel::{Clock, Entropy, Error, FileId, OrganisationId, Result, Time};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;

pub use store::File;
pub use sweep::Swept;

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0110_file", "../migrations/0110_file.sql"),
    db::migration!("20261122_0111_file_orphan", "../migrations/0111_file_orphan.sql"),
];

/// The files of an installation; cheap to clone.
#[derive(Clone)]
pub struct Files {
    blobs: Arc<dyn ObjectStore>,
    /// Where the blobs are on this machine, if they are.
    folder: Option<PathBuf>,
    space: Option<SpaceGuard>,
    db: Db,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    /// When all blobs were last compared with the rows.
    listed: Arc<AtomicI64>,
}

impl Files {
    /// Files in a local folder, each synced with its folder before it counts as stored.
    ///
    /// # Errors
    /// The folder cannot be made or used.
    pub fn local(folder: &Path, db: Db, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        let blobs = LocalFileSystem::new_with_prefix(folder).map_err(Error::internal)?.with_fsync(true);
        let space = SpaceGuard::new(folder, Reserve::default());
        let listed = Arc::new(AtomicI64::new(i64::MIN));
        Ok(Self { blobs: Arc::new(blobs), folder: Some(folder.to_owned()), space: Some(space), db, clock, entropy, listed })
    }

    /// Leaves this much room on the disk.
    #[must_use]
    pub fn leaving(mut self, reserve: Reserve) -> Self {
        self.space = self.folder.as_ref().map(|folder| SpaceGuard::new(folder, reserve));
        self
    }

    fn listing_is_due(&self, now: Time) -> bool {
        now.0 >= self.listed.load(Ordering::Relaxed).saturating_add(Time::DAY)
    }

    fn listed(&self, now: Time) {
        self.listed.store(now.0, Ordering::Relaxed);
    }

    /// Stores a stream of at most `limit` bytes for a tenant.
    ///
    /// # Errors
    /// Too large when it is longer; storage when the disk is nearly full; what the stream answers.
    pub async fn put<S, E>(&self, tenant: OrganisationId, content: S, limit: u64) -> Result<File>
    where
        S: Stream<Item = std::result::Result<Bytes, E>> + Send,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.space.as_ref().map_or(Ok(()), SpaceGuard::check)?;
        let key = blob::new_key(tenant, &*self.entropy);
        let written = blob::write(&*self.blobs, &key, content, limit).await?;
        let now = self.clock.now();
        let row = (key.to_string(), written.sha256.clone());
        let size = i64::try_from(written.size).unwrap_or(i64::MAX);
        let stored = self.db.write("file.put", move |tx| store::insert(tx, tenant, &row.1, size, &row.0, now)).await;
        match stored {
            Ok(file) => {
                if file.storage_key != key.to_string() {
                    // The same content was there: its blob stays, this one goes.
                    blob::delete(&*self.blobs, &key).await;
                }
                Ok(file)
            }
            Err(error) => {
                // The answer may be lost while the row is not: only the sweep knows for certain.
                tracing::warn!(%error, "a file was written but its row was not; the sweep will decide");
                Err(error)
            }
        }
    }

    /// The bytes of a file. A small one is checked against its digest before the first byte, a large
    /// one before the last: who reads to the end has the right bytes.
    ///
    /// # Errors
    /// Not found; the store does not answer; a small file has changed.
    pub async fn get(&self, id: FileId) -> Result<(File, impl Stream<Item = Result<Bytes>> + Send + 'static + use<>)> {
        let file = self.db.read_bounded("file.get", move |rd| store::get(rd, id)).await?;
        let stream = blob::read(&*self.blobs, &file).await?;
        Ok((file, stream))
    }
}
