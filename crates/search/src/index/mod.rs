//! The index of this node: one folder, made from the database and never a source of truth.

pub mod document;
pub mod folder;
pub mod schema;

mod keeper;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::{Error, Time};
use serde::{Deserialize, Serialize};
use tantivy::directory::error::{OpenReadError, OpenWriteError};
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, TantivyError};

pub use keeper::Keeper;
pub use schema::Fields;

use crate::find::newest::Newest;

/// How far an index has read, kept in its own commit: the two can never disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When its database was made.
    pub born: Time,
    pub epoch: i64,
    pub xid: i64,
    pub seq: i64,
    /// The newest sequence of a purge that was seen.
    pub purged: i64,
    /// Until when changes without events were looked for.
    pub stamp: Time,
    /// Until when memberships that begin or end were looked for.
    pub clock: Time,
    /// The greatest ids that were seen, in the order of [`crate::Kind::ALL`].
    pub ids: [i64; 5],
    /// Every record was read; until then it answers nothing.
    pub complete: bool,
}

impl Mark {
    pub fn cursor(&self) -> events::Cursor {
        events::Cursor { epoch: self.epoch, xid: self.xid, seq: self.seq }
    }
}

/// An index that can be asked.
pub struct Live {
    pub fields: Fields,
    pub folder: PathBuf,
    /// Of what was loaded.
    pub newest: Arc<Newest>,
    index: Index,
    reader: IndexReader,
}

impl Live {
    /// An empty index in a new folder.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn make(folder: &Path) -> tantivy::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let fields = Fields::default();
        let index = Index::create_in_dir(folder, fields.schema.clone())?;
        Self::of(index, fields, folder)
    }

    /// The index in a folder; with `check`, every byte of it is compared with what was written. A
    /// damaged file may bring down whoever reads it, so this comes first.
    ///
    /// # Errors
    /// There is none, or it is damaged.
    pub fn open(folder: &Path, check: bool) -> tantivy::Result<Self> {
        let fields = Fields::default();
        let index = Index::open_in_dir(folder)?;
        if check && !index.validate_checksum()?.is_empty() {
            return Err(TantivyError::InternalError("its files are damaged".to_owned()));
        }
        if index.schema() != fields.schema {
            return Err(TantivyError::SchemaError("made by another version".to_owned()));
        }
        Self::of(index, fields, folder)
    }

    fn of(index: Index, fields: Fields, folder: &Path) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, folder: folder.to_owned(), newest: Arc::default(), index, reader })
    }

    /// What was committed and loaded last.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// How far it has read.
    ///
    /// # Errors
    /// Its description cannot be read.
    pub fn mark(&self) -> tantivy::Result<Option<Mark>> {
        let payload = self.index.load_metas()?.payload;
        Ok(payload.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Whether every file is as it was written; one that cannot be read for a passing reason counts so.
    pub fn is_sound(&self) -> bool {
        let check = std::panic::AssertUnwindSafe(|| self.index.validate_checksum());
        match std::panic::catch_unwind(check) {
            Ok(Ok(damaged)) => damaged.is_empty(),
            Ok(Err(error)) => is_passing(&error),
            Err(_) => false,
        }
    }

    /// Bytes on the disk.
    pub fn bytes(&self) -> u64 {
        folder::size(&self.folder)
    }

    pub(crate) fn reload(&self) -> tantivy::Result<()> {
        self.reader.reload()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }
}

/// Whether an error comes from the machine and may be gone later.
fn is_passing(error: &TantivyError) -> bool {
    use std::io::ErrorKind::{Interrupted, OutOfMemory, QuotaExceeded, StorageFull, TimedOut, WouldBlock};
    /// ENFILE and EMFILE of POSIX: too many files are open.
    const TOO_MANY: [i32; 2] = [23, 24];
    let error = match error {
        TantivyError::IoError(error)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. }) => error,
        _ => return false,
    };
    matches!(error.kind(), Interrupted | OutOfMemory | QuotaExceeded | StorageFull | TimedOut | WouldBlock)
        || error.raw_os_error().is_some_and(|code| TOO_MANY.contains(&code))
}

/// Whether an error may come from the files of the index, and not from what was asked.
pub fn is_damage(error: &TantivyError) -> bool {
    matches!(error, TantivyError::IoError(_) | TantivyError::DataCorruption(_) | TantivyError::OpenReadError(_))
}

/// A fault of the index as a fault of ours.
pub fn failed(error: &TantivyError) -> Error {
    Error::internal(format!("the index: {error}"))
}
