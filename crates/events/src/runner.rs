//! The threads that follow the log and do the jobs.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use db::Db;
use kernel::{Clock, JobId, Result, Time};
use parking_lot::{Condvar, Mutex};

use crate::{Consumer, Job, claim, fail, finish, note_failure, renew};

/// How long a claim holds that is not renewed: after a process ended, others take its jobs over.
const LEASE: i64 = 5 * Time::MINUTE;
/// Between two renewals of the claims of this process.
const RENEW: Duration = Duration::from_mins(1);
/// Between two looks when nothing wakes a thread.
const POLL: Duration = Duration::from_secs(1);

/// The least time between two looks: a hundred commits in a moment are one reason to look.
const GAP: Duration = Duration::from_millis(20);

/// Something that follows the log step by step, on a thread of its own.
pub trait Follower: Send + Sync + 'static {
    /// The key of its cursor.
    fn name(&self) -> &'static str;
    /// One step; answers how much was read, 0 when there was nothing.
    ///
    /// # Errors
    /// The same step comes again after a pause.
    fn step(self: Arc<Self>, db: &Db, now: Time) -> Result<usize>;
}

impl<C: Consumer> Follower for C {
    fn name(&self) -> &'static str {
        Consumer::name(self)
    }
    fn step(self: Arc<Self>, db: &Db, now: Time) -> Result<usize> {
        // Looking costs a read; only what is new costs a write.
        let name = Consumer::name(&*self);
        let Some(news) = db.read_wait("consumer.look", move |rd| crate::news(rd, name))? else { return Ok(0) };
        db.write_bulk_wait("consumer.advance", move |tx| crate::advance(tx, &*self, &news, now))?;
        Ok(1)
    }
}

type Handler = Arc<dyn Fn(&Job) -> Result<()> + Send + Sync>;

/// What does the jobs of each kind.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<&'static str, Handler>);

impl Handlers {
    #[must_use]
    pub fn on(mut self, kind: &'static str, run: impl Fn(&Job) -> Result<()> + Send + Sync + 'static) -> Self {
        self.0.insert(kind, Arc::new(run));
        self
    }
}

struct Shared {
    db: Db,
    clock: Arc<dyn Clock>,
    handlers: Handlers,
    stop: AtomicBool,
    wake: (Mutex<u64>, Condvar),
    /// The claims of this process: job and fence.
    held: Mutex<Vec<(JobId, i64)>>,
    /// Told when the last worker has ended.
    ended: (Mutex<bool>, Condvar),
}

/// Running consumers and workers; stopped by [`Runner::stop`] or when dropped.
pub struct Runner {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Runner {
    /// Starts one thread per follower, `workers` threads for jobs, and one that holds their claims.
    ///
    /// # Errors
    /// A thread cannot be started.
    pub fn start(
        db: Db,
        clock: Arc<dyn Clock>,
        followers: Vec<Arc<dyn Follower>>,
        handlers: Handlers,
        workers: usize,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            db,
            clock,
            handlers,
            stop: AtomicBool::new(false),
            wake: (Mutex::new(0), Condvar::new()),
            held: Mutex::new(Vec::new()),
            ended: (Mutex::new(false), Condvar::new()),
        });
        let mut threads = Vec::new();
        for follower in followers {
            let shared = Arc::clone(&shared);
            threads.push(std::thread::Builder::new().name(format!("follow-{}", follower.name())).spawn(move || shared.consume(&follower))?);
        }
        for number in 0..workers {
            let shared = Arc::clone(&shared);
            threads.push(std::thread::Builder::new().name(format!("job-{number}")).spawn(move || shared.work())?);
        }
        let keeping = Arc::clone(&shared);
        let keeper = std::thread::Builder::new().name("job-keeper".to_owned()).spawn(move || keeping.keep())?;
        Ok(Self { shared, threads, keeper: Some(keeper) })
    }

    /// What wakes everybody: to be called after each commit by whoever watches [`Db::commits`].
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.shared))
    }

    /// Ends the threads after the step or the job they are in. A job that takes longer than whoever
    /// stops the process waits is run again by the next one.
    pub fn stop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        self.shared.wake_all();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
        *self.shared.ended.0.lock() = true;
        self.shared.ended.1.notify_all();
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.join();
        }
    }
}

/// Wakes the threads of a [`Runner`].
#[derive(Clone)]
pub struct Waker(Arc<Shared>);

impl Waker {
    pub fn wake(&self) {
        self.0.wake_all();
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What a thread knew when it last looked.
struct Seen {
    wakes: u64,
    looked: Instant,
}

impl Shared {
    fn wake_all(&self) {
        *self.wake.0.lock() += 1;
        self.wake.1.notify_all();
    }

    fn pause(&self, seen: &mut Seen, at_most: Duration) {
        let mut count = self.wake.0.lock();
        if *count == seen.wakes && !self.stop.load(Ordering::SeqCst) {
            self.wake.1.wait_for(&mut count, at_most);
        }
        drop(count);
        let early = GAP.saturating_sub(seen.looked.elapsed());
        if !early.is_zero() && !self.stop.load(Ordering::SeqCst) {
            std::thread::sleep(early);
        }
        *seen = Seen { wakes: *self.wake.0.lock(), looked: Instant::now() };
    }

    fn consume(&self, consumer: &Arc<dyn Follower>) {
        let mut seen = Seen { wakes: 0, looked: Instant::now() };
        let mut failures = 0_u32;
        while !self.stop.load(Ordering::SeqCst) {
            match Arc::clone(consumer).step(&self.db, self.clock.now()) {
                Ok(0) => {
                    failures = 0;
                    self.pause(&mut seen, POLL);
                }
                Ok(_) => failures = 0,
                Err(error) => {
                    failures = (failures + 1).min(6);
                    tracing::error!(consumer = consumer.name(), %error, failures, "a consumer failed and will try again");
                    self.note(consumer.name(), &error);
                    self.pause(&mut seen, POLL * 2_u32.pow(failures));
                }
            }
        }
    }

    fn note(&self, consumer: &'static str, error: &kernel::Error) {
        let (now, text) = (self.clock.now(), error.to_string());
        if let Err(error) = self.db.write_bulk_reserved_wait("consumer.failed", move |tx| note_failure(tx, consumer, now, &text)) {
            tracing::warn!(consumer, %error, "the failure of a consumer could not be written down");
        }
    }

    /// Renews the claims of jobs that take long, so that nobody else begins with them.
    fn keep(&self) {
        let mut last = Instant::now();
        loop {
            let mut ended = self.ended.0.lock();
            if !*ended {
                self.ended.1.wait_for(&mut ended, RENEW.saturating_sub(last.elapsed()));
            }
            if *ended {
                return;
            }
            drop(ended);
            if last.elapsed() < RENEW {
                continue;
            }
            last = Instant::now();
            let held = self.held.lock().clone();
            let now = self.clock.now();
            if !held.is_empty()
                && let Err(error) = self.db.write_apart_wait("job.renew", move |tx| renew(tx, &held, now, LEASE))
            {
                tracing::warn!(%error, "claims of jobs could not be renewed");
            }
        }
    }

    fn work(&self) {
        let mut seen = Seen { wakes: 0, looked: Instant::now() };
        while !self.stop.load(Ordering::SeqCst) {
            let now = self.clock.now();
            // What a job writes would be refused: it waits, and no attempt is lost.
            let due = !self.db.is_disk_low() && self.db.read_wait("job.look", move |rd| crate::job::any_due(rd, now)).unwrap_or(false);
            if !due {
                self.pause(&mut seen, POLL);
                continue;
            }
            match self.db.write_apart_wait("job.claim", move |tx| claim(tx, now, LEASE)) {
                Ok(Some(job)) => self.run(&job),
                Ok(None) => self.pause(&mut seen, POLL),
                Err(error) => {
                    tracing::warn!(%error, "no job could be claimed");
                    self.pause(&mut seen, POLL);
                }
            }
        }
    }

    fn run(&self, job: &Job) {
        self.held.lock().push((job.id, job.fence));
        let result = match self.handlers.0.get(job.kind.as_str()) {
            Some(handler) => std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| handler(job)))
                .unwrap_or_else(|_| Err(kernel::Error::internal(format!("the job {} panicked", job.kind)))),
            None => Err(kernel::Error::internal(format!("no handler for jobs of kind {}", job.kind))),
        };
        self.held.lock().retain(|(id, _)| *id != job.id);
        let done = job.clone();
        let now = self.clock.now();
        let settled = match result {
            Ok(()) => self.db.write_apart_wait("job.finish", move |tx| finish(tx, &done).map(|_| ())),
            Err(error) => {
                tracing::warn!(job = job.kind, attempt = job.attempts, %error, "a job failed");
                let text = error.to_string();
                self.db.write_apart_wait("job.fail", move |tx| fail(tx, &done, now, &text))
            }
        };
        if let Err(error) = settled {
            tracing::warn!(job = job.kind, %error, "the end of a job could not be written; its lease will run out");
        }
    }
}
