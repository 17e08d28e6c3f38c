//! The rows of a created ticket written by a bare loop, for comparison on the same disk.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

const LONG: Duration = Duration::from_secs(3);

/// Tickets per second in single commits, and with 64 in a commit.
pub fn rates(folder: &Path) -> (f64, f64) {
    let mut conn = Connection::open(folder.join("spoc.db")).unwrap();
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;")
        .unwrap();
    let mut next = next(&conn);
    (rate(&mut conn, &mut next, 1), rate(&mut conn, &mut next, 64))
}

/// Ids of tickets and sequences that nobody uses.
pub fn next(conn: &Connection) -> (i64, i64) {
    let greatest = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    (greatest("SELECT MAX(id) FROM ticket") + 1_000_000, greatest("SELECT MAX(seq) FROM event") + 1_000_000)
}

fn rate(conn: &mut Connection, next: &mut (i64, i64), batch: usize) -> f64 {
    let begun = Instant::now();
    let mut done = 0;
    while begun.elapsed() < LONG {
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
        for _ in 0..batch {
            next.0 += 1;
            rows(&tx, next);
            done += 1;
        }
        tx.commit().unwrap();
    }
    f64::from(done) / begun.elapsed().as_secs_f64()
}

/// The rows of a new ticket.
pub fn rows(conn: &Connection, (id, seq): &mut (i64, i64)) {
    let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| conn.prepare_cached(sql).unwrap().execute(params).unwrap();
    run("UPDATE counter SET value = value + 1 WHERE kind = 'ticket'", &[]);
    run(
        "INSERT INTO ticket (id, tenant_id, kind, title, title_key, state, category, open, impact, urgency, priority, requester_id, organisation_id, \
         service_id, line, owner_team_id, team_id, channel, created_by, created_at, updated_at, last_customer_at, last_public_at, close_due_at, \
         next_due_at, reopen_count, reopen_closed_count, handover_count, team_count, incomplete, version, activity) VALUES (?1, 1, 'incident', \
         'Printer', 'printer', 'new', 'new', 1, 2, 2, 2, 5, 1, 3, 1, 1, 1, 'portal', 5, ?2, ?2, ?2, ?2, ?3, ?3, 0, 0, 0, 1, 0, 1, 1)",
        params![*id, *seq, i64::MAX],
    );
    run(
        "INSERT INTO ticket_passage (ticket_id, place, state, category, team_id, entered_at) VALUES (?1, 1, 'new', 'new', 1, ?2)",
        params![*id, *seq],
    );
    run(
        "INSERT INTO message (id, tenant_id, kind, public, from_requester, author_id, lang, channel, occurred_at, created_at) \
         VALUES (?1, 1, 'description', 1, 1, 5, 'en', 'portal', ?2, ?2)",
        params![*id * 4, *seq],
    );
    run(
        "INSERT INTO message_body (message_id, body, salt) VALUES (?1, 'It prints blank pages since this morning', x'0011')",
        params![*id * 4],
    );
    run("INSERT INTO placement (ticket_id, message_id) VALUES (?1, ?2)", params![*id, *id * 4]);
    for kind in ["ticket.created", "ticket.message"] {
        *seq += 1;
        event(conn, *seq, *id, kind);
    }
}

pub fn event(conn: &Connection, seq: i64, id: i64, kind: &str) {
    conn.prepare_cached(
        "INSERT INTO event (seq, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload) \
         VALUES (?1, 1, 'ticket', ?2, ?3, ?1, ?1, 'person', 5, '{\"by\":\"page\"}', 0, 0, '{\"event\":\"created\",\"kind\":\"incident\",\"state\":\"new\",\"channel\":\"portal\"}')",
    )
    .unwrap()
    .execute(params![seq, id, kind])
    .unwrap();
}
