//! The open tickets as sets of their numbers, one per value of what filters and scopes ask for.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use access::{TicketSets, Tie};
use query::Scalar;
use roaring::RoaringBitmap;

use super::slices::Slices;
use crate::store::live::Source;

/// What a value belongs to: mostly a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Family {
    Tenant,
    Kind,
    State,
    Category,
    Impact,
    Urgency,
    Priority,
    Line,
    Channel,
    Requester,
    Beneficiary,
    Assignee,
    CreatedBy,
    Organisation,
    Location,
    Service,
    Team,
    OwnerTeam,
    Parent,
    Batch,
    Resolution,
    Reopened,
    ReopenedClosed,
    Handovers,
    Teams,
    Incomplete,
    Confidential,
    Csat,
    CsatAnalyst,
    Tag,
    Coworker,
    Watcher,
    Named,
    About,
    TeamCoworker,
    TeamWatcher,
}

/// Moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Clock {
    Created,
    Updated,
    Customer,
    Due,
    Resolved,
    Closed,
}

impl Clock {
    const ALL: [Clock; 6] = [Clock::Created, Clock::Updated, Clock::Customer, Clock::Due, Clock::Resolved, Clock::Closed];
}

/// The values of a ticket, as they are put into the sets.
pub(super) type Terms = (Vec<(Family, Scalar)>, [Option<i64>; 6]);

/// The sets.
#[derive(Debug, Default)]
pub(super) struct Sets {
    all: RoaringBitmap,
    /// Where the set of a value is.
    places: BTreeMap<(Family, Scalar), u32>,
    values: Vec<RoaringBitmap>,
    /// Places of `values` that nobody uses.
    free: Vec<u32>,
    /// Those that have any value of a family.
    present: BTreeMap<Family, RoaringBitmap>,
    clocks: BTreeMap<Clock, Slices>,
    /// The values of each ticket, to take it out again.
    terms: HashMap<u32, Box<[u32]>>,
    /// What each place is the set of.
    names: Vec<(Family, Scalar)>,
}

impl Sets {
    pub fn all(&self) -> &RoaringBitmap {
        &self.all
    }

    /// Puts a ticket as it is now; what it was before is forgotten.
    pub fn put(&mut self, id: u32, source: &Source) {
        self.remove(id);
        let (terms, clocks) = super::terms::of(source);
        let mut places: Vec<u32> = Vec::with_capacity(terms.len());
        for (family, value) in terms {
            let place = self.place((family, value));
            if let Some(set) = self.values.get_mut(place as usize) {
                set.insert(id);
            }
            self.present.entry(family).or_default().insert(id);
            places.push(place);
        }
        for (clock, value) in Clock::ALL.into_iter().zip(clocks) {
            if let Some(value) = value {
                self.clocks.entry(clock).or_default().put(id, value);
            }
        }
        self.all.insert(id);
        self.terms.insert(id, places.into_boxed_slice());
    }

    /// Takes a ticket out.
    pub fn remove(&mut self, id: u32) {
        let Some(places) = self.terms.remove(&id) else { return };
        self.all.remove(id);
        for place in places {
            let Some(set) = self.values.get_mut(place as usize) else { continue };
            set.remove(id);
            let Some(name) = self.names.get(place as usize) else { continue };
            if let Some(present) = self.present.get_mut(&name.0) {
                present.remove(id);
            }
            if set.is_empty() && self.places.remove(name).is_some() {
                self.free.push(place);
            }
        }
        self.clocks.values_mut().for_each(|clock| clock.remove(id));
    }

    fn place(&mut self, name: (Family, Scalar)) -> u32 {
        if let Some(place) = self.places.get(&name) {
            return *place;
        }
        let place = self.free.pop().unwrap_or_else(|| {
            self.values.push(RoaringBitmap::new());
            self.names.push(name.clone());
            u32::try_from(self.values.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(known) = self.names.get_mut(place as usize) {
            known.clone_from(&name);
        }
        self.places.insert(name, place);
        place
    }

    /// Those that have this value.
    pub fn of(&self, family: Family, value: &Scalar) -> Option<&RoaringBitmap> {
        let place = self.places.get(&(family, value.clone()))?;
        self.values.get(*place as usize)
    }

    /// Those that have any of a family.
    pub fn present(&self, family: Family) -> Option<&RoaringBitmap> {
        self.present.get(&family)
    }

    /// Those with a number of the family in the range.
    pub fn numbers(&self, family: Family, range: &RangeInclusive<i64>) -> RoaringBitmap {
        let ends = (family, Scalar::Int(*range.start()))..=(family, Scalar::Int(*range.end()));
        let mut found = RoaringBitmap::new();
        for place in self.places.range(ends).map(|(_, place)| *place as usize) {
            if let Some(set) = self.values.get(place) {
                found |= set;
            }
        }
        found
    }

    pub fn clock(&self, clock: Clock) -> Option<&Slices> {
        self.clocks.get(&clock)
    }
}

impl TicketSets for Sets {
    type Set = RoaringBitmap;

    fn nothing(&self) -> RoaringBitmap {
        RoaringBitmap::new()
    }
    fn everything(&self) -> RoaringBitmap {
        self.all.clone()
    }
    fn confidential(&self) -> RoaringBitmap {
        self.of(Family::Confidential, &Scalar::Int(1)).cloned().unwrap_or_default()
    }
    fn tied(&self, tie: Tie, ids: &mut dyn Iterator<Item = i64>) -> RoaringBitmap {
        let families: &[Family] = match tie {
            Tie::Tenant => &[Family::Tenant],
            Tie::Organisation => &[Family::Organisation],
            Tie::Team => &[Family::Team],
            Tie::OwnerTeam => &[Family::OwnerTeam],
            Tie::FurtherTeam => &[Family::TeamCoworker, Family::TeamWatcher],
            Tie::Requester => &[Family::Requester],
            Tie::Beneficiary => &[Family::Beneficiary],
            Tie::Assignee => &[Family::Assignee],
            Tie::CreatedBy => &[Family::CreatedBy],
            Tie::FurtherPerson => &[Family::Coworker, Family::Watcher, Family::Named, Family::About],
            Tie::About => &[Family::About],
        };
        let mut found = RoaringBitmap::new();
        for id in ids {
            for family in families {
                if let Some(set) = self.of(*family, &Scalar::Int(id)) {
                    found |= set;
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_left_leaves_nothing_behind() {
        let mut sets = Sets::default();
        let source = |n: i64| Source { tags: vec![format!("t{n}")], ..Source::sample(n) };
        (1_u32..50).for_each(|id| sets.put(id, &source(i64::from(id))));
        sets.put(7, &source(70));
        assert!(sets.of(Family::Tag, &"t7".into()).is_none());
        assert!(sets.of(Family::Tag, &"t70".into()).is_some_and(|set| set.iter().eq([7])));
        (1_u32..50).for_each(|id| sets.remove(id));
        assert!(sets.all.is_empty() && sets.places.is_empty() && sets.terms.is_empty());
        assert!(sets.present.values().all(RoaringBitmap::is_empty) && sets.values.iter().all(RoaringBitmap::is_empty));
        let places = sets.values.len();
        (1_u32..50).for_each(|id| sets.put(id, &source(i64::from(id))));
        assert_eq!(sets.values.len(), places, "places are used again");
    }
}
