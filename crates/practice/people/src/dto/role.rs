//! Roles and who holds them, as JSON.

use std::collections::{BTreeMap, BTreeSet};

use access::store::role::{RoleRow, RoleVersion};
use access::{Object, Reach, Role, Verb};
use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;

/// A role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleOut {
    #[schema(example = "operator")]
    pub key: String,
    /// Whose definition it is: a tenant, 0 for that of all tenants.
    pub tenant: i64,
    /// By language: en es ru.
    pub names: BTreeMap<String, String>,
    /// How far each verb goes: own team organisation all. A verb that is absent is not granted.
    pub verbs: BTreeMap<String, String>,
    /// The fields that it does not show, by object.
    pub hidden: BTreeMap<String, BTreeSet<String>>,
    /// Held by whoever has no other role.
    pub fallback: bool,
    /// Comes with the product and nobody has changed it.
    pub delivered: bool,
    /// An inactive role grants nothing.
    pub active: bool,
    /// RFC 3339, UTC.
    pub updated_at: String,
    /// Who changed it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<i64>,
    /// The entity tag.
    pub version: i64,
}

impl From<RoleRow> for RoleOut {
    fn from(row: RoleRow) -> Self {
        Self {
            key: row.key,
            tenant: row.tenant.raw(),
            names: names(&row.role),
            verbs: verbs(&row.role),
            hidden: hidden(&row.role),
            fallback: row.role.fallback,
            delivered: row.delivered,
            active: row.active,
            updated_at: row.updated_at.to_rfc3339(),
            updated_by: (row.updated_by != 0).then_some(row.updated_by),
            version: row.version,
        }
    }
}

/// What a role was at a time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleVersionOut {
    pub version: i64,
    pub names: BTreeMap<String, String>,
    pub verbs: BTreeMap<String, String>,
    pub hidden: BTreeMap<String, BTreeSet<String>>,
    pub active: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// Absent: it came with the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<i64>,
}

impl From<RoleVersion> for RoleVersionOut {
    fn from(v: RoleVersion) -> Self {
        Self {
            version: v.version,
            names: names(&v.role),
            verbs: verbs(&v.role),
            hidden: hidden(&v.role),
            active: v.active,
            created_at: v.created_at.to_rfc3339(),
            created_by: (v.created_by != 0).then_some(v.created_by),
        }
    }
}

fn names(role: &Role) -> BTreeMap<String, String> {
    role.names.iter().map(|(lang, name)| (lang.tag().to_owned(), name.clone())).collect()
}

fn verbs(role: &Role) -> BTreeMap<String, String> {
    let granted = Verb::ALL.iter().filter(|v| role.reach(**v) > Reach::None);
    granted.map(|v| (v.key().to_owned(), role.reach(*v).key().to_owned())).collect()
}

fn hidden(role: &Role) -> BTreeMap<String, BTreeSet<String>> {
    let by_object = Object::ALL.iter().map(|o| (o.key().to_owned(), role.hidden(*o).map(str::to_owned).collect::<BTreeSet<_>>()));
    by_object.filter(|(_, fields)| !fields.is_empty()).collect()
}

/// A role that somebody holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GrantOut {
    pub person: NamedRef,
    #[schema(example = "operator")]
    pub role: String,
    /// Where it is held: a tenant, 0 for all of them.
    pub tenant: i64,
    /// RFC 3339, UTC; absent in a list by role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted_at: Option<String>,
}
