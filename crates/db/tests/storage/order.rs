//! Transactions that meet: who runs again, who passes, and what a failure tells those after it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use crate::common::{note, template};
use crate::concurrency::{count_up, slow};
use db::{Dialect, sql};
use kernel::ErrorKind;
use testkit::{TestDb, block_on};

testkit::both! {
    template: template();

    /// Another one was faster, and only the action can tell: it runs again and finds the other's work.
    async fn an_action_may_ask_to_be_run_again(db: TestDb) {
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&runs);
        let answer = db.write("again", move |tx| {
            count_up(tx)?;
            // A constraint has refused it, and a savepoint does not undo that it must begin anew.
            let met = tx.savepoint(|tx| if counted.fetch_add(1, Ordering::SeqCst) == 0 { Err(tx.run_again("met another")) } else { Ok(()) });
            let after = count_up(tx);
            met.and(after)
        }).await;
        if db.dialect() == Dialect::Postgres {
            assert_eq!(answer.unwrap(), 2);
            assert_eq!(runs.load(Ordering::SeqCst), 2);
        } else {
            // One writer meets nobody.
            assert_eq!(answer.unwrap_err().code(), "error-concurrent");
        }
    }
}

/// A statement ran out of time and the reader went on: what then fails for it is told for what it is,
/// busy, and not as a fault of the program.
#[test]
fn what_follows_a_statement_that_ran_out_of_time_says_so() {
    for dialect in testkit::DIALECTS {
        let db = TestDb::with(dialect, &template(), |options| options.read_deadline = Duration::from_millis(200));
        let error = block_on(db.read("goes on", |rd| {
            let _ = slow(rd, 3000);
            rd.one(sql!(i64, "SELECT value FROM tally WHERE name = 'all'"), &[])
        }))
        .unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Busy, "error-slow-query"), "{dialect:?}");
    }
}

/// Jobs are claimed side by side: whoever claims while another has not committed takes the next one,
/// and neither waits nor runs twice.
#[test]
fn writes_apart_pass_each_other() {
    let db = TestDb::new(Dialect::Postgres, &template());
    db.write_wait("two", |tx| note(tx, 1, 1, 1).and_then(|()| note(tx, 1, 2, 1))).unwrap();
    let runs = Arc::new(AtomicUsize::new(0));
    let meet = Arc::new(Barrier::new(2));
    let claim = || {
        let (db, runs, meet) = (db.db(), Arc::clone(&runs), Arc::clone(&meet));
        std::thread::spawn(move || {
            db.write_apart_wait("claim", move |tx| {
                let text = "UPDATE note SET writer = 2 WHERE id = (SELECT id FROM note WHERE writer = 1 ORDER BY id LIMIT 1 \
                            FOR UPDATE SKIP LOCKED) RETURNING number";
                let taken = tx.all_text::<i64>(text, &[])?;
                if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                    meet.wait();
                }
                Ok(taken)
            })
        })
    };
    let claims: Vec<_> = (0..2).map(|_| claim()).collect();
    let mut taken: Vec<i64> = claims.into_iter().flat_map(|c| c.join().unwrap().unwrap()).collect();
    taken.sort_unstable();
    assert_eq!((taken, runs.load(Ordering::SeqCst)), (vec![1, 2], 2));
}
