//! Backups: everything comes back, on either database, and what is not whole never counts.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;
use testkit::{Dialect, Place as Database};

use crate::started::api::{Company, look, register};
use crate::started::running::Running;
use crate::started::{ended, one_line};

fn done(command: std::process::Command) -> String {
    let (code, stdout, stderr) = ended(command);
    assert_eq!(code, 0, "{stderr}");
    stdout
}

/// What a restore changes on purpose.
const CHANGED: [&str; 5] = ["session", "one_time", "installation", "consumer", "schema_migration"];

/// Every row of every table, sorted, but for what a restore changes.
fn content(database: &Path) -> BTreeMap<String, Vec<String>> {
    let conn = Connection::open(database).expect("a database");
    let mut names = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").expect("a query");
    let names: Vec<String> = names.query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect();
    let rows = |table: &String| {
        let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).expect("a query");
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let read = |row: &rusqlite::Row<'_>| {
            let cells = columns.iter().enumerate().filter(|(_, name)| *name != "xid");
            Ok(cells
                .map(|(place, name)| format!("{name} {:?}", row.get::<_, Value>(place).expect("a value")))
                .collect::<Vec<_>>()
                .join(", "))
        };
        let mut rows: Vec<String> = statement.query_map([], read).expect("rows").map(|row| row.expect("a row")).collect();
        rows.sort_unstable();
        rows
    };
    names.iter().filter(|name| !CHANGED.contains(&name.as_str())).map(|name| (name.clone(), rows(name))).collect()
}

fn same(one: &Path, other: &Path) {
    let (one, other) = (content(one), content(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (table, rows) in &one {
        assert!(
            rows == &other[table],
            "{table}: {:#?}\n{:#?}",
            rows.iter().take(5).collect::<Vec<_>>(),
            other[table].iter().take(5).collect::<Vec<_>>()
        );
    }
}

/// A company with an attachment in it.
fn company() -> Company {
    let company = Company::new(None);
    let data = company.place.path().join("spoc-data");
    let conn = Connection::open(data.join("spoc.db")).expect("a database");
    conn.execute("INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES (1, 1, 'aa', 5, '1/ab/abcd', 1)", [])
        .expect("a row");
    drop(conn);
    std::fs::create_dir_all(data.join("files/1/ab")).expect("a folder");
    std::fs::write(data.join("files/1/ab/abcd"), "hello").expect("a file");
    company
}

fn attachment(data: &Path) -> String {
    std::fs::read_to_string(data.join("files/1/ab/abcd")).expect("the file is there")
}

#[test]
fn everything_comes_back_on_either_database() {
    let company = company();
    let here = company.place.path();
    let running = Running::start(company.spoc(&["serve", "--listen", "127.0.0.1:0"]));
    let cookie = company.cookie(running.address());
    assert_eq!(look(running.address(), "/api/v1/me", ("cookie", &cookie)), 200);
    assert_eq!(running.terminate().code(), Some(0));
    assert!(done(company.spoc(&["backup", "one.spoc"])).contains(" people, "));
    assert!(done(company.spoc(&["restore", "one.spoc", "--data", "second"])).contains(" 1 files"));
    same(&here.join("spoc-data/spoc.db"), &here.join("second/spoc.db"));
    assert_eq!(attachment(&here.join("second")), "hello");

    let database = Database::empty(Dialect::Postgres);
    let db::Location::Postgres(url) = database.options().location else { panic!("not PostgreSQL") };
    let on_postgres = |args: &[&str]| {
        let mut command = company.spoc(args);
        command.env("SPOC_DATABASE_URL", &url);
        command
    };
    done(on_postgres(&["restore", "one.spoc", "--data", "third"]));
    done(on_postgres(&["backup", "two.spoc", "--data", "third"]));
    let (code, _, stderr) = ended(on_postgres(&["restore", "one.spoc", "--data", "other"]));
    assert!(code == 1 && one_line(&stderr).contains("is not empty"), "{stderr}");
    done(company.spoc(&["restore", "two.spoc", "--data", "fourth"]));
    same(&here.join("second/spoc.db"), &here.join("fourth/spoc.db"));
    assert_eq!(attachment(&here.join("fourth")), "hello");

    for (data, url) in [("third", Some(&url)), ("fourth", None)] {
        let mut command = company.spoc(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
        command.envs(url.map(|url| ("SPOC_DATABASE_URL", url)));
        let running = Running::start(command);
        assert_eq!(look(running.address(), "/api/v1/me", ("cookie", &cookie)), 401, "nobody stays signed in");
        let token = company.token(running.address());
        let made = register(running.address(), &token, "After the restore").expect("an answer");
        assert_eq!(made.0, 201, "numbers go on: {}", made.1);
    }
}

#[test]
fn a_backup_of_a_desk_at_work_is_of_one_moment() {
    let company = Company::new(None);
    let running = Running::start(company.spoc(&["serve", "--listen", "127.0.0.1:0"]));
    let token = company.token(running.address());
    let (address, stop) = (running.address().to_owned(), std::sync::atomic::AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                assert_eq!(register(&address, &token, &format!("Number {number}")).expect("an answer").0, 201);
            }
        });
        for number in 0..3 {
            done(company.spoc(&["backup", &format!("{number}.spoc")]));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    for number in 0..3 {
        let data = format!("copy-{number}");
        // References are checked while it is restored.
        done(company.spoc(&["restore", &format!("{number}.spoc"), "--data", &data]));
        let conn = Connection::open(company.place.path().join(&data).join("spoc.db")).expect("a database");
        let half = "SELECT count(*) FROM ticket WHERE id NOT IN (SELECT object_id FROM event WHERE object = 'ticket')";
        assert_eq!(conn.query_row(half, [], |row| row.get::<_, i64>(0)), Ok(0));
    }
}

#[test]
fn what_is_not_whole_or_has_no_room_is_refused_and_changes_nothing() {
    let company = Company::new(None);
    let here = company.place.path();
    done(company.spoc(&["backup", "good.spoc"]));
    let good = std::fs::read(here.join("good.spoc")).expect("a backup");
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 1;
    for (what, bytes) in
        [("cut", good[..good.len() - 100].to_vec()), ("flipped", flipped), ("other", b"a shopping list".to_vec()), ("empty", Vec::new())]
    {
        company.place.write("bad.spoc", bytes);
        let (code, _, stderr) = ended(company.spoc(&["restore", "bad.spoc", "--data", "new"]));
        assert!(matches!(code, 4 | 5), "{what}: {code} {stderr}");
        assert!(!here.join("new/spoc.db").exists() && !here.join("new/restoring").exists(), "{what}: something was made");
    }
    let (code, _, stderr) = ended(company.spoc(&["restore", "good.spoc"]));
    assert!(code == 1 && one_line(&stderr).contains("there is a desk in spoc-data already"), "{stderr}");
    let (code, _, stderr) = ended(company.spoc(&["backup", "good.spoc"]));
    assert!(code == 1 && one_line(&stderr).contains("is there already"), "{stderr}");
    assert!(std::fs::read(here.join("good.spoc")).expect("a backup") == good, "it was overwritten");
    assert!(!here.join("good.spoc.part").exists());
}

#[test]
fn a_newer_version_makes_a_backup_before_it_changes_the_schema() {
    let company = Company::new(None);
    let here = company.place.path();
    let database = here.join("spoc-data/spoc.db");
    let conn = Connection::open(&database).expect("a database");
    // As a version before imports would have left it.
    conn.execute_batch("DROP TABLE import_party; DROP TABLE import_refusal; DROP TABLE import_batch; DELETE FROM schema_migration WHERE id LIKE '%0700_import'")
        .expect("an older schema");
    drop(conn);
    assert!(done(company.spoc(&["migrate"])).contains("20261122_0700_import\n1 migrations applied."));
    let made: Vec<_> =
        std::fs::read_dir(here.join("spoc-data/backups")).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let [made] = made.as_slice() else { panic!("{made:?}") };
    assert!(made.to_string_lossy().ends_with("-before-20261122_0700_import.spoc"));
    let made = made.to_str().expect("a path");
    done(company.spoc(&["restore", made, "--data", "before"]));
    let conn = Connection::open(here.join("before/spoc.db")).expect("a database");
    let tables = conn.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'import_batch'", [], |row| row.get::<_, i64>(0));
    assert_eq!(tables, Ok(0), "it is of the older version");
    drop(conn);
    done(company.spoc(&["migrate", "--data", "before"]));
    same(&database, &here.join("before/spoc.db"));
}

/// Waits for a word in the answer of a desk.
fn until(address: &str, path: &str, word: &str) -> String {
    let begun = std::time::Instant::now();
    loop {
        let said = crate::start::get(address, path);
        if said.contains(word) {
            return said;
        }
        assert!(begun.elapsed().as_secs() < 30, "{word}: {said}");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn a_desk_makes_backups_by_itself_and_says_so() {
    let company = Company::new(None);
    let here = company.place.path();
    let serve = |args: &[&str]| {
        let base = ["serve", "--listen", "127.0.0.1:0", "--backup-folder", "kept", "--backup-keep-daily", "1", "--backup-keep-weekly", "1"];
        Running::start(company.spoc(&[&base, args].concat()))
    };
    let running = serve(&["--backup-keep-monthly", "1"]);
    assert!(until(running.address(), "/readyz", "ready").contains("backup: none was made yet"));
    let conn = Connection::open(here.join("spoc-data/spoc.db")).expect("a database");
    let planned = "SELECT json_extract(payload, '$.schedule') FROM job WHERE kind = 'backup.make'";
    assert_eq!(conn.query_row(planned, [], |row| row.get::<_, String>(0)).expect("a job"), "daily 02:30");
    // An older one of this day goes once a newer one is there; what somebody else put there stays.
    std::fs::create_dir_all(here.join("kept")).expect("a folder");
    let today = kernel::Clock::now(&kernel::SystemClock).to_rfc3339();
    let older = format!("kept/{}T00-00-00Z-scheduled.spoc", &today[..10]);
    company.place.write(&older, "old");
    company.place.write("kept/mine.spoc", "mine");
    conn.execute("UPDATE job SET run_at = 0, unique_key = 'its turn' WHERE kind = 'backup.make'", []).expect("its time has come");
    let said = until(running.address(), "/readyz", ", good");
    assert!(until(running.address(), "/metrics", "spoc_backup_last_ok 1").contains("spoc_backup_last_success_timestamp_seconds"), "{said}");
    assert_eq!(running.terminate().code(), Some(0));
    assert!(!here.join(&older).exists() && here.join("kept/mine.spoc").exists());
    let names = std::fs::read_dir(here.join("kept")).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let made: Vec<String> =
        names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.ends_with("-scheduled.spoc")).collect();
    assert_eq!(made.len(), 1, "{made:?}");
    done(company.spoc(&["restore", &format!("kept/{}", made[0]), "--data", "second"]));
    assert!(done(company.spoc(&["doctor", "--full", "--data", "second"])).contains("the audit chain holds"));
    let next: i64 = conn.query_row("SELECT count(*) FROM job WHERE kind = 'backup.make'", [], |row| row.get(0)).expect("a count");
    assert_eq!(next, 1, "the next one is planned");

    // A place that cannot be written is told, and the desk goes on.
    std::fs::remove_dir_all(here.join("kept")).expect("removed");
    company.place.write("kept", "a file");
    let running = serve(&[]);
    conn.execute("UPDATE job SET run_at = 0, unique_key = 'its turn' WHERE kind = 'backup.make'", []).expect("its time has come");
    assert!(until(running.address(), "/readyz", "failed").contains("the last good one: 2"));
    assert_eq!(running.terminate().code(), Some(0));
}
