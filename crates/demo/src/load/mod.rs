//! Applies a plan to an empty desk.
//!
//! Work goes through the bulk lane in small actions, many in flight, so that they share commits. On
//! SQLite they run in the order in which they are queued: the same plan gives the same numbers.

mod case;
mod ids;
mod links;
mod log_ins;
mod moves;
mod parties;
mod people;

use std::sync::Arc;

use db::Db;
use events::{Act, By, Cause};
use futures_util::stream::{self, StreamExt as _};
use kernel::{BatchId, Entropy, Error, ErrorKind, PersonId, Result, SeededEntropy, Time, kinds};
use party::PasswordHash;
use ticket::Desk;

use crate::model::Plan;
use ids::Ids;
pub use log_ins::{SHOWN, Shown};

/// Actions under way at once: what one commit of the bulk lane can hold.
const IN_FLIGHT: usize = 32;

/// What is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    People,
    Tickets,
    Links,
}

/// How far it is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub stage: Stage,
    pub done: usize,
    pub total: usize,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub people: usize,
    pub tickets: usize,
    /// All tickets carry it.
    pub batch: BatchId,
    pub log_ins: Vec<Shown>,
}

/// What every action of a load shares.
struct Ground {
    plan: Arc<Plan>,
    desk: Desk,
    entropy: Arc<dyn Entropy>,
}

impl Ground {
    /// The frame of something that happened in the year: told as history.
    fn act(&self, by: Option<PersonId>, occurred: Time) -> Act {
        Act {
            by: by.map_or(By::System, |p| By::Person(p.raw())),
            now: self.plan.now,
            occurred,
            cause: Cause::Demo,
            silent: true,
            entropy: Arc::clone(&self.entropy),
        }
    }

    /// When the company was set up: before its first ticket.
    fn founded(&self) -> Time {
        self.plan.now.plus(-400 * Time::DAY)
    }
}

/// Makes everything of a plan. The desk has its tables and its delivered configuration, and no
/// organisation yet. `hash` turns a password into what is stored.
///
/// # Errors
/// The desk is in use already; the database refuses.
pub async fn load(
    db: &Db,
    plan: Arc<Plan>,
    hash: impl Fn(&str) -> Result<PasswordHash>,
    mut progress: impl FnMut(Progress),
) -> Result<Loaded> {
    if !db.read("demo.empty", party::store::organisation::tenants).await?.is_empty() {
        return Err(Error::conflict("error-demo-not-empty"));
    }
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(plan.seed));
    let ground = Arc::new(Ground { plan, desk: Desk::default(), entropy });
    let batch = db.write_bulk("demo.batch", |tx| tx.next_id::<kinds::Batch>()).await?;
    let mut ids = parties::places(db, &ground).await?;
    ids.people = people::all(db, &ground, &ids, &mut progress).await?;
    parties::desk(db, &ground, &mut ids).await?;
    let log_ins = log_ins::open(db, &ground, &ids, hash).await?;
    let ids = Arc::new(ids);
    let tickets = tickets(db, &ground, &ids, batch, &mut progress).await?;
    links::all(db, &ground, &ids, &tickets, &mut progress).await?;
    Ok(Loaded { people: ids.people.len(), tickets: tickets.len(), batch, log_ins })
}

async fn tickets(
    db: &Db,
    ground: &Arc<Ground>,
    ids: &Arc<Ids>,
    batch: BatchId,
    progress: &mut impl FnMut(Progress),
) -> Result<Vec<kernel::TicketId>> {
    let total = ground.plan.cases.len();
    let mut made = Vec::with_capacity(total);
    let mut running = stream::iter(0..total)
        .map(|place| {
            let (ground, ids) = (Arc::clone(ground), Arc::clone(ids));
            patiently(db, "demo.ticket", move |tx| case::make(tx, &ground, &ids, batch, place))
        })
        .buffered(IN_FLIGHT);
    while let Some(ticket) = running.next().await {
        made.push(ticket?);
        if made.len() % 50 == 0 || made.len() == total {
            progress(Progress { stage: Stage::Tickets, done: made.len(), total });
        }
    }
    Ok(made)
}

/// One action; on PostgreSQL neighbours in flight may get in each other's way, and then it is tried
/// again.
async fn patiently<T, F>(db: &Db, name: &'static str, action: F) -> Result<T>
where
    T: Send + 'static,
    F: Fn(&mut db::Tx<'_>) -> Result<T> + Send + Sync + 'static,
{
    let action = Arc::new(action);
    let mut tries = 0;
    loop {
        let again = Arc::clone(&action);
        match db.write_bulk(name, move |tx| again(tx)).await {
            Err(error) if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Busy) && tries < 10 => tries += 1,
            answer => return answer,
        }
    }
}
