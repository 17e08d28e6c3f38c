//! Configuration objects and the cache of what they mean, told on both databases.
#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, mpsc};

use db::{Db, Dialect, Rd, Tx};
use events::{Act, Cause};
use kernel::{Error, ErrorKind, Result, SystemEntropy, Time};
use settings::{Cache, get, history, list, put, seed, stamp};
use testkit::{Template, TestDb};

const NOW: Time = Time(1_767_225_600_000_000);

fn template() -> Template {
    Template::of(db::MIGRATIONS).and(events::MIGRATIONS).and(settings::MIGRATIONS)
}

fn act() -> Act {
    Act::system(NOW, Cause::Demo, Arc::new(SystemEntropy))
}

/// Sets the colour, from version `expected`.
fn paint(tx: &mut Tx<'_>, colour: &str, expected: i64) -> Result<i64> {
    put(tx, &act(), 0, "paint", "door", expected, &colour)
}

fn load(rd: &mut Rd<'_>) -> Result<String> {
    Ok(get(rd, 0, "paint", "door")?.map(|s| s.data).unwrap_or_default())
}

fn shown(db: &Db, cache: &Arc<Cache<String>>) -> String {
    let cache = Arc::clone(cache);
    db.read_wait("shown", move |rd| cache.get(rd, load)).unwrap().to_string()
}

testkit::both! {
    template: template();

    fn an_object_has_its_versions_and_nobody_overwrites_unseen(db: TestDb) {
        let paint = |colour: &'static str, expected| db.write_wait("paint", move |tx| paint(tx, colour, expected));
        assert_eq!([paint("red", 0).unwrap(), paint("blue", 1).unwrap()], [1, 2]);
        for wrong in [0, 1, 3] {
            let error = paint("green", wrong).unwrap_err();
            assert_eq!((error.kind(), error.code()), (ErrorKind::Conflict, "error-setting-changed"), "from {wrong}");
        }
        let door = db.read_wait("get", |rd| get(rd, 0, "paint", "door")).unwrap().unwrap();
        assert_eq!((door.version, door.data.as_str()), (2, "\"blue\""));
        let told: Vec<_> = db.read_wait("history", move |rd| history(rd, door.id)).unwrap().into_iter().map(|c| (c.version, c.data)).collect();
        assert_eq!(told, [(2, "\"blue\"".to_owned()), (1, "\"red\"".to_owned())]);
        let log = db.read_wait("log", move |rd| events::of_object(rd, "setting", door.id.raw(), (Time(0), 0), 10)).unwrap();
        assert_eq!(log.iter().map(|e| (e.kind.as_str(), e.payload["version"].as_i64())).collect::<Vec<_>>(), [("setting.changed", Some(1)), ("setting.changed", Some(2))]);
    }

    fn what_is_delivered_leaves_alone_what_an_administrator_has(db: TestDb) {
        let deliver = |colour: &'static str| db.write_wait("seed", move |tx| seed(tx, &act(), "paint", "door", &colour)).unwrap();
        deliver("white");
        db.write_wait("paint", |tx| paint(tx, "black", 1)).unwrap();
        deliver("white");
        let all: Vec<_> = db.read_wait("list", |rd| list(rd, "paint")).unwrap().into_iter().map(|s| (s.key, s.data)).collect();
        assert_eq!(all, [("door".to_owned(), "\"black\"".to_owned())]);
    }

    fn a_view_is_made_once_and_anew_after_a_change(db: TestDb) {
        let cache = Arc::new(Cache::default());
        let loads = Arc::new(AtomicUsize::new(0));
        let look = || {
            let (cache, loads) = (Arc::clone(&cache), Arc::clone(&loads));
            db.read_wait("look", move |rd| cache.get(rd, |rd| { loads.fetch_add(1, Ordering::SeqCst); load(rd) })).unwrap().to_string()
        };
        assert_eq!([look(), look()], ["", ""]);
        db.write_wait("paint", |tx| paint(tx, "red", 0)).unwrap();
        assert_eq!([look(), look()], ["\"red\"", "\"red\""]);
        assert_eq!(loads.load(Ordering::SeqCst), 2);
    }

    fn an_action_sees_its_own_change_and_readers_do_not(db: TestDb) {
        let cache = Arc::new(Cache::default());
        db.write_wait("paint", |tx| paint(tx, "red", 0)).unwrap();
        let (meet, inside) = (Arc::new(Barrier::new(2)), Arc::clone(&cache));
        let (writer, met) = (db.db(), Arc::clone(&meet));
        let changing = std::thread::spawn(move || {
            writer.write_wait("paint", move |tx| {
                paint(tx, "blue", 1)?;
                let seen = inside.get(tx, load)?.to_string();
                met.wait();
                met.wait();
                Ok(seen)
            })
        });
        meet.wait();
        assert_eq!(shown(&db, &cache), "\"red\"", "before the commit");
        meet.wait();
        assert_eq!(changing.join().unwrap().unwrap(), "\"blue\"");
        assert_eq!(shown(&db, &cache), "\"blue\"");
    }

    /// A change whose action looked at it, and that then came to nothing: the next change must not be
    /// taken for it.
    fn a_change_that_was_rolled_back_is_never_served(db: TestDb) {
        let cache = Arc::new(Cache::default());
        db.write_wait("paint", |tx| paint(tx, "red", 0)).unwrap();
        let inside = Arc::clone(&cache);
        let refused: Result<()> = db.write_wait("refused", move |tx| {
            paint(tx, "pink", 1)?;
            assert_eq!(inside.get(tx, load)?.as_str(), "\"pink\"");
            Err(Error::forbidden())
        });
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Forbidden);
        // Nobody looks meanwhile, so that what was rolled back is still at hand.
        db.write_wait("paint", |tx| paint(tx, "blue", 1)).unwrap();
        assert_eq!(shown(&db, &cache), "\"blue\"");
    }

    fn a_stamp_rises_and_is_not_drawn_twice(db: TestDb) {
        let now = || db.read_wait("stamp", stamp).unwrap();
        let before = now();
        let undone = Arc::new(std::sync::Mutex::new(0));
        let note = Arc::clone(&undone);
        let refused: Result<()> = db.write_wait("refused", move |tx| {
            paint(tx, "pink", 0)?;
            *note.lock().unwrap() = stamp(tx)?;
            Err(Error::forbidden())
        });
        refused.unwrap_err();
        assert_eq!(now(), before);
        db.write_wait("paint", |tx| paint(tx, "blue", 0)).unwrap();
        assert!(now() > before && now() != *undone.lock().unwrap());
    }
}

/// On SQLite one batch is one transaction: another action of it sees the change before COMMIT, which
/// then fails, for this one and when it is run again alone.
#[test]
fn a_view_of_a_batch_whose_commit_failed_is_never_served() {
    let failing = Arc::new(AtomicUsize::new(0));
    let left = Arc::clone(&failing);
    let db = TestDb::with(Dialect::Sqlite, &template(), |options| {
        options.batch_work = std::time::Duration::from_secs(60);
        options.fail_commit = Some(Arc::new(move || left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok()));
    });
    let cache = Arc::new(Cache::default());
    db.write_wait("paint", |tx| paint(tx, "red", 0)).unwrap();
    let (held, is_held) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let holding = db.db();
    let holder = std::thread::spawn(move || {
        holding.maintain(move |_| {
            held.send(()).unwrap();
            wait.recv().unwrap();
        })
    });
    is_held.recv().unwrap();
    let (changer, looker, seen) = (db.db(), db.db(), Arc::clone(&cache));
    let changing = std::thread::spawn(move || changer.write_wait("paint", |tx| paint(tx, "pink", 1)));
    while db.queued() < 1 {
        std::thread::yield_now();
    }
    let looking = std::thread::spawn(move || looker.write_wait("look", move |tx| seen.get(tx, load).map(|view| view.to_string())));
    while db.queued() < 2 {
        std::thread::yield_now();
    }
    // The commit of the batch, and that of the change alone.
    failing.store(2, Ordering::SeqCst);
    go.send(()).unwrap();
    holder.join().unwrap().unwrap();
    assert!(changing.join().unwrap().is_err());
    assert_eq!(looking.join().unwrap().unwrap(), "\"red\"");
    db.write_wait("paint", |tx| paint(tx, "blue", 1)).unwrap();
    assert_eq!(shown(&db, &cache), "\"blue\"");
}
