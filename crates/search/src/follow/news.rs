//! One step of following: what is new in the log becomes documents.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use db::{Db, Rd};
use kernel::{Result, Time};
use tantivy::TantivyDocument;

use super::Fault;
use crate::Kind;
use crate::index::document::Sources;
use crate::index::{Keeper, Mark};
use crate::store::{log, scan};

/// Events of one step.
const EVENTS: i64 = 400;
/// Records that are read by one statement.
pub(super) const CHUNK: usize = 64;
/// Parties of one step that changed without an event.
const STAMPED: usize = 300;
/// Rows of one look at such changes.
const LOOK: i64 = 500;
/// How far back such changes are looked for again: a transaction may commit after a later one. Whoever
/// writes parties without events keeps its transactions shorter than this, and the clocks of nodes
/// differ by less.
const OVERLAP: i64 = 30 * Time::SECOND;
/// Sequences of purges that are looked at again, for the same reason.
const PURGE_OVERLAP: i64 = 500;

/// The index does not belong to this log.
pub(crate) struct Lost;

/// What a step found.
pub(crate) enum Step {
    /// Nothing is left.
    Done,
    /// There is more; the oldest of it is so many microseconds old.
    More { behind: i64 },
}

/// What was seen lately of changes without events.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    versions: HashMap<(Kind, i64), (i64, Time)>,
    purged: BTreeSet<i64>,
}

struct News {
    mark: Mark,
    /// Records that are read anew.
    wanted: BTreeSet<(Kind, i64)>,
    seen: Seen,
    more: bool,
    oldest: Option<Time>,
}

/// Reads what is new and puts it into the index, without committing it.
pub(crate) fn take(db: &Db, keeper: &mut Keeper, seen: &mut Arc<Seen>, now: Time) -> std::result::Result<Step, Fault> {
    let (mark, known) = (keeper.mark.clone(), Arc::clone(seen));
    let Some(news) = db.read_wait("search.news", move |rd| read(rd, mark, &known, now))? else { return Err(Lost.into()) };
    for kind in Kind::ALL {
        let ids: Vec<i64> = news.wanted.iter().filter(|(of, _)| *of == kind).map(|(_, id)| *id).collect();
        put(db, keeper, kind, &ids, now)?;
    }
    let all = Arc::make_mut(seen);
    all.versions.extend(news.seen.versions);
    all.purged.extend(news.seen.purged);
    let (horizon, purged) = (news.mark.stamp.plus(-2 * OVERLAP), news.mark.purged - 2 * PURGE_OVERLAP);
    all.versions.retain(|_, (_, at)| *at >= horizon);
    all.purged.retain(|seq| *seq >= purged);
    // How far was read is kept even when nothing of it concerned the index.
    if news.mark != keeper.mark && keeper.pending == 0 {
        keeper.pending = 1;
    }
    keeper.mark = news.mark;
    Ok(if news.more { Step::More { behind: news.oldest.map_or(0, |at| now.0 - at.0) } } else { Step::Done })
}

/// Puts these records as they are now: each part is read by itself, so that one long conversation is in
/// memory at a time and not all that changed.
fn put(db: &Db, keeper: &mut Keeper, kind: Kind, ids: &[i64], now: Time) -> std::result::Result<(), Fault> {
    let mut rest = ids;
    while !rest.is_empty() {
        let part = rest.get(..CHUNK.min(rest.len())).unwrap_or_default().to_vec();
        let (read, found) = db.read_wait("search.changes", move |rd| Sources::read(rd, kind, &part, now))?;
        let (done, left) = rest.split_at(read.min(rest.len()));
        let mut found: HashMap<i64, TantivyDocument> = found.documents(&keeper.live.fields).into_iter().collect();
        for id in done {
            keeper.put(kind, *id, found.remove(id))?;
        }
        rest = left;
    }
    Ok(())
}

/// Where the log and the tables stand now, for an index that is about to read everything.
pub(crate) fn start(rd: &mut Rd<'_>, now: Time) -> Result<Mark> {
    let head = events::head(rd)?;
    let mut ids = [0; 5];
    for (place, kind) in ids.iter_mut().zip(Kind::ALL) {
        *place = scan::last(rd, kind)?;
    }
    let (born, purged) = (log::born(rd)?, log::last_purged(rd)?);
    Ok(Mark { born, epoch: head.epoch, xid: head.xid, seq: head.seq, purged, stamp: now, clock: now, ids, complete: false })
}

fn read(rd: &mut Rd<'_>, mut mark: Mark, known: &Seen, now: Time) -> Result<Option<News>> {
    let (xid, seq) = log::furthest(rd)?;
    if events::head(rd)?.epoch != mark.epoch || mark.xid > xid || mark.seq > seq || log::born(rd)? != mark.born {
        return Ok(None);
    }
    let mut seen = Seen::default();
    let mut wanted: BTreeSet<(Kind, i64)> = BTreeSet::new();
    let events = events::read(rd, mark.cursor(), EVENTS)?;
    for event in &events {
        concerns(event, &mut wanted);
    }
    if let Some(last) = events.last() {
        (mark.xid, mark.seq) = (last.xid, last.seq);
    }
    let purged = log::purged(rd, mark.purged - PURGE_OVERLAP, EVENTS + PURGE_OVERLAP)?;
    let mut more = is_full(&events, EVENTS) || is_full(&purged, EVENTS + PURGE_OVERLAP);
    for (seq, object, id) in purged {
        if !known.purged.contains(&seq) {
            wanted.extend(Kind::from_key(&object).map(|kind| (kind, id)));
            seen.purged.insert(seq);
        }
        mark.purged = mark.purged.max(seq);
    }
    let mut newest = mark.stamp;
    for (place, kind) in Kind::ALL.into_iter().enumerate().filter(|(_, kind)| *kind != Kind::Ticket) {
        let made = scan::after(rd, kind, mark.ids[place], LOOK)?;
        more |= is_full(&made, LOOK);
        mark.ids[place] = made.last().copied().unwrap_or(mark.ids[place]);
        wanted.extend(made.into_iter().map(|id| (kind, id)));
        let changed = changed(rd, kind, &mark, known, &mut newest)?;
        more |= changed.len() >= STAMPED;
        wanted.extend(changed.iter().map(|(id, ..)| (kind, *id)));
        seen.versions.extend(changed.into_iter().map(|(id, version, at)| ((kind, id), (version, at))));
    }
    // Memberships begin and end by the clock alone: nobody changes a row for that.
    wanted.extend(scan::turned(rd, mark.clock, now)?.into_iter().map(|id| (Kind::Person, id)));
    mark.clock = mark.clock.max(now);
    if !more {
        // Not after this moment: one row of a machine whose clock is ahead must not hide what comes.
        mark.stamp = newest.min(now);
    }
    Ok(Some(News { mark, wanted, seen, more, oldest: events.first().map(|event| event.recorded) }))
}

fn is_full<T>(found: &[T], limit: i64) -> bool {
    found.len() >= usize::try_from(limit).unwrap_or(usize::MAX)
}

/// The records that an event concerns: its object, and a person that it names.
fn concerns(event: &events::Event, wanted: &mut BTreeSet<(Kind, i64)>) {
    let Some(kind) = Kind::from_key(&event.object) else { return };
    wanted.insert((kind, event.object_id));
    if kind != Kind::Ticket
        && let Some(person) = event.payload.get("person").and_then(serde_json::Value::as_i64)
    {
        wanted.insert((Kind::Person, person));
    }
}

/// What changed without an event, such as by an import: a part of it when it is much.
fn changed(rd: &mut Rd<'_>, kind: Kind, mark: &Mark, known: &Seen, newest: &mut Time) -> Result<Vec<scan::Stamped>> {
    let mut at = (mark.stamp.plus(-OVERLAP), 0);
    let mut news = Vec::new();
    loop {
        let found = scan::changed(rd, kind, at, LOOK)?;
        let full = is_full(&found, LOOK);
        for stamped in found {
            at = (stamped.2, stamped.0);
            *newest = (*newest).max(stamped.2);
            if known.versions.get(&(kind, stamped.0)).map(|seen| seen.0) != Some(stamped.1) {
                news.push(stamped);
            }
            if news.len() >= STAMPED {
                return Ok(news);
            }
        }
        if !full {
            return Ok(news);
        }
    }
}
