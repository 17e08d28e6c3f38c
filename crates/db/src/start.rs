//! Opening a database: its checks and its threads.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, bounded, unbounded};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::error::Fault;
use crate::handle::{Db, Embedded, Inner, Lanes, Threads};
use crate::metrics::Metrics;
use crate::postgres::{ReadJob, Worker};
use crate::space::SpaceGuard;
use crate::sqlite::reader::{Reader, Shelf};
use crate::sqlite::writer::{Inbox, Job, MayCommit, Writer};
use crate::{Location, OpenError, Options};

/// Two of the reading connections on PostgreSQL are for health and administration only.
const RESERVED_READERS: usize = 2;

/// The other ends of [`Lanes`].
struct Outlets {
    interactive: Receiver<Job>,
    bulk: Receiver<Job>,
    readers: Receiver<ReadJob>,
    reserved: Receiver<ReadJob>,
    commits: watch::Sender<u64>,
    metrics: Arc<Metrics>,
}

impl Db {
    /// Opens the database and starts its threads. Migrations are applied by [`Db::migrate`].
    ///
    /// # Errors
    /// See [`OpenError`]; every case has a text that says what to do.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let (interactive, interactive_out) = bounded(options.write_queue);
        let (bulk, bulk_out) = bounded(options.write_queue);
        let (readers, readers_out) = bounded(1024);
        let (reserved, reserved_out) = bounded(64);
        let (commits, committed) = watch::channel(0);
        let metrics = Arc::new(Metrics::default());
        let outlets = Outlets {
            interactive: interactive_out,
            bulk: bulk_out,
            readers: readers_out,
            reserved: reserved_out,
            commits,
            metrics: Arc::clone(&metrics),
        };
        let (threads, embedded) = match &options.location {
            Location::Sqlite(path) => sqlite(path, &options, outlets).map(|(threads, embedded)| (threads, Some(embedded)))?,
            Location::Postgres(url) => (postgres(url, &options, &outlets)?, None),
        };
        let lanes = Lanes { interactive, bulk, readers, reserved };
        Ok(Self(Arc::new(Inner { options, lanes, committed, metrics, threads: Mutex::new(threads), embedded })))
    }
}

fn sqlite(path: &Path, options: &Options, outlets: Outlets) -> Result<(Threads, Embedded), OpenError> {
    crate::sqlite::open::refuse_bad_version(rusqlite::version_number())?;
    let mut opened = crate::sqlite::open::open(path, options)?;
    let may_commit =
        MayCommit::guard(&mut opened.conn.conn, options.fail_commit.clone()).map_err(|e| OpenError::Failed(crate::error::of_sqlite(&e)))?;
    let (maintenance, maintenance_out) = unbounded();
    let writer = Writer {
        conn: opened.conn,
        lanes: Inbox { interactive: outlets.interactive, bulk: outlets.bulk, maintenance: maintenance_out },
        batch_actions: options.batch_actions,
        batch_work: options.batch_work,
        on_fatal: Arc::clone(&options.on_fatal),
        committed: outlets.commits,
        metrics: outlets.metrics,
        may_commit,
    };
    let mut threads = Threads::default();
    threads.writers.push(spawn("db-writer", move || writer.run()));
    for _ in 0..options.readers {
        threads.readers.push(sqlite_reader(path, options, outlets.readers.clone())?);
    }
    threads.readers.push(sqlite_reader(path, options, outlets.reserved)?);
    let (stop_check, damage) = (Arc::new(AtomicBool::new(false)), Arc::new(OnceLock::new()));
    if opened.unchecked {
        let (path, stop, found) = (path.to_owned(), Arc::clone(&stop_check), Arc::clone(&damage));
        threads.readers.push(spawn("db-check", move || crate::sqlite::check::in_background(&path, &stop, &found)));
    }
    let probe = options.free_space.clone().unwrap_or_else(|| Arc::new(crate::Space::at));
    let space = SpaceGuard::asking(path.parent().unwrap_or(path), options.reserve, probe);
    let embedded =
        Embedded { maintenance, shelf: Shelf::new(path.to_owned(), options.beside), space, claim: opened.claim, stop_check, damage };
    Ok((threads, embedded))
}

fn sqlite_reader(path: &Path, options: &Options, jobs: Receiver<ReadJob>) -> Result<JoinHandle<()>, OpenError> {
    let reader = Reader::open(path, options.beside).map_err(|e| OpenError::Failed(Fault::Other(e.to_string())))?;
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

fn postgres(url: &str, options: &Options, outlets: &Outlets) -> Result<Threads, OpenError> {
    // The first connection proves address, password and version before anything starts.
    check_server(url)?;
    let worker = |deadline, number: usize| Worker {
        url: url.to_owned(),
        deadline,
        committed: outlets.commits.clone(),
        metrics: Arc::clone(&outlets.metrics),
        conn: None,
        jitter: number as u64,
    };
    let mut threads = Threads::default();
    for number in 0..options.writers {
        let (worker, interactive, bulk) = (worker(None, number), outlets.interactive.clone(), outlets.bulk.clone());
        threads.writers.push(spawn("db-writer", move || worker.write_all(&interactive, &bulk)));
    }
    for number in 0..options.readers + RESERVED_READERS {
        let worker = worker(Some(options.read_deadline), number);
        let jobs = if number < options.readers { outlets.readers.clone() } else { outlets.reserved.clone() };
        threads.readers.push(spawn("db-reader", move || worker.read_all(&jobs)));
    }
    Ok(threads)
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

#[expect(clippy::expect_used, reason = "a machine that cannot start a thread cannot run the desk")]
fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run).expect("a thread can be started")
}
