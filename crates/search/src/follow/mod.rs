//! The thread that keeps the index up: it follows the log, and makes a new index beside the old one
//! when that is needed.

mod build;
mod news;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use db::Db;
use kernel::Clock;

use crate::Search;
use crate::handle::Inner;
use crate::index::{Keeper, folder};
use build::Builder;
use news::{Lost, Step};

/// Between two looks when nothing wakes the thread.
const POLL: Duration = Duration::from_secs(1);
/// Between two commits: each one is a few files that are synced.
const PACE: Duration = Duration::from_millis(200);
/// Between two commits at most, however much there is to read.
const LATEST: Duration = Duration::from_millis(600);
/// Documents that wait for a commit at most.
const MOST_PENDING: usize = 5_000;
/// After a fault, before the next attempt.
const PAUSE: Duration = Duration::from_secs(5);

/// The running thread; ends with [`Follower::stop`] or when dropped.
pub struct Follower {
    inner: Arc<Inner>,
    thread: Option<JoinHandle<()>>,
}

impl Follower {
    /// Starts the thread.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(search: &Search, db: Db, clock: Arc<dyn Clock>) -> std::io::Result<Self> {
        let inner = Arc::clone(&search.0);
        inner.wake.stop.store(false, Ordering::SeqCst);
        let shared = Arc::clone(&inner);
        let search = search.clone();
        let thread = std::thread::Builder::new().name("follow-search".to_owned()).spawn(move || {
            let mut thread =
                Thread { search, inner: shared, db, clock, current: None, builder: None, last_commit: None, seen: 0, looked: false };
            thread.run();
        })?;
        Ok(Self { inner, thread: Some(thread) })
    }

    /// Ends the thread after the step it is in; what was found of it is committed.
    pub fn stop(&mut self) {
        self.inner.wake.stop.store(true, Ordering::SeqCst);
        self.inner.wake.call();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Thread {
    search: Search,
    inner: Arc<Inner>,
    db: Db,
    clock: Arc<dyn Clock>,
    current: Option<Following>,
    builder: Option<Builder>,
    last_commit: Option<Instant>,
    seen: u64,
    /// An index that was passed over at the start was looked for.
    looked: bool,
}

/// The index that answers, and what its follower remembers.
struct Following {
    keeper: Keeper,
    seen: Arc<news::Seen>,
}

/// A fault of one step.
pub(crate) enum Fault {
    /// The database does not answer: it may later.
    Database(kernel::Error),
    /// The index is of no use any more.
    Index(tantivy::TantivyError),
    /// The index is of another database, or of this one before a restore.
    Lost,
}

impl From<kernel::Error> for Fault {
    fn from(error: kernel::Error) -> Self {
        Fault::Database(error)
    }
}
impl From<tantivy::TantivyError> for Fault {
    fn from(error: tantivy::TantivyError) -> Self {
        Fault::Index(error)
    }
}
impl From<Lost> for Fault {
    fn from(_: Lost) -> Self {
        Fault::Lost
    }
}

impl Thread {
    fn run(&mut self) {
        folder::tell(&self.inner.folder, None);
        while !self.inner.wake.is_stopped() {
            let step = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.step()));
            match step {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => self.inner.wake.wait(&mut self.seen, POLL),
                Ok(Err(Fault::Database(error))) => {
                    tracing::warn!(%error, "the index could not follow and will try again");
                    self.inner.wake.wait(&mut self.seen, POLL);
                }
                Ok(Err(Fault::Index(error))) => {
                    tracing::error!(%error, "the index cannot be written and will be made anew");
                    self.give_up();
                    self.inner.wake.wait(&mut self.seen, PAUSE);
                }
                Ok(Err(Fault::Lost)) => {
                    tracing::warn!("the index is not of this database as it is now and will be made anew");
                    self.give_up();
                }
                Err(_) => {
                    tracing::error!("the index panicked and will be made anew");
                    self.give_up();
                    self.inner.wake.wait(&mut self.seen, PAUSE);
                }
            }
        }
        self.leave();
    }

    /// Nothing answers until another index is there.
    fn give_up(&mut self) {
        self.builder = None;
        self.current = None;
        self.looked = true;
        self.inner.publish(None, None);
        self.tell(Some(0));
    }

    fn leave(&mut self) {
        self.builder = None;
        let Some(mut current) = self.current.take() else { return };
        let committed = if current.keeper.pending > 0 { current.keeper.commit() } else { Ok(()) };
        let live = Arc::clone(&current.keeper.live);
        drop(current);
        match committed {
            Ok(()) => folder::used(&live.folder, false),
            Err(error) => tracing::warn!(%error, "the index could not be committed at the end"),
        }
    }

    /// One step; answers whether there may be more to do at once.
    fn step(&mut self) -> Result<bool, Fault> {
        if self.inner.take_damage() {
            self.give_up();
        }
        self.take_up()?;
        if folder::is_wanted(&self.inner.folder) || (self.current.is_none() && self.builder.is_none()) {
            // Told before the wish is taken, so that whoever waits sees one of them at any time.
            self.tell(Some(0));
            folder::take_wish(&self.inner.folder);
            self.builder = None;
            self.builder = Some(Builder::begin(&self.inner.folder, &self.db, self.clock.now())?);
        }
        let more = self.follow()?;
        Ok(self.build()? || more)
    }

    /// The index that was found at the start gets its writer.
    fn take_up(&mut self) -> Result<(), Fault> {
        if self.current.is_some() || self.builder.is_some() {
            return Ok(());
        }
        if self.search.live().is_none() && !std::mem::replace(&mut self.looked, true) {
            let found = folder::open(&self.inner.folder, true);
            self.inner.publish(found.as_ref().map(|(live, _)| Arc::clone(live)), found.map(|(_, mark)| mark));
        }
        let Some(live) = self.search.live() else { return Ok(()) };
        let Some(mark) = live.mark()? else { return Err(Fault::Lost) };
        folder::keep_only(&self.inner.folder, Some(&live.folder));
        folder::used(&live.folder, true);
        self.current = Some(Following { keeper: Keeper::of(live, mark)?, seen: Arc::default() });
        Ok(())
    }

    fn follow(&mut self) -> Result<bool, Fault> {
        let Some(current) = &mut self.current else { return Ok(false) };
        let step = news::take(&self.db, &mut current.keeper, &mut current.seen, self.clock.now())?;
        if let Step::More { behind } = step {
            self.inner.behind(behind);
            let lately = self.last_commit.is_none_or(|at| at.elapsed() < LATEST);
            if current.keeper.pending < MOST_PENDING && lately {
                return Ok(true);
            }
        }
        if current.keeper.pending > 0 {
            self.commit()?;
        } else {
            self.settled();
        }
        Ok(matches!(step, Step::More { .. }))
    }

    /// Not more often than the pace, unless somebody waits for it.
    fn commit(&mut self) -> Result<(), Fault> {
        if let Some(last) = self.last_commit
            && !self.inner.wake.urgent.swap(false, Ordering::SeqCst)
            && let Some(rest) = PACE.checked_sub(last.elapsed())
        {
            self.inner.wake.wait(&mut self.seen, rest);
            if !self.inner.wake.is_stopped() && last.elapsed() < PACE && !self.inner.wake.urgent.swap(false, Ordering::SeqCst) {
                return Ok(());
            }
        }
        let Some(current) = &mut self.current else { return Ok(()) };
        current.keeper.commit()?;
        self.last_commit = Some(Instant::now());
        self.settled();
        Ok(())
    }

    /// What was read is found now.
    fn settled(&self) {
        let Some(current) = &self.current else { return };
        self.inner.behind(0);
        self.inner.publish(Some(Arc::clone(&current.keeper.live)), Some(current.keeper.mark.clone()));
    }

    /// Tells this process and others how far a new index is.
    fn tell(&self, done: Option<u32>) {
        if self.inner.progress(done) {
            folder::tell(&self.inner.folder, done);
        }
    }

    fn build(&mut self) -> Result<bool, Fault> {
        let Some(builder) = &mut self.builder else { return Ok(false) };
        if !builder.advance(&self.db, self.clock.now())? {
            let done = builder.done();
            self.tell(Some(done));
            return Ok(true);
        }
        let Some(builder) = self.builder.take() else { return Ok(false) };
        let keeper = builder.finish()?;
        folder::used(&keeper.live.folder, true);
        folder::keep_only(&self.inner.folder, Some(&keeper.live.folder));
        self.current = Some(Following { keeper, seen: Arc::default() });
        self.settled();
        self.tell(None);
        Ok(true)
    }
}
