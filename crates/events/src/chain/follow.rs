//! Writing links: a follower of the log that reads on one snapshot and writes what follows from it.

use std::collections::HashSet;
use std::sync::Arc;

use db::{Db, Rd, Tx, params, sql};
use kernel::{Result, Time};

use super::{Digest, Text, Texts, content, digest_of, joined, link};
use crate::runner::Follower;
use crate::{Cursor, consumer, feed};

/// The name of its cursor.
pub const FOLLOWER: &str = "chain";

/// Events linked at once.
const CHUNK: i64 = 100;

/// The follower that writes the chain.
pub struct Chain {
    texts: Arc<dyn Texts>,
}

/// Events that have no link yet.
struct Unlinked {
    from: consumer::From,
    to: Cursor,
    events: Vec<Event>,
}

struct Event {
    seq: i64,
    content: Digest,
    texts: Vec<u8>,
}

impl Chain {
    pub fn new(texts: Arc<dyn Texts>) -> Self {
        Self { texts }
    }

    /// Links the next events, if there are any; answers how many were read.
    ///
    /// # Errors
    /// The cursor is of another epoch; the database refuses.
    pub fn advance(&self, db: &Db, now: Time) -> Result<usize> {
        if db.is_disk_low() {
            return Ok(0);
        }
        let texts = Arc::clone(&self.texts);
        let Some(unlinked) = db.read_wait("chain.look", move |rd| look(rd, &*texts))? else { return Ok(0) };
        let unlinked = Arc::new(unlinked);
        // The cursor is taken by locking its row, and nobody else writes links: READ COMMITTED is enough,
        // and no writer of the log is ordered against the chain.
        db.write_apart_wait("chain.advance", move |tx| advance(tx, &unlinked, now))
    }
}

impl Follower for Chain {
    fn name(&self) -> &'static str {
        FOLLOWER
    }
    fn step(self: Arc<Self>, db: &Db, now: Time) -> Result<usize> {
        self.advance(db, now)
    }
}

fn look(rd: &mut Rd<'_>, texts: &dyn Texts) -> Result<Option<Unlinked>> {
    let from = consumer::place(rd, FOLLOWER)?;
    let stored = feed::stored(rd, from.cursor, CHUNK)?;
    let Some(last) = stored.last() else { return Ok(None) };
    let to = Cursor { epoch: from.cursor.epoch, xid: last.xid, seq: last.seq };
    let named: Vec<Vec<Text>> = stored.iter().map(|event| texts.named(&event.object, &event.payload)).collect();
    let digests = texts.digests(rd, &named.concat())?;
    let events = stored.iter().zip(&named);
    let events = events.map(|(event, named)| Event { seq: event.seq, content: content(event), texts: joined(named, &digests) });
    Ok(Some(Unlinked { from, to, events: events.collect() }))
}

fn advance(tx: &mut Tx<'_>, unlinked: &Unlinked, now: Time) -> Result<usize> {
    if !consumer::take(tx, FOLLOWER, &unlinked.from, unlinked.to, now)? {
        return Ok(0);
    }
    let last = tx.first(sql!((i64, Vec<u8>), "SELECT place, link FROM chain ORDER BY place DESC LIMIT 1"), &[])?;
    let (mut place, mut before) = match last {
        Some((place, link)) => (place, digest_of(link)?),
        None => (0, super::GONE),
    };
    // After a restore the cursor may stand before events that have their link already.
    let seqs = || unlinked.events.iter().map(|event| event.seq);
    let (first, last) = (seqs().min().unwrap_or(0), seqs().max().unwrap_or(0));
    let linked = tx.all(sql!(i64, "SELECT seq FROM chain WHERE seq >= $1 AND seq <= $2"), &params![first, last])?;
    let linked: HashSet<i64> = linked.into_iter().collect();
    for event in unlinked.events.iter().filter(|event| !linked.contains(&event.seq)) {
        place += 1;
        before = link(&before, event.seq, &event.content, &event.texts);
        tx.exec(
            sql!("INSERT INTO chain (place, seq, content, texts, link) VALUES ($1, $2, $3, $4, $5)"),
            &params![place, event.seq, &event.content[..], &event.texts[..], &before[..]],
        )?;
    }
    Ok(unlinked.events.len())
}
