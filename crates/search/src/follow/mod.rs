//! The thread that keeps the index up: it follows the log, and makes a new index beside the old one
//! when that is needed.
//!
//! A fault of writing costs nothing but time: what was committed last goes on answering and is written
//! again after a pause. Only an index whose files are not as they were written, or which is of another
//! database, is given up.

mod build;
mod news;
mod pause;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use db::Db;
use kernel::Clock;
use tantivy::TantivyError;

use crate::Search;
use crate::handle::Inner;
use crate::index::{Keeper, folder};
use build::Builder;
use news::{Lost, Step};
use pause::Pause;

/// Between two looks when nothing wakes the thread.
const POLL: Duration = Duration::from_secs(1);
/// Between two commits: each one is a few files that are synced.
const PACE: Duration = Duration::from_millis(200);
/// Between two commits at most, however much there is to read.
const LATEST: Duration = Duration::from_millis(600);
/// Documents that wait for a commit at most.
const MOST_PENDING: usize = 5_000;
/// Between two looks at every byte of the index because a search could not read it.
const EXAMINE: Duration = Duration::from_secs(600);

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
            yields();
            Thread::of(search, shared, db, clock).run();
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

/// When the processors are busy, this thread and those that write the index step back behind the ones
/// that answer people. On Linux a priority is a thread's own, and the threads it starts inherit it.
#[cfg(target_os = "linux")]
fn yields() {
    const NICENESS: i32 = 5;
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::warn!(%error, "the thread of the index keeps its priority");
    }
}
#[cfg(not(target_os = "linux"))]
fn yields() {}

struct Thread {
    search: Search,
    inner: Arc<Inner>,
    db: Db,
    clock: Arc<dyn Clock>,
    current: Option<Following>,
    builder: Option<Builder>,
    /// When the index that answers is written again, and when another one is begun again.
    following: Pause,
    building: Pause,
    last_commit: Option<Instant>,
    examined: Option<Instant>,
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
    /// The index could not be written or read.
    Index(TantivyError),
    /// The index is of another database, or of this one before a restore.
    Lost,
}

impl From<kernel::Error> for Fault {
    fn from(error: kernel::Error) -> Self {
        Fault::Database(error)
    }
}
impl From<TantivyError> for Fault {
    fn from(error: TantivyError) -> Self {
        Fault::Index(error)
    }
}
impl From<Lost> for Fault {
    fn from(_: Lost) -> Self {
        Fault::Lost
    }
}

impl Thread {
    fn of(search: Search, inner: Arc<Inner>, db: Db, clock: Arc<dyn Clock>) -> Self {
        Self {
            search,
            inner,
            db,
            clock,
            current: None,
            builder: None,
            following: Pause::default(),
            building: Pause::default(),
            last_commit: None,
            examined: None,
            seen: 0,
            looked: false,
        }
    }

    fn run(&mut self) {
        folder::tell(&self.inner.folder, None);
        while !self.inner.wake.is_stopped() {
            match self.step() {
                Ok(true) => {}
                Ok(false) => self.inner.wake.wait(&mut self.seen, POLL),
                Err(error) => {
                    tracing::warn!(%error, "the index could not follow and will try again");
                    self.inner.wake.wait(&mut self.seen, POLL);
                }
            }
        }
        self.leave();
    }

    fn leave(&mut self) {
        if self.builder.is_some() {
            self.drop_builder();
        }
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
    fn step(&mut self) -> Result<bool, kernel::Error> {
        self.examine();
        let mut more = false;
        if self.following.is_over() {
            let done = guarded(|| self.follow());
            more |= self.followed(done)?;
        }
        if self.building.is_over() {
            let done = guarded(|| self.build());
            more |= self.built(done)?;
        }
        Ok(more)
    }

    fn followed(&mut self, done: Result<bool, Fault>) -> Result<bool, kernel::Error> {
        match done {
            Ok(more) => Ok(more),
            Err(Fault::Database(error)) => Err(error),
            Err(Fault::Lost) => {
                tracing::warn!("the index is not of this database as it is now and will be made anew");
                self.give_up();
                Ok(true)
            }
            Err(Fault::Index(error)) => {
                tracing::error!(%error, "the index cannot be written");
                self.stumble();
                Ok(false)
            }
        }
    }

    fn built(&mut self, done: Result<bool, Fault>) -> Result<bool, kernel::Error> {
        match done {
            Ok(more) => Ok(more),
            Err(Fault::Database(error)) => Err(error),
            Err(Fault::Lost) => {
                self.drop_builder();
                Ok(true)
            }
            Err(Fault::Index(error)) => {
                tracing::error!(%error, "a new index cannot be made for now");
                self.drop_builder();
                self.building.failed();
                self.tell(self.search.live().is_none().then_some(0));
                Ok(false)
            }
        }
    }

    /// What was committed last goes on answering, and is written again later: what was not is read from
    /// the log once more. Damaged files are given up.
    fn stumble(&mut self) {
        self.current = None;
        self.following.failed();
        if self.search.live().is_some_and(|live| !live.is_sound()) {
            self.give_up();
        }
    }

    /// Nothing answers until another index is there.
    fn give_up(&mut self) {
        self.current = None;
        self.following.well();
        self.looked = true;
        self.inner.publish(None, None);
        folder::keep_only(&self.inner.folder, self.builder.as_ref().map(Builder::folder));
        self.tell(Some(self.builder.as_ref().map_or(0, Builder::done)));
    }

    /// What was made of a new index is of no use, and its room is needed.
    fn drop_builder(&mut self) {
        self.builder = None;
        folder::keep_only(&self.inner.folder, self.search.live().as_ref().map(|live| live.folder.as_path()));
    }

    /// A search could not read the index: whether it is damaged, its files say and not the search. That
    /// is looked at now and then only, so that no question keeps this thread busy.
    fn examine(&mut self) {
        if self.examined.is_some_and(|at| at.elapsed() < EXAMINE) || !self.inner.take_damage() {
            return;
        }
        self.examined = Some(Instant::now());
        if self.search.live().is_some_and(|live| !live.is_sound()) {
            tracing::error!("the files of the index are damaged: it is made anew");
            self.give_up();
        }
    }

    /// The index that answers gets its writer.
    fn take_up(&mut self) -> Result<(), Fault> {
        if self.current.is_some() {
            return Ok(());
        }
        if self.search.live().is_none() && !std::mem::replace(&mut self.looked, true) {
            let found = folder::open(&self.inner.folder, true);
            self.inner.publish(found.as_ref().map(|(live, _)| Arc::clone(live)), found.map(|(_, mark)| mark));
        }
        let Some(live) = self.search.live() else { return Ok(()) };
        let Some(mark) = live.mark()? else { return Err(Fault::Lost) };
        if self.builder.is_none() {
            folder::keep_only(&self.inner.folder, Some(&live.folder));
        }
        folder::used(&live.folder, true);
        self.current = Some(Following { keeper: Keeper::of(live, mark)?, seen: Arc::default() });
        Ok(())
    }

    fn follow(&mut self) -> Result<bool, Fault> {
        self.take_up()?;
        let Some(current) = &mut self.current else { return Ok(false) };
        let step = news::take(&self.db, &mut current.keeper, &mut current.seen, self.clock.now())?;
        if let Step::More { behind } = step {
            self.inner.behind(behind);
            let lately = self.last_commit.is_none_or(|at| at.elapsed() < LATEST);
            if current.keeper.pending < MOST_PENDING && lately {
                return Ok(true);
            }
        }
        let mut called = false;
        if current.keeper.pending > 0 {
            called = self.commit()?;
        } else {
            self.settled();
        }
        Ok(called || matches!(step, Step::More { .. }))
    }

    /// Not more often than the pace, unless somebody waits for it. Answers whether there was a call
    /// meanwhile: it is seen now, so nothing else would wake the thread for it.
    fn commit(&mut self) -> Result<bool, Fault> {
        let seen = self.seen;
        while let Some(rest) = self.last_commit.and_then(|last| PACE.checked_sub(last.elapsed()))
            && !self.inner.wake.is_stopped()
            && !self.inner.wake.urgent.swap(false, Ordering::SeqCst)
        {
            self.inner.wake.wait(&mut self.seen, rest);
        }
        let Some(current) = &mut self.current else { return Ok(false) };
        self.inner.faults.commit()?;
        current.keeper.commit()?;
        self.last_commit = Some(Instant::now());
        self.following.well();
        self.settled();
        Ok(seen != self.seen)
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
        if self.builder.is_none() && (folder::is_wanted(&self.inner.folder) || self.search.live().is_none()) {
            self.tell(Some(0));
            let live = self.search.live();
            folder::keep_only(&self.inner.folder, live.as_ref().map(|live| live.folder.as_path()));
            self.inner.faults.room(&self.inner.folder, live.map_or(0, |live| live.bytes()))?;
            self.builder = Some(Builder::begin(&self.inner.folder, &self.db, self.clock.now())?);
        }
        let Some(builder) = &mut self.builder else { return Ok(false) };
        if !builder.advance(&self.db, self.clock.now())? {
            let done = builder.done();
            self.tell(Some(done));
            return Ok(true);
        }
        let Some(builder) = self.builder.take() else { return Ok(false) };
        self.inner.faults.commit()?;
        let keeper = builder.finish()?;
        folder::used(&keeper.live.folder, true);
        folder::keep_only(&self.inner.folder, Some(&keeper.live.folder));
        self.current = Some(Following { keeper, seen: Arc::default() });
        self.following.well();
        self.building.well();
        self.settled();
        self.tell(None);
        // Last of all: who waits for it, also across an end of this process, sees the wish until then.
        folder::take_wish(&self.inner.folder);
        Ok(true)
    }
}

/// A panic is a fault of the index: tantivy panics at some damages.
fn guarded(step: impl FnOnce() -> Result<bool, Fault>) -> Result<bool, Fault> {
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(step));
    done.unwrap_or_else(|_| Err(TantivyError::InternalError("it panicked".to_owned()).into()))
}
