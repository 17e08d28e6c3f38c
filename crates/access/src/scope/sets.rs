//! The scope of tickets as a set of their numbers: its third form, for counts that look at no row.

use std::ops::{BitAndAssign, BitOrAssign, SubAssign};

use kernel::Id;
use party::Tenants;

use super::TicketScope;
use crate::Below;

/// What is known of each ticket, by what decides about a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    Tenant,
    Organisation,
    Team,
    OwnerTeam,
    /// A team that works along or watches.
    FurtherTeam,
    Requester,
    Beneficiary,
    Assignee,
    CreatedBy,
    /// A person who works along, watches or is named, or whom it is about.
    FurtherPerson,
    About,
}

/// Sets of tickets, held by somebody who knows all that a scope asks for. What is in the trash is in none.
pub trait TicketSets {
    type Set: BitOrAssign + BitAndAssign + SubAssign;
    fn nothing(&self) -> Self::Set;
    fn everything(&self) -> Self::Set;
    fn confidential(&self) -> Self::Set;
    /// Those that are tied to one of these ids.
    fn tied(&self, tie: Tie, ids: &mut dyn Iterator<Item = i64>) -> Self::Set;
}

impl TicketScope {
    /// The set of what is reached. Nothing when the sets cannot say it: what is in the trash, a tree of
    /// organisations that is too large for its ids, or a machine that reaches a part only.
    pub fn set<S: TicketSets>(&self, sets: &S) -> Option<S::Set> {
        if self.trash {
            return None;
        }
        if self.is_everything() {
            return Some(sets.everything());
        }
        if self.is_nothing() {
            return Some(sets.nothing());
        }
        let (levels, who) = (&self.scope.levels, &self.scope.who);
        let covered = match &who.below {
            _ if who.organisations.is_empty() || levels.organisation.is_empty() => None,
            Below::Ids(ids) => Some(ids),
            Below::Paths => return None,
        };
        if self.scope.machine {
            return None;
        }
        let tied = |ties: &[Tie], ids: &dyn Fn() -> Vec<i64>| {
            let mut all = sets.nothing();
            ties.iter().for_each(|tie| all |= sets.tied(*tie, &mut ids().into_iter()));
            all
        };
        let persons = || raw(&who.persons);
        let direct = [Tie::Requester, Tie::Beneficiary, Tie::Assignee];
        let mut named = tied(&direct, &persons);
        named |= tied(&[Tie::FurtherPerson], &persons);
        if !who.witness.is_empty() {
            let mut witnessed = tied(&direct, &|| raw(&who.witness));
            witnessed |= tied(&[Tie::FurtherPerson], &|| raw(&who.witness));
            named &= witnessed;
        }
        named &= sets.confidential();
        named &= within(sets, &self.tenants());

        let mut reached = within(sets, &levels.all);
        for (level, circles) in [(&levels.own, 1), (&levels.team, 2), (&levels.organisation, 3)] {
            if level.is_empty() {
                continue;
            }
            let mut part = tied(&direct, &persons);
            part |= tied(&[Tie::CreatedBy, Tie::FurtherPerson], &persons);
            if circles > 1 {
                part |= tied(&[Tie::Team, Tie::OwnerTeam, Tie::FurtherTeam], &|| raw(&who.teams));
            }
            if let Some(ids) = covered.filter(|_| circles > 2) {
                part |= sets.tied(Tie::Organisation, &mut ids.iter().map(|id| id.raw()));
            }
            part &= within(sets, level);
            reached |= part;
        }
        reached -= sets.confidential();
        reached |= named;
        reached -= sets.tied(Tie::About, &mut raw(&who.eyes()).into_iter());
        Some(reached)
    }
}

fn raw<K>(ids: &[Id<K>]) -> Vec<i64> {
    ids.iter().map(|id| id.raw()).collect()
}

fn within<S: TicketSets>(sets: &S, tenants: &Tenants) -> S::Set {
    match tenants {
        Tenants::All => sets.everything(),
        Tenants::Some(list) => sets.tied(Tie::Tenant, &mut list.iter().map(|id| id.raw())),
    }
}
