//! A thread with one client: it takes reads or writes from its queue until the queue closes.

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::Receiver;
use kernel::{Error, Result};

use super::{PgConn, connect};
use crate::conn::{Conn, Rd, Tx};
use crate::error::{Fault, of_postgres};
use crate::metrics::Metrics;
use crate::sqlite::writer::Job;
use crate::task::{Attempt, Isolation};

/// Attempts of one write in all: concurrent transactions are run again with a growing pause, for about
/// a second.
const ATTEMPTS: u32 = 10;

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A read: gets the snapshot, or the reason why there is none.
pub(crate) type ReadJob = Box<dyn FnOnce(Result<&mut Rd<'_>>) + Send>;

pub(crate) struct Worker {
    pub url: String,
    pub deadline: Option<Duration>,
    pub committed: tokio::sync::watch::Sender<u64>,
    pub metrics: Arc<Metrics>,
    pub conn: Option<PgConn>,
    pub jitter: u64,
}

impl Worker {
    pub fn read_all(mut self, jobs: &Receiver<ReadJob>) {
        while let Ok(job) = jobs.recv() {
            self.read(job);
        }
    }

    /// Writes; interactive ones first.
    pub fn write_all(mut self, interactive: &Receiver<Job>, bulk: &Receiver<Job>) {
        loop {
            let job = crossbeam_channel::select_biased! {
                recv(interactive) -> job => job,
                recv(bulk) -> job => job,
            };
            let Ok(job) = job else { return };
            if job.start() {
                self.write(job);
            }
        }
    }

    fn client(&mut self) -> Result<&mut PgConn> {
        if self.conn.as_ref().is_some_and(|c| c.client.is_closed()) {
            self.conn = None;
        }
        if self.conn.is_none() {
            let made = connect(&self.url, self.deadline).map_err(|e| Error::from(Fault::Unavailable(e.to_string())))?;
            self.conn = Some(made);
        }
        self.conn.as_mut().ok_or_else(|| Error::internal("no connection"))
    }

    fn read(&mut self, job: ReadJob) {
        // A second try: the server may have been restarted while this connection was idle.
        if self.begin(SNAPSHOT).is_err()
            && let Err(error) = self.begin(SNAPSHOT)
        {
            return job(Err(error));
        }
        let Some(conn) = &mut self.conn else { return };
        job(Ok(&mut Rd::on(Conn::Postgres(conn))));
        if conn.client.batch_execute("ROLLBACK").is_err() {
            self.conn = None;
        }
    }

    fn begin(&mut self, text: &str) -> Result<()> {
        self.client()?.client.batch_execute(text).map_err(|error| {
            self.conn = None;
            of_postgres(&error).into()
        })
    }

    fn write(&mut self, mut job: Job) {
        for attempt in 1..=ATTEMPTS {
            let metrics = Arc::clone(&self.metrics);
            match metrics.attempt(job.name(), || self.attempt(&mut job)) {
                Outcome::Settled => return job.settle(),
                Outcome::Failed(error) => return job.refuse(error),
                Outcome::Again(error) if attempt == ATTEMPTS => return job.refuse(error),
                Outcome::Again(_) => std::thread::sleep(self.pause(attempt)),
                // Nothing was sent for commit: one new connection is tried, then the caller is told.
                Outcome::Lost(error) => {
                    self.conn = None;
                    if attempt > 1 {
                        return job.refuse(error);
                    }
                }
            }
        }
    }

    fn attempt(&mut self, job: &mut Job) -> Outcome {
        let committed = self.committed.clone();
        let begin = match job.isolation() {
            Isolation::Serializable => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            Isolation::ReadCommitted => "BEGIN ISOLATION LEVEL READ COMMITTED",
        };
        if let Err(error) = self.begin(begin) {
            return Outcome::Lost(error);
        }
        // Never `client()` from here on: a fresh connection would not be inside the transaction.
        let Some(conn) = &mut self.conn else { return Outcome::Lost(Fault::Unavailable("no connection".into()).into()) };
        let verdict = job.attempt(&mut Tx::on(Conn::Postgres(conn)));
        if verdict == Attempt::Keep {
            return match conn.client.batch_execute("COMMIT") {
                Ok(()) => {
                    committed.send_modify(|n| *n += 1);
                    Outcome::Settled
                }
                Err(error) => match of_postgres(&error) {
                    fault @ Fault::Serialization(_) => Outcome::Again(fault.into()),
                    // The answer to COMMIT was lost: only the idempotency key can tell what happened.
                    Fault::Unavailable(message) => {
                        self.conn = None;
                        Outcome::Failed(Fault::Unknown(message).into())
                    }
                    fault => {
                        self.conn = None;
                        Outcome::Failed(fault.into())
                    }
                },
            };
        }
        if conn.client.batch_execute("ROLLBACK").is_err() {
            self.conn = None;
        }
        match verdict {
            Attempt::Again => Outcome::Again(Fault::Serialization("given up after several attempts".into()).into()),
            Attempt::Lost => Outcome::Lost(Fault::Unavailable("the connection ended".into()).into()),
            _ => Outcome::Settled,
        }
    }

    /// 5, 10, 20, 40, 80 ms, each with up to as much again: writers that met once should not meet
    /// again.
    fn pause(&mut self, attempt: u32) -> Duration {
        self.jitter = self.jitter.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let base = 5_u64 << (attempt - 1).min(5);
        Duration::from_millis(base + (self.jitter >> 33) % base)
    }
}

enum Outcome {
    /// The action's own result is valid, good or bad.
    Settled,
    Again(Error),
    Lost(Error),
    Failed(Error),
}
