//! The service tree.

use kernel::{PersonId, ServiceId, TeamId, Time};

use crate::TenantId;

db::choice! {
    /// Where a service is in its life.
    ServiceState {
        Proposed "proposed",
        Live "live",
        Retired "retired",
    }
}

db::row! {
    /// A service as stored.
    pub struct Service {
        pub id: ServiceId,
        /// 0: a service that the operator offers to all tenants.
        pub tenant: TenantId,
        pub parent: Option<ServiceId>,
        pub path: String,
        /// Never changes.
        pub key: String,
        pub name: String,
        pub state: ServiceState,
        pub owner: Option<PersonId>,
        /// The team a ticket about it starts with.
        pub team: Option<TeamId>,
        /// The impact a ticket about it starts with: 1 low, 2 medium, 3 high, 4 extensive.
        pub impact: Option<i64>,
        pub description: String,
        pub active: bool,
        pub version: i64,
        pub created_at: Time,
        pub updated_at: Time,
    }
}

/// What a person may set on a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceData {
    pub name: String,
    pub state: ServiceState,
    pub owner: Option<PersonId>,
    pub team: Option<TeamId>,
    /// 1 to 4, as in [`Service`].
    pub impact: Option<i64>,
    pub description: String,
    pub active: bool,
}

impl ServiceData {
    pub fn live(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            state: ServiceState::Live,
            owner: None,
            team: None,
            impact: None,
            description: String::new(),
            active: true,
        }
    }
}
