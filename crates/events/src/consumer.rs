//! Consumers: followers of the log whose effects are rows (mostly jobs), written together with the
//! move of their cursor.

use std::sync::Arc;

use db::{Rd, Tx, params, sql};
use kernel::{Error, Result, Time};

use crate::{Cursor, Event, feed};

/// Events handed to a consumer at once.
const CHUNK: i64 = 100;

/// A follower of the log.
pub trait Consumer: Send + Sync + 'static {
    /// The key of its cursor.
    fn name(&self) -> &'static str;
    /// Writes what follows from the events; runs in the transaction that moves the cursor, so it may
    /// see an event again only when nothing of the first time was kept.
    ///
    /// # Errors
    /// The cursor stays; the same events come again after a pause.
    fn follow(&self, tx: &mut Tx<'_>, events: &[Event], now: Time) -> Result<()>;
}

db::row! {
    struct Place { epoch: i64, xid: i64, seq: i64 }
}

db::row! {
    /// A consumer whose last step failed.
    pub struct Stuck { pub name: String, pub failures: i64, pub last_error: Option<String>, pub since: Time }
}

/// Where a follower of the log stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct From {
    pub cursor: Cursor,
    /// It has read before.
    known: bool,
}

/// What is new for a consumer.
#[derive(Debug)]
pub struct News {
    from: From,
    pub events: Arc<Vec<Event>>,
}

/// Reads what is new for a consumer, if anything. Done apart from the write, so that on PostgreSQL
/// the writers' transactions are not ordered against a reader of the whole log.
///
/// # Errors
/// The cursor belongs to another epoch, or the database refuses.
pub fn news(rd: &mut Rd<'_>, name: &str) -> Result<Option<News>> {
    let from = place(rd, name)?;
    let events = feed::read(rd, from.cursor, CHUNK)?;
    Ok(if events.is_empty() { None } else { Some(News { from, events: Arc::new(events) }) })
}

/// Where a follower stands; the beginning of the log when it has not read yet.
///
/// # Errors
/// The cursor belongs to another epoch, or the database refuses.
pub(crate) fn place(rd: &mut Rd<'_>, name: &str) -> Result<From> {
    let epoch = feed::epoch(rd)?;
    let place = rd.first(sql!(Place, "SELECT epoch, xid, seq FROM consumer WHERE name = $1"), &params![name])?;
    let known = place.is_some();
    let cursor = place.map_or(Cursor { epoch, xid: 0, seq: 0 }, |p| Cursor { epoch: p.epoch, xid: p.xid, seq: p.seq });
    if cursor.epoch != epoch {
        return Err(Error::internal(format!("the cursor of {name} is of epoch {}, the log of {epoch}", cursor.epoch)));
    }
    Ok(From { cursor, known })
}

/// Moves a follower on; answers whether it stood where it was thought to.
///
/// # Errors
/// The database refuses.
pub(crate) fn take(tx: &mut Tx<'_>, name: &str, from: &From, to: Cursor, now: Time) -> Result<bool> {
    let stood = from.cursor;
    let moved = if from.known {
        tx.exec(
            sql!("UPDATE consumer SET xid = $2, seq = $3, failures = 0, last_error = NULL, updated_at = $4 WHERE name = $1 AND epoch = $5 AND xid = $6 AND seq = $7"),
            &params![name, to.xid, to.seq, now, stood.epoch, stood.xid, stood.seq],
        )?
    } else {
        tx.exec(
            sql!("INSERT INTO consumer (name, epoch, xid, seq, failures, updated_at) VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (name) DO NOTHING"),
            &params![name, stood.epoch, to.xid, to.seq, now],
        )?
    };
    Ok(moved > 0)
}

/// Writes the effects of the news and moves the cursor; answers how many events were taken: none
/// when another node was faster.
///
/// # Errors
/// What the consumer answers; nothing is written then.
pub fn advance(tx: &mut Tx<'_>, consumer: &dyn Consumer, news: &News, now: Time) -> Result<usize> {
    let Some(last) = news.events.last() else { return Ok(0) };
    let to = Cursor { epoch: news.from.cursor.epoch, xid: last.xid, seq: last.seq };
    if !take(tx, consumer.name(), &news.from, to, now)? {
        return Ok(0);
    }
    consumer.follow(tx, &news.events, now)?;
    Ok(news.events.len())
}

/// Notes that a step of a consumer failed, for [`stuck`]; its next success forgets it.
///
/// # Errors
/// The database refuses.
pub fn note_failure(tx: &mut Tx<'_>, name: &str, now: Time, error: &str) -> Result<()> {
    let epoch = feed::epoch(tx)?;
    tx.exec(
        sql!(
            "INSERT INTO consumer (name, epoch, xid, seq, failures, last_error, updated_at) VALUES ($1, $2, 0, 0, 1, $3, $4) \
             ON CONFLICT (name) DO UPDATE SET failures = consumer.failures + 1, last_error = excluded.last_error"
        ),
        &params![name, epoch, error, now],
    )?;
    Ok(())
}

/// The consumers that do not get on, with the last error and the moment of their last success, or of
/// their first failure when there was none.
///
/// # Errors
/// The database refuses.
pub fn stuck(rd: &mut Rd<'_>) -> Result<Vec<Stuck>> {
    rd.all(sql!(Stuck, "SELECT name, failures, last_error, updated_at FROM consumer WHERE failures > 0 ORDER BY name"), &[])
}
