//! Roll-back of a batch: tickets with everything of them, refused rows, and whom the batch made and
//! nobody uses. Tombstones and the batch itself stay.

mod kind;

use std::sync::Arc;

use db::{Fault, Tx, fault};
use kernel::{BatchId, Error, Result as CoreResult, TicketId};
use ticket::jobs::Workshop;
use ticket::record::{self, Flags, Set};
use ticket::store::ticket as rows;

use crate::batch::{Batch, BatchState};
use crate::error::Result;
use crate::party::Sort;
use crate::records::bring_back;
use crate::run::act;
use crate::store::{batch as store, refusal, undo as sql};
use crate::watch::{Stage, Watch};

/// Rows of one write at most, counted by the events of the tickets in it.
const ROWS: i64 = 60;
/// Parties of one write.
const PARTIES: i64 = 15;

/// What becomes of tickets that people have worked on since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// They stay, with those whom they need.
    Keep,
    /// They go with the rest.
    Remove,
}

/// What a roll-back did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    pub batch: Batch,
    pub tickets: u64,
    /// Tickets that stay because people have worked on them.
    pub kept: u64,
    pub removed: Vec<(Sort, u64)>,
    /// Those whom somebody else needs by now.
    pub in_use: Vec<(Sort, u64)>,
    /// Records that hold again what they held, and those that somebody has changed since.
    pub brought_back: u64,
    pub left: u64,
}

/// Takes a batch back, in chunks; a stop or an end by force leaves it half done, and the next
/// roll-back goes on. For plain threads.
///
/// # Errors
/// Not found when there is no such batch; the database refuses.
pub fn rollback(shop: &Workshop, id: BatchId, touched: Touched, watch: Watch<'_>) -> Result<Undone> {
    let now = shop.clock.now();
    let batch = shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
        if !store::set_state(tx, id, BatchState::Undoing, now)? {
            return Err(Error::not_found());
        }
        store::get(tx, id)
    })?;
    let mut undone = Undone { batch, tickets: 0, kept: 0, removed: Vec::new(), in_use: Vec::new(), brought_back: 0, left: 0 };
    let undo = Undo { shop, touched, watch };
    if undo.tickets(&mut undone)? && undo.records(&mut undone)? && undo.parties(&mut undone)? {
        kind::take_back(shop, &undone.batch)?;
        undo.tenant(&undone.batch)?;
        undo.finish(&undone)?;
    }
    undone.batch = shop.db.read_wait("import.undone", move |rd| store::get(rd, id))?;
    Ok(undone)
}

struct Undo<'a> {
    shop: &'a Workshop,
    touched: Touched,
    watch: Watch<'a>,
}

impl Undo<'_> {
    /// Removes the tickets; `false` when it was stopped.
    fn tickets(&self, undone: &mut Undone) -> Result<bool> {
        let (id, tenant) = (undone.batch.id, undone.batch.tenant);
        let total = self.shop.db.read_wait("import.count", move |rd| sql::count(rd, id))?;
        let total = u64::try_from(total).unwrap_or(0);
        let mut after = TicketId::new(0);
        loop {
            self.watch.at(Stage::Undoing, undone.tickets + undone.kept, total);
            if self.watch.stopped() {
                return Ok(false);
            }
            let page = self.shop.db.read_wait("import.tickets", move |rd| sql::tickets(rd, id, after, ROWS))?;
            let mut weight = 0;
            let chunk: Vec<TicketId> = page
                .iter()
                .take_while(|(_, activity)| {
                    let fits = weight == 0 || weight + activity <= ROWS;
                    weight += activity;
                    fits
                })
                .map(|(ticket, _)| *ticket)
                .collect();
            let Some(last) = chunk.last() else { return Ok(true) };
            after = *last;
            let act = act(id, self.shop.clock.now(), &self.shop.entropy);
            let touched = self.touched;
            let count = chunk.len() as u64;
            let desk = Arc::clone(&self.shop.desk);
            let kept = self.shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
                let mut kept = 0;
                for ticket in &chunk {
                    if sql::touched(tx, *ticket)? {
                        if touched == Touched::Keep {
                            kept += 1;
                            continue;
                        }
                        orphan(tx, &desk, &act, *ticket)?;
                    }
                    sql::remove_ticket(tx, &act, tenant, *ticket)?;
                }
                Ok(kept)
            })?;
            undone.kept += kept;
            undone.tickets += count - kept;
        }
    }

    /// Brings back what the batch changed; `false` when it was stopped.
    fn records(&self, undone: &mut Undone) -> Result<bool> {
        let Some((back, left)) = bring_back(self.shop, undone.batch.id, undone.batch.tenant, self.watch)? else { return Ok(false) };
        undone.brought_back += back;
        undone.left += left;
        Ok(true)
    }

    /// Removes whom the batch made and nobody uses; `false` when it was stopped.
    fn parties(&self, undone: &mut Undone) -> Result<bool> {
        let (id, tenant) = (undone.batch.id, undone.batch.tenant);
        for sort in Sort::ALL.into_iter().rev() {
            let mut below = i64::MAX;
            let (mut removed, mut in_use) = (0, 0);
            loop {
                if self.watch.stopped() {
                    return Ok(false);
                }
                let page = self.shop.db.read_wait("import.made", move |rd| sql::made(rd, id, sort.key(), below, PARTIES))?;
                let Some((_, last)) = page.last() else { break };
                below = *last;
                let count = page.len() as u64;
                let act = act(id, self.shop.clock.now(), &self.shop.entropy);
                let gone = self.shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
                    let mut gone = 0;
                    for (key, party) in &page {
                        let handed = sql::hand_over(tx, id, sort.key(), *party)?;
                        let remove = |tx: &mut Tx<'_>| sql::remove_party(tx, &act, tenant, sort, *party);
                        let removed = !handed && !sql::spoken_of(tx, sort, *party)? && unless_used(tx.savepoint(remove))?;
                        if handed || removed {
                            sql::forget(tx, id, sort.key(), key)?;
                        }
                        gone += u64::from(removed);
                    }
                    Ok(gone)
                })?;
                removed += gone;
                in_use += count - gone;
            }
            if removed > 0 {
                undone.removed.push((sort, removed));
            }
            if in_use > 0 {
                undone.in_use.push((sort, in_use));
            }
        }
        Ok(true)
    }

    /// Removes the tenant that the batch made, when nothing lives in it.
    fn tenant(&self, batch: &Batch) -> Result<()> {
        let (id, tenant) = (batch.id, batch.tenant);
        let act = act(id, self.shop.clock.now(), &self.shop.entropy);
        Ok(self.shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
            for (key, _) in sql::made(tx, id, "tenant", i64::MAX, 1)? {
                let remove = |tx: &mut Tx<'_>| sql::remove_party(tx, &act, tenant, Sort::Organisation, tenant.raw());
                let handed = sql::hand_over(tx, id, "tenant", tenant.raw())?;
                if handed || (!sql::inhabited(tx, tenant)? && unless_used(tx.savepoint(remove))?) {
                    sql::forget(tx, id, "tenant", &key)?;
                }
            }
            Ok(())
        })?)
    }

    fn finish(&self, undone: &Undone) -> Result<()> {
        let id = undone.batch.id;
        loop {
            let gone = self
                .shop
                .db
                .write_bulk_reserved_wait("import.undo", move |tx| Ok(refusal::forget(tx, id, 200)? + sql::forget_met(tx, id, 200)?))?;
            if gone == 0 {
                break;
            }
        }
        let (now, kept) = (self.shop.clock.now(), i64::try_from(undone.kept).unwrap_or(i64::MAX));
        Ok(self.shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
            store::set_kept(tx, id, kept)?;
            store::set_state(tx, id, BatchState::Undone, now).map(|_| ())
        })?)
    }
}

/// Children that were put below a ticket since stand alone again, and their timelines say so.
fn orphan(tx: &mut Tx<'_>, desk: &ticket::Desk, act: &events::Act, parent: TicketId) -> CoreResult<()> {
    let catalogue = desk.catalogue(tx)?;
    for child in rows::all_children(tx, parent, 200)? {
        let child = rows::by_id(tx, child)?;
        record::apply(tx, act, catalogue.kind_of(&child)?, &child, &[Set::Parent(None)], Flags::default())?;
    }
    Ok(())
}

/// Whether it went; `false` when a foreign key says that somebody needs it.
fn unless_used(result: CoreResult<()>) -> CoreResult<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if matches!(fault(&error), Some(Fault::ForeignKey(_))) => Ok(false),
        Err(error) => Err(error),
    }
}
