//! What is noted of each request without writing in it: last uses and failed attempts, kept in memory
//! and written once a minute.

use std::collections::HashMap;
use std::hash::Hash;

use db::{Db, Tx};
use events::{Act, Cause};
use kernel::{AccountId, Result, Time, TokenId};
use parking_lot::Mutex;

use crate::events::{AccountEvent, record};
use crate::session::SessionId;
use crate::store;

/// Between two notes of the same thing.
pub const INTERVAL: i64 = Time::MINUTE;

/// Notes written by one action, and kept of one sort at most: what does not fit is lost, which costs a
/// last-seen time and no right.
const CHUNK: usize = 100;
const MAX: usize = 100_000;

/// Notes that wait to be written.
#[derive(Debug, Default)]
pub struct Seen {
    sessions: Mutex<HashMap<SessionId, Time>>,
    tokens: Mutex<HashMap<TokenId, Time>>,
    failures: Mutex<HashMap<AccountId, i64>>,
}

impl Seen {
    /// A session was used; `before` is what the database knows.
    pub fn session(&self, id: SessionId, before: Time, now: Time) {
        if before.plus(INTERVAL) <= now {
            note(&self.sessions, id, now, |at| *at = now);
        }
    }

    pub fn token(&self, id: TokenId, before: Option<Time>, now: Time) {
        if before.is_none_or(|before| before.plus(INTERVAL) <= now) {
            note(&self.tokens, id, now, |at| *at = now);
        }
    }

    /// A password was wrong.
    pub fn failure(&self, account: AccountId) {
        note(&self.failures, account, 0, |count| *count += 1);
    }

    /// Writes down what was noted.
    ///
    /// # Errors
    /// The database refuses; what it refused is lost.
    pub async fn flush(&self, db: &Db, idle: i64, act: &Act) -> Result<()> {
        chunked(db, "session.seen", take(&self.sessions), move |tx, id, at| store::session::seen(tx, id, at, idle)).await?;
        chunked(db, "token.used", take(&self.tokens), store::token::used).await?;
        let act = Act { cause: Cause::Schedule { name: "account.failed".to_owned() }, ..act.clone() };
        chunked(db, "account.failed", take(&self.failures), move |tx, id, attempts| {
            party::store::account::failed(tx, id, attempts)?;
            record(tx, &act, id, &AccountEvent::Failed { attempts })
        })
        .await
    }
}

fn note<K: Hash + Eq, V>(notes: &Mutex<HashMap<K, V>>, key: K, first: V, change: impl FnOnce(&mut V)) {
    let mut notes = notes.lock();
    if notes.len() < MAX || notes.contains_key(&key) {
        change(notes.entry(key).or_insert(first));
    }
}

fn take<K, V>(notes: &Mutex<HashMap<K, V>>) -> Vec<(K, V)> {
    std::mem::take(&mut *notes.lock()).into_iter().collect()
}

async fn chunked<K, V>(
    db: &Db,
    name: &'static str,
    notes: Vec<(K, V)>,
    write: impl Fn(&mut Tx<'_>, K, V) -> Result<()> + Clone + Send + 'static,
) -> Result<()>
where
    K: Copy + Send + 'static,
    V: Copy + Send + 'static,
{
    for chunk in notes.chunks(CHUNK) {
        let (chunk, write) = (chunk.to_vec(), write.clone());
        db.write_bulk(name, move |tx| chunk.iter().try_for_each(|(key, value)| write(tx, *key, *value))).await?;
    }
    Ok(())
}
