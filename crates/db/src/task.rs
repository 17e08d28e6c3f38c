//! Work that waits for its turn on a thread of the database, and how its answer comes back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use kernel::{Error, Result};
use tokio::sync::oneshot;

use crate::conn::{Tx, went_on};
use crate::error::Fault;

const WAITING: u8 = 0;
const STARTED: u8 = 1;
const GIVEN_UP: u8 = 2;

/// Whether somebody still waits: a job that was given up before its start is not run.
#[derive(Clone)]
pub(crate) struct Ticket {
    state: Arc<AtomicU8>,
}

impl Ticket {
    pub fn new() -> Self {
        Self { state: Arc::new(AtomicU8::new(WAITING)) }
    }
    /// The worker takes the job; `false` when the caller has gone.
    pub fn start(&self) -> bool {
        self.state.compare_exchange(WAITING, STARTED, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }
    /// The caller goes; `false` when the job has begun.
    pub fn give_up(&self) -> bool {
        self.state.compare_exchange(WAITING, GIVEN_UP, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }
}

/// How a write stands to those beside it on PostgreSQL; on SQLite there is one writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isolation {
    /// As if it were alone.
    Serializable,
    /// Each statement sees what was committed before it, and locks what it changes.
    ReadCommitted,
}

/// A write in the queue: it may be attempted more than once and is settled exactly once.
pub(crate) trait Write: Send {
    fn name(&self) -> &'static str;
    fn isolation(&self) -> Isolation;
    fn start(&self) -> bool;
    /// Runs the action; `Ok` keeps its changes, `Err` rolls them back. The result is kept inside.
    fn attempt(&mut self, tx: &mut Tx<'_>) -> Attempt;
    /// The changes are durable, or the action refused on its own account: tell the caller.
    fn settle(self: Box<Self>);
    /// Tells the caller that it failed for a reason outside of the action.
    fn refuse(self: Box<Self>, error: Error);
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Attempt {
    Keep,
    Undo,
    /// The action met an error that means the disk cannot be trusted.
    Fatal(String),
    /// Concurrent transactions: run it again.
    Again,
    /// The server has gone.
    Lost,
}

pub(crate) struct Action<T, F> {
    pub name: &'static str,
    pub isolation: Isolation,
    pub run: F,
    pub result: Option<Result<T>>,
    pub reply: oneshot::Sender<Result<T>>,
    pub ticket: Ticket,
}

impl<T, F> Write for Action<T, F>
where
    T: Send + 'static,
    F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }
    fn isolation(&self) -> Isolation {
        self.isolation
    }
    fn start(&self) -> bool {
        self.ticket.start()
    }
    fn attempt(&mut self, tx: &mut Tx<'_>) -> Attempt {
        let result = guarded(self.name, || (self.run)(tx));
        // What the database said counts more than what the action made of it.
        let failed = tx.rd.failed.take();
        let result = match (result, &failed) {
            (Ok(_), Some(failed)) => Err(went_on(failed)),
            (result, _) => result,
        };
        let attempt = match (&result, failed) {
            (Ok(_), _) => Attempt::Keep,
            (Err(_), Some(Fault::Io(message))) => Attempt::Fatal(message),
            (Err(_), Some(Fault::Serialization(_))) => Attempt::Again,
            (Err(_), Some(Fault::Unavailable(_))) => Attempt::Lost,
            (Err(_), _) => Attempt::Undo,
        };
        self.result = Some(result);
        attempt
    }
    fn settle(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(Error::internal("an action was settled before it ran")));
        // The caller may have gone; the write is durable all the same.
        let _ = self.reply.send(result);
    }
    fn refuse(self: Box<Self>, error: Error) {
        let _ = self.reply.send(Err(error));
    }
}

/// Runs user code so that a panic is an error of this one call.
pub(crate) fn guarded<T>(name: &'static str, run: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let message = panic
            .downcast_ref::<&str>()
            .map(|m| (*m).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "unknown panic".to_owned());
        tracing::error!(name, message, "a panic was caught and rolled back");
        Err(Error::internal(format!("panic in {name}: {message}")))
    })
}
