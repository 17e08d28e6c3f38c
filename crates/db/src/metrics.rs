//! Counters of the database that the health page and Prometheus read.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// An action that takes longer is logged by name.
const SLOW_ACTION: Duration = Duration::from_millis(20);

/// Counters since the start; times in microseconds.
#[derive(Debug, Default)]
pub struct Metrics {
    pub batches: AtomicU64,
    pub batched_actions: AtomicU64,
    pub largest_batch: AtomicU64,
    pub lost_batches: AtomicU64,
    pub commits: AtomicU64,
    pub commit_micros: AtomicU64,
    pub slow_actions: AtomicU64,
    pub refused: AtomicU64,
    pub reads_moved: AtomicU64,
    running: AtomicU64,
}

impl Metrics {
    pub(crate) fn batch(&self, actions: usize, _took: Duration) {
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.batched_actions.fetch_add(actions as u64, Ordering::Relaxed);
        self.largest_batch.fetch_max(actions as u64, Ordering::Relaxed);
    }
    pub(crate) fn commit(&self, took: Duration) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.commit_micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
    /// Actions that run at this moment: one at most on SQLite.
    pub fn running(&self) -> u64 {
        self.running.load(Ordering::Relaxed)
    }
    /// Runs an attempt at an action and notes how long it took.
    pub(crate) fn attempt<T>(&self, name: &'static str, attempt: impl FnOnce() -> T) -> T {
        self.running.fetch_add(1, Ordering::Relaxed);
        let begun = Instant::now();
        let result = attempt();
        self.running.fetch_sub(1, Ordering::Relaxed);
        self.action(name, begun.elapsed());
        result
    }
    fn action(&self, name: &'static str, took: Duration) {
        if took > SLOW_ACTION {
            self.slow_actions.fetch_add(1, Ordering::Relaxed);
            tracing::warn!(name, millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX), "slow action");
        }
    }
}
