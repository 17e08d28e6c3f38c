//! Many at once, on both databases: nobody gets an internal error, nobody waits without end, and
//! whoever gives up leaves nothing half done.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::common::{assert_whole, note, stored, template};
use db::{Db, Dialect, Fault, Rd, Tx, params, sql};
use kernel::{Error, ErrorKind, Result, TicketId, kinds};
use testkit::{TestDb, block_on};

pub fn count_up(tx: &mut Tx<'_>) -> Result<i64> {
    let before: i64 = tx.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])?;
    tx.exec(sql!("UPDATE tally SET value = $1 WHERE name = 'all'"), &params![before + 1])?;
    Ok(before + 1)
}

fn tally(db: &Db) -> i64 {
    db.read_wait("tally", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).unwrap()
}

/// A read that keeps a connection busy for a while, in the database itself.
pub fn slow(rd: &mut Rd<'_>, millis: u64) -> Result<()> {
    if rd.dialect() == Dialect::Postgres {
        return rd
            .all_text::<i64>(&format!("SELECT 1::bigint FROM pg_sleep({})", Duration::from_millis(millis).as_secs_f64()), &[])
            .map(drop);
    }
    let end = Instant::now() + Duration::from_millis(millis);
    while Instant::now() < end {
        rd.all(sql!(i64, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) FROM n"), &[])?;
    }
    Ok(())
}

testkit::both! {
    template: template();

    fn ids_are_unique_whoever_draws(db: TestDb) {
        let drawn: Vec<TicketId> = std::thread::scope(|scope| {
            let drawing = || (0..25).flat_map(|_| db.write_wait("draw", |tx| (0..4).map(|_| tx.next_id::<kinds::Ticket>()).collect::<Result<Vec<_>>>()).unwrap()).collect::<Vec<_>>();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(drawing)).collect();
            threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(drawn.len(), 800);
        assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 800);
        assert!(drawn.iter().all(|id| id.raw() > 0));
    }

    /// T4-16: conflicts are run again or become a 409, never a fault of ours; no update is lost.
    async fn a_hundred_writers_of_one_row(db: TestDb) {
        let done = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..100)
            .map(|_| {
                let (db, done) = (db.db(), Arc::clone(&done));
                tokio::spawn(async move {
                    match db.write("count", count_up).await {
                        Ok(_) => { done.fetch_add(1, Ordering::SeqCst); }
                        Err(e) => assert!(matches!(e.kind(), ErrorKind::Conflict | ErrorKind::Busy) && e.retry_seconds().is_some(), "{e}"),
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let (done, stored) = (done.load(Ordering::SeqCst), tokio::task::spawn_blocking({ let db = db.db(); move || tally(&db) }).await.unwrap());
        assert_eq!(i64::try_from(done).unwrap(), stored, "acknowledged and stored");
        assert!(done >= 50, "most of them got through: {done}");
    }

    /// Two rows, taken in opposite order: a deadlock where rows are locked.
    async fn writers_in_opposite_order(db: TestDb) {
        db.write("second", |tx| tx.exec(sql!("INSERT INTO tally (name, value) VALUES ('other', 0)"), &[])).await.unwrap();
        let pairs: Vec<_> = (0..20)
            .map(|n| {
                let db = db.db();
                let order = if n % 2 == 0 { ["all", "other"] } else { ["other", "all"] };
                tokio::spawn(async move {
                    db.write("both", move |tx| {
                        order.iter().try_for_each(|name| tx.exec(sql!("UPDATE tally SET value = value + 1 WHERE name = $1"), &params![*name]).map(drop))
                    }).await
                })
            })
            .collect();
        let mut done = 0;
        for pair in pairs {
            match pair.await.unwrap() {
                Ok(()) => done += 1,
                Err(e) => assert!(matches!(e.kind(), ErrorKind::Conflict | ErrorKind::Busy), "{e}"),
            }
        }
        let values: Vec<i64> = db.read("values", |rd| rd.all(sql!(i64, "SELECT value FROM tally ORDER BY name"), &[])).await.unwrap();
        assert_eq!(values, [done, done]);
    }

    async fn reads_never_wait_for_a_writer(db: TestDb) {
        let (started, is_started) = std::sync::mpsc::channel();
        let (go, wait) = crossbeam_channel::bounded::<()>(1);
        let writing = {
            let db = db.db();
            tokio::spawn(async move {
                db.write("held", move |tx| {
                    count_up(tx)?;
                    started.send(()).unwrap();
                    wait.recv().unwrap();
                    Ok(())
                })
                .await
            })
        };
        tokio::task::spawn_blocking(move || is_started.recv().unwrap()).await.unwrap();
        let asked = Instant::now();
        for _ in 0..20 {
            let seen = db.read("seen", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap();
            assert_eq!(seen, 0, "what is not committed is not seen");
            let seen = db.read_bounded("seen", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap();
            assert_eq!(seen, 0);
        }
        assert!(asked.elapsed() < Duration::from_secs(1));
        go.send(()).unwrap();
        writing.await.unwrap().unwrap();
        assert_eq!(db.read("seen", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap(), 1);
    }

    async fn one_read_sees_one_snapshot(db: TestDb) {
        let (first, is_first) = std::sync::mpsc::channel();
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let reading = {
            let db = db.db();
            tokio::spawn(async move {
                db.read("twice", move |rd| {
                    let before: i64 = rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])?;
                    first.send(()).unwrap();
                    wait.recv().unwrap();
                    Ok((before, rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])?))
                })
                .await
            })
        };
        tokio::task::spawn_blocking(move || is_first.recv().unwrap()).await.unwrap();
        db.write("count", count_up).await.unwrap();
        go.send(()).unwrap();
        assert_eq!(reading.await.unwrap().unwrap(), (0, 0));
    }

    async fn a_panic_costs_one_call_only(db: TestDb) {
        for _ in 0..10 {
            let error = db.write("panics", |tx| -> Result<()> { count_up(tx)?; panic!("a fault of the test") }).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Internal);
            let error = db.read("panics", |_| -> Result<()> { panic!("a fault of the test") }).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Internal);
            let error = db.read_bounded("panics", |_| -> Result<()> { panic!("a fault of the test") }).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Internal);
        }
        assert_eq!(db.write("count", count_up).await.unwrap(), 1, "nothing of the panicking writes is there");
    }

    async fn who_stops_waiting_does_not_undo_the_write(db: TestDb) {
        let (started, is_started) = crossbeam_channel::bounded(1);
        let (go, wait) = crossbeam_channel::bounded::<()>(1);
        let writing = {
            let db = db.db();
            tokio::spawn(async move {
                db.write("left", move |tx| {
                    count_up(tx)?;
                    let _ = started.try_send(());
                    wait.recv().unwrap();
                    Ok(())
                }).await
            })
        };
        tokio::task::spawn_blocking(move || is_started.recv().unwrap()).await.unwrap();
        writing.abort();
        assert!(writing.await.unwrap_err().is_cancelled());
        let mut commits = db.commits();
        go.send(()).unwrap();
        commits.changed().await.unwrap();
        assert_eq!(db.read("seen", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap(), 1);
    }

    async fn a_queued_write_runs_although_its_caller_has_gone(db: TestDb) {
        let (go, wait) = crossbeam_channel::unbounded::<()>();
        let blockers: Vec<_> = (0..4).map(|_| {
            let (db, wait) = (db.db(), wait.clone());
            tokio::spawn(async move { db.write("block", move |_| { wait.recv().unwrap(); Ok(()) }).await })
        }).collect();
        let known = |db: &Db| db.metrics().running() + u64::try_from(db.queued()).unwrap();
        while known(&db) < 4 {
            tokio::task::yield_now().await;
        }
        let queued = { let db = db.db(); tokio::spawn(async move { db.write("queued", |tx| note(tx, 5, 5, 1)).await }) };
        while known(&db) < 5 {
            tokio::task::yield_now().await;
        }
        queued.abort();
        let _ = queued.await;
        for _ in 0..8 {
            go.send(()).unwrap();
        }
        for blocker in blockers {
            blocker.await.unwrap().unwrap();
        }
        drop(go);
        // Closing waits for what was queued.
        let db = tokio::task::spawn_blocking(|| db.reopen()).await.unwrap();
        let found = tokio::task::spawn_blocking({ let db = db.db(); move || stored(&db) }).await.unwrap();
        assert_eq!(found, [(5, 5)]);
    }

    /// A statement that failed leaves nothing, on PostgreSQL as on SQLite, whatever the action makes of it.
    async fn an_action_that_goes_on_after_a_failure_is_refused(db: TestDb) {
        db.write("first", |tx| note(tx, 1, 1, 1)).await.unwrap();
        let error = db.write("goes on", |tx| { count_up(tx)?; let _ = note(tx, 1, 1, 1); Ok(()) }).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        let error = db.write("twice", |tx| note(tx, 1, 1, 1)).await.unwrap_err();
        assert!(db::is_unique(&error) && error.kind() == ErrorKind::Conflict);
        let error = db.write("mapped", |tx| note(tx, 1, 1, 1).map_err(|_| Error::invalid("name", "error-duplicate"))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "the action's own words for it");
        assert_eq!(db.read("seen", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap(), 0);
    }

    async fn a_savepoint_confines_a_failure(db: TestDb) {
        db.write("first", |tx| note(tx, 1, 1, 1)).await.unwrap();
        let refused = db.write("some", |tx| {
            let mut refused = Vec::new();
            for number in [1, 2, 3] {
                let step = tx.savepoint(|tx| { note(tx, 1, number, 1)?; if number == 3 { Err(Error::forbidden()) } else { Ok(()) } });
                if step.is_err() {
                    refused.push(number);
                }
            }
            count_up(tx)?;
            Ok(refused)
        }).await.unwrap();
        assert_eq!(refused, [1, 3]);
        let swallowed = db.write("inside", |tx| tx.savepoint(|tx| { let _ = note(tx, 1, 1, 1); Ok(()) })).await;
        assert_eq!(swallowed.unwrap_err().kind(), ErrorKind::Internal);
        tokio::task::spawn_blocking(move || {
            assert_eq!(stored(&db), [(1, 1), (1, 2)]);
            assert_eq!(tally(&db), 1);
            assert_whole(&db);
        }).await.unwrap();
    }

    fn faults_are_told_apart(db: TestDb) {
        let fault_of = |run: fn(&mut Tx<'_>) -> Result<u64>| db::fault(&db.write_wait("fault", run).unwrap_err()).cloned();
        assert!(matches!(fault_of(|tx| tx.exec(sql!("INSERT INTO tally (name, value) VALUES ('all', 1)"), &[])), Some(Fault::Unique(_))));
        assert!(matches!(fault_of(|tx| tx.exec(sql!("INSERT INTO tally (name, value) VALUES ('x', -1)"), &[])), Some(Fault::Check(_))));
        assert!(matches!(fault_of(|tx| tx.exec(sql!("INSERT INTO note_line (note_id, place, words) VALUES (99, 1, 'x')"), &[])), Some(Fault::ForeignKey(_))));
        db.write_wait("nul", |tx| tx.exec(sql!("INSERT INTO tally (name, value) VALUES ($1, 1)"), &params!["a\0b"])).unwrap();
        let names: Vec<String> = db.read_wait("names", |rd| rd.all(sql!(String, "SELECT name FROM tally ORDER BY name"), &[])).unwrap();
        assert_eq!(names, ["ab", "all"]);
    }
}

fn small(dialect: Dialect) -> TestDb {
    TestDb::with(dialect, &template(), |options| {
        options.write_queue = 2;
        options.readers = 2;
        options.writers = 1;
        options.acquire = Duration::from_millis(300);
    })
}

/// T4-15: slow readers fill the pool; others are told so in time, and health and administration
/// still read.
#[test]
fn a_full_pool_says_busy_and_the_reserved_connection_works() {
    for dialect in testkit::DIALECTS {
        let db = small(dialect);
        block_on(async {
            let hogs: Vec<_> = (0..20)
                .map(|_| {
                    let db = db.db();
                    tokio::spawn(async move { db.read("slow", |rd| slow(rd, 1200)).await })
                })
                .collect();
            tokio::time::sleep(Duration::from_millis(100)).await;
            let asked = Instant::now();
            let error = db.read("late", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap_err();
            assert_eq!((error.kind(), error.retry_seconds()), (ErrorKind::Busy, Some(2)));
            assert!((200..900).contains(&asked.elapsed().as_millis()), "{dialect:?}: {:?}", asked.elapsed());
            let asked = Instant::now();
            db.read_reserved("health", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap();
            assert!(asked.elapsed() < Duration::from_millis(250), "{dialect:?}: {:?}", asked.elapsed());
            let mut done = 0;
            for hog in hogs {
                done += usize::from(hog.await.unwrap().is_ok());
            }
            assert_eq!(done, 2, "two connections, and the others gave up before their turn");
        });
    }
}

#[test]
fn a_full_queue_says_busy_at_once() {
    for dialect in testkit::DIALECTS {
        let db = small(dialect);
        block_on(async {
            let (go, wait) = crossbeam_channel::bounded::<()>(8);
            let blocked = {
                let db = db.db();
                tokio::spawn(async move {
                    db.write("block", move |_| {
                        wait.recv().unwrap();
                        Ok(())
                    })
                    .await
                })
            };
            while db.metrics().running() == 0 {
                tokio::task::yield_now().await;
            }
            let waiting: Vec<_> = (0..2)
                .map(|n| {
                    let db = db.db();
                    tokio::spawn(async move { db.write("wait", move |tx| note(tx, 1, n, 1)).await })
                })
                .collect();
            while db.queued() < 2 {
                tokio::task::yield_now().await;
            }
            let asked = Instant::now();
            let error = db.write("refused", |tx| note(tx, 1, 9, 1)).await.unwrap_err();
            assert_eq!((error.kind(), error.retry_seconds()), (ErrorKind::Busy, Some(1)));
            assert!(asked.elapsed() < Duration::from_millis(100));
            // The two that wait are given up after their time, and then they are not run either.
            for waiting in waiting {
                assert_eq!(waiting.await.unwrap().unwrap_err().kind(), ErrorKind::Busy);
            }
            go.send(()).unwrap();
            blocked.await.unwrap().unwrap();
        });
        assert_eq!(stored(&db.reopen()), [], "{dialect:?}: who was told `busy` has nothing stored");
    }
}

#[test]
fn a_bounded_read_that_overruns_moves_to_the_pool() {
    let db = TestDb::new(Dialect::Sqlite, &template());
    block_on(async {
        let places = Arc::new(parking_lot::Mutex::new(Vec::new()));
        let seen = Arc::clone(&places);
        db.read_bounded("overruns", move |rd| {
            seen.lock().push(std::thread::current().name().unwrap_or_default().to_owned());
            slow(rd, 60)
        })
        .await
        .unwrap();
        let places = places.lock().clone();
        assert_eq!(places.len(), 2);
        assert_ne!(places[0], "db-reader");
        assert_eq!(places[1], "db-reader");
        assert_eq!(db.metrics().reads_moved.load(Ordering::SeqCst), 1);
        // A quick one stays where it is called.
        let here = std::thread::current().id();
        let there = db.read_bounded("quick", move |_| Ok(std::thread::current().id())).await.unwrap();
        assert_eq!(here, there);
    });
}

#[test]
fn a_read_ends_at_its_deadline() {
    for dialect in testkit::DIALECTS {
        let db = TestDb::with(dialect, &template(), |options| options.read_deadline = Duration::from_millis(200));
        let begun = Instant::now();
        let error = block_on(db.read("endless", |rd| slow(rd, 3000))).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Busy, "error-slow-query"));
        assert!(begun.elapsed() < Duration::from_secs(1), "{dialect:?}: {:?}", begun.elapsed());
    }
}

/// T4-05: each commit takes two seconds. Whoever waits too long is told so, reads go on, and what was
/// told is true.
#[test]
fn a_slow_disk_sheds_writes_and_slows_no_read() {
    let db = TestDb::with(Dialect::Sqlite, &template(), |options| {
        options.write_queue = 32;
        options.fail_commit = Some(Arc::new(|| {
            std::thread::sleep(Duration::from_secs(2));
            false
        }));
    });
    let stored_numbers = block_on(async {
        let writers: Vec<_> = (0..200)
            .map(|number| {
                let db = db.db();
                tokio::spawn(async move { (number, db.write("slow", move |tx| note(tx, 1, number, 10)).await) })
            })
            .collect();
        let begun = Instant::now();
        let mut slowest = Duration::ZERO;
        while begun.elapsed() < Duration::from_secs(3) {
            let asked = Instant::now();
            db.read_bounded("read", |rd| rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])).await.unwrap();
            slowest = slowest.max(asked.elapsed());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(slowest < Duration::from_secs(1), "a read took {slowest:?}");
        let (mut stored, mut shed) = (Vec::new(), 0);
        for writer in writers {
            match writer.await.unwrap() {
                (number, Ok(())) => stored.push((1, number)),
                (_, Err(error)) => {
                    assert_eq!(error.kind(), ErrorKind::Busy, "{error}");
                    shed += 1;
                }
            }
        }
        assert!(shed > 100, "{shed} of 200 were shed");
        stored
    });
    assert!(!stored_numbers.is_empty());
    assert_eq!(stored(&db), stored_numbers);
}

#[test]
fn jobs_get_their_turn_under_a_flood() {
    let db = TestDb::new(Dialect::Sqlite, &template());
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for writer in 0..8_i64 {
            let (db, stop) = (&db, &stop);
            scope.spawn(move || {
                let mut number = 0;
                while !stop.load(Ordering::Relaxed) {
                    let this = number;
                    db.write_wait("flood", move |tx| note(tx, writer, this, 10)).unwrap();
                    number += 1;
                }
            });
        }
        let begun = Instant::now();
        for number in 0..20 {
            db.write_bulk_wait("job", move |tx| note(tx, 100, number, 10)).unwrap();
            db.maintain(|_| ()).unwrap().unwrap();
        }
        stop.store(true, Ordering::Relaxed);
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    });
    assert_whole(&db);
}
