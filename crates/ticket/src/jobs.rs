//! Work of the desk itself: closing what was solved, and solving children with their parent.

use std::sync::Arc;

use db::{Db, Tx};
use events::{Act, Cause, Enqueue, Handlers, Job, enqueue};
use kernel::{Clock, Entropy, Error, Result, TicketId, Time};
use serde::{Deserialize, Serialize};

use crate::actions::{bulk, change, close_due, hold, trash};
use crate::record::{self, Flags, Set};
use crate::store::bulk::{self as bulks, BulkId, BulkState, Fate};
use crate::store::{attachment, draft, due, text, ticket as rows, trash as trashed};
use crate::trash::Rules;
use crate::{Category, Desk, Frame, Ticket};

const CASCADE: &str = "ticket.cascade";
const CLOSE_DUE: &str = "ticket.close_due";
const TIDY: &str = "ticket.tidy";
const EMPTY_TRASH: &str = "ticket.empty_trash";
/// What comes again, and how often.
const RECURRING: [(&str, i64); 3] = [(CLOSE_DUE, Time::MINUTE), (TIDY, 10 * Time::MINUTE), (EMPTY_TRASH, Time::DAY)];
/// How long a draft is kept that nobody touches.
const DRAFT_KEPT: i64 = 90 * Time::DAY;
/// Tickets read at a time.
const CHUNK: i64 = 50;

/// Children follow the parent that was solved.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cascade {
    pub parent: TicketId,
    /// Of the parent when it was solved: to solve it once more is another job, even while the first is
    /// still at work or was put aside.
    #[serde(default)]
    pub version: i64,
}

impl Cascade {
    /// That of a ticket as it was just solved.
    pub fn of(parent: &Ticket) -> Self {
        Self { parent: parent.id, version: parent.version }
    }

    /// Writes the job in the transaction that solved the parent.
    ///
    /// # Errors
    /// The database refuses.
    pub fn enqueue(&self, tx: &mut Tx<'_>, now: Time) -> Result<()> {
        let key = format!("{CASCADE}:{}:{}", self.parent, self.version);
        enqueue(tx, now, &Enqueue { kind: CASCADE, payload: self, run_at: now, unique_key: Some(key) })
    }
}

/// What the jobs need.
#[derive(Clone)]
pub struct Workshop {
    pub db: Db,
    pub desk: Arc<Desk>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
}

/// Adds the handlers of this crate.
#[must_use]
pub fn handlers(handlers: Handlers, shop: &Workshop) -> Handlers {
    let (a, b, c, d, e, f) = (shop.clone(), shop.clone(), shop.clone(), shop.clone(), shop.clone(), shop.clone());
    let handlers = handlers.on(hold::JOB, move |job| f.send(job));
    let handlers = handlers.on(CASCADE, move |job| a.cascade(job)).on(CLOSE_DUE, move |_| b.close_due());
    handlers.on(TIDY, move |_| c.tidy()).on(bulk::JOB, move |job| d.bulk(job)).on(EMPTY_TRASH, move |_| e.empty_trash())
}

/// Makes sure that the recurring jobs are there: at each start.
///
/// # Errors
/// The database refuses.
pub fn schedule(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    RECURRING.iter().try_for_each(|(kind, every)| recur(tx, kind, *every, now, now))
}

/// The next run of each recurring job. The present one still holds its key while it runs, so each run has
/// the key of its turn.
fn again(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    RECURRING.iter().try_for_each(|(kind, every)| recur(tx, kind, *every, now, now.plus(*every)))
}

fn recur(tx: &mut Tx<'_>, kind: &'static str, every: i64, now: Time, at: Time) -> Result<()> {
    let key = format!("{kind}:{}", at.micros() / every);
    enqueue(tx, now, &Enqueue { kind, payload: &(), run_at: at, unique_key: Some(key) })
}

/// One ticket that fails keeps no other one waiting: it is told of, and the rest goes on.
#[derive(Default)]
struct Tally {
    done: usize,
    failed: Option<Error>,
}

impl Tally {
    fn note(&mut self, id: TicketId, result: Result<bool>) {
        match result {
            Ok(done) => self.done += usize::from(done),
            Err(error) => {
                tracing::error!(ticket = %id, %error, "a job could not do its work on this ticket");
                self.failed = Some(error);
            }
        }
    }
}

impl Workshop {
    fn act(&self, cause: Cause) -> Act {
        Act::system(self.clock.now(), cause, Arc::clone(&self.entropy))
    }

    /// Goes through the open children until none is left that can be solved: one that waited for another
    /// has its turn in the next round.
    fn cascade(&self, job: &Job) -> Result<()> {
        let Cascade { parent, .. } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        loop {
            let mut tally = Tally::default();
            let mut after = None;
            loop {
                let children = self.db.read_wait("ticket.children", move |rd| due::open_children(rd, parent, after, CHUNK))?;
                let Some(last) = children.last() else { break };
                after = Some(*last);
                for child in children {
                    let (desk, act) = (Arc::clone(&self.desk), self.act(Cause::Ticket { id: parent.raw() }));
                    let follow = move |tx: &mut Tx<'_>| follow_parent(tx, &desk, &act, parent, child);
                    tally.note(child, self.db.write_bulk_wait("ticket.follow_parent", follow));
                }
            }
            if tally.done == 0 {
                return tally.failed.map_or(Ok(()), Err);
            }
        }
    }

    /// Each ticket in a write of its own, with the rights that its person has now: a crash between two costs
    /// nothing, and what was settled is left alone.
    fn bulk(&self, job: &Job) -> Result<()> {
        let bulk::Work { bulk: id, undo } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        let id = BulkId::new(id);
        let (fate, end) = if undo { (Fate::Done, BulkState::Undone) } else { (Fate::Waiting, BulkState::Done) };
        let mut after = TicketId::new(0);
        loop {
            let some = self.db.read_wait("bulk.next", move |rd| bulks::next(rd, id, fate, after, CHUNK))?;
            let Some(last) = some.last() else { break };
            after = *last;
            for ticket in some {
                let shop = self.clone();
                self.db.write_bulk_wait("bulk.step", move |tx| shop.step(tx, id, ticket, undo))?;
            }
        }
        let now = self.clock.now();
        self.db.write_bulk_wait("bulk.end", move |tx| bulks::set_state(tx, id, end, Some(now)))
    }

    fn step(&self, tx: &mut Tx<'_>, id: BulkId, ticket: TicketId, undo: bool) -> Result<()> {
        let now = self.clock.now();
        let person = bulks::get(tx, id)?.person;
        let actor = access::load_actor(tx, person, now)?;
        let act = Act { cause: Cause::Bulk { id: id.raw() }, ..Act::person(person, now, Arc::clone(&self.entropy)) };
        let zone = jiff::tz::TimeZone::get(&actor.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let t = i18n::T::new(actor.lang, zone);
        let frame = Frame { desk: &self.desk, actor: &actor, act: &act };
        if undo { bulk::step_back(tx, frame, id, ticket, &t) } else { bulk::step(tx, frame, id, ticket, &t) }
    }

    /// A message whose time has come.
    fn send(&self, job: &Job) -> Result<()> {
        let work: hold::Work = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        let shop = self.clone();
        let send = move |tx: &mut Tx<'_>| hold::send_due(tx, &shop.desk, &work, shop.clock.now(), &shop.entropy);
        self.db.write_wait("ticket.send_held", send)
    }

    fn close_due(&self) -> Result<()> {
        let now = self.clock.now();
        // First of all, so that no failure ends the series.
        self.db.write_bulk_wait("ticket.recur", move |tx| again(tx, now))?;
        let mut tally = Tally::default();
        let mut after = None;
        loop {
            let list = self.db.read_wait("ticket.due_to_close", move |rd| due::to_close(rd, now, after, CHUNK))?;
            let Some(last) = list.last() else { break };
            after = Some(*last);
            for (_, id) in list {
                let (desk, act) = (Arc::clone(&self.desk), self.act(Cause::Schedule { name: CLOSE_DUE.to_owned() }));
                let close = move |tx: &mut Tx<'_>| close_due::close_due(tx, &desk, &act, id);
                tally.note(id, self.db.write_bulk_wait("ticket.close_due", close));
            }
        }
        // The next turn tries again what failed: to repeat this one would not help it.
        Ok(())
    }

    /// Removes for good what has been in the trash for its days, each in a write of its own.
    fn empty_trash(&self) -> Result<()> {
        let now = self.clock.now();
        self.db.write_bulk_wait("ticket.recur", move |tx| again(tx, now))?;
        let days = self.db.read_wait("trash.rules", Rules::load)?.days;
        let before = now.plus(-days * Time::DAY);
        let mut tally = Tally::default();
        let mut after = None;
        loop {
            let list = self.db.read_wait("trash.due", move |rd| trashed::due(rd, before, after, CHUNK))?;
            let Some(last) = list.last() else { break };
            after = Some(*last);
            for (_, id) in list {
                let (desk, act) = (Arc::clone(&self.desk), self.act(Cause::Schedule { name: EMPTY_TRASH.to_owned() }));
                // It frees room: a disk that is nearly full keeps nothing in the trash.
                let remove = move |tx: &mut Tx<'_>| trash::remove_due(tx, &desk, &act, id);
                tally.note(id, self.db.write_reserved_wait("ticket.empty_trash", remove));
            }
        }
        Ok(())
    }

    /// Forgets drafts that nobody touched for long, and uploads and request keys of the day before, in small
    /// writes until none is left.
    fn tidy(&self) -> Result<()> {
        let now = self.clock.now();
        let before = now.plus(-Time::DAY);
        self.db.write_bulk_wait("ticket.recur", move |tx| again(tx, now))?;
        let forgotten = now.plus(-DRAFT_KEPT);
        while self.db.write_bulk_wait("ticket.tidy_drafts", move |tx| draft::forget(tx, forgotten))? > 0 {}
        while self.db.write_bulk_wait("ticket.tidy_uploads", move |tx| attachment::forget_uploads(tx, before))? > 0 {}
        while self.db.write_bulk_wait("ticket.tidy_keys", move |tx| events::forget_before(tx, before))? > 0 {}
        Ok(())
    }
}

/// One child is solved with its parent, by the parent's code and report, when nothing keeps it open; its
/// own children follow it if they follow in its kind.
fn follow_parent(tx: &mut Tx<'_>, desk: &Desk, act: &Act, parent: TicketId, child: TicketId) -> Result<bool> {
    let parent = rows::by_id(tx, parent)?;
    let child = rows::by_id(tx, child)?;
    if parent.is_open() || !child.is_open() || child.parent != Some(parent.id) || child.tenant != parent.tenant {
        return Ok(false);
    }
    let catalogue = desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&child)?;
    let Some(solved) = kind.first_of(Category::Resolved).filter(|s| kind.transition(&child.state, &s.key).is_some()) else {
        return Ok(false);
    };
    if change::refusal(tx, desk, kind, &child, solved.category, change::Stands::Staff)?.is_some() {
        return Ok(false);
    }
    let mut sets = Vec::new();
    if parent.resolution_code.is_some() {
        sets.push(Set::ResolutionCode(parent.resolution_code.clone()));
    }
    if let Some(report) = parent.resolution_text.map(|id| text::get(tx, id)).transpose()?.flatten() {
        sets.push(Set::ResolutionReport(report));
    }
    sets.push(Set::State(solved.key.clone(), solved.category));
    let applied = record::apply(tx, act, kind, &child, &sets, Flags::default())?;
    change::follow_up(tx, act, kind, &child, solved, &applied.ticket)?;
    Ok(true)
}
