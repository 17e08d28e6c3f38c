//! Reading and writing: how work gets onto the threads of the database and its answer back.

use std::sync::atomic::Ordering;

use crossbeam_channel::{Sender, TrySendError};
use kernel::{Error, Result};
use tokio::sync::oneshot;

use crate::Location;
use crate::conn::{Rd, Tx};
use crate::handle::Db;
use crate::postgres::ReadJob;
use crate::sqlite::reader::overran;
use crate::sqlite::writer::{Job, Maintenance};
use crate::task::{Action, Isolation, Ticket, guarded};

impl Db {
    /// Runs an action in the interactive lane. When this answers `Ok`, the change survives a power
    /// cut. The closure may run more than once; nothing slow belongs into it. Dropping the future
    /// does not cancel a write that is queued.
    ///
    /// # Errors
    /// What the action answers; `Busy` when the queue is full; `Conflict` when concurrent
    /// transactions could not be ordered; `Storage` when the disk is nearly full.
    pub async fn write<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.room()?;
        self.answer(self.queue(&self.0.lanes.interactive, name, action)?).await
    }

    /// As [`Db::write`], for what must work while the disk is nearly full: signing in and out,
    /// deleting, purging.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_reserved<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.answer(self.queue(&self.0.lanes.interactive, name, action)?).await
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
        self.room()?;
        self.answer(self.queue(&self.0.lanes.bulk, name, action)?).await
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
        self.room()?;
        blocking(self.queue(&self.0.lanes.interactive, name, action)?.0)
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
        self.room()?;
        blocking(self.queue(&self.0.lanes.bulk, name, action)?.0)
    }

    /// As [`Db::write_reserved`], for threads outside of the async runtime.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_reserved_wait<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        blocking(self.queue(&self.0.lanes.interactive, name, action)?.0)
    }

    /// As [`Db::write_bulk`], for bulk work that frees room: sweeps, purges, roll-backs.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_bulk_reserved<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.answer(self.queue(&self.0.lanes.bulk, name, action)?).await
    }

    /// As [`Db::write_bulk_reserved`], for threads outside of the async runtime.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_bulk_reserved_wait<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        blocking(self.queue(&self.0.lanes.bulk, name, action)?.0)
    }

    /// As [`Db::write_bulk_reserved_wait`], READ COMMITTED on PostgreSQL: for single statements that
    /// take what they change by locking it, such as the claim of a job. Workers then pass each other
    /// instead of being run again. Not for an action that decides by what it has read.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_apart_wait<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        blocking(self.queue_as(Isolation::ReadCommitted, &self.0.lanes.bulk, name, action)?.0)
    }

    fn room(&self) -> Result<()> {
        self.0.embedded.as_ref().map_or(Ok(()), |embedded| embedded.space.check())
    }

    fn queue<T, F>(&self, lane: &Sender<Job>, name: &'static str, action: F) -> Result<(oneshot::Receiver<Result<T>>, Ticket)>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.queue_as(Isolation::Serializable, lane, name, action)
    }

    fn queue_as<T, F>(
        &self,
        isolation: Isolation,
        lane: &Sender<Job>,
        name: &'static str,
        action: F,
    ) -> Result<(oneshot::Receiver<Result<T>>, Ticket)>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let ticket = Ticket::new();
        let job = Box::new(Action { name, isolation, run: action, result: None, reply, ticket: ticket.clone() });
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
        self.answer(read_job(&self.0.lanes.readers, name, read)?).await
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
        self.answer(read_job(&self.0.lanes.reserved, name, read)?).await
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
        if let Some(embedded) = &self.0.embedded {
            match embedded.shelf.run(name, self.0.options.bounded_deadline, &read) {
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
        blocking(read_job(&self.0.lanes.readers, name, read)?.0)
    }

    /// Everything that is wrong with the structure of the embedded database: for `doctor` and after a
    /// restore. Takes seconds per gigabyte; empty on PostgreSQL, which has `pg_amcheck`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn check_wait(&self) -> Result<Vec<String>> {
        let Location::Sqlite(path) = self.location() else { return Ok(Vec::new()) };
        let beside = self.0.embedded.as_ref().is_some_and(|embedded| embedded.claim.is_none());
        let found = crate::sqlite::open::reader(path, beside).and_then(|reader| crate::sqlite::check::thorough(&reader.conn));
        found.map_err(|error| crate::error::of_sqlite(&error).into())
    }

    /// Work on the SQLite writer's own connection between two batches: backups, checkpoints.
    /// Nothing happens on PostgreSQL (`None`).
    ///
    /// # Errors
    /// The writer has stopped.
    pub fn maintain<T: Send + 'static>(&self, work: impl FnOnce(&mut rusqlite::Connection) -> T + Send + 'static) -> Result<Option<T>> {
        let Some(embedded) = &self.0.embedded else { return Ok(None) };
        let (reply, answer) = oneshot::channel();
        let run: Maintenance = Box::new(move |conn| {
            let _ = reply.send(work(conn));
        });
        embedded.maintenance.send(run).map_err(|_| stopped())?;
        answer.blocking_recv().map(Some).map_err(|_| stopped())
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

fn blocking<T>(answer: oneshot::Receiver<Result<T>>) -> Result<T> {
    answer.blocking_recv().unwrap_or_else(|_| Err(stopped()))
}

fn stopped() -> Error {
    Error::new(kernel::ErrorKind::Busy, "error-stopping").retry_after(5)
}
