//! T4-13: the PostgreSQL server crashes under load. What was acknowledged is there afterwards, and
//! the desk goes on by itself.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use crate::common::{NOTES, assert_whole, note, stored};
use db::{Db, Options, sql};
use kernel::{ErrorKind, Time};
use parking_lot::Mutex;
use testkit::{Cluster, Durability};

const CRASHES: i64 = 5;

#[test]
fn a_crash_of_the_server_loses_nothing_that_was_acknowledged() {
    let cluster = Cluster::private(Durability::Full);
    cluster.admin("postgres", &["CREATE DATABASE desk".to_owned()]).unwrap();
    let db = Db::open(Options::postgres(cluster.url("desk"))).unwrap();
    db.migrate(&[db::MIGRATIONS, NOTES].concat(), Time(0)).unwrap();
    let stop = AtomicBool::new(false);
    let acknowledged = Mutex::new(BTreeSet::new());
    let refused = Mutex::new(BTreeSet::new());
    let next = AtomicI64::new(0);
    std::thread::scope(|scope| {
        for writer in 0..8_i64 {
            let (db, stop, next, acknowledged, refused) = (&db, &stop, &next, &acknowledged, &refused);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    match db.write_wait("load", move |tx| note(tx, writer, number, 200)) {
                        Ok(()) => acknowledged.lock().insert((writer, number)),
                        Err(e) if e.code() == "error-commit-unknown" => true,
                        Err(e) => {
                            assert!(matches!(e.kind(), ErrorKind::Busy | ErrorKind::Conflict), "{e}");
                            std::thread::sleep(Duration::from_millis(2));
                            refused.lock().insert((writer, number))
                        }
                    };
                }
            });
        }
        for _ in 0..CRASHES {
            std::thread::sleep(Duration::from_millis(250));
            cluster.crash();
            let error = db.read_wait("down", |rd| rd.one(sql!(i64, "SELECT count(*) FROM note"), &[])).unwrap_err();
            assert_eq!((error.kind(), error.code()), (ErrorKind::Busy, "error-database"));
            cluster.revive();
            let back = Instant::now();
            let before = acknowledged.lock().len();
            while acknowledged.lock().len() < before + 50 {
                assert!(back.elapsed() < Duration::from_secs(5), "writes go on within five seconds");
                std::thread::sleep(Duration::from_millis(5));
            }
            db.read_wait("up", |rd| rd.one(sql!(i64, "SELECT count(*) FROM note"), &[])).unwrap();
        }
        stop.store(true, Ordering::Relaxed);
    });
    let stored: BTreeSet<(i64, i64)> = stored(&db).into_iter().collect();
    let (acknowledged, refused) = (acknowledged.into_inner(), refused.into_inner());
    assert!(acknowledged.is_subset(&stored), "lost: {:?}", acknowledged.difference(&stored).collect::<Vec<_>>());
    assert!(refused.is_disjoint(&stored), "stored although refused: {:?}", refused.intersection(&stored).collect::<Vec<_>>());
    assert!(!refused.is_empty(), "the crashes were felt");
    assert_whole(&db);
}
