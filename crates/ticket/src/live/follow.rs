//! Keeping the sets: everything that is open at the start, then what the log says.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use db::{Db, Rd};
use events::{Cursor, Event, Follower};
use kernel::{Result, TicketId, Time};
use parking_lot::Mutex;

use super::Kept;
use crate::Desk;
use crate::events::OBJECT;
use crate::store::live::{self, Source};

/// Tickets that are read at once.
const CHUNK: i64 = 1000;
/// Events that are read at once.
const EVENTS: i64 = 400;

/// Keeps the live counts of a desk.
pub struct LiveFollower {
    desk: Arc<Desk>,
    /// While all tickets are read for the first time.
    building: Mutex<Option<Building>>,
}

/// How far the first reading is.
#[derive(Clone, Copy)]
struct Building {
    /// Where the log stood before it: what happened since is read again.
    from: Cursor,
    /// The last ticket in the order of the index it goes by.
    after: (Time, TicketId),
}

/// What one step read.
enum Step {
    Chunk {
        building: Building,
        read: Vec<Source>,
        done: bool,
    },
    News {
        at: Cursor,
        changed: Vec<(i64, Option<Source>)>,
        events: usize,
    },
    /// The log is another one than that which was followed.
    Anew,
}

impl LiveFollower {
    pub fn new(desk: Arc<Desk>) -> Self {
        Self { desk, building: Mutex::new(None) }
    }
}

impl Follower for LiveFollower {
    fn name(&self) -> &'static str {
        "live-counts"
    }

    fn step(self: Arc<Self>, db: &Db, _now: Time) -> Result<usize> {
        let (at, building) = (self.desk.live().place(), *self.building.lock());
        let step = db.read_wait("live.step", move |rd| match at {
            Some(at) => news(rd, at),
            None => chunk(rd, building),
        })?;
        Ok(self.apply(step))
    }
}

impl LiveFollower {
    /// Answers how much there was.
    fn apply(&self, step: Step) -> usize {
        let live = self.desk.live();
        match step {
            Step::Anew => {
                *live.kept.write() = Kept::default();
                *self.building.lock() = None;
                1
            }
            Step::Chunk { building, read, done } => {
                *self.building.lock() = (!done).then_some(building);
                let mut kept = live.kept.write();
                read.into_iter().for_each(|source| put(&mut kept, source.row.id.raw(), Some(&source)));
                if done {
                    kept.at = Some(building.from);
                    tracing::info!(open = kept.sets.all().len(), "live counts are ready");
                }
                1
            }
            Step::News { at, changed, events } => {
                if events == 0 {
                    return 0;
                }
                let mut kept = live.kept.write();
                changed.iter().for_each(|(id, source)| put(&mut kept, *id, source.as_ref()));
                kept.at = Some(at);
                drop(kept);
                if !changed.is_empty() {
                    live.stamp.fetch_add(1, Ordering::SeqCst);
                }
                events
            }
        }
    }
}

/// Puts a ticket, or takes one out that is not open any more. Numbers above those of the sets, four
/// thousand million, are in none of them, so that nothing is ready from then on.
fn put(kept: &mut Kept, id: i64, source: Option<&Source>) {
    match (u32::try_from(id), source) {
        (Ok(id), Some(source)) => kept.sets.put(id, source),
        (Ok(id), None) => kept.sets.remove(id),
        (Err(_), Some(_)) => kept.overflown = true,
        (Err(_), None) => {}
    }
}

fn chunk(rd: &mut Rd<'_>, building: Option<Building>) -> Result<Step> {
    let mut building = match building {
        Some(building) => building,
        None => Building { from: events::head(rd)?, after: (Time(i64::MIN), TicketId::new(0)) },
    };
    let found = live::open_after(rd, building.after, CHUNK)?;
    let done = i64::try_from(found.len()).unwrap_or(CHUNK) < CHUNK;
    building.after = found.last().map_or(building.after, |(at, id)| (*at, *id));
    let ids: Vec<i64> = found.iter().map(|(_, id)| id.raw()).collect();
    Ok(Step::Chunk { building, read: live::sources(rd, &ids)?, done })
}

fn news(rd: &mut Rd<'_>, mut at: Cursor) -> Result<Step> {
    if events::head(rd)?.epoch != at.epoch {
        return Ok(Step::Anew);
    }
    let events = events::read(rd, at, EVENTS)?;
    let Some(last) = events.last() else { return Ok(Step::News { at, changed: Vec::new(), events: 0 }) };
    (at.xid, at.seq) = (last.xid, last.seq);
    let ids: BTreeSet<i64> = events.iter().filter_map(concerned).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let mut sources: std::collections::BTreeMap<i64, Source> =
        live::sources(rd, &ids)?.into_iter().map(|source| (source.row.id.raw(), source)).collect();
    let changed = ids.into_iter().map(|id| (id, sources.remove(&id))).collect();
    Ok(Step::News { at, changed, events: events.len() })
}

/// The ticket that an event is about: also the one that was removed with all its events.
fn concerned(event: &Event) -> Option<i64> {
    let purged = event.object == events::PURGE && event.payload.get("object").and_then(serde_json::Value::as_str) == Some(OBJECT);
    (event.object == OBJECT || purged).then_some(event.object_id)
}
