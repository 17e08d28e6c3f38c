//! Teams of the desk.

use kernel::{PersonId, TeamId, Time};

use crate::TenantId;

db::choice! {
    /// What somebody is in a team.
    TeamRole {
        Member "member",
        Lead "lead",
    }
}

db::row! {
    /// A team as stored.
    pub struct Team {
        pub id: TeamId,
        /// 0: a team of the operator for all tenants.
        pub tenant: TenantId,
        /// Never changes: rules, filters and imports name the team by it.
        pub key: String,
        pub name: String,
        /// Support line, 1 to 3.
        pub line: i64,
        pub lead: Option<PersonId>,
        pub note: String,
        pub active: bool,
        pub version: i64,
        pub created_at: Time,
        pub updated_at: Time,
    }
}

db::row! {
    pub struct TeamMember {
        pub team: TeamId,
        pub person: PersonId,
        pub name: String,
        pub role: TeamRole,
        pub active: bool,
    }
}

/// What a person may set on a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamData {
    pub name: String,
    pub line: i64,
    pub lead: Option<PersonId>,
    pub note: String,
    pub active: bool,
}

impl TeamData {
    pub fn named(name: impl Into<String>, line: i64) -> Self {
        Self { name: name.into(), line, lead: None, note: String::new(), active: true }
    }
}
