//! Tickets in bulk: the rows that an action would write, without the action.

use std::path::Path;

use kernel::Time;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use rusqlite::{Connection, params};

use crate::company::{NOW, OPERATORS, SERVICES, TEAMS, USERS};
use crate::words::{self, LANGS, SHARES, Words};

/// Sequences of events begin above those of the people.
const FIRST_EVENT: i64 = 100_000;

/// What the next rows get.
struct Next {
    message: i64,
    event: i64,
}

/// Writes `count` tickets with 3 to 5 messages each over the year before [`NOW`]; about 3 in 100 are open.
pub fn tickets(folder: &Path, count: i64) {
    let mut conn = Connection::open(folder.join("spoc.db")).unwrap();
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -800000;").unwrap();
    let (words, mut dice) = (Words::load(), StdRng::seed_from_u64(42));
    let mut next = Next { message: 1, event: FIRST_EVENT };
    let mut id = 0;
    while id < count {
        let tx = conn.transaction().unwrap();
        for _ in 0..20_000.min(count - id) {
            id += 1;
            one(&tx, &words, &mut dice, &mut next, id, count);
        }
        tx.commit().unwrap();
    }
    let set = |kind: &str, value: i64| {
        conn.execute("UPDATE counter SET value = ?2 WHERE kind = ?1 AND value < ?2", params![kind, value]).unwrap()
    };
    set("ticket", count);
    set("message", next.message);
    set("event", next.event);
    // Followers of the log have seen these: the figures are of a desk at work, not of one that catches up.
    conn.execute("UPDATE consumer SET seq = ?1", params![next.event]).unwrap();
    conn.execute(
        "INSERT INTO consumer (name, epoch, xid, seq, failures, updated_at) VALUES ('chain', (SELECT value FROM installation WHERE name = 'epoch'), 0, ?1, 0, ?2) \
         ON CONFLICT (name) DO NOTHING",
        params![next.event, NOW.0],
    )
    .unwrap();
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
}

/// Most texts are short, a few are very long: log-normal about a median of 45 words.
fn length(dice: &mut StdRng) -> usize {
    let bell: f64 = (0..12).map(|_| dice.random_range(0.0_f64..1.0)).sum::<f64>() - 6.0;
    ((45.0 * (0.8 * bell).exp()) as usize).clamp(4, 600)
}

fn language(dice: &mut StdRng) -> usize {
    let roll = dice.random_range(0..100);
    if roll < SHARES[0] {
        0
    } else if roll < SHARES[0] + SHARES[1] {
        1
    } else {
        2
    }
}

fn one(conn: &Connection, words: &Words, dice: &mut StdRng, next: &mut Next, id: i64, count: i64) {
    let lang = language(dice);
    let age = (count - id) * (365 * Time::DAY / count);
    let at = NOW.0 - age - dice.random_range(0..Time::HOUR);
    let open = dice.random_range(0..100) < 3;
    let (state, category) = if open { ("open", "active") } else { ("closed", "closed") };
    let title = words.text(lang, dice.random_range(3..9), dice);
    let title_key = kernel::fold(&title);
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
         VALUES (?1, 1, 'incident', ?2, ?18, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11, ?12, ?12, ?13, 'portal', ?9, ?14, ?15, ?14, ?15, ?16, ?16, ?17, ?17, \
         0, 0, 0, 1, 0, 2, 3)",
    )
    .unwrap()
    .execute(params![
        id, title, state, category, i64::from(open), impact, urgency, (impact + urgency + 1) / 2, requester, dice.random_range(1..=SERVICES),
        team % 3 + 1, team, assignee, at, end.min(NOW.0), ended, i64::MAX,
        title_key
    ])
    .unwrap();
    conn.prepare_cached("INSERT INTO ticket_passage (ticket_id, place, state, category, team_id, assignee_id, entered_at) VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6)")
        .unwrap()
        .execute(params![id, state, category, team, assignee, at])
        .unwrap();
    event(conn, next, id, "ticket.created", at, requester, r#"{"event":"created","kind":"incident","state":"new","channel":"portal"}"#);
    let messages = dice.random_range(3..6);
    for n in 0..messages {
        let when = at + n * Time::HOUR;
        let (kind, public, author) = match n {
            0 => ("description", 1, requester),
            2 => ("note", 0, assignee),
            n if n % 2 == 1 => ("reply", 1, assignee),
            _ => ("reply", 1, requester),
        };
        let mut body = words.text(lang, length(dice), dice);
        if n == 0 {
            body.push_str(". Host ");
            body.push_str(&words::host(id));
        }
        message(conn, next, (id, lang), (kind, public, author, i64::from(author == requester)), when, &body);
    }
}

fn message(
    conn: &Connection,
    next: &mut Next,
    (ticket, lang): (i64, usize),
    (kind, public, author, asker): (&str, i64, i64, i64),
    when: i64,
    body: &str,
) {
    let id = next.message;
    next.message += 1;
    conn.prepare_cached("INSERT INTO message (id, tenant_id, kind, public, from_requester, author_id, lang, channel, occurred_at, created_at) VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, 'portal', ?7, ?7)")
        .unwrap()
        .execute(params![id, kind, public, asker, author, LANGS[lang], when])
        .unwrap();
    conn.prepare_cached("INSERT INTO message_body (message_id, body, salt) VALUES (?1, ?2, x'00')")
        .unwrap()
        .execute(params![id, body])
        .unwrap();
    conn.prepare_cached("INSERT INTO placement (ticket_id, message_id) VALUES (?1, ?2)").unwrap().execute(params![ticket, id]).unwrap();
    let payload = format!(r#"{{"event":"message","message":{id},"kind":"{kind}","public":{}}}"#, public == 1);
    event(conn, next, ticket, "ticket.message", when, author, &payload);
}

fn event(conn: &Connection, next: &mut Next, id: i64, kind: &str, at: i64, who: i64, payload: &str) {
    conn.prepare_cached(
        "INSERT INTO event (seq, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload) \
         VALUES (?1, 1, 'ticket', ?2, ?3, ?4, ?4, 'person', ?5, '{\"by\":\"page\"}', 0, 1, ?6)",
    )
    .unwrap()
    .execute(params![next.event, id, kind, at, who, payload])
    .unwrap();
    next.event += 1;
}
