//! One step of following: what is new in the log becomes documents.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use db::{Db, Rd};
use kernel::{Result, Time};
use tantivy::TantivyDocument;

use super::Fault;
use crate::Kind;
use crate::index::document::documents;
use crate::index::{Fields, Keeper, Mark};
use crate::store::{log, scan};

/// Events of one step.
const EVENTS: i64 = 400;
/// Records that are read by one statement.
pub(super) const CHUNK: usize = 64;
/// Parties of one step that changed without an event.
const STAMPED: usize = 300;
/// Rows of one look at such changes.
const LOOK: i64 = 500;
/// How far back such changes are looked for again: a transaction may commit after a later one.
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

/// A replaced record; without a document it is gone.
type Change = (Kind, i64, Option<TantivyDocument>);

struct News {
    mark: Mark,
    changes: Vec<Change>,
    seen: Seen,
    more: bool,
    oldest: Option<Time>,
}

/// Reads what is new and puts it into the index, without committing it.
pub(crate) fn take(db: &Db, keeper: &mut Keeper, seen: &mut Arc<Seen>, now: Time) -> std::result::Result<Step, Fault> {
    let (fields, mark, known) = (keeper.live.fields.clone(), keeper.mark.clone(), Arc::clone(seen));
    let Some(news) = db.read_wait("search.news", move |rd| read(rd, &fields, mark, &known))? else { return Err(Lost.into()) };
    for (kind, id, document) in news.changes {
        keeper.put(kind, id, document)?;
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

/// Where the log and the tables stand now, for an index that is about to read everything.
pub(crate) fn start(rd: &mut Rd<'_>, now: Time) -> Result<Mark> {
    let head = events::head(rd)?;
    let mut ids = [0; 5];
    for (place, kind) in ids.iter_mut().zip(Kind::ALL) {
        *place = scan::last(rd, kind)?;
    }
    let (born, purged) = (log::born(rd)?, log::last_purged(rd)?);
    Ok(Mark { born, epoch: head.epoch, xid: head.xid, seq: head.seq, purged, stamp: now, ids, complete: false })
}

fn read(rd: &mut Rd<'_>, fields: &Fields, mut mark: Mark, known: &Seen) -> Result<Option<News>> {
    let head = events::head(rd)?;
    if head.epoch != mark.epoch || head < mark.cursor() || log::born(rd)? != mark.born {
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
    for (seq, object, id) in log::purged(rd, mark.purged - PURGE_OVERLAP, EVENTS + PURGE_OVERLAP)? {
        if !known.purged.contains(&seq) {
            wanted.extend(Kind::from_key(&object).map(|kind| (kind, id)));
            seen.purged.insert(seq);
        }
        mark.purged = mark.purged.max(seq);
    }
    let mut more = events.len() >= usize::try_from(EVENTS).unwrap_or(usize::MAX);
    let mut newest = mark.stamp;
    for (place, kind) in Kind::ALL.into_iter().enumerate().filter(|(_, kind)| *kind != Kind::Ticket) {
        let made = scan::after(rd, kind, mark.ids[place], LOOK)?;
        more |= made.len() >= usize::try_from(LOOK).unwrap_or(usize::MAX);
        mark.ids[place] = made.last().copied().unwrap_or(mark.ids[place]);
        wanted.extend(made.into_iter().map(|id| (kind, id)));
        let changed = changed(rd, kind, &mark, known, &mut newest)?;
        more |= changed.len() >= STAMPED;
        wanted.extend(changed.iter().map(|(id, ..)| (kind, *id)));
        seen.versions.extend(changed.into_iter().map(|(id, version, at)| ((kind, id), (version, at))));
    }
    if !more {
        mark.stamp = newest;
    }
    let changes = changes(rd, fields, &wanted)?;
    Ok(Some(News { mark, changes, seen, more, oldest: events.first().map(|event| event.recorded) }))
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
        let full = found.len() >= usize::try_from(LOOK).unwrap_or(usize::MAX);
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

fn changes(rd: &mut Rd<'_>, fields: &Fields, wanted: &BTreeSet<(Kind, i64)>) -> Result<Vec<Change>> {
    let mut changes = Vec::with_capacity(wanted.len());
    for kind in Kind::ALL {
        let ids: Vec<i64> = wanted.iter().filter(|(of, _)| *of == kind).map(|(_, id)| *id).collect();
        for chunk in ids.chunks(CHUNK) {
            let mut found: HashMap<i64, TantivyDocument> = documents(rd, fields, kind, chunk)?.into_iter().collect();
            changes.extend(chunk.iter().map(|id| (kind, *id, found.remove(id))));
        }
    }
    Ok(changes)
}
