//! The threads: they do what is due, outlive what goes wrong in it, and take over from the dead.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use db::Db;
use events::{Consumer, Event, Follower, Handlers, JobState, Runner, jobs};
use kernel::{Clock, Error, MockClock, PageRequest, Result, Time};

use crate::common::{NOW, add, effect, effects, happen, take, template, until};

/// Does the job by its payload: 1 works, 2 fails, 3 panics.
fn handlers(db: &Db) -> Handlers {
    let db = db.clone();
    Handlers::default().on("test.job", move |job| match job.payload.as_str() {
        "2" => Err(Error::internal("no paper")),
        "3" => panic!("a fault of the test"),
        number => {
            let number = number.parse().map_err(Error::internal)?;
            db.write_bulk_wait("effect", move |tx| effect(tx, number))
        }
    })
}

fn start(db: &Db, clock: &MockClock, followers: Vec<Arc<dyn Follower>>) -> Runner {
    Runner::start(db.clone(), Arc::new(clock.clone()) as Arc<dyn Clock>, followers, handlers(db), 2).unwrap()
}

fn count(db: &Db, state: JobState) -> usize {
    db.read_wait("jobs", move |rd| jobs(rd, Some(state), &PageRequest::default())).unwrap().rows.len()
}

/// Fails the first time.
struct Hesitant(AtomicI64);

impl Consumer for Hesitant {
    fn name(&self) -> &'static str {
        "hesitant"
    }
    fn follow(&self, tx: &mut db::Tx<'_>, events: &[Event], _: Time) -> Result<()> {
        if self.0.fetch_add(1, Ordering::SeqCst) == 0 {
            return Err(Error::internal("not yet"));
        }
        events.iter().try_for_each(|event| effect(tx, event.object_id))
    }
}

testkit::both! {
    template: template();

    fn a_failure_and_a_panic_cost_only_their_own_job(db: TestDb) {
        for number in [2, 3, 1] {
            add(&db, None, number);
        }
        let clock = MockClock::at(NOW);
        let mut runner = start(&db, &clock, Vec::new());
        until("the good job is done", || effects(&db) == [(1, 1)]);
        until("the bad ones wait", || count(&db, JobState::Ready) == 2);
        let mut attempts = 1;
        while attempts < events::ATTEMPTS {
            attempts += 1;
            clock.advance(Time::HOUR);
            runner.waker().wake();
            let seen = || db.read_wait("jobs", |rd| jobs(rd, None, &PageRequest::default())).unwrap().rows;
            until("both are tried again", || seen().iter().all(|job| job.attempts == attempts && job.state != "running"));
        }
        assert_eq!(count(&db, JobState::Dead), 2);
        runner.stop();
        assert_eq!(effects(&db), [(1, 1)]);
    }

    /// The process that had the job has gone without a word.
    fn a_job_of_a_dead_process_is_taken_over(db: TestDb) {
        add(&db, None, 1);
        assert!(take(&db, NOW).is_some());
        let clock = MockClock::at(NOW.plus(Time::HOUR));
        let mut runner = start(&db, &clock, Vec::new());
        until("it is done by another", || effects(&db) == [(1, 1)]);
        until("and gone", || count(&db, JobState::Running) == 0 && count(&db, JobState::Ready) == 0);
        runner.stop();
    }

    fn a_consumer_that_failed_tries_again_and_says_so_meanwhile(db: TestDb) {
        db.write_wait("event", |tx| happen(tx, 5)).unwrap();
        let mut runner = start(&db, &MockClock::at(NOW), vec![Arc::new(Hesitant(AtomicI64::new(0)))]);
        until("the failure is written down", || db.read_wait("stuck", events::stuck).unwrap().iter().any(|c| c.name == "hesitant"));
        until("it gets on", || effects(&db) == [(5, 1)]);
        assert!(db.read_wait("stuck", events::stuck).unwrap().is_empty());
        runner.stop();
    }
}
