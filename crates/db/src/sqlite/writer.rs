//! The one writer: a thread that runs queued actions in batches, one commit (one fsync) for many.
//!
//! A batch is one transaction with a savepoint per action. Nothing of it is acknowledged before its
//! COMMIT. If the transaction has gone (some errors end it whole, and a later savepoint would then
//! commit alone) or COMMIT fails, each action is run again in a transaction of its own.
//!
//! Only this thread's own COMMIT commits: a hook turns every other commit of the connection into a
//! rollback, such as that of a statement that an action sends after its transaction has ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvError, TryRecvError};
use kernel::Error;

use super::SqliteConn;
use crate::conn::{Conn, Tx};
use crate::error::{Fault, of_sqlite};
use crate::metrics::Metrics;
use crate::options::{Hook, Stop};
use crate::task::{Attempt, Write};

pub(crate) type Job = Box<dyn Write>;
/// Work on the writer's own connection between batches: backup slices, checkpoints.
pub(crate) type Maintenance = Box<dyn FnOnce(&mut rusqlite::Connection) + Send>;

pub(crate) struct Inbox {
    pub interactive: Receiver<Job>,
    pub bulk: Receiver<Job>,
    pub maintenance: Receiver<Maintenance>,
}

/// A log of this size is a reason to worry: it cannot begin anew while somebody holds a snapshot open.
const LARGE_LOG: u64 = 1 << 30;
/// Batches between two looks at the size of the log.
const LOG_EVERY: u64 = 1000;

/// Every so many batches begin with a bulk action, so that a flood of interactive ones leaves some
/// room for jobs.
const BULK_FIRST: u64 = 8;

pub(crate) struct Writer {
    pub conn: SqliteConn,
    pub lanes: Inbox,
    pub batch_actions: usize,
    pub batch_work: Duration,
    pub on_fatal: Stop,
    pub committed: tokio::sync::watch::Sender<u64>,
    pub metrics: Arc<Metrics>,
    pub may_commit: MayCommit,
}

/// Whether a commit of the writer's connection is the writer's own.
#[derive(Clone, Default)]
pub(crate) struct MayCommit(Arc<AtomicBool>);

impl MayCommit {
    /// Watches the connection from now on; `fail` is a test's.
    pub fn guard(conn: &mut rusqlite::Connection, fail: Option<Hook>) -> rusqlite::Result<Self> {
        let may = Self::default();
        let seen = may.clone();
        conn.commit_hook(Some(move || !seen.0.load(Ordering::Relaxed) || fail.as_ref().is_some_and(|fail| fail())))?;
        Ok(may)
    }

    fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.store(true, Ordering::Relaxed);
        let result = work();
        self.0.store(false, Ordering::Relaxed);
        result
    }
}

enum Turn {
    Job { job: Job, bulk: bool },
    Maintenance(Maintenance),
    Closed,
}

/// The disk cannot be trusted, and these actions were under way.
struct Fatal {
    message: String,
    jobs: Vec<Job>,
}

enum Ended {
    Committed,
    /// The transaction is gone and nothing of it is stored.
    Gone,
    Fatal(String),
}

impl Writer {
    /// Runs until every sender has gone.
    pub fn run(mut self) {
        let mut batches = 0_u64;
        loop {
            match self.wait(batches.is_multiple_of(BULK_FIRST)) {
                Turn::Closed => return,
                Turn::Maintenance(work) => self.maintain(work),
                Turn::Job { job, bulk } => {
                    batches += 1;
                    if batches.is_multiple_of(LOG_EVERY) {
                        self.watch_log();
                    }
                    if let Err(fatal) = self.batch(job, bulk) {
                        return self.stop(fatal);
                    }
                    // One slice after each batch, so that a flood of writes does not starve a backup.
                    if let Ok(work) = self.lanes.maintenance.try_recv() {
                        self.maintain(work);
                    }
                }
            }
        }
    }

    fn watch_log(&self) {
        let bytes = self.conn.conn.path().and_then(|path| std::fs::metadata(format!("{path}-wal")).ok()).map_or(0, |log| log.len());
        if bytes > LARGE_LOG {
            tracing::error!(bytes, "the write-ahead log does not begin anew: a backup or another program holds an old snapshot open");
        }
    }

    fn maintain(&mut self, work: Maintenance) {
        let Self { may_commit, conn, .. } = self;
        may_commit.during(|| work(&mut conn.conn));
        if !conn.conn.is_autocommit()
            && let Err(error) = conn.conn.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "maintenance left a transaction open");
        }
    }

    fn wait(&self, bulk_first: bool) -> Turn {
        let lanes = &self.lanes;
        if bulk_first && let Ok(job) = lanes.bulk.try_recv() {
            return Turn::Job { job, bulk: true };
        }
        crossbeam_channel::select_biased! {
            recv(lanes.interactive) -> job => match job { Ok(job) => Turn::Job { job, bulk: false }, Err(RecvError) => self.last() },
            recv(lanes.maintenance) -> work => work.map_or_else(|_| self.last(), Turn::Maintenance),
            recv(lanes.bulk) -> job => match job { Ok(job) => Turn::Job { job, bulk: true }, Err(RecvError) => self.last() },
        }
    }

    /// The handle has gone: what was queued is still done.
    fn last(&self) -> Turn {
        let lanes = &self.lanes;
        let interactive = lanes.interactive.try_recv().map(|job| Turn::Job { job, bulk: false });
        interactive.or_else(|_| lanes.bulk.try_recv().map(|job| Turn::Job { job, bulk: true })).unwrap_or(Turn::Closed)
    }

    /// The next action for an open batch: interactive first, bulk at most half of it.
    fn next(&self, bulk_so_far: usize) -> Option<(Job, bool)> {
        match self.lanes.interactive.try_recv() {
            Ok(job) => return Some((job, false)),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
        }
        if bulk_so_far >= self.batch_actions / 2 {
            return None;
        }
        self.lanes.bulk.try_recv().ok().map(|job| (job, true))
    }

    fn batch(&mut self, first: Job, first_is_bulk: bool) -> Result<(), Fatal> {
        let begun = Instant::now();
        let mut batch: Vec<Job> = Vec::with_capacity(8);
        if let Err(error) = self.conn.control("BEGIN IMMEDIATE") {
            return self.refuse_or_stop(first, &error);
        }
        let mut bulk = 0;
        let mut ended = None;
        let mut next = Some((first, first_is_bulk));
        while let Some((mut job, is_bulk)) = next.take() {
            if job.start() {
                bulk += usize::from(is_bulk);
                ended = self.attempt(&mut job);
                batch.push(job);
            }
            if ended.is_some() || batch.len() >= self.batch_actions || begun.elapsed() >= self.batch_work {
                break;
            }
            next = self.next(bulk);
        }
        let ended = ended.unwrap_or_else(|| self.commit());
        self.metrics.batch(batch.len(), begun.elapsed());
        match ended {
            Ended::Committed => {
                self.announce();
                batch.into_iter().for_each(Write::settle);
                Ok(())
            }
            Ended::Gone => {
                self.metrics.lost_batches.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                self.one_by_one(batch)
            }
            Ended::Fatal(message) => Err(Fatal { message, jobs: batch }),
        }
    }

    /// The disk cannot be trusted. Nobody is told anything before the process ends: what was under
    /// way may be on the disk or not.
    fn stop(&self, fatal: Fatal) {
        (self.on_fatal)(&fatal.message);
        for job in fatal.jobs {
            job.refuse(Error::from(Fault::Unknown(fatal.message.clone())));
        }
        while let Ok(job) = self.lanes.interactive.try_recv().or_else(|_| self.lanes.bulk.try_recv()) {
            job.refuse(Error::from(Fault::Io(fatal.message.clone())));
        }
    }

    /// Runs one action inside a savepoint; says so when the whole transaction has ended.
    fn attempt(&self, job: &mut Job) -> Option<Ended> {
        if let Err(error) = self.conn.control("SAVEPOINT action") {
            return Some(self.broken(&error));
        }
        let attempt = self.run_action(job);
        if let Attempt::Fatal(message) = attempt {
            return Some(Ended::Fatal(message));
        }
        if self.conn.conn.is_autocommit() {
            return Some(Ended::Gone);
        }
        let undone = if attempt == Attempt::Keep { Ok(()) } else { self.conn.control("ROLLBACK TO action") };
        match undone.and_then(|()| self.conn.control("RELEASE action")) {
            Ok(()) => None,
            Err(error) => Some(self.broken(&error)),
        }
    }

    fn run_action(&self, job: &mut Job) -> Attempt {
        self.metrics.attempt(job.name(), || job.attempt(&mut Tx::on(Conn::Sqlite(&self.conn))))
    }

    fn commit(&self) -> Ended {
        match self.commit_now() {
            Ok(()) => Ended::Committed,
            Err(error) => self.broken(&error),
        }
    }

    fn commit_now(&self) -> rusqlite::Result<()> {
        let begun = Instant::now();
        let result = self.may_commit.during(|| self.conn.control("COMMIT"));
        self.metrics.commit(begun.elapsed());
        result
    }

    /// After an error of the transaction itself: make sure that nothing of it can be stored later.
    fn broken(&self, error: &rusqlite::Error) -> Ended {
        tracing::warn!(%error, "a batch was rolled back");
        if let Fault::Io(message) = of_sqlite(error) {
            return Ended::Fatal(message);
        }
        if !self.conn.conn.is_autocommit()
            && let Err(error) = self.conn.conn.execute_batch("ROLLBACK")
        {
            return Ended::Fatal(format!("a failed transaction could not be rolled back: {error}"));
        }
        Ended::Gone
    }

    /// The slow and certain way: each action in a transaction of its own.
    fn one_by_one(&mut self, batch: Vec<Job>) -> Result<(), Fatal> {
        let mut batch = batch.into_iter();
        while let Some(job) = batch.next() {
            if let Err(mut fatal) = self.alone(job) {
                fatal.jobs.extend(batch);
                return Err(fatal);
            }
        }
        Ok(())
    }

    fn alone(&self, mut job: Job) -> Result<(), Fatal> {
        if let Err(error) = self.conn.control("BEGIN IMMEDIATE") {
            return self.refuse_or_stop(job, &error);
        }
        let attempt = self.run_action(&mut job);
        let gone = self.conn.conn.is_autocommit();
        match attempt {
            Attempt::Fatal(message) => Err(Fatal { message, jobs: vec![job] }),
            // The action says it succeeded, yet its transaction has ended under it.
            Attempt::Keep if gone => {
                job.refuse(Error::from(Fault::Other("the transaction ended inside the action".into())));
                Ok(())
            }
            Attempt::Keep => self.commit_one(job),
            Attempt::Undo | Attempt::Again | Attempt::Lost => {
                if !gone && let Err(error) = self.conn.conn.execute_batch("ROLLBACK") {
                    return Err(Fatal { message: format!("an action could not be rolled back: {error}"), jobs: vec![job] });
                }
                job.settle();
                Ok(())
            }
        }
    }

    fn commit_one(&self, job: Job) -> Result<(), Fatal> {
        match self.commit_now() {
            Ok(()) => {
                self.announce();
                job.settle();
                Ok(())
            }
            Err(error) => match self.broken(&error) {
                Ended::Fatal(message) => Err(Fatal { message, jobs: vec![job] }),
                Ended::Committed | Ended::Gone => {
                    job.refuse(Error::from(of_sqlite(&error)));
                    Ok(())
                }
            },
        }
    }

    fn refuse_or_stop(&self, job: Job, error: &rusqlite::Error) -> Result<(), Fatal> {
        match of_sqlite(error) {
            Fault::Io(message) => Err(Fatal { message, jobs: vec![job] }),
            fault => {
                job.refuse(Error::from(fault));
                Ok(())
            }
        }
    }

    fn announce(&self) {
        self.committed.send_modify(|n| *n += 1);
    }
}
