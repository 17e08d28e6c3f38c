//! Where the database is and how large its queues are.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::space::{Probe, Reserve};

/// Which of the two databases runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// The file of the embedded database.
    Sqlite(PathBuf),
    /// A `postgres://` URL.
    Postgres(String),
}

pub(crate) type Hook = Arc<dyn Fn() -> bool + Send + Sync>;
pub(crate) type Stop = Arc<dyn Fn(&str) + Send + Sync>;

/// How a database is opened. The defaults are those of production.
#[derive(Clone)]
pub struct Options {
    pub location: Location,
    /// Actions in one batch of the SQLite writer at most.
    pub batch_actions: usize,
    /// Work after which a batch is committed.
    pub batch_work: Duration,
    /// Writes that may wait; one more is answered with "busy".
    pub write_queue: usize,
    /// Threads that read.
    pub readers: usize,
    /// Connections that write on PostgreSQL.
    pub writers: usize,
    /// How long a read or write may wait for its turn.
    pub acquire: Duration,
    /// How long a read on the pool may take.
    pub read_deadline: Duration,
    /// How long a read in place may take before it moves to the pool.
    pub bounded_deadline: Duration,
    /// Called when the disk can no longer be trusted; production ends the process.
    pub on_fatal: Stop,
    /// Opens the embedded database beside a process that has it: without the lock and the checks of
    /// a start. For short commands only.
    pub beside: bool,
    /// Room on the disk that ordinary writes leave alone.
    pub reserve: Reserve,
    /// Whether a file of 4 MiB is kept beside the database, to be let go when the disk is full.
    pub ballast: bool,
    /// Largest file, in bytes, that is checked before the start when it was not closed in order;
    /// a larger one is checked while it is in use.
    pub check_limit: u64,
    /// For fault tests: answers for the disk.
    pub free_space: Option<Probe>,
    /// For fault tests: asked before each commit of the SQLite writer; `true` makes the commit fail.
    pub fail_commit: Option<Hook>,
}

impl Options {
    pub fn at(location: Location) -> Self {
        Self {
            location,
            batch_actions: 64,
            batch_work: Duration::from_millis(5),
            write_queue: 4096,
            readers: 4,
            writers: 4,
            acquire: Duration::from_secs(2),
            read_deadline: Duration::from_secs(5),
            bounded_deadline: Duration::from_millis(10),
            on_fatal: Arc::new(|message| {
                tracing::error!(message, "the disk cannot be trusted: stopping before anything is acknowledged that is not stored");
                // EX_IOERR of sysexits.h: the service manager restarts or alarms.
                std::process::exit(74);
            }),
            beside: false,
            reserve: Reserve::default(),
            ballast: true,
            check_limit: 256 << 20,
            free_space: None,
            fail_commit: None,
        }
    }
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self::at(Location::Sqlite(path.into()))
    }
    pub fn postgres(url: impl Into<String>) -> Self {
        Self::at(Location::Postgres(url.into()))
    }
}
