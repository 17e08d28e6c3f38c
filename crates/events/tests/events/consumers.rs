//! Consumers: they take up the log where they stopped, skip nothing, and do each thing once.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc;

use db::{Db, Dialect, Tx, params, sql};
use events::{Consumer, Event, News, advance, news, stuck};
use kernel::{Error, Result, Time};

use crate::common::{NOW, effect, effects, happen, template, until};

/// Notes each event, and fails in the middle of a chunk at one that it is told to.
struct Follower {
    trips_at: AtomicI64,
}

impl Follower {
    fn new(trips_at: i64) -> Arc<Self> {
        Arc::new(Self { trips_at: AtomicI64::new(trips_at) })
    }
}

impl Consumer for Follower {
    fn name(&self) -> &'static str {
        "follower"
    }
    fn follow(&self, tx: &mut Tx<'_>, events: &[Event], _: Time) -> Result<()> {
        for event in events {
            if event.object_id == self.trips_at.load(Ordering::SeqCst) {
                return Err(Error::internal("it trips"));
            }
            effect(tx, event.object_id)?;
        }
        Ok(())
    }
}

/// One step, as the runner does it; answers how many events were taken.
fn try_step(db: &Db, follower: &Arc<Follower>) -> Result<usize> {
    let Some(news) = look(db)? else { return Ok(0) };
    let follower = Arc::clone(follower);
    db.write_bulk_wait("advance", move |tx| advance(tx, &*follower, &news, NOW))
}

/// The step that takes what is there. Other tests share the server, and while their transactions run
/// nothing after them is read.
fn step(db: &Db, follower: &Arc<Follower>) -> Result<usize> {
    let mut taken = Ok(0);
    until("there is news", || {
        taken = try_step(db, follower);
        !matches!(taken, Ok(0))
    });
    taken
}

fn look(db: &Db) -> Result<Option<News>> {
    db.read_wait("look", |rd| news(rd, "follower"))
}

fn things(db: &Db, from: i64, to: i64) {
    db.write_wait("things", move |tx| (from..to).try_for_each(|id| happen(tx, id).map(drop))).unwrap();
}

testkit::both! {
    template: template();

    fn a_consumer_goes_on_where_it_stopped_and_does_nothing_twice(db: TestDb) {
        things(&db, 0, 250);
        let follower = Follower::new(150);
        assert_eq!(step(&db, &follower).unwrap(), 100);
        assert!(step(&db, &follower).is_err());
        assert_eq!(effects(&db).len(), 100, "nothing of the chunk that failed was kept");
        // The process ends; another one begins with what is stored.
        drop(follower);
        let db = db.reopen();
        let follower = Follower::new(-1);
        assert_eq!([step(&db, &follower).unwrap(), step(&db, &follower).unwrap()], [100, 50]);
        assert_eq!(try_step(&db, &follower).unwrap(), 0);
        things(&db, 250, 251);
        assert_eq!(step(&db, &follower).unwrap(), 1);
        assert_eq!(effects(&db), (0..251).map(|id| (id, 1)).collect::<Vec<_>>());
    }

    /// Two nodes have read the same news: one of them is faster, and the other does nothing.
    fn the_same_news_have_their_effect_once(db: TestDb) {
        things(&db, 0, 3);
        for more in [3, 4] {
            until("there is news", || look(&db).unwrap().is_some());
            let both = [look(&db).unwrap().unwrap(), look(&db).unwrap().unwrap()];
            let taken: Vec<usize> = both.into_iter().map(|news| {
                let follower = Follower::new(-1);
                db.write_bulk_wait("advance", move |tx| advance(tx, &*follower, &news, NOW)).unwrap()
            }).collect();
            assert_eq!(taken[1], 0);
            things(&db, more, more + 1);
        }
        assert_eq!(effects(&db), (0..4).map(|id| (id, 1)).collect::<Vec<_>>());
    }

    fn a_failure_is_seen_until_the_next_success(db: TestDb) {
        things(&db, 0, 1);
        let stuck_now = || db.read_wait("stuck", stuck).unwrap();
        let note = |text: &'static str| db.write_wait("note", move |tx| events::note_failure(tx, "follower", NOW, text)).unwrap();
        note("first");
        note("second");
        let found = stuck_now();
        assert_eq!((found.len(), found[0].failures, found[0].last_error.as_deref()), (1, 2, Some("second")));
        assert_eq!(step(&db, &Follower::new(-1)).unwrap(), 1, "a failure before the first success moves no cursor");
        assert!(stuck_now().is_empty());
    }

    /// A restore begins a new epoch: a place from before it means nothing in the restored log.
    fn a_place_of_another_epoch_is_refused(db: TestDb) {
        things(&db, 0, 1);
        step(&db, &Follower::new(-1)).unwrap();
        db.write_wait("restored", |tx| tx.exec(sql!("UPDATE installation SET value = $1 WHERE name = 'epoch'"), &params!["9"])).unwrap();
        things(&db, 1, 2);
        assert!(step(&db, &Follower::new(-1)).is_err());
        assert_eq!(effects(&db), [(0, 1)]);
    }
}

/// A transaction that drew its sequence first commits last: on PostgreSQL a follower waits for it
/// instead of passing it by.
#[test]
fn nothing_is_passed_by_that_commits_late() {
    let db = testkit::TestDb::new(Dialect::Postgres, &template());
    let (drawn, is_drawn) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let (slow, wait) = (db.db(), std::sync::Mutex::new(wait));
    let late = std::thread::spawn(move || {
        slow.write_wait("late", move |tx| {
            happen(tx, 1)?;
            drawn.send(()).unwrap();
            wait.lock().unwrap().recv().unwrap();
            Ok(())
        })
    });
    is_drawn.recv().unwrap();
    db.write_wait("early", |tx| happen(tx, 2)).unwrap();
    let follower = Follower::new(-1);
    assert_eq!(try_step(&db, &follower).unwrap(), 0, "the second event is not read before the first");
    go.send(()).unwrap();
    late.join().unwrap().unwrap();
    until("both are read", || {
        try_step(&db, &follower).unwrap();
        effects(&db) == [(1, 1), (2, 1)]
    });
}
