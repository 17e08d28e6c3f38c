//! Group commit never lies: a fault at each place of a batch of eight. What was acknowledged is
//! stored, nothing else is stored, and the writer goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::common::{assert_whole, note, stored, template};
use db::{Db, Dialect, Fault, Tx, sql};
use kernel::{Error, Result};
use testkit::TestDb;

const BATCH: i64 = 8;

/// What happens at one place of the batch.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mishap {
    /// The database may not grow further: SQLite then ends the whole transaction.
    Full,
    /// The same inside a statement of many rows: SQLite then undoes the statement only.
    FullInMany,
    Panic,
    Unique,
    Check,
    ForeignKey,
    /// The action refuses after it has written.
    Refusal,
    /// The action takes a failed statement for a success.
    Swallowed,
    /// The same with a failure that ended the transaction, and a statement after it.
    SwallowedFull,
    Rollback,
    /// A conflict clause that ends the whole transaction.
    OrRollback,
    /// The action ends the transaction itself and writes on outside of it.
    RollbackAndOn,
    Commit,
    CommitAndOn,
}

const MISHAPS: [Mishap; 14] = [
    Mishap::Full,
    Mishap::FullInMany,
    Mishap::Panic,
    Mishap::Unique,
    Mishap::Check,
    Mishap::ForeignKey,
    Mishap::Refusal,
    Mishap::Swallowed,
    Mishap::SwallowedFull,
    Mishap::Rollback,
    Mishap::OrRollback,
    Mishap::RollbackAndOn,
    Mishap::Commit,
    Mishap::CommitAndOn,
];

fn suffer(tx: &mut Tx<'_>, mishap: Mishap) -> Result<()> {
    let huge =
        |tx: &mut Tx<'_>| tx.exec_text("INSERT INTO note (id, writer, number, body) VALUES (900001, 900, 1, zeroblob(4000000))", &[]);
    let stray = |tx: &mut Tx<'_>| tx.exec_text("INSERT INTO note (id, writer, number, body) VALUES (900002, 900, 2, x'00')", &[]);
    match mishap {
        Mishap::Full => huge(tx).map(drop),
        Mishap::FullInMany => tx
            .exec_text(
                "WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 4000) \
                 INSERT INTO note (id, writer, number, body) SELECT 910000 + n, 910, n, zeroblob(1000) FROM many",
                &[],
            )
            .map(drop),
        Mishap::Panic => panic!("a fault of the test"),
        Mishap::Unique => note(tx, 0, 0, 10),
        Mishap::Check => tx.exec(sql!("UPDATE tally SET value = -1 WHERE name = 'all'"), &[]).map(drop),
        Mishap::ForeignKey => tx.exec(sql!("INSERT INTO note_line (note_id, place, words) VALUES (0, 0, 'x')"), &[]).map(drop),
        Mishap::Refusal => Err(Error::forbidden()),
        Mishap::Swallowed => {
            let _ = note(tx, 0, 0, 10);
            Ok(())
        }
        Mishap::SwallowedFull => {
            let _ = huge(tx);
            let _ = stray(tx);
            Ok(())
        }
        Mishap::Rollback => tx.exec_text("ROLLBACK", &[]).map(drop),
        Mishap::OrRollback => tx.exec_text("INSERT OR ROLLBACK INTO tally (name, value) VALUES ('all', 1)", &[]).map(drop),
        Mishap::RollbackAndOn => {
            tx.exec_text("ROLLBACK", &[])?;
            let _ = stray(tx);
            Ok(())
        }
        Mishap::Commit => tx.exec_text("COMMIT", &[]).map(drop),
        Mishap::CommitAndOn => {
            let _ = tx.exec_text("COMMIT", &[]);
            let _ = stray(tx);
            Ok(())
        }
    }
}

/// Queues actions while the writer is held up, so that they fall into one batch in this order.
fn in_one_batch<A>(db: &Db, actions: Vec<A>) -> Vec<Result<()>>
where
    A: Fn(&mut Tx<'_>) -> Result<()> + Send + 'static,
{
    in_lanes(db, actions.into_iter().map(|action| (Lane::Interactive, action)).collect())
}

#[derive(Debug, Clone, Copy)]
enum Lane {
    Interactive,
    Bulk,
}

fn in_lanes<A>(db: &Db, actions: Vec<(Lane, A)>) -> Vec<Result<()>>
where
    A: Fn(&mut Tx<'_>) -> Result<()> + Send + 'static,
{
    let (go, wait) = mpsc::channel::<()>();
    let holding = db.clone();
    let (held, is_held) = mpsc::channel();
    let holder = std::thread::spawn(move || {
        holding.maintain(move |_| {
            held.send(()).unwrap();
            wait.recv().unwrap();
        })
    });
    is_held.recv().unwrap();
    let callers: Vec<JoinHandle<Result<()>>> = actions
        .into_iter()
        .enumerate()
        .map(|(place, (lane, action))| {
            let caller = db.clone();
            let handle = std::thread::spawn(move || match lane {
                Lane::Interactive => caller.write_wait("test.batch", action),
                Lane::Bulk => caller.write_bulk_wait("test.batch", action),
            });
            while db.queued() <= place {
                std::thread::yield_now();
            }
            handle
        })
        .collect();
    go.send(()).unwrap();
    holder.join().unwrap().unwrap();
    callers.into_iter().map(|caller| caller.join().unwrap()).collect()
}

fn database(fail_commit: Option<Arc<AtomicUsize>>) -> TestDb {
    let db = TestDb::with(Dialect::Sqlite, &template(), |options| {
        options.batch_work = Duration::from_secs(60);
        // Counts down; the commit at which it reaches zero fails.
        options.fail_commit = fail_commit
            .map(|left| Arc::new(move || left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)) == Ok(1)) as _);
    });
    db.write_wait("test.first", |tx| note(tx, 0, 0, 10)).unwrap();
    db
}

fn assert_goes_on(db: &TestDb) {
    db.write_wait("test.after", |tx| note(tx, 77, 77, 10)).unwrap();
    assert!(stored(db).contains(&(77, 77)));
    assert_whole(db);
}

#[test]
fn a_mishap_at_any_place_costs_nobody_else_anything() {
    for mishap in MISHAPS {
        for place in 0..BATCH {
            let db = database(None);
            db.maintain(|conn| {
                conn.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0))
                    .and_then(|n| conn.pragma_update(None, "max_page_count", n + 60))
            })
            .unwrap()
            .unwrap()
            .unwrap();
            let before = db.metrics().batches.load(Ordering::SeqCst);
            let answers = in_one_batch(
                &db,
                (0..BATCH)
                    .map(|number| {
                        move |tx: &mut Tx<'_>| {
                            note(tx, 1, number, 10)?;
                            if number == place { suffer(tx, mishap) } else { Ok(()) }
                        }
                    })
                    .collect(),
            );
            // A transaction that ends also ends its batch; the rest of the eight then forms the next one.
            let batches = db.metrics().batches.load(Ordering::SeqCst) - before;
            assert!(
                batches == 1 || (batches == 2 && db.metrics().lost_batches.load(Ordering::SeqCst) == 1),
                "{mishap:?} at {place}: {batches} batches"
            );
            let expected: Vec<(i64, i64)> = [(0, 0)].into_iter().chain((0..BATCH).filter(|n| *n != place).map(|n| (1, n))).collect();
            let acknowledged: Vec<i64> = (0..BATCH).filter(|n| answers[usize::try_from(*n).unwrap()].is_ok()).collect();
            assert_eq!(acknowledged, expected[1..].iter().map(|(_, n)| *n).collect::<Vec<_>>(), "{mishap:?} at {place}: acknowledged");
            assert_eq!(stored(&db), expected, "{mishap:?} at {place}: stored");
            if mishap == Mishap::Full {
                assert_eq!(db::fault(answers[usize::try_from(place).unwrap()].as_ref().unwrap_err()), Some(&Fault::DiskFull));
                assert_eq!(db.metrics().lost_batches.load(Ordering::SeqCst), 1, "the transaction ended under the batch");
            }
            assert_goes_on(&db);
            assert_eq!(stored(&db.reopen()).len(), expected.len() + 1, "{mishap:?} at {place}: the same after a restart");
        }
    }
}

#[test]
fn a_failed_commit_acknowledges_nothing_that_is_not_stored() {
    // 1: the commit of the batch; 2 to 9: then also the commit of one of the eight run again alone.
    for failing in 1..=9_usize {
        let left = Arc::new(AtomicUsize::new(0));
        let db = database(Some(Arc::clone(&left)));
        let second = Arc::clone(&left);
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&runs);
        left.store(1, Ordering::SeqCst);
        let answers = in_one_batch(
            &db,
            (0..BATCH)
                .map(|number| {
                    let (second, counted) = (Arc::clone(&second), Arc::clone(&counted));
                    move |tx: &mut Tx<'_>| {
                        // In the second round the hook is wound up again for one commit more.
                        if counted.fetch_add(1, Ordering::SeqCst) + 1 == usize::try_from(BATCH).unwrap() + failing - 1 && failing > 1 {
                            second.store(1, Ordering::SeqCst);
                        }
                        note(tx, 1, number, 10)
                    }
                })
                .collect(),
        );
        let acknowledged: Vec<usize> = answers.iter().enumerate().filter(|(_, a)| a.is_ok()).map(|(n, _)| n).collect();
        let expected: Vec<usize> = (0..8).filter(|n| failing == 1 || *n != failing - 2).collect();
        assert_eq!(acknowledged, expected, "commit {failing} failed");
        let found: Vec<usize> = stored(&db).into_iter().filter(|(w, _)| *w == 1).map(|(_, n)| usize::try_from(n).unwrap()).collect();
        assert_eq!(found, expected);
        assert_eq!(runs.load(Ordering::SeqCst), 16, "each ran twice");
        assert_goes_on(&db);
    }
}

#[test]
fn a_transaction_that_ends_keeps_nothing_of_earlier_savepoints_for_later_ones() {
    // Three mishaps of different kinds in one batch.
    let db = database(None);
    let answers = in_one_batch(
        &db,
        (0..BATCH)
            .map(|number| {
                move |tx: &mut Tx<'_>| {
                    note(tx, 1, number, 10)?;
                    match number {
                        1 => suffer(tx, Mishap::OrRollback),
                        4 => suffer(tx, Mishap::Panic),
                        7 => suffer(tx, Mishap::CommitAndOn),
                        _ => Ok(()),
                    }
                }
            })
            .collect(),
    );
    assert_eq!(answers.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true, true, false, true, true, false]);
    assert_eq!(stored(&db), [(0, 0), (1, 0), (1, 2), (1, 3), (1, 5), (1, 6)]);
    assert_goes_on(&db);
}

#[test]
fn batches_share_one_commit_and_bulk_takes_at_most_half() {
    let db = database(None);
    let commits = db.metrics().commits.load(Ordering::SeqCst);
    let answers = in_one_batch(&db, (0..40).map(|number| move |tx: &mut Tx<'_>| note(tx, 1, number, 10)).collect());
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(db.metrics().commits.load(Ordering::SeqCst) - commits, 1);
    assert_eq!(db.metrics().largest_batch.load(Ordering::SeqCst), 40);
    // A person and sixty jobs: they would fit into one batch of 64, but half of it is not for jobs.
    let lane = |number| if number == 0 { Lane::Interactive } else { Lane::Bulk };
    let answers = in_lanes(&db, (0..61).map(|number| (lane(number), move |tx: &mut Tx<'_>| note(tx, 2, number, 10))).collect());
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(db.metrics().commits.load(Ordering::SeqCst) - commits, 3, "the other jobs waited for the next batch");
    assert_eq!(db.metrics().largest_batch.load(Ordering::SeqCst), 40);
    assert_eq!(stored(&db).len(), 102);
}
