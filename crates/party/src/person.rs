//! Persons: whoever asks, works, approves or is written to.

use kernel::{Lang, LocationId, OrganisationId, PersonId, Time};

use crate::TenantId;

db::row! {
    /// A person as stored.
    pub struct Person {
        pub id: PersonId,
        pub tenant: TenantId,
        pub name: String,
        /// Job title.
        pub title: String,
        pub lang: Option<Lang>,
        pub time_zone: Option<String>,
        pub location: Option<LocationId>,
        pub vip: bool,
        pub note: String,
        pub active: bool,
        /// The person this one was merged into.
        pub redirect: Option<PersonId>,
        pub version: i64,
        pub created_at: Time,
        pub updated_at: Time,
    }
}

db::row! {
    /// A person as a list or a picker shows it.
    pub struct PersonLine {
        pub id: PersonId,
        pub tenant: TenantId,
        pub name: String,
        pub name_key: String,
        pub title: String,
        pub vip: bool,
        pub active: bool,
        pub email: Option<String>,
        pub phone: Option<String>,
        pub organisation: Option<OrganisationId>,
        pub organisation_name: Option<String>,
        pub version: i64,
    }
}

/// What can be set on a person; addresses, memberships and the account have their own stores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonData {
    pub name: String,
    pub title: String,
    pub lang: Option<Lang>,
    pub time_zone: Option<String>,
    pub location: Option<LocationId>,
    pub vip: bool,
    pub note: String,
}

impl PersonData {
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

impl From<&Person> for PersonData {
    fn from(p: &Person) -> Self {
        Self {
            name: p.name.clone(),
            title: p.title.clone(),
            lang: p.lang,
            time_zone: p.time_zone.clone(),
            location: p.location,
            vip: p.vip,
            note: p.note.clone(),
        }
    }
}
