//! Connections that only read: borrowed in place by the calling thread, or owned by pool threads.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kernel::{Error, Result};
use parking_lot::Mutex;

use super::SqliteConn;
use crate::conn::{Conn, Rd};
use crate::error::of_sqlite;
use crate::task::guarded;

/// Connections kept for calls in place.
const KEPT: usize = 16;

/// Instructions of SQLite's machine between two looks at the clock.
const STEPS_PER_LOOK: i32 = 4000;

/// A reading connection with a deadline that its progress handler obeys.
pub(crate) struct Reader {
    conn: SqliteConn,
    /// Nanoseconds since `epoch` after which the statement is ended.
    deadline: Arc<AtomicU64>,
    epoch: Instant,
}

impl Reader {
    /// `beside`: another process has the file.
    pub fn open(path: &std::path::Path, beside: bool) -> Result<Self> {
        let mut conn = super::open::reader(path, beside).map_err(|e| of_sqlite(&e))?;
        let deadline = Arc::new(AtomicU64::new(u64::MAX));
        let epoch = Instant::now();
        let seen = Arc::clone(&deadline);
        conn.conn.progress_handler(STEPS_PER_LOOK, Some(move || nanos(epoch) > seen.load(Ordering::Relaxed))).map_err(|e| of_sqlite(&e))?;
        Ok(Self { conn, deadline, epoch })
    }

    /// A reader for calls in place: it waits for no lock, the pool does.
    fn here(path: &std::path::Path, beside: bool) -> Result<Self> {
        let reader = Self::open(path, beside)?;
        reader.conn.conn.busy_timeout(Duration::ZERO).map_err(|e| of_sqlite(&e))?;
        Ok(reader)
    }

    /// Runs a read on one snapshot. The transaction ends with the closure, whatever happens.
    pub fn run<T>(&self, name: &'static str, limit: Duration, read: impl FnOnce(&mut Rd<'_>) -> Result<T>) -> Result<T> {
        let end = nanos(self.epoch).saturating_add(u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX));
        self.deadline.store(end, Ordering::Relaxed);
        self.conn.control("BEGIN").map_err(|e| of_sqlite(&e))?;
        let result = guarded(name, || read(&mut Rd::on(Conn::Sqlite(&self.conn))));
        self.deadline.store(u64::MAX, Ordering::Relaxed);
        if !self.conn.conn.is_autocommit() {
            self.conn.control("ROLLBACK").map_err(|e| of_sqlite(&e))?;
        }
        result
    }
}

fn nanos(epoch: Instant) -> u64 {
    u64::try_from(epoch.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Readers for calls in place. A call takes one out and puts it back, so none is ever shared.
pub(crate) struct Shelf {
    path: PathBuf,
    beside: bool,
    free: Mutex<Vec<Reader>>,
}

impl Shelf {
    pub fn new(path: PathBuf, beside: bool) -> Self {
        Self { path, beside, free: Mutex::new(Vec::new()) }
    }

    pub fn run<T>(&self, name: &'static str, limit: Duration, read: impl FnOnce(&mut Rd<'_>) -> Result<T>) -> Result<T> {
        let taken = self.free.lock().pop();
        let reader = match taken {
            Some(reader) => reader,
            None => Reader::here(&self.path, self.beside)?,
        };
        let result = reader.run(name, limit, read);
        let mut free = self.free.lock();
        // One whose transaction could not be ended is not used again.
        if free.len() < KEPT && reader.conn.conn.is_autocommit() {
            free.push(reader);
        }
        result
    }

    /// Closes the connections that nobody uses.
    pub fn clear(&self) {
        self.free.lock().clear();
    }
}

/// Whether a read in place ended because its deadline passed, or because it would have had to wait.
pub(crate) fn overran(error: &Error) -> bool {
    matches!(crate::error::fault(error), Some(crate::error::Fault::Interrupted | crate::error::Fault::Unavailable(_)))
}
