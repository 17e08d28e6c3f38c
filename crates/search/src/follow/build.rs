//! A new index from the tables, while the desk works: all records by their ids, in chunks.

use std::path::Path;
use std::sync::Arc;

use db::Db;
use kernel::Time;

use super::Fault;
use super::news::{self, CHUNK, Seen, Step};
use crate::Kind;
use crate::index::document::Sources;
use crate::index::{Keeper, Live, folder};
use crate::store::scan;

/// Documents between two commits.
const COMMIT: usize = 20_000;

/// An index that is being made.
pub(crate) struct Builder {
    keeper: Keeper,
    /// The kind that is read, and the last id of it.
    place: (usize, i64),
    seen: Arc<Seen>,
}

impl Builder {
    /// Notes where the log stands, so that what happens meanwhile is read afterwards.
    pub fn begin(folder: &Path, db: &Db, now: Time) -> Result<Self, Fault> {
        let mark = db.read_wait("search.start", move |rd| news::start(rd, now))?;
        let live = Live::make(&folder::next(folder))?;
        tracing::info!(folder = %live.folder.display(), "a new index is being made");
        Ok(Self { keeper: Keeper::of(Arc::new(live), mark)?, place: (0, 0), seen: Arc::default() })
    }

    /// Reads a chunk; answers whether the index has everything.
    pub fn advance(&mut self, db: &Db, now: Time) -> Result<bool, Fault> {
        let Some(kind) = Kind::ALL.get(self.place.0).copied() else { return self.catch_up(db, now) };
        let after = self.place.1;
        let limit = i64::try_from(CHUNK).unwrap_or(64);
        let (last, found) = db.read_wait("search.build", move |rd| {
            let ids = scan::after(rd, kind, after, limit)?;
            let (read, found) = Sources::read(rd, kind, &ids, now)?;
            Ok((ids.get(..read).and_then(<[i64]>::last).copied(), found))
        })?;
        for (_, document) in found.documents(&self.keeper.live.fields) {
            self.keeper.add(document)?;
        }
        self.place = match last {
            Some(last) => (self.place.0, last),
            None => (self.place.0 + 1, 0),
        };
        if self.keeper.pending > COMMIT {
            self.keeper.commit()?;
        }
        Ok(false)
    }

    /// What happened since the beginning.
    fn catch_up(&mut self, db: &Db, now: Time) -> Result<bool, Fault> {
        let step = news::take(db, &mut self.keeper, &mut self.seen, now)?;
        Ok(matches!(step, Step::Done))
    }

    pub fn folder(&self) -> &Path {
        &self.keeper.live.folder
    }

    /// Parts of 1,000 that are done; tickets are most of it.
    pub fn done(&self) -> u32 {
        let (place, id) = self.place;
        let all: i64 = self.keeper.mark.ids.iter().sum::<i64>().max(1);
        let before: i64 = self.keeper.mark.ids.iter().take(place).sum();
        u32::try_from((1000 * (before + id) / all).clamp(0, 999)).unwrap_or(0)
    }

    /// The finished index, with a writer for following.
    pub fn finish(self) -> Result<Keeper, Fault> {
        let mut keeper = self.keeper;
        keeper.mark.complete = true;
        keeper.commit()?;
        let (live, mark) = (Arc::clone(&keeper.live), keeper.mark.clone());
        drop(keeper);
        tracing::info!(documents = live.searcher().num_docs(), "the new index is in use");
        Ok(Keeper::of(live, mark)?)
    }
}
