//! Work of the desk itself: closing what was solved, and solving children with their parent.

use std::sync::Arc;

use db::{Db, Tx};
use events::{Act, Cause, Enqueue, Handlers, Job, enqueue};
use kernel::{Clock, Entropy, Error, Result, TicketId, Time};
use serde::{Deserialize, Serialize};

use crate::actions::close_due;
use crate::record::{self, Flags, Set};
use crate::store::{text, ticket as rows};
use crate::{Category, Desk};

const CASCADE: &str = "ticket.cascade";
const CLOSE_DUE: &str = "ticket.close_due";
const TIDY: &str = "ticket.tidy";
/// Tickets touched in one write.
const CHUNK: i64 = 50;

/// Children follow the parent that was solved.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cascade {
    pub parent: TicketId,
}

impl Cascade {
    /// Writes the job in the transaction that solved the parent.
    ///
    /// # Errors
    /// The database refuses.
    pub fn enqueue(&self, tx: &mut Tx<'_>, now: Time) -> Result<()> {
        enqueue(tx, now, &Enqueue { kind: CASCADE, payload: self, run_at: now, unique_key: Some(format!("{CASCADE}:{}", self.parent)) })
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
    let (a, b, c) = (shop.clone(), shop.clone(), shop.clone());
    handlers.on(CASCADE, move |job| a.cascade(job)).on(CLOSE_DUE, move |_| b.close_due()).on(TIDY, move |_| c.tidy())
}

/// Makes sure that the recurring jobs are there: at each start.
///
/// # Errors
/// The database refuses.
pub fn schedule(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    recur(tx, CLOSE_DUE, now, now)?;
    recur(tx, TIDY, now, now)
}

/// The next run of a recurring job. The present one still holds its key while it runs, so each run
/// has the key of its minute.
fn recur(tx: &mut Tx<'_>, kind: &'static str, now: Time, at: Time) -> Result<()> {
    let key = format!("{kind}:{}", at.micros() / Time::MINUTE);
    enqueue(tx, now, &Enqueue { kind, payload: &(), run_at: at, unique_key: Some(key) })
}

impl Workshop {
    fn act(&self, cause: Cause) -> Act {
        Act::system(self.clock.now(), cause, Arc::clone(&self.entropy))
    }

    fn cascade(&self, job: &Job) -> Result<()> {
        let Cascade { parent } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        loop {
            let children = self.db.read_wait("ticket.children", move |rd| rows::open_children(rd, parent, CHUNK))?;
            let mut solved = 0;
            for child in children {
                let (desk, act) = (Arc::clone(&self.desk), self.act(Cause::Ticket { id: parent.raw() }));
                solved +=
                    usize::from(self.db.write_bulk_wait("ticket.follow_parent", move |tx| follow_parent(tx, &desk, &act, parent, child))?);
            }
            if solved == 0 {
                return Ok(());
            }
        }
    }

    fn close_due(&self) -> Result<()> {
        let now = self.clock.now();
        loop {
            let due = self.db.read_wait("ticket.due_to_close", move |rd| rows::due_to_close(rd, now, CHUNK))?;
            let mut closed = 0;
            for id in due {
                let (desk, act) = (Arc::clone(&self.desk), self.act(Cause::Schedule { name: CLOSE_DUE.to_owned() }));
                closed += usize::from(self.db.write_bulk_wait("ticket.close_due", move |tx| close_due::close_due(tx, &desk, &act, id))?);
            }
            if closed == 0 {
                break;
            }
        }
        self.db.write_bulk_wait("ticket.recur", move |tx| recur(tx, CLOSE_DUE, now, now.plus(Time::MINUTE)))
    }

    /// Forgets uploads and request keys of the day before.
    fn tidy(&self) -> Result<()> {
        let now = self.clock.now();
        let before = now.plus(-Time::DAY);
        self.db.write_bulk_wait("ticket.tidy", move |tx| {
            crate::store::attachment::forget_uploads(tx, before)?;
            events::forget_before(tx, before)?;
            recur(tx, TIDY, now, now.plus(10 * Time::MINUTE))
        })
    }
}

/// One child is solved with its parent, by the parent's code and report.
fn follow_parent(tx: &mut Tx<'_>, desk: &Desk, act: &Act, parent: TicketId, child: TicketId) -> Result<bool> {
    let parent = rows::by_id(tx, parent)?;
    let child = rows::by_id(tx, child)?;
    if parent.is_open() || !child.is_open() || child.parent != Some(parent.id) {
        return Ok(false);
    }
    let catalogue = desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&child)?;
    let Some(solved) = kind.first_of(Category::Resolved).filter(|s| kind.transition(&child.state, &s.key).is_some()) else {
        return Ok(false);
    };
    let mut sets = vec![Set::ResolutionCode(parent.resolution_code.clone())];
    if let Some(report) = parent.resolution_text.map(|id| text::get(tx, id)).transpose()?.flatten() {
        sets.push(Set::ResolutionReport(report));
    }
    sets.push(Set::State(solved.key.clone(), solved.category));
    record::apply(tx, act, kind, &child, &sets, Flags::default())?;
    Ok(true)
}
