//! Who belongs to which organisation, from when to when.

use kernel::{OrganisationId, PersonId, Time};

db::row! {
    /// A membership with the name of the organisation.
    pub struct Membership {
        pub person: PersonId,
        pub organisation: OrganisationId,
        pub organisation_name: String,
        pub organisation_path: String,
        pub role_title: String,
        pub from_at: Time,
        /// [`Time::NEVER`]: it has no end.
        pub to_at: Time,
        pub main: bool,
    }
}

db::row! {
    /// A member of an organisation as its page shows it.
    pub struct Member {
        pub person: PersonId,
        pub name: String,
        pub name_key: String,
        pub title: String,
        pub vip: bool,
        pub active: bool,
        pub role_title: String,
        pub main: bool,
    }
}

/// A membership that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMembership {
    pub organisation: OrganisationId,
    pub role_title: String,
    pub from_at: Time,
    pub to_at: Time,
    /// Makes it the main one; the one before keeps its dates.
    pub main: bool,
}

impl NewMembership {
    /// The main membership from `from_at` on.
    pub fn main(organisation: OrganisationId, from_at: Time) -> Self {
        Self { organisation, role_title: String::new(), from_at, to_at: Time::NEVER, main: true }
    }
}
