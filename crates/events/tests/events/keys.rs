//! Request keys: one effect and one answer, however often and from however many sides one asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use db::Db;
use events::{RequestKey, forget_before, once};
use kernel::{Error, ErrorKind, Result, Time};

use crate::common::{NOW, effect, effects, template};

fn key(digest: &str) -> RequestKey {
    RequestKey { actor: 1, action: "thing.make", key: "abc".to_owned(), digest: digest.to_owned() }
}

/// Makes thing 1 and answers with a number that no other run would give.
fn make(db: &Db, key: RequestKey, runs: &Arc<AtomicI64>) -> Result<(i64, bool)> {
    let runs = Arc::clone(runs);
    db.write_wait("make", move |tx| {
        once(tx, Some(&key), NOW, |tx| {
            effect(tx, 1)?;
            Ok(runs.fetch_add(1, Ordering::SeqCst))
        })
    })
}

testkit::both! {
    template: template();

    fn a_repeat_finds_the_first_answer(db: TestDb) {
        let runs = Arc::new(AtomicI64::new(40));
        assert_eq!(make(&db, key("a"), &runs).unwrap(), (40, false));
        assert_eq!(make(&db, key("a"), &runs).unwrap(), (40, true));
        let other = make(&db, key("b"), &runs).unwrap_err();
        assert_eq!((other.kind(), other.code()), (ErrorKind::Invalid, "error-idempotency-key"));
        assert_eq!(make(&db, RequestKey { actor: 2, ..key("b") }, &runs).unwrap(), (41, false), "somebody else's key is another");
        assert_eq!(effects(&db), [(1, 2)]);
    }

    fn a_refusal_is_not_kept(db: TestDb) {
        let refused = db.write_wait("refused", |tx| {
            once(tx, Some(&key("a")), NOW, |tx| effect(tx, 1).and_then(|()| Err::<i64, _>(Error::forbidden())))
        });
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Forbidden);
        assert_eq!(make(&db, key("a"), &Arc::new(AtomicI64::new(1))).unwrap(), (1, false));
        assert_eq!(effects(&db), [(1, 1)]);
    }

    /// Somebody presses twenty times at once: everybody is told the same, and nobody of a conflict.
    fn pressing_at_once_is_pressing_once(db: TestDb) {
        let runs = Arc::new(AtomicI64::new(0));
        for round in 0..5 {
            let keyed = || RequestKey { key: format!("round {round}"), ..key("a") };
            let presses: Vec<_> = (0..4).map(|_| {
                let (db, runs, key) = (db.db(), Arc::clone(&runs), keyed());
                std::thread::spawn(move || make(&db, key, &runs))
            }).collect();
            let answers: Vec<(i64, bool)> = presses.into_iter().map(|press| press.join().unwrap().unwrap()).collect();
            assert_eq!(answers.iter().filter(|(_, repeat)| !repeat).count(), 1, "{answers:?}");
            assert!(answers.iter().all(|(number, _)| *number == answers[0].0), "{answers:?}");
            assert_eq!(effects(&db), [(1, round + 1)]);
        }
    }

    fn old_keys_are_forgotten(db: TestDb) {
        let runs = Arc::new(AtomicI64::new(0));
        make(&db, key("a"), &runs).unwrap();
        let forget = |before: Time| db.write_wait("forget", move |tx| forget_before(tx, before)).unwrap();
        assert_eq!((forget(NOW), forget(NOW.plus(1)), forget(NOW.plus(1))), (0, 1, 0));
        assert_eq!(make(&db, key("b"), &runs).unwrap(), (1, false));
    }
}
