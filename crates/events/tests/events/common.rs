//! What the stories share: a moment, an act, a table of effects.

use std::sync::Arc;
use std::time::{Duration, Instant};

use db::{Db, Migration, Tx, params, sql};
use events::{Act, Cause, Draft, Enqueue, Job, Visibility, append, claim, enqueue};
use kernel::{Result, SystemEntropy, Time};
use testkit::Template;

pub const NOW: Time = Time(1_767_225_600_000_000);
pub const LEASE: i64 = Time::MINUTE;

/// What consumers and jobs of the tests do: they note something, once.
const EFFECTS: &[Migration] = &[Migration {
    id: "20261122_9000_effects_of_the_tests",
    sql: "CREATE TABLE effect (id INTEGER PRIMARY KEY, times INTEGER NOT NULL) STRICT;\n",
}];

pub fn template() -> Template {
    Template::of(db::MIGRATIONS).and(events::MIGRATIONS).and(EFFECTS)
}

/// Counts how often something was done.
pub fn effect(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    tx.exec(sql!("INSERT INTO effect (id, times) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET times = effect.times + 1"), &params![id])?;
    Ok(())
}

/// What was done: (what, how often).
pub fn effects(db: &Db) -> Vec<(i64, i64)> {
    db.read_wait("effects", |rd| rd.all(sql!((i64, i64), "SELECT id, times FROM effect ORDER BY id"), &[])).unwrap()
}

pub fn act(now: Time) -> Act {
    Act::system(now, Cause::Demo, Arc::new(SystemEntropy))
}

/// Writes an event about thing `id`; answers its sequence.
pub fn happen(tx: &mut Tx<'_>, id: i64) -> Result<i64> {
    let draft = Draft { tenant: 1, object: "thing", object_id: id, kind: "thing.happened", visibility: Visibility::Public, payload: &() };
    append(tx, &act(NOW), &draft)
}

/// A job that is due at once.
pub fn add(db: &Db, key: Option<&'static str>, payload: i64) {
    let job = move |tx: &mut Tx<'_>| {
        enqueue(tx, NOW, &Enqueue { kind: "test.job", payload: &payload, run_at: NOW, unique_key: key.map(str::to_owned) })
    };
    db.write_wait("add", job).unwrap();
}

pub fn take(db: &Db, now: Time) -> Option<Job> {
    db.write_apart_wait("claim", move |tx| claim(tx, now, LEASE)).unwrap()
}

/// Waits for a condition.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
