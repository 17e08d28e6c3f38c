//! Tickets in bulk: the rows that an action would write, without the action.

use std::path::Path;

use kernel::Time;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use rusqlite::{Connection, params};

use crate::company::{NOW, OPERATORS, SERVICES, TEAMS, USERS};

const WORDS: [&str; 24] = [
    "printer", "vpn", "password", "mail", "laptop", "monitor", "access", "folder", "network", "phone", "slow", "error", "blank", "restart",
    "login", "token", "calendar", "meeting", "badge", "door", "backup", "license", "update", "screen",
];

/// Writes `count` tickets over the year before [`NOW`]; about 3 in 100 are open.
pub fn tickets(folder: &Path, count: i64) {
    let mut conn = Connection::open(folder.join("spoc.db")).unwrap();
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;").unwrap();
    let mut dice = StdRng::seed_from_u64(42);
    let mut id = 0;
    while id < count {
        let tx = conn.transaction().unwrap();
        for _ in 0..20_000.min(count - id) {
            id += 1;
            one(&tx, &mut dice, id, count);
        }
        tx.commit().unwrap();
    }
    let set = |kind: &str, value: i64| {
        conn.execute("UPDATE counter SET value = ?2 WHERE kind = ?1 AND value < ?2", params![kind, value]).unwrap()
    };
    set("ticket", count);
    set("message", count * 2);
    let events: i64 = conn.query_row("SELECT MAX(seq) FROM event", [], |r| r.get(0)).unwrap();
    set("event", events);
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
}

fn sentence(dice: &mut StdRng, words: usize) -> String {
    (0..words).map(|_| WORDS[dice.random_range(0..WORDS.len())]).collect::<Vec<_>>().join(" ")
}

fn one(conn: &Connection, dice: &mut StdRng, id: i64, count: i64) {
    let age = (count - id) * 365 * Time::DAY / count;
    let at = NOW.0 - age - dice.random_range(0..Time::HOUR);
    let open = dice.random_range(0..100) < 3;
    let (state, category) = if open { ("open", "active") } else { ("closed", "closed") };
    let title = format!("{} {id}", sentence(dice, 5));
    // Some people and teams have far more than others.
    let skew = |dice: &mut StdRng, n: i64| (dice.random_range(0.0_f64..1.0).powi(2) * n as f64) as i64 + 1;
    let (requester, team) = (skew(dice, USERS), skew(dice, TEAMS));
    let assignee = USERS + dice.random_range(0..OPERATORS) + 1;
    let (impact, urgency) = (dice.random_range(1..5), dice.random_range(1..5));
    let end = at + dice.random_range(1..240) * Time::HOUR;
    let ended = (!open).then_some(end);
    conn.prepare_cached(
        "INSERT INTO ticket (id, tenant_id, kind, title, title_key, state, category, open, impact, urgency, priority, requester_id, organisation_id, \
         service_id, line, owner_team_id, team_id, assignee_id, channel, created_by, created_at, updated_at, last_customer_at, last_public_at, \
         resolved_at, closed_at, close_due_at, next_due_at, reopen_count, reopen_closed_count, handover_count, team_count, incomplete, version, activity) \
         VALUES (?1, 1, 'incident', ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11, ?12, ?12, ?13, 'portal', ?9, ?14, ?15, ?14, ?15, ?16, ?16, ?17, ?17, \
         0, 0, 0, 1, 0, 2, 3)",
    )
    .unwrap()
    .execute(params![
        id, title, state, category, i64::from(open), impact, urgency, (impact + urgency + 1) / 2, requester, dice.random_range(1..=SERVICES),
        team % 3 + 1, team, assignee, at, end.min(NOW.0), ended, i64::MAX
    ])
    .unwrap();
    conn.prepare_cached("INSERT INTO ticket_passage (ticket_id, place, state, category, team_id, assignee_id, entered_at) VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6)")
        .unwrap()
        .execute(params![id, state, category, team, assignee, at])
        .unwrap();
    let base: i64 = 10_000 + id * 3;
    event(conn, base, id, "ticket.created", at, requester, r#"{"event":"created","kind":"incident","state":"new","channel":"portal"}"#);
    for n in 0..2 {
        let (message, when) = (id * 2 - 1 + n, at + n * Time::HOUR);
        let (kind, author) = if n == 0 { ("description", requester) } else { ("reply", assignee) };
        conn.prepare_cached("INSERT INTO message (id, tenant_id, kind, public, from_requester, author_id, lang, channel, occurred_at, created_at) VALUES (?1, 1, ?2, 1, ?3, ?4, 'en', 'portal', ?5, ?5)")
            .unwrap()
            .execute(params![message, kind, i64::from(n == 0), author, when])
            .unwrap();
        conn.prepare_cached("INSERT INTO message_body (message_id, body, salt) VALUES (?1, ?2, x'00')")
            .unwrap()
            .execute(params![message, sentence(dice, 40)])
            .unwrap();
        conn.prepare_cached("INSERT INTO placement (ticket_id, message_id) VALUES (?1, ?2)")
            .unwrap()
            .execute(params![id, message])
            .unwrap();
        let payload = format!(r#"{{"event":"message","message":{message},"kind":"{kind}","public":true}}"#);
        event(conn, base + 1 + n, id, "ticket.message", when, author, &payload);
    }
}

fn event(conn: &Connection, seq: i64, id: i64, kind: &str, at: i64, who: i64, payload: &str) {
    conn.prepare_cached(
        "INSERT INTO event (seq, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload) \
         VALUES (?1, 1, 'ticket', ?2, ?3, ?4, ?4, 'person', ?5, '{\"by\":\"page\"}', 0, 1, ?6)",
    )
    .unwrap()
    .execute(params![seq, id, kind, at, who, payload])
    .unwrap();
}
