//! What happened to people and places, for the log that administrators read: ids and keys only.

use access::Reach;
use db::Tx;
use events::{Act, Draft, Visibility, append};
use kernel::{LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId};
use party::TenantId;
use serde::Serialize;

/// Which record it happened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    Person(PersonId),
    Organisation(OrganisationId),
    Team(TeamId),
    Service(ServiceId),
    Location(LocationId),
    /// Roles are named by tenant and key; the payload says which.
    Role,
}

impl Object {
    /// The object name in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Object::Person(_) => "person",
            Object::Organisation(_) => "organisation",
            Object::Team(_) => "team",
            Object::Service(_) => "service",
            Object::Location(_) => "location",
            Object::Role => "role",
        }
    }
    /// The id in the log; 0 for roles.
    pub const fn id(self) -> i64 {
        match self {
            Object::Person(id) => id.raw(),
            Object::Organisation(id) => id.raw(),
            Object::Team(id) => id.raw(),
            Object::Service(id) => id.raw(),
            Object::Location(id) => id.raw(),
            Object::Role => 0,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", untagged)]
pub enum Payload {
    Nothing {},
    /// The fields that have other values now; the values stand in the record.
    Fields {
        fields: Vec<&'static str>,
    },
    /// Custom fields, by their properties.
    Custom {
        fields: Vec<String>,
    },
    Address {
        kind: &'static str,
    },
    Organisation {
        organisation: OrganisationId,
    },
    Person {
        person: PersonId,
    },
    Moved {
        from: Option<i64>,
        to: Option<i64>,
    },
    Count {
        count: usize,
    },
    Role {
        role: String,
        tenant: TenantId,
    },
    RoleVersion {
        role: String,
        version: i64,
        /// Verbs that reach further or less far: before and now.
        verbs: Vec<(&'static str, Reach, Reach)>,
    },
}

/// Writes it down, in the transaction of the change.
pub(crate) fn record(tx: &mut Tx<'_>, act: &Act, tenant: TenantId, object: Object, kind: &'static str, payload: &Payload) -> Result<()> {
    let draft = Draft {
        tenant: tenant.raw(),
        object: object.name(),
        object_id: object.id(),
        kind,
        visibility: Visibility::Administrative,
        payload,
    };
    append(tx, act, &draft).map(drop)
}
