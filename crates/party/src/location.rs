//! Locations: where people and equipment are, as a tree.

use kernel::{LocationId, Time};

use crate::TenantId;

db::row! {
    /// A location as stored.
    pub struct Location {
        pub id: LocationId,
        pub tenant: TenantId,
        pub parent: Option<LocationId>,
        pub path: String,
        pub name: String,
        pub address: String,
        pub time_zone: Option<String>,
        pub active: bool,
        pub version: i64,
        pub created_at: Time,
        pub updated_at: Time,
    }
}

/// What a person may set on a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationData {
    pub name: String,
    pub address: String,
    pub time_zone: Option<String>,
    pub active: bool,
}

impl LocationData {
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), address: String::new(), time_zone: None, active: true }
    }
}
