//! [`Search`]: the handle that the rest of the program holds.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use db::Db;
use events::Cursor;
use kernel::{Error, ErrorKind, Result};
use parking_lot::{Condvar, Mutex};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::faults::Faults;
use crate::index::{Live, Mark, folder};
use crate::store::log::Edge;

/// What a search can rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything that is committed is found within a second.
    Ready,
    /// A new index is being made; so many of 1,000 parts are done. `answers`: from the old one, meanwhile.
    Rebuilding { done: u32, answers: bool },
}

/// The search of this node. Copies share it.
#[derive(Clone)]
pub struct Search(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub folder: PathBuf,
    /// What answers, with how far it has read: always of one and the same index.
    serving: watch::Sender<Option<Serving>>,
    pub wake: Wake,
    pub faults: Faults,
    turns: Arc<Semaphore>,
    /// Parts of 1,000 of the index that is being made; negative when none is.
    progress: AtomicI64,
    /// Microseconds by which the index is behind.
    lag: AtomicI64,
    documents: AtomicU64,
    /// A search found the index damaged.
    damaged: AtomicBool,
}

/// The index that answers.
#[derive(Clone)]
struct Serving {
    live: Arc<Live>,
    mark: Mark,
}

/// Wakes the thread that follows the log.
#[derive(Default)]
pub(crate) struct Wake {
    calls: Mutex<u64>,
    called: Condvar,
    pub urgent: AtomicBool,
    pub stop: AtomicBool,
}

impl Wake {
    pub fn call(&self) {
        *self.calls.lock() += 1;
        self.called.notify_all();
    }
    /// Waits for a call after the last one seen, at most so long.
    pub fn wait(&self, seen: &mut u64, at_most: Duration) {
        let mut calls = self.calls.lock();
        if *calls == *seen && !self.stop.load(Ordering::SeqCst) {
            self.called.wait_for(&mut calls, at_most);
        }
        *seen = *calls;
    }
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// How long an answer with numbers waits for the index.
const PATIENCE: Duration = Duration::from_millis(300);
/// Searches at once. Each holds a reader of the database from its beginning to its end, and some must
/// be left for everything else.
const AT_ONCE: usize = 2;
/// How long a search waits for its turn.
const TURN: Duration = Duration::from_secs(2);

impl Search {
    /// The search over the index in a folder, as it is; [`crate::Follower`] keeps it up.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        Self::open_on(folder, Faults::default())
    }

    /// As [`Search::open`], on a disk with these faults.
    pub fn open_on(folder: impl Into<PathBuf>, faults: Faults) -> Self {
        let folder = folder.into();
        let found = folder::open(&folder, false);
        let (serving, _) = watch::channel(None);
        let search = Self(Arc::new(Inner {
            folder,
            serving,
            wake: Wake::default(),
            faults,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            progress: AtomicI64::new(-1),
            lag: AtomicI64::new(0),
            documents: AtomicU64::new(0),
            damaged: AtomicBool::new(false),
        }));
        if let Some((live, mark)) = found {
            search.0.publish(Some(live), Some(mark));
        }
        search
    }

    /// Where the index is.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub fn state(&self) -> State {
        let answers = self.0.serving.borrow().is_some();
        match u32::try_from(self.0.progress.load(Ordering::Relaxed)) {
            Ok(done) => State::Rebuilding { done, answers },
            Err(_) if answers => State::Ready,
            Err(_) => State::Rebuilding { done: 0, answers },
        }
    }

    /// Makes the index anew while it answers.
    pub fn rebuild(&self) {
        if let Err(error) = folder::want(&self.0.folder) {
            tracing::warn!(%error, "a new index could not be asked for");
        }
        self.0.wake.call();
    }

    /// To be called after each commit, so that new text is found soon.
    pub fn wake(&self) {
        self.0.wake.call();
    }

    /// Seconds by which the index is behind the log.
    #[expect(clippy::cast_precision_loss, reason = "a number for a chart")]
    pub fn lag_seconds(&self) -> f64 {
        self.0.lag.load(Ordering::Relaxed) as f64 / 1e6
    }

    pub fn documents(&self) -> u64 {
        self.0.documents.load(Ordering::Relaxed)
    }

    /// How far the index that answers has read.
    pub fn reached(&self) -> Option<Cursor> {
        self.0.serving.borrow().as_ref().map(|serving| serving.mark.cursor())
    }

    /// The turn of a search: to be held while it reads.
    ///
    /// # Errors
    /// Busy when others search for too long.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = tokio::time::timeout(TURN, Arc::clone(&self.0.turns).acquire_owned()).await;
        turn.ok().and_then(std::result::Result::ok).ok_or_else(|| Error::new(ErrorKind::Busy, "error-busy").retry_after(2))
    }

    /// Waits until everything committed so far is found, at most 300 ms: to be called before an
    /// answer that counts. A search says by itself whether it may.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn settle(&self, db: &Db) -> Result<()> {
        let edge = db.read_bounded("search.head", crate::store::log::edge).await?;
        let mut serving = self.0.serving.subscribe();
        let passed = |serving: &Option<Serving>| serving.as_ref().is_some_and(|serving| edge.is_passed_by(&serving.mark));
        if passed(&serving.borrow_and_update()) || self.state() != State::Ready {
            return Ok(());
        }
        self.0.wake.urgent.store(true, Ordering::SeqCst);
        self.0.wake.call();
        // Too slow is no error: the answer then has no numbers.
        let _ = tokio::time::timeout(PATIENCE, serving.wait_for(passed)).await;
        Ok(())
    }

    pub(crate) fn live(&self) -> Option<Arc<Live>> {
        self.0.serving.borrow().as_ref().map(|serving| Arc::clone(&serving.live))
    }

    /// Whether this index answers still, and has everything up to there.
    pub(crate) fn has_passed(&self, live: &Arc<Live>, edge: &Edge) -> bool {
        self.0.serving.borrow().as_ref().is_some_and(|serving| Arc::ptr_eq(&serving.live, live) && edge.is_passed_by(&serving.mark))
    }

    /// A search could not read the index: its files are looked at.
    pub(crate) fn report(&self, error: &tantivy::TantivyError) {
        tracing::error!(%error, "the index cannot be read");
        self.0.damaged.store(true, Ordering::SeqCst);
        self.0.wake.call();
    }
}

impl Inner {
    /// What answers from now on.
    pub fn publish(&self, live: Option<Arc<Live>>, mark: Option<Mark>) {
        let documents = live.as_ref().map_or(0, |live| live.searcher().num_docs());
        self.documents.store(documents, Ordering::Relaxed);
        self.serving.send_replace(live.zip(mark).map(|(live, mark)| Serving { live, mark }));
    }
    /// Answers whether that is news.
    pub fn progress(&self, done: Option<u32>) -> bool {
        let done = done.map_or(-1, i64::from);
        self.progress.swap(done, Ordering::Relaxed) != done
    }
    pub fn behind(&self, micros: i64) {
        self.lag.store(micros.max(0), Ordering::Relaxed);
    }
    pub fn take_damage(&self) -> bool {
        self.damaged.swap(false, Ordering::SeqCst)
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Search").field(&self.state()).finish()
    }
}
