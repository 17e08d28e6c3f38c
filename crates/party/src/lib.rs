//! Tenants, organisations, persons, teams, locations and the service tree: tables, types and stores.
//!
//! Invariants: a tenant is a root organisation; every row says whose it is (`tenant_id`, 0 = shared by
//! the operator); a path such as `/1/5/` holds the ids from the root down, so a subtree is one range
//! of an index; text is compared by its folded key; an update names the version it started from.
//! No rights are decided here: every function that lists takes a [`Within`] that `access` makes.

mod account;
mod address;
mod location;
mod membership;
mod organisation;
mod person;
mod service;
mod team;
mod tenant;

pub mod store;
pub mod tree;
pub mod words;

pub use account::{Account, PasswordHash};
pub use address::{Address, AddressKind, NewAddress};
pub use location::{Location, LocationData};
pub use membership::{Member, Membership, NewMembership};
pub use organisation::{Organisation, OrganisationData, OrganisationKind, OrganisationLine};
pub use person::{Person, PersonData, PersonLine};
pub use service::{Service, ServiceData, ServiceState};
pub use store::names::{Names, PersonName, Wanted};
pub use team::{Team, TeamData, TeamMember, TeamRole};
pub use tenant::{SHARED, TenantId, Tenants, Within};

/// The tables of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0100_party_organisation", "../migrations/0100_organisation.sql"),
    db::migration!("20261122_0101_party_location", "../migrations/0101_location.sql"),
    db::migration!("20261122_0102_party_person", "../migrations/0102_person.sql"),
    db::migration!("20261122_0103_party_account", "../migrations/0103_account.sql"),
    db::migration!("20261122_0104_party_team", "../migrations/0104_team.sql"),
    db::migration!("20261122_0105_party_service", "../migrations/0105_service.sql"),
    db::migration!("20261122_0106_party_word", "../migrations/0106_word.sql"),
    db::migration!("20261122_0107_party_account_unlocked", "../migrations/0107_account_unlocked.sql"),
];
