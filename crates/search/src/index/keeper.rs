//! The one writer of an index.

use std::sync::Arc;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::{Live, Mark};
use crate::Kind;

/// Memory of the writer while it follows, and while it reads everything.
const FOLLOWING: usize = 16_000_000;
const BUILDING: usize = 64_000_000;

/// Documents of segments that are merged whatever their size. Each commit makes a segment, often of a few
/// documents: with tantivy's 10,000 every eighth of them wrote the newest 10,000 documents anew.
const SMALLEST_LAYER: u32 = 1_000;

/// An index with its writer and how far it has read.
pub struct Keeper {
    pub live: Arc<Live>,
    pub mark: Mark,
    writer: IndexWriter<TantivyDocument>,
    /// Documents that are not committed yet.
    pub pending: usize,
}

impl Keeper {
    /// # Errors
    /// The folder cannot be written, or another process writes it.
    pub fn of(live: Arc<Live>, mark: Mark) -> tantivy::Result<Self> {
        let budget = if mark.complete { FOLLOWING } else { BUILDING };
        let options = IndexWriterOptions::builder().memory_budget_per_thread(budget).num_worker_threads(1).num_merge_threads(1).build();
        let writer: IndexWriter<TantivyDocument> = live.index().writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_layer_size(SMALLEST_LAYER);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self { live, mark, writer, pending: 0 })
    }

    /// Replaces a record; without a document it is gone.
    ///
    /// # Errors
    /// The writer has failed.
    pub fn put(&mut self, kind: Kind, id: i64, document: Option<TantivyDocument>) -> tantivy::Result<()> {
        self.writer.delete_term(Term::from_field_text(self.live.fields.key, &kind.term(id)));
        if let Some(document) = document {
            self.writer.add_document(document)?;
        }
        self.pending += 1;
        Ok(())
    }

    /// Adds a record that is not there yet.
    ///
    /// # Errors
    /// The writer has failed.
    pub fn add(&mut self, document: TantivyDocument) -> tantivy::Result<()> {
        self.writer.add_document(document)?;
        self.pending += 1;
        Ok(())
    }

    /// Makes what was put durable, together with how far was read, and lets it be found.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn commit(&mut self) -> tantivy::Result<()> {
        let payload = serde_json::to_string(&self.mark).map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        self.pending = 0;
        self.live.reload()
    }
}
