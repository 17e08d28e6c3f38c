//! The index of this node: one folder, made from the database and never a source of truth.

pub mod document;
pub mod folder;
pub mod schema;

mod keeper;

use std::path::{Path, PathBuf};

use kernel::{Error, Time};
use serde::{Deserialize, Serialize};
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher};

pub use keeper::Keeper;
pub use schema::Fields;

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
            return Err(tantivy::TantivyError::InternalError("its files are damaged".to_owned()));
        }
        if index.schema() != fields.schema {
            return Err(tantivy::TantivyError::SchemaError("made by another version".to_owned()));
        }
        Self::of(index, fields, folder)
    }

    fn of(index: Index, fields: Fields, folder: &Path) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, folder: folder.to_owned(), index, reader })
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

    pub(crate) fn reload(&self) -> tantivy::Result<()> {
        self.reader.reload()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }
}

/// A fault of the index as a fault of ours.
pub fn failed(error: &tantivy::TantivyError) -> Error {
    Error::internal(format!("the index: {error}"))
}
