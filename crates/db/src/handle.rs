//! [`Db`]: the handle that the rest of the program holds.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, TrySendError, bounded, unbounded};
use kernel::{Error, Result};
use parking_lot::Mutex;
use tokio::sync::{oneshot, watch};

use crate::conn::{Rd, Tx};
use crate::error::Fault;
use crate::metrics::Metrics;
use crate::postgres::{ReadJob, Worker};
use crate::sqlite::reader::{Reader, Shelf, overran};
use crate::sqlite::writer::{Job, Lanes, Maintenance, MayCommit, Writer};
use crate::task::{Action, Ticket, guarded};
use crate::{Dialect, Location, OpenError, Options};

/// Two of the reading connections on PostgreSQL are for health and administration only.
const RESERVED_READERS: usize = 2;

/// A running database. Copies share it; the last one to go ends its threads.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    options: Options,
    interactive: Sender<Job>,
    bulk: Sender<Job>,
    maintenance: Option<Sender<Maintenance>>,
    readers: Sender<ReadJob>,
    reserved: Sender<ReadJob>,
    shelf: Option<Shelf>,
    committed: watch::Receiver<u64>,
    metrics: Arc<Metrics>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Db {
    /// Opens the database and starts its threads. Migrations are applied by [`Db::migrate`].
    ///
    /// # Errors
    /// See [`OpenError`]; every case has a text that says what to do.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let (interactive, interactive_in) = bounded(options.write_queue);
        let (bulk, bulk_in) = bounded(options.write_queue);
        let (readers, readers_in) = bounded(1024);
        let (reserved, reserved_in) = bounded(64);
        let (maintenance, maintenance_in) = unbounded();
        let (commits, committed) = watch::channel(0);
        let metrics = Arc::new(Metrics::default());
        let mut inner = Inner {
            interactive,
            bulk,
            maintenance: None,
            readers,
            reserved,
            shelf: None,
            committed,
            metrics: Arc::clone(&metrics),
            threads: Mutex::new(Vec::new()),
            options: options.clone(),
        };
        let mut threads = Vec::new();
        match &options.location {
            Location::Sqlite(path) => {
                crate::sqlite::open::refuse_bad_version(rusqlite::version_number())?;
                let mut conn = crate::sqlite::open::writer(path)?;
                let may_commit = MayCommit::guard(&mut conn.conn, options.fail_commit.clone()).map_err(|e| OpenError::Failed(crate::error::of_sqlite(&e)))?;
                let writer = Writer {
                    conn,
                    lanes: Lanes { interactive: interactive_in, bulk: bulk_in, maintenance: maintenance_in },
                    batch_actions: options.batch_actions,
                    batch_work: options.batch_work,
                    on_fatal: Arc::clone(&options.on_fatal),
                    committed: commits,
                    metrics,
                    may_commit,
                };
                threads.push(spawn("db-writer", move || writer.run()));
                for _ in 0..options.readers {
                    threads.push(sqlite_reader(path, &options, readers_in.clone())?);
                }
                threads.push(sqlite_reader(path, &options, reserved_in)?);
                inner.shelf = Some(Shelf::new(path.clone()));
                inner.maintenance = Some(maintenance);
            }
            Location::Postgres(url) => {
                // The first connection proves address, password and version before anything starts.
                check_server(url)?;
                let worker = |deadline, number: usize| Worker {
                    url: url.clone(),
                    deadline,
                    committed: commits.clone(),
                    metrics: Arc::clone(&metrics),
                    conn: None,
                    jitter: number as u64,
                };
                for number in 0..options.writers {
                    let (worker, interactive, bulk) = (worker(None, number), interactive_in.clone(), bulk_in.clone());
                    threads.push(spawn("db-writer", move || worker.write_all(&interactive, &bulk)));
                }
                for number in 0..options.readers + RESERVED_READERS {
                    let worker = worker(Some(options.read_deadline), number);
                    let jobs = if number < options.readers { readers_in.clone() } else { reserved_in.clone() };
                    threads.push(spawn("db-reader", move || worker.read_all(&jobs)));
                }
            }
        }
        inner.threads = Mutex::new(threads);
        Ok(Self(Arc::new(inner)))
    }

    pub fn dialect(&self) -> Dialect {
        match self.0.options.location {
            Location::Sqlite(_) => Dialect::Sqlite,
            Location::Postgres(_) => Dialect::Postgres,
        }
    }

    pub fn location(&self) -> &Location {
        &self.0.options.location
    }

    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Writes that wait for their turn, both lanes.
    pub fn queued(&self) -> usize {
        self.0.interactive.len() + self.0.bulk.len()
    }

    /// Changes with every commit of this process: what followers of the log wait on.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.0.committed.clone()
    }

    /// Runs an action in the interactive lane. When this answers `Ok`, the change survives a power
    /// cut. The closure may run more than once; nothing slow belongs into it. Dropping the future
    /// does not cancel a write that is queued.
    ///
    /// # Errors
    /// What the action answers; `Busy` when the queue is full; `Conflict` when concurrent
    /// transactions could not be ordered.
    pub async fn write<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.answer(self.queue(&self.0.interactive, name, action)?).await
    }

    /// As [`Db::write`], in the lane of bulk work that waits behind people.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_bulk<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.answer(self.queue(&self.0.bulk, name, action)?).await
    }

    /// As [`Db::write`], for threads outside of the async runtime.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_wait<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        blocking(self.queue(&self.0.interactive, name, action)?.0)
    }

    /// As [`Db::write_bulk`], for threads outside of the async runtime.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_bulk_wait<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        blocking(self.queue(&self.0.bulk, name, action)?.0)
    }

    fn queue<T, F>(&self, lane: &Sender<Job>, name: &'static str, action: F) -> Result<(oneshot::Receiver<Result<T>>, Ticket)>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let ticket = Ticket::new();
        let job = Box::new(Action { name, run: action, result: None, reply, ticket: ticket.clone() });
        match lane.try_send(job) {
            Ok(()) => Ok((answer, ticket)),
            Err(TrySendError::Full(_)) => {
                self.0.metrics.refused.fetch_add(1, Ordering::Relaxed);
                Err(Error::new(kernel::ErrorKind::Busy, "error-busy").retry_after(1))
            }
            Err(TrySendError::Disconnected(_)) => Err(stopped()),
        }
    }

    async fn answer<T>(&self, (mut answer, ticket): (oneshot::Receiver<Result<T>>, Ticket)) -> Result<T> {
        match tokio::time::timeout(self.0.options.acquire, &mut answer).await {
            Ok(answer) => answer.unwrap_or_else(|_| Err(stopped())),
            // Not begun within the time allowed: it never will, and the caller may try again.
            Err(_) if ticket.give_up() => Err(Error::new(kernel::ErrorKind::Busy, "error-busy").retry_after(2)),
            Err(_) => answer.await.unwrap_or_else(|_| Err(stopped())),
        }
    }

    /// Reads on one snapshot, on a thread of the pool.
    ///
    /// # Errors
    /// What the closure answers; `Busy` when no thread was free in time or the deadline passed.
    pub async fn read<T, F>(&self, name: &'static str, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Rd<'_>) -> Result<T> + Send + 'static,
    {
        self.answer(read_job(&self.0.readers, name, read)?).await
    }

    /// As [`Db::read`], on a connection kept for health and administration.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_reserved<T, F>(&self, name: &'static str, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Rd<'_>) -> Result<T> + Send + 'static,
    {
        self.answer(read_job(&self.0.reserved, name, read)?).await
    }

    /// Reads by key, or by an index and a LIMIT: in place on SQLite, where it costs microseconds.
    /// If it takes longer than declared it runs again on the pool.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_bounded<T, F>(&self, name: &'static str, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Rd<'_>) -> Result<T> + Send + 'static,
    {
        if let Some(shelf) = &self.0.shelf {
            match shelf.run(name, self.0.options.bounded_deadline, &read) {
                Err(error) if overran(&error) => {
                    self.0.metrics.reads_moved.fetch_add(1, Ordering::Relaxed);
                    tracing::warn!(name, "a bounded read took too long and was moved to the pool");
                }
                result => return result,
            }
        }
        self.read(name, read).await
    }

    /// As [`Db::read`], for threads outside of the async runtime.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_wait<T, F>(&self, name: &'static str, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Rd<'_>) -> Result<T> + Send + 'static,
    {
        blocking(read_job(&self.0.readers, name, read)?.0)
    }

    /// Work on the SQLite writer's own connection between two batches: backups, checkpoints.
    /// Nothing happens on PostgreSQL (`None`).
    ///
    /// # Errors
    /// The writer has stopped.
    pub fn maintain<T: Send + 'static>(&self, work: impl FnOnce(&mut rusqlite::Connection) -> T + Send + 'static) -> Result<Option<T>> {
        let Some(lane) = &self.0.maintenance else { return Ok(None) };
        let (reply, answer) = oneshot::channel();
        let run: Maintenance = Box::new(move |conn| {
            let _ = reply.send(work(conn));
        });
        lane.send(run).map_err(|_| stopped())?;
        answer.blocking_recv().map(Some).map_err(|_| stopped())
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Db").field(&self.dialect()).finish()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Closing the queues ends the threads; they finish what was acknowledged as queued.
        let (closed, _) = bounded(0);
        self.interactive = closed;
        let (closed, _) = bounded(0);
        self.bulk = closed;
        self.maintenance = None;
        let (closed, _) = bounded(0);
        self.readers = closed;
        let (closed, _) = bounded(0);
        self.reserved = closed;
        let current = std::thread::current().id();
        for thread in self.threads.lock().drain(..) {
            if thread.thread().id() != current {
                let _ = thread.join();
            }
        }
    }
}

fn read_job<T, F>(lane: &Sender<ReadJob>, name: &'static str, read: F) -> Result<(oneshot::Receiver<Result<T>>, Ticket)>
where
    T: Send + 'static,
    F: FnOnce(&mut Rd<'_>) -> Result<T> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let ticket = Ticket::new();
    let mine = ticket.clone();
    let job: ReadJob = Box::new(move |rd| {
        if mine.start() {
            let _ = reply.send(rd.and_then(|rd| guarded(name, || read(rd))));
        }
    });
    match lane.try_send(job) {
        Ok(()) => Ok((answer, ticket)),
        Err(TrySendError::Full(_)) => Err(Error::new(kernel::ErrorKind::Busy, "error-busy").retry_after(1)),
        Err(TrySendError::Disconnected(_)) => Err(stopped()),
    }
}

fn sqlite_reader(path: &Path, options: &Options, jobs: crossbeam_channel::Receiver<ReadJob>) -> Result<JoinHandle<()>, OpenError> {
    let reader = Reader::open(path).map_err(|e| OpenError::Failed(Fault::Other(e.to_string())))?;
    let deadline = options.read_deadline;
    Ok(spawn("db-reader", move || {
        while let Ok(job) = jobs.recv() {
            let mut job = Some(job);
            let result = reader.run("read", deadline, |rd| {
                if let Some(job) = job.take() {
                    job(Ok(rd));
                }
                Ok(())
            });
            if let (Err(error), Some(job)) = (result, job) {
                job(Err(error));
            }
        }
    }))
}

fn check_server(url: &str) -> Result<(), OpenError> {
    let url = url.to_owned();
    let checked = std::thread::spawn(move || {
        let mut conn = crate::postgres::connect(&url, None)?;
        let row = conn
            .client
            .query_one("SELECT current_setting('server_version_num')::int", &[])
            .map_err(|e| OpenError::Failed(crate::error::of_postgres(&e)))?;
        let version: i32 = row.get(0);
        if version < 150_000 { Err(OpenError::OldPostgres(version)) } else { Ok(()) }
    });
    checked.join().unwrap_or_else(|_| Err(OpenError::Failed(Fault::Other("the check of the server panicked".into()))))
}

fn blocking<T>(answer: oneshot::Receiver<Result<T>>) -> Result<T> {
    answer.blocking_recv().unwrap_or_else(|_| Err(stopped()))
}

fn stopped() -> Error {
    Error::new(kernel::ErrorKind::Busy, "error-stopping").retry_after(5)
}

#[expect(clippy::expect_used, reason = "a machine that cannot start a thread cannot run the desk")]
fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run).expect("a thread can be started")
}
