//! Who may do what to which records: an [`Actor`] is compiled, per verb, to a scope that works as a
//! SQL condition and as a predicate with the same answer.
//!
//! Invariants: nothing is granted by default; a scope without clauses is false, never absent; a right
//! to do is no right to see; rights never grow because two persons were merged; a token only narrows.

mod actor;
mod delivered;
mod explain;
mod reach;
mod role;
mod scope;
mod token;
mod verb;

pub mod known;
pub mod store;

pub use actor::{Actor, ActorKind, Grant, Looker};
pub use delivered::{FALLBACK, SYSTEM, delivered, seed};
pub use explain::{Clause, Reason, Why};
pub use reach::Reach;
pub use role::Role;
pub use scope::{
    Below, Extent, LocationScope, OrganisationFacts, OrganisationScope, PersonFacts, PersonScope, Place, ServiceFacts, ServiceScope,
    TeamScope, TicketFacts, TicketScope, TicketSets, Tie, Who,
};
pub use store::actor::{load_account, load_actor, load_anybody};
pub use token::TokenScope;
pub use verb::{Object, Verb};

/// The tables of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0200_access_role", "../migrations/0200_role.sql"),
    db::migration!("20261122_0215_access_seeing", "../migrations/0215_seeing.sql"),
];
