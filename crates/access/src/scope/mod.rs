//! Scopes: the records a verb reaches, as a predicate and as a SQL condition.

mod extent;
mod location;
mod organisation;
mod person;
mod service;
mod sets;
mod sql;
mod team;
mod ticket;

use std::collections::BTreeSet;
use std::sync::Arc;

use db::Rd;
use kernel::{OrganisationId, PersonId, Result, TeamId, Time};
use party::{TenantId, Tenants, tree};
use sea_query::{Condition, Expr, ExprTrait, Query};

use crate::Reach;

pub use extent::Extent;
pub use location::LocationScope;
pub use organisation::{OrganisationFacts, OrganisationScope};
pub use person::{PersonFacts, PersonScope};
pub use service::{ServiceFacts, ServiceScope};
pub use sets::{TicketSets, Tie};
pub use team::TeamScope;
pub use ticket::{TicketFacts, TicketScope};

/// An organisation with its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub id: OrganisationId,
    pub path: String,
}

/// The organisations at and below those of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Below {
    /// Few: asked by id.
    Ids(BTreeSet<OrganisationId>),
    /// Many, or never needed: asked by ranges of paths.
    #[default]
    Paths,
}

/// What a person is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The person, and those that were merged into them.
    pub persons: Vec<PersonId>,
    /// Somebody who looks as this person does, and those merged into them: what is confidential must name
    /// them too, and nothing that is about them shows.
    pub witness: Vec<PersonId>,
    pub teams: Vec<TeamId>,
    /// Those the person is a member of now.
    pub organisations: Vec<Place>,
    pub below: Below,
    /// When this was read: memberships of others are asked for the same moment.
    pub at: Time,
}

impl Default for Who {
    fn default() -> Self {
        Self {
            persons: Vec::new(),
            witness: Vec::new(),
            teams: Vec::new(),
            organisations: Vec::new(),
            below: Below::default(),
            at: Time(0),
        }
    }
}

impl Who {
    pub(crate) fn is(&self, person: Option<PersonId>) -> bool {
        person.is_some_and(|p| self.persons.contains(&p))
    }
    /// The person and whoever looks through their eyes.
    pub(crate) fn eyes(&self) -> Vec<PersonId> {
        self.persons.iter().chain(&self.witness).copied().collect()
    }
    pub(crate) fn are_any(&self, persons: &[PersonId]) -> bool {
        persons.iter().any(|p| self.persons.contains(p))
    }
    pub(crate) fn in_team(&self, team: Option<TeamId>) -> bool {
        team.is_some_and(|t| self.teams.contains(&t))
    }
    /// The organisation of the person that is this one or stands above it.
    pub(crate) fn covering(&self, place: &Place) -> Option<&Place> {
        if let Below::Ids(ids) = &self.below
            && !ids.contains(&place.id)
        {
            return None;
        }
        self.organisations.iter().find(|mine| tree::is_within(&place.path, &mine.path))
    }
}

/// The tenants by how far the verb goes in each; a higher level includes the lower ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Levels {
    pub own: Tenants,
    pub team: Tenants,
    pub organisation: Tenants,
    pub all: Tenants,
}

impl Default for Levels {
    fn default() -> Self {
        let nothing = || Tenants::Some(Vec::new());
        Self { own: nothing(), team: nothing(), organisation: nothing(), all: nothing() }
    }
}

impl Levels {
    fn at(&mut self, reach: Reach) -> Option<&mut Tenants> {
        match reach {
            Reach::None => None,
            Reach::Own => Some(&mut self.own),
            Reach::Team => Some(&mut self.team),
            Reach::Organisation => Some(&mut self.organisation),
            Reach::All => Some(&mut self.all),
        }
    }
    pub fn put_all(&mut self, reach: Reach) {
        if let Some(level) = self.at(reach) {
            *level = Tenants::All;
        }
    }
    pub fn put(&mut self, reach: Reach, tenant: TenantId) {
        if let Some(Tenants::Some(list)) = self.at(reach) {
            list.push(tenant);
        }
    }
    /// Whether the verb goes anywhere in a tenant.
    pub fn touch(&self, tenant: TenantId) -> bool {
        [&self.own, &self.team, &self.organisation, &self.all].into_iter().any(|level| level.contains(tenant))
    }
    /// The tenants of all levels together.
    fn tenants(&self) -> Tenants {
        let mut union = BTreeSet::new();
        for level in [&self.own, &self.team, &self.organisation, &self.all] {
            match level {
                Tenants::All => return Tenants::All,
                Tenants::Some(list) => union.extend(list),
            }
        }
        Tenants::Some(union.into_iter().copied().collect())
    }
}

/// What all scopes share: how far in which tenant, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    pub levels: Levels,
    pub who: Arc<Who>,
    /// Rows that the operator shares are reached like those of the tenant: to read them only.
    pub reads: bool,
    /// The desk itself or an import: what is confidential is reached like everything else.
    pub machine: bool,
}

/// The three inner circles of an object, as predicates or as conditions.
pub(crate) struct Circles<T> {
    pub own: T,
    pub team: T,
    pub organisation: T,
}

impl Scope {
    pub fn is_nothing(&self) -> bool {
        self.levels.tenants().is_empty()
    }
    pub fn tenants(&self) -> Tenants {
        self.levels.tenants()
    }
    /// Whether everything of every tenant is reached.
    pub fn is_everything(&self) -> bool {
        self.levels.all == Tenants::All
    }

    /// The predicate: each circle is asked only when its level is reached.
    pub fn sees(&self, tenant: TenantId, circles: &Circles<&dyn Fn() -> bool>) -> bool {
        let l = &self.levels;
        let (own, team, organisation) = (l.own.contains(tenant), l.team.contains(tenant), l.organisation.contains(tenant));
        l.all.contains(tenant)
            || ((own || team || organisation) && (circles.own)())
            || ((team || organisation) && (circles.team)())
            || (organisation && (circles.organisation)())
    }

    /// The same as SQL over `table`.
    pub fn condition(&self, table: &'static str, circles: Circles<&dyn Fn() -> Condition>) -> Condition {
        let l = &self.levels;
        if self.is_everything() {
            return sql::always();
        }
        let mut any = Condition::any();
        any = sql::within(any, table, &l.all, Condition::all);
        any = sql::within(any, table, &l.organisation, || {
            Condition::any().add((circles.own)()).add((circles.team)()).add((circles.organisation)())
        });
        any = sql::within(any, table, &l.team, || Condition::any().add((circles.own)()).add((circles.team)()));
        any = sql::within(any, table, &l.own, || (circles.own)());
        if any.is_empty() { sql::never() } else { any }
    }
}

impl Scope {
    /// For objects that the operator may share: whoever reads something of a tenant reads the shared
    /// rows as far. Changing those takes a grant for all tenants.
    fn with_shared(&self) -> Self {
        if !self.reads {
            return self.clone();
        }
        let l = &self.levels;
        let levels = Levels {
            own: l.own.clone().with_shared(),
            team: l.team.clone().with_shared(),
            organisation: l.organisation.clone().with_shared(),
            all: l.all.clone().with_shared(),
        };
        Self { levels, who: Arc::clone(&self.who), reads: true, machine: self.machine }
    }
}

/// Whether the scope reaches the row of an id.
fn reaches(rd: &mut Rd<'_>, table: &'static str, id: i64, scope: &Scope, condition: impl Fn() -> Condition) -> Result<bool> {
    if scope.is_nothing() {
        return Ok(false);
    }
    let row =
        Query::select().column((table, "id")).from(table).and_where(Expr::col((table, "id")).eq(id)).cond_where(condition()).to_owned();
    Ok(!rd.select::<i64>(&row)?.is_empty())
}
