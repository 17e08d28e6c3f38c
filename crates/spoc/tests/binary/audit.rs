//! The chain of a real desk: it holds over a restart, a backup and a restore, and names what was changed.

use rusqlite::Connection;

use crate::started::api::{Company, register};
use crate::started::running::Running;
use crate::started::{ended, one_line};

fn done(command: std::process::Command) -> String {
    let (code, stdout, stderr) = ended(command);
    assert_eq!(code, 0, "{stdout}{stderr}");
    stdout
}

/// A desk that has worked until every event had its link.
fn worked(data: &str) -> Company {
    let company = Company::new(None);
    serve(&company, data);
    company
}

fn serve(company: &Company, data: &str) {
    let running = Running::start(company.spoc(&["serve", "--listen", "127.0.0.1:0", "--data", data]));
    let token = company.token(running.address());
    assert_eq!(register(running.address(), &token, "One more").expect("an answer").0, 201);
    let conn = Connection::open(company.place.path().join(data).join("spoc.db")).expect("a database");
    let waiting = "SELECT count(*) FROM event e LEFT JOIN chain c ON c.seq = e.seq WHERE c.seq IS NULL";
    let begun = std::time::Instant::now();
    while conn.query_row(waiting, [], |row| row.get::<_, i64>(0)).expect("a count") > 0 {
        assert!(begun.elapsed().as_secs() < 30, "events without a link");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    drop(conn);
    assert_eq!(running.terminate().code(), Some(0));
}

#[test]
fn the_chain_holds_over_a_restore_and_names_the_row_that_was_changed() {
    let company = worked("spoc-data");
    let here = company.place.path();
    assert!(done(company.spoc(&["audit", "verify"])).contains("the audit chain holds"));
    let heads = done(company.spoc(&["audit", "heads"]));
    assert!(heads.lines().count() >= 1 && heads.contains("\"signature\":\""), "{heads}");
    company.place.write("heads.jsonl", &heads);

    done(company.spoc(&["backup", "one.spoc"]));
    done(company.spoc(&["restore", "one.spoc", "--data", "second"]));
    // It goes on there, and the heads of the first place still hold: the key came with the backup.
    serve(&company, "second");
    let said = done(company.spoc(&["audit", "verify", "--data", "second", "--heads", "heads.jsonl"]));
    assert!(said.contains("heads.jsonl hold"), "{said}");
    assert!(done(company.spoc(&["doctor", "--full", "--data", "second"])).contains("ok        the audit chain holds"));

    let conn = Connection::open(here.join("second/spoc.db")).expect("a database");
    let event = "SELECT seq FROM event WHERE kind = 'ticket.message' ORDER BY seq LIMIT 1";
    let seq: i64 = conn.query_row(event, [], |row| row.get(0)).expect("an event");
    let message: i64 =
        conn.query_row("SELECT json_extract(payload, '$.message') FROM event WHERE seq = ?1", [seq], |row| row.get(0)).expect("a message");
    conn.execute("UPDATE message_body SET body = 'Nothing was said' WHERE message_id = ?1", [message]).expect("a change");
    drop(conn);
    let (code, stdout, _) = ended(company.spoc(&["doctor", "--data", "second"]));
    assert!(code == 11 && stdout.contains(&format!("the message {message} that event {seq} of ticket")), "{stdout}");
    let (code, _, stderr) = ended(company.spoc(&["audit", "verify", "--data", "second"]));
    assert!(code == 11 && one_line(&stderr).contains("the audit chain is broken at link"), "{stderr}");
    let (code, _, stderr) = ended(company.spoc(&["audit", "verify", "--heads", "one.spoc"]));
    assert!(code == 1 && one_line(&stderr).starts_with("spoc: one.spoc: "), "{stderr}");
}
