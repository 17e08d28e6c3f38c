//! [`Db`]: the handle that the rest of the program holds.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, bounded};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::metrics::Metrics;
use crate::postgres::ReadJob;
use crate::space::SpaceGuard;
use crate::sqlite::claim::{Claim, beside};
use crate::sqlite::reader::Shelf;
use crate::sqlite::writer::{Job, Maintenance};
use crate::{Dialect, Location, Options};

/// A running database. Copies share it; the last one to go ends its threads.
#[derive(Clone)]
pub struct Db(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub options: Options,
    pub lanes: Lanes,
    pub committed: watch::Receiver<u64>,
    pub metrics: Arc<Metrics>,
    pub threads: Mutex<Threads>,
    /// The parts that only the embedded database has.
    pub embedded: Option<Embedded>,
}

/// Where work is queued; closing them ends the threads behind.
pub(crate) struct Lanes {
    pub interactive: Sender<Job>,
    pub bulk: Sender<Job>,
    pub readers: Sender<ReadJob>,
    pub reserved: Sender<ReadJob>,
}

#[derive(Default)]
pub(crate) struct Threads {
    pub readers: Vec<JoinHandle<()>>,
    pub writers: Vec<JoinHandle<()>>,
}

pub(crate) struct Embedded {
    pub maintenance: Sender<Maintenance>,
    pub shelf: Shelf,
    pub space: SpaceGuard,
    /// None beside a process that has the database.
    pub claim: Option<Claim>,
    /// Ends a check that is still under way.
    pub stop_check: Arc<AtomicBool>,
    /// What a check found while the database was in use.
    pub damage: Arc<OnceLock<String>>,
}

impl Db {
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
        self.0.lanes.interactive.len() + self.0.lanes.bulk.len()
    }

    /// Changes with every commit of this process: what followers of the log wait on.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.0.committed.clone()
    }

    /// Bytes of the write-ahead log; 0 on PostgreSQL. Over 1 GiB something holds a snapshot open.
    pub fn wal_bytes(&self) -> u64 {
        match &self.0.options.location {
            Location::Sqlite(path) => std::fs::metadata(beside(path, "-wal")).map_or(0, |found| found.len()),
            Location::Postgres(_) => 0,
        }
    }

    /// Whether ordinary writes are refused because the disk is nearly full.
    pub fn is_disk_low(&self) -> bool {
        self.0.embedded.as_ref().is_some_and(|embedded| embedded.space.is_low())
    }

    /// What the check that follows an unclean stop has found so far. Anything but `None` is for the
    /// health page and the operator: restore a backup.
    pub fn damage(&self) -> Option<&str> {
        self.0.embedded.as_ref().and_then(|embedded| embedded.damage.get()).map(String::as_str)
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Db").field(&self.dialect()).finish()
    }
}

impl Drop for Inner {
    /// Ends the threads. What was queued is still done; readers go first, so that the writer is the
    /// last to close the file and leaves no log behind.
    fn drop(&mut self) {
        let threads = std::mem::take(&mut *self.threads.lock());
        self.lanes.readers = bounded(0).0;
        self.lanes.reserved = bounded(0).0;
        if let Some(embedded) = &mut self.embedded {
            embedded.stop_check.store(true, std::sync::atomic::Ordering::Relaxed);
            embedded.shelf.clear();
        }
        join(threads.readers);
        self.lanes.interactive = bounded(0).0;
        self.lanes.bulk = bounded(0).0;
        let mut claim = self.embedded.take().and_then(|embedded| embedded.claim);
        if let Some(claim) = &mut claim {
            claim.closing();
        }
        join(threads.writers);
        if let Some(claim) = &mut claim {
            claim.closed_in_order();
        }
    }
}

fn join(threads: Vec<JoinHandle<()>>) {
    let current = std::thread::current().id();
    for thread in threads {
        // An action may hold the last handle: its own thread ends by itself.
        if thread.thread().id() != current {
            let _ = thread.join();
        }
    }
}
