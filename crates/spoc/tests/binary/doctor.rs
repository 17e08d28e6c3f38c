//! The doctor sees what is wrong and leaves everything as it is.

use crate::started::{Place, ended, one_line};

fn desk() -> Place {
    let place = Place::new();
    assert_eq!(ended(place.spoc(&["migrate"])).0, 0);
    place
}

fn database(place: &Place) -> rusqlite::Connection {
    rusqlite::Connection::open(place.path().join("spoc-data/spoc.db")).expect("a database")
}

#[test]
fn a_sound_desk_has_no_finding() {
    let place = desk();
    for args in [vec!["doctor"], vec!["doctor", "--full"]] {
        let (code, stdout, stderr) = ended(place.spoc(&args));
        assert!(code == 0 && stdout.contains("ok        SQLite 3.") && !stdout.contains("ATTENTION"), "{stdout}{stderr}");
    }
}

#[test]
fn a_row_that_refers_to_nothing_is_found_by_a_full_look() {
    let place = desk();
    let conn = database(&place);
    conn.pragma_update(None, "foreign_keys", "OFF").expect("a pragma");
    conn.execute_batch(
        "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT; INSERT INTO b VALUES (7);",
    )
    .expect("tables");
    drop(conn);
    let (code, stdout, stderr) = ended(place.spoc(&["doctor", "--full"]));
    assert!(code == 11 && stdout.contains("ATTENTION the database is damaged: a row of b refers to a row of a"), "{stdout}{stderr}");
    assert_eq!(one_line(&stderr), "spoc: one finding needs attention");
}

#[test]
fn jobs_that_were_given_up_or_wait_too_long_are_found() {
    let place = desk();
    let job = |id: i64, state: &str| {
        let text = "INSERT INTO job (id, kind, payload, state, run_at, attempts, lease_until, fence, unique_key, last_error, created_at) \
                    VALUES (?1, 'mail', '{}', ?2, 0, 9, 0, 0, NULL, 'nobody answers', 0)";
        database(&place).execute(text, rusqlite::params![id, state]).expect("a job");
    };
    job(1, "dead");
    job(2, "ready");
    let (code, stdout, stderr) = ended(place.spoc(&["doctor"]));
    assert!(code == 11 && stdout.contains("the job mail 1 was given up after 9 attempts: nobody answers"), "{stdout}");
    assert!(stdout.contains("1 jobs have waited") && one_line(&stderr).contains("2 findings"), "{stdout}{stderr}");
}

#[test]
fn a_folder_that_others_may_read_and_one_without_a_desk_are_told() {
    let place = desk();
    place.mode("spoc-data", 0o755);
    let (code, stdout, _) = ended(place.spoc(&["doctor"]));
    assert!(code == 11 && stdout.contains("chmod 700 spoc-data"), "{stdout}");
    std::fs::create_dir(place.path().join("empty")).expect("a folder");
    let (code, _, stderr) = ended(place.spoc(&["doctor", "--data", "empty"]));
    assert!(code == 7 && one_line(&stderr).contains("there is no desk at empty/spoc.db"), "{stderr}");
    assert!(std::fs::read_dir(place.path().join("empty")).expect("a folder").next().is_none(), "a look made something");
}
