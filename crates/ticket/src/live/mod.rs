//! Live counts: the open tickets of this process as sets of their numbers, one per value of what
//! filters and scopes ask for, kept by a follower of the log. A count is an intersection and looks at
//! no row.
//!
//! Invariants: it answers only when it is whole and has read all that the asker did; what it does not
//! know it says, and the database is asked instead; a scope is asked for before any filter.

mod filter;
mod follow;
#[cfg(test)]
mod measure;
mod sets;
mod slices;
mod terms;

use std::sync::atomic::{AtomicU64, Ordering};

use access::TicketScope;
use events::Cursor;
use parking_lot::RwLock;
use query::Plan;
use roaring::RoaringBitmap;

use sets::Sets;

pub use follow::LiveFollower;

/// The sets of this process: one per desk.
#[derive(Default)]
pub struct Live {
    kept: RwLock<Kept>,
    /// Rises with each change.
    stamp: AtomicU64,
}

#[derive(Default)]
struct Kept {
    sets: Sets,
    /// How far the log was read. Nothing until all tickets were.
    at: Option<Cursor>,
    /// There is a number that is too high for sets: they are not whole.
    overflown: bool,
}

/// What counts are asked for: filters that find open tickets only, with the further scopes that narrow them.
pub(crate) struct Wanted<'a> {
    pub plan: &'a Plan,
    pub narrower: Vec<&'a TicketScope>,
}

impl Live {
    /// Whether it answers at all.
    pub fn is_ready(&self) -> bool {
        let kept = self.kept.read();
        kept.at.is_some() && !kept.overflown
    }

    /// Rises with each change of an open ticket: nothing needs to be counted anew before.
    pub fn stamp(&self) -> u64 {
        self.stamp.load(Ordering::SeqCst)
    }

    /// How far the log was read, when all is there.
    pub fn place(&self) -> Option<Cursor> {
        self.kept.read().at
    }

    /// How many of these each filter finds within a scope. Nothing at all when it is not ready, has not
    /// read up to `least` (transaction and sequence), or has no set of the scope; nothing for a filter
    /// with something that it does not know.
    pub(crate) fn counts(&self, scope: &TicketScope, least: (i64, i64), wanted: &[Option<Wanted<'_>>]) -> Option<Vec<Option<u64>>> {
        let kept = self.kept.read();
        let at = kept.at.filter(|_| !kept.overflown)?;
        if (at.xid, at.seq) < least {
            return None;
        }
        let reached = scope.set(&kept.sets)?;
        let count = |wanted: &Wanted<'_>| -> Option<u64> {
            let mut found: RoaringBitmap = filter::holds(&kept.sets, &wanted.plan.filter, &reached)?;
            for scope in &wanted.narrower {
                found &= scope.set(&kept.sets)?;
            }
            Some(found.len())
        };
        Some(wanted.iter().map(|wanted| wanted.as_ref().and_then(count)).collect())
    }
}
