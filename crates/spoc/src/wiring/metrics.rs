//! The numbers of the database and of the index among those of the web.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use db::Db;
use events::{JobCounts, backup_run};
use kernel::Time;
use parking_lot::Mutex;
use prometheus::core::{Collector, Desc};
use prometheus::proto::MetricFamily;
use prometheus::{Counter, Gauge, Opts};
use search::{Search, State};
use tokio_util::sync::CancellationToken;

use crate::exit::Failure;

/// Between two counts of the jobs.
const COUNT_EVERY: Duration = Duration::from_secs(15);

/// Adds the numbers of the database and of its jobs, which are counted until `stop`; to be called
/// inside of the runtime.
///
/// # Errors
/// A mistake in the code: two numbers have the same name.
pub fn register(metrics: &web_kit::Metrics, db: &Db, search: &Search, stop: CancellationToken) -> Result<(), Failure> {
    let jobs = Arc::new(Jobs::default());
    let numbers = Numbers { db: db.clone(), search: search.clone(), jobs: Arc::clone(&jobs) };
    let db = db.clone();
    tokio::spawn(async move { jobs.count(&db, stop).await });
    metrics.registry().register(Box::new(numbers)).map_err(|error| kernel::Error::internal(error).into())
}

struct Numbers {
    db: Db,
    search: Search,
    jobs: Arc<Jobs>,
}

/// How many jobs there were when they were last counted, and the newest backup: asking the database has no place in the
/// answer of numbers.
#[derive(Debug, Default)]
struct Jobs(Mutex<Option<JobCounts>>, Mutex<Option<backup_run::Newest>>);

impl Jobs {
    async fn count(&self, db: &Db, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match db.read_reserved("jobs.count", events::counts).await {
                Ok(counts) => *self.0.lock() = Some(counts),
                Err(error) => tracing::warn!(%error, "jobs could not be counted"),
            }
            match db.read_reserved("backup.newest", backup_run::newest).await {
                Ok(newest) => *self.1.lock() = newest,
                Err(error) => tracing::warn!(%error, "the newest backup could not be looked up"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(COUNT_EVERY) => {}
            }
        }
    }
}

type Read = fn(&db::Metrics) -> &AtomicU64;

/// Name, help, and where the number stands.
const COUNTERS: [(&str, &str, Read); 7] = [
    ("spoc_db_batches_total", "Batches of the writer", |m| &m.batches),
    ("spoc_db_batched_actions_total", "Actions in batches", |m| &m.batched_actions),
    ("spoc_db_lost_batches_total", "Batches that were run again one by one", |m| &m.lost_batches),
    ("spoc_db_commits_total", "Commits", |m| &m.commits),
    ("spoc_db_slow_actions_total", "Actions that took more than 20 ms", |m| &m.slow_actions),
    ("spoc_db_refused_total", "Writes that were refused because the queue was full", |m| &m.refused),
    ("spoc_db_reads_moved_total", "Bounded reads that took too long and moved to the pool", |m| &m.reads_moved),
];
const QUEUE: (&str, &str) = ("spoc_db_queue", "Writes that wait for their turn");
const LOG: (&str, &str) = ("spoc_db_wal_bytes", "Size of the write-ahead log; over 1 GiB something holds an old snapshot open");
const INDEX_LAG: (&str, &str) = ("spoc_search_lag_seconds", "Age of the oldest change that is not yet found");
const INDEX_DOCUMENTS: (&str, &str) = ("spoc_search_documents", "Records that can be found");
const INDEX_BUILDING: (&str, &str) = ("spoc_search_rebuilding", "1 while a new index is made");
const DISK_LOW: (&str, &str) = ("spoc_db_disk_low", "1 while ordinary writes are refused because the disk is nearly full");
const DAMAGED: (&str, &str) = ("spoc_db_damaged", "1 when a check has found the database damaged");
const LARGEST: (&str, &str) = ("spoc_db_largest_batch", "Actions in the largest batch since the start");
const COMMIT_SECONDS: (&str, &str) = ("spoc_db_commit_seconds_total", "Time spent in commits, most of it in syncs of the disk");

const BACKUP_GOOD: (&str, &str) =
    ("spoc_backup_last_success_timestamp_seconds", "When the newest backup that is good was begun; 0 when there is none");
const BACKUP_OK: (&str, &str) = ("spoc_backup_last_ok", "1 when the newest backup was made and verified, 0 when it failed");
const BACKUP_BYTES: (&str, &str) = ("spoc_backup_last_bytes", "Size of the newest backup");

type Counted = fn(&JobCounts) -> i64;

const JOBS: [(&str, &str, Counted); 3] = [
    ("spoc_jobs_ready", "Jobs that wait for their time or for a worker", |jobs| jobs.ready),
    ("spoc_jobs_running", "Jobs that run", |jobs| jobs.running),
    ("spoc_jobs_dead", "Jobs that were given up; GET /api/v1/jobs?state=dead names them", |jobs| jobs.dead),
];

impl Numbers {
    fn counter(&self, (name, help): (&str, &str), value: f64) -> Vec<MetricFamily> {
        let counter = Counter::with_opts(Opts::new(name, help));
        counter
            .map(|counter| {
                counter.inc_by(value);
                counter.collect()
            })
            .unwrap_or_default()
    }

    fn gauge(&self, (name, help): (&str, &str), value: f64) -> Vec<MetricFamily> {
        let gauge = Gauge::with_opts(Opts::new(name, help));
        gauge
            .map(|gauge| {
                gauge.set(value);
                gauge.collect()
            })
            .unwrap_or_default()
    }
}

/// Exact up to 2^53, which these counters never reach.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn number(value: u64) -> f64 {
    value as f64
}

impl Collector for Numbers {
    fn desc(&self) -> Vec<&Desc> {
        // The names are fixed here and nowhere else; the registry needs no list of them.
        Vec::new()
    }

    fn collect(&self) -> Vec<MetricFamily> {
        let metrics = self.db.metrics();
        let mut all: Vec<MetricFamily> = Vec::new();
        for (name, help, read) in COUNTERS {
            all.extend(self.counter((name, help), number(read(metrics).load(Ordering::Relaxed))));
        }
        let micros = number(metrics.commit_micros.load(Ordering::Relaxed));
        all.extend(self.counter(COMMIT_SECONDS, micros / 1_000_000.0));
        all.extend(self.gauge(LARGEST, number(metrics.largest_batch.load(Ordering::Relaxed))));
        all.extend(self.gauge(QUEUE, number(self.db.queued() as u64)));
        all.extend(self.gauge(LOG, number(self.db.wal_bytes())));
        all.extend(self.gauge(INDEX_LAG, self.search.lag_seconds()));
        all.extend(self.gauge(INDEX_DOCUMENTS, number(self.search.documents())));
        all.extend(self.gauge(INDEX_BUILDING, number(u64::from(self.search.state() != State::Ready))));
        all.extend(self.gauge(DISK_LOW, number(u64::from(self.db.is_disk_low()))));
        all.extend(self.gauge(DAMAGED, number(u64::from(self.db.damage().is_some()))));
        if let Some(jobs) = *self.jobs.0.lock() {
            for (name, help, read) in JOBS {
                all.extend(self.gauge((name, help), number(u64::try_from(read(&jobs)).unwrap_or(0))));
            }
        }
        if let Some(newest) = &*self.jobs.1.lock() {
            let seconds = newest.good.map_or(0, |time| u64::try_from(time.0 / Time::SECOND).unwrap_or(0));
            all.extend(self.gauge(BACKUP_GOOD, number(seconds)));
            all.extend(self.gauge(BACKUP_OK, number(u64::from(newest.last.ok))));
            all.extend(self.gauge(BACKUP_BYTES, number(u64::try_from(newest.last.bytes).unwrap_or(0))));
        }
        all
    }
}
