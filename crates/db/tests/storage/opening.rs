//! Opening: one process, one schema, an undamaged file; whatever is refused stays as it is.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use db::{Db, Dialect, Migration, OpenError, Options, Reserve, Space, params, sql};
use kernel::{ErrorKind, Time};
use testkit::{Place, TestDb, block_on};

use crate::common::{NOTES, note, stored, template};

const NOTES_STORED: i64 = 120;

/// A folder with a database of 120 notes: closed in order, or as a SIGKILL would leave it.
fn desk(folder: &Path, killed: bool) -> PathBuf {
    let path = folder.join("spoc.db");
    let db = Db::open(Options::sqlite(&path)).unwrap();
    db.migrate(&[db::MIGRATIONS, NOTES].concat(), Time(0)).unwrap();
    let fill = |from: i64, to: i64| (from..to).for_each(|n| db.write_wait("fill", move |tx| note(tx, 1, n, 900)).unwrap());
    fill(0, NOTES_STORED / 2);
    if !killed {
        fill(NOTES_STORED / 2, NOTES_STORED);
        return path;
    }
    db.maintain(|conn| conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap()).unwrap();
    fill(NOTES_STORED / 2, NOTES_STORED);
    // What is on the disk at this moment, under another name.
    let image = folder.join("killed");
    fs::create_dir(&image).unwrap();
    for name in ["spoc.db", "spoc.db-wal", "spoc.db-shm", "spoc.db-lock"] {
        fs::copy(folder.join(name), image.join(name)).unwrap();
    }
    image.join("spoc.db")
}

fn copy_of(desk: &Path, to: &Path) -> PathBuf {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(desk.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() && !entry.file_name().to_string_lossy().ends_with("-ballast") {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
    to.join("spoc.db")
}

fn bytes(path: &Path) -> Vec<Option<Vec<u8>>> {
    ["spoc.db", "spoc.db-wal"].iter().map(|name| fs::read(path.with_file_name(name)).ok()).collect()
}

struct Dice(u64);
impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// How a file is damaged; `true`: so that it must be noticed, because rows or pages are missing.
fn mutate(path: &Path, dice: &mut Dice) -> (&'static str, bool) {
    let log = path.with_file_name("spoc.db-wal");
    let target = if log.exists() && dice.below(2) == 0 { log.clone() } else { path.to_owned() };
    let is_log = target == log;
    let mut content = fs::read(&target).unwrap();
    let (kind, must) = match dice.below(7) {
        0 => {
            let end = dice.below(content.len());
            // A log that ends at or after its last commit lost nothing.
            content.truncate(end);
            ("cut", true)
        }
        1 => {
            let at = dice.below(content.len());
            let end = (at + 4096 + dice.below(20_000)).min(content.len());
            content[at..end].fill(0);
            ("zeroed", false)
        }
        2 => {
            for _ in 0..200 {
                let at = dice.below(content.len());
                content[at] ^= u8::try_from(1 + dice.below(255)).unwrap();
            }
            ("200 bytes", false)
        }
        3 => {
            let at = dice.below(100.min(content.len()));
            content[at] ^= 0x5a;
            ("head", false)
        }
        4 => {
            let pages = content.len() / 4096;
            let (a, b) = (1 + dice.below(pages - 1), 1 + dice.below(pages - 1));
            for byte in 0..4096 {
                content.swap(a * 4096 + byte, b * 4096 + byte);
            }
            ("pages swapped", false)
        }
        5 => {
            content.clear();
            ("emptied", true)
        }
        _ => {
            fs::remove_file(&target).unwrap();
            return (if is_log { "log removed" } else { "removed" }, true);
        }
    };
    fs::write(&target, content).unwrap();
    (kind, must)
}

/// T4-09: 300 damaged files. Each is refused, untouched, with what to do; or nothing is missing in it.
#[test]
fn a_damaged_file_is_refused_and_never_begun_anew() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let (closed, killed) = (folder.path().join("closed"), folder.path().join("live"));
    fs::create_dir(&closed).unwrap();
    fs::create_dir(&killed).unwrap();
    let desks = [desk(&closed, false), desk(&killed, true)];
    let mut dice = Dice(20);
    let mut refused = 0;
    for number in 0..300_usize {
        let path = copy_of(&desks[number % 2], &folder.path().join(format!("copy{number}")));
        let (kind, must) = mutate(&path, &mut dice);
        let before = bytes(&path);
        match Db::open(Options::sqlite(&path)) {
            Err(error) => {
                refused += 1;
                assert!(matches!(error, OpenError::Damaged { .. } | OpenError::Missing { .. }), "{number} {kind}: {error:?}");
                assert!(error.to_string().contains("spoc restore"), "{error}");
                assert!(bytes(&path) == before, "{number} {kind}: the files were changed");
            }
            Ok(db) => {
                let count = db.read_wait("count", |rd| rd.one(sql!(i64, "SELECT count(*) FROM note"), &[])).unwrap();
                assert_eq!(count, NOTES_STORED, "{number} {kind}: rows are missing in silence");
                assert!(!must || bytes(&path)[0].is_some(), "{number} {kind}");
                // A letter of the journal may have been hit: that is noticed a moment later.
                refused += usize::from(db.pending(&[db::MIGRATIONS, NOTES].concat()).is_err());
            }
        }
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
    // The rest hit the inside of a text, where a page has no checksum, or the unused end of a log.
    assert!(refused >= 250, "{refused} of 300 were refused");
}

#[test]
fn a_killed_desk_opens_with_all_that_was_written() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let killed = desk(folder.path(), true);
    let db = Db::open(Options::sqlite(&killed)).unwrap();
    assert_eq!(stored(&db).len(), usize::try_from(NOTES_STORED).unwrap());
    assert_eq!(db.check_wait().unwrap(), Vec::<String>::new());
}

/// A power cut may tear the last commit, which was not acknowledged; no commit before it.
#[test]
fn a_torn_last_commit_is_no_damage() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let killed = desk(folder.path(), true);
    let log = killed.with_file_name("spoc.db-wal");
    // The shared index does not survive a power cut.
    fs::remove_file(killed.with_file_name("spoc.db-shm")).unwrap();
    let mut content = fs::read(&log).unwrap();
    let end = content.len();
    content[end - 5000..end - 4200].fill(0);
    fs::write(&log, content).unwrap();
    let db = Db::open(Options::sqlite(&killed)).unwrap();
    assert_eq!(stored(&db).len(), usize::try_from(NOTES_STORED).unwrap() - 1);
    crate::common::assert_whole(&db);
}

#[test]
fn a_second_process_is_turned_away() {
    let first = TestDb::new(Dialect::Sqlite, &template());
    let error = Db::open(first.place().options()).unwrap_err();
    assert!(matches!(&error, OpenError::Locked { holder: Some(pid), .. } if *pid == std::process::id()), "{error:?}");
    assert!(error.to_string().contains("--data"), "{error}");
    let beside = Db::open(Options { beside: true, ..first.place().options() }).unwrap();
    beside.write_wait("beside", |tx| note(tx, 9, 9, 1)).unwrap();
    first.write_wait("first", |tx| note(tx, 8, 8, 1)).unwrap();
    drop(beside);
    assert_eq!(stored(&first.reopen()), [(8, 8), (9, 9)]);
}

/// After an end by force the log holds what was written last: a look from beside leaves it there.
#[test]
fn a_look_beside_leaves_the_log_to_its_owner() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let killed = desk(folder.path(), true);
    let log = killed.with_file_name("spoc.db-wal");
    let before = fs::read(&log).unwrap();
    let beside = Db::open(Options { beside: true, ..Options::sqlite(&killed) }).unwrap();
    assert_eq!(stored(&beside).len(), usize::try_from(NOTES_STORED).unwrap());
    drop(beside);
    assert!(fs::read(&log).unwrap() == before, "the log was moved into the file");
    assert_eq!(stored(&Db::open(Options::sqlite(&killed)).unwrap()).len(), usize::try_from(NOTES_STORED).unwrap());
}

#[test]
fn beside_nothing_nothing_is_made() {
    let place = Place::empty(Dialect::Sqlite);
    let error = Db::open(Options { beside: true, ..place.options() }).unwrap_err();
    assert!(matches!(error, OpenError::NoAccess { .. }), "{error:?}");
    assert_eq!(fs::read_dir(place.folder()).unwrap().count(), 0);
}

/// T4-39: an older program leaves a newer database as it is.
#[test]
fn a_newer_database_is_refused_unchanged() {
    const LATER: Migration = Migration { id: "20991231_9999_later", sql: "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\n" };
    for dialect in testkit::DIALECTS {
        let db = TestDb::new(dialect, &template().and(&[LATER]));
        let ours = [db::MIGRATIONS, NOTES].concat();
        assert!(matches!(db.migrate(&ours, Time(1)), Err(OpenError::TooNew { migration }) if migration == LATER.id));
        let changed = [&[Migration { id: db::MIGRATIONS[0].id, sql: "SELECT 1" }], NOTES, &[LATER]].concat();
        assert!(matches!(db.migrate(&changed, Time(1)), Err(OpenError::Changed { .. })));
    }
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let path = desk(folder.path(), false);
    let before = bytes(&path);
    let db = Db::open(Options::sqlite(&path)).unwrap();
    assert!(matches!(db.migrate(db::MIGRATIONS, Time(1)), Err(OpenError::TooNew { .. })));
    drop(db);
    assert!(bytes(&path) == before, "the file is the same to the byte");
}

#[test]
fn files_of_others_are_left_alone() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let path = folder.path().join("spoc.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    assert!(matches!(Db::open(Options::sqlite(&path)), Err(OpenError::Foreign { .. })));
    fs::write(&path, "a letter to somebody, long enough to be taken for more than nothing: ".repeat(40)).unwrap();
    assert!(matches!(Db::open(Options::sqlite(&path)), Err(OpenError::Damaged { .. })));
    assert!(matches!(Db::open(Options::sqlite(folder.path().join("no/such/folder/spoc.db"))), Err(OpenError::NoAccess { .. })));
    assert!(matches!(Db::open(Options::postgres("postgres://")), Err(OpenError::BadUrl(_) | OpenError::Failed(_))));
    assert!(matches!(
        Db::open(Options::postgres("postgres://postgres@127.0.0.1:1/none")),
        Err(OpenError::Failed(db::Fault::Unavailable(_)))
    ));
}

#[test]
fn a_large_file_is_checked_while_it_is_in_use() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let sound = desk(folder.path(), true);
    let db = Db::open(Options { check_limit: 0, ..Options::sqlite(&sound) }).unwrap();
    assert_eq!(db.damage(), None);
    drop(db);
    // A page of the table of notes is lost.
    let mut content = fs::read(&sound).unwrap();
    let root: usize = {
        let conn = rusqlite::Connection::open(&sound).unwrap();
        conn.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'note'", [], |row| row.get::<_, i64>(0))
            .unwrap()
            .try_into()
            .unwrap()
    };
    content[(root - 1) * 4096..root * 4096].fill(0xff);
    fs::write(&sound, content).unwrap();
    let db = Db::open(Options { check_limit: 0, ..Options::sqlite(&sound) }).unwrap();
    let begun = Instant::now();
    while db.damage().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the check does not find it");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_ne!(db.check_wait().unwrap_or_else(|e| vec![e.to_string()]), Vec::<String>::new());
}

#[test]
fn nodes_that_start_together_migrate_once() {
    for _ in 0..3 {
        let place = Place::empty(Dialect::Postgres);
        let all = [db::MIGRATIONS, NOTES].concat();
        std::thread::scope(|scope| {
            let nodes: Vec<_> = (0..4).map(|_| scope.spawn(|| place.open().migrate(&all, Time(0)).unwrap())).collect();
            nodes.into_iter().for_each(|node| {
                node.join().unwrap();
            });
        });
        let count: i64 = place.open().read_wait("count", |rd| rd.one(sql!(i64, "SELECT count(*) FROM schema_migration"), &[])).unwrap();
        assert_eq!(count, i64::try_from(all.len()).unwrap());
    }
}

#[test]
fn a_failed_migration_leaves_nothing() {
    const BROKEN: Migration = Migration {
        id: "20991231_9999_broken",
        sql: "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT;\nCREATE TABLE note (id INTEGER PRIMARY KEY) STRICT;\n",
    };
    for dialect in testkit::DIALECTS {
        let db = TestDb::new(dialect, &template());
        let all = [db::MIGRATIONS, NOTES, &[BROKEN]].concat();
        assert!(matches!(db.migrate(&all, Time(1)), Err(OpenError::Migration { migration, .. }) if migration == BROKEN.id));
        assert_eq!(db.pending(&all).unwrap().ids, [BROKEN.id]);
        assert!(db.read_wait("half", |rd| rd.all_text::<i64>("SELECT id FROM half", &[])).is_err());
    }
}

/// T4-01: below the reserve writes are refused before the disk is full; what frees room goes on.
#[test]
fn a_nearly_full_disk_takes_only_what_must_go_on() {
    let free = Arc::new(AtomicU64::new(10 << 30));
    let answers = Arc::clone(&free);
    let db = TestDb::with(Dialect::Sqlite, &template(), |options| {
        options.reserve = Reserve::default();
        options.free_space = Some(Arc::new(move |_: &Path| Some(Space { free: answers.load(Ordering::SeqCst), total: 100 << 30 })));
    });
    db.write_wait("before", |tx| note(tx, 1, 1, 1)).unwrap();
    free.store(1 << 30, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(1100));
    let error = block_on(db.write("refused", |tx| note(tx, 1, 2, 1))).unwrap_err();
    assert_eq!((error.kind(), error.code(), error.retry_seconds()), (ErrorKind::Storage, "error-disk-full", Some(60)));
    assert!(db.is_disk_low());
    block_on(db.write_reserved("purge", |tx| tx.exec(sql!("DELETE FROM note_line WHERE place = $1"), &params![2]))).unwrap();
    db.read_wait("read", |rd| rd.one(sql!(i64, "SELECT count(*) FROM note"), &[])).unwrap();
    free.store(10 << 30, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(1100));
    db.write_wait("after", |tx| note(tx, 1, 2, 1)).unwrap();
    assert_eq!(stored(&db), [(1, 1), (1, 2)]);
}

/// A server elsewhere that has no TLS, or somebody on the way who says so, learns neither login nor
/// password. 127.0.0.2 is this machine, but by no name that the storage layer takes for it.
#[test]
fn a_server_elsewhere_without_tls_is_told_nothing() {
    let server = TcpListener::bind("127.0.0.2:0").unwrap();
    let url = format!("postgres://olga:secret@{}/desk", server.local_addr().unwrap());
    let heard = std::thread::spawn(move || {
        let (mut guest, _) = server.accept().unwrap();
        guest.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        guest.read_exact(&mut [0; 8]).unwrap();
        guest.write_all(b"N").unwrap();
        let mut heard = Vec::new();
        let _ = guest.read_to_end(&mut heard);
        heard
    });
    let refused = Db::open(Options::postgres(url)).unwrap_err().to_string();
    assert_eq!(String::from_utf8_lossy(&heard.join().unwrap()), "", "{refused}");
    assert!(refused.contains("TLS"), "{refused}");
}

#[test]
fn every_statement_prepares_on_both() {
    for dialect in testkit::DIALECTS {
        let db = TestDb::new(dialect, &template().and(super::plan::MEMOS));
        let mine = |problem: &String| !problem.contains("tests/storage/prepare");
        assert_eq!(db::prepare_all(&db).unwrap().into_iter().filter(mine).collect::<Vec<_>>(), Vec::<String>::new(), "{dialect:?}");
    }
}
