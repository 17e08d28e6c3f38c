//! Services and locations as JSON.

use access::{Actor, Object};
use db::Rd;
use kernel::Result;
use party::{Location, Service, Wanted, tree};
use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;

/// A service of the catalogue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ServiceOut {
    #[schema(example = 12)]
    pub id: i64,
    /// Whose service it is: a tenant, 0 when it is offered to all of them.
    pub tenant: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// The ids from the top down to this one.
    pub path: Vec<i64>,
    /// Never changes.
    #[schema(example = "email")]
    pub key: String,
    #[schema(example = "E-mail")]
    pub name: String,
    /// proposed live retired
    #[schema(example = "live")]
    pub state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<NamedRef>,
    /// The team a ticket about it starts with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<NamedRef>,
    /// The impact a ticket about it starts with: 1 low, 2 medium, 3 high, 4 extensive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impact: Option<i64>,
    pub description: String,
    pub active: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub updated_at: String,
    /// The entity tag.
    pub version: i64,
}

/// Services that the caller has found by scope.
///
/// # Errors
/// The database does not answer.
pub fn services_out(rd: &mut Rd<'_>, actor: &Actor, services: Vec<Service>) -> Result<Vec<ServiceOut>> {
    let mut wanted = Wanted::default();
    for s in &services {
        wanted.person(s.owner).team(s.team);
    }
    let names = wanted.load(rd)?;
    let out = services.into_iter().map(|s| {
        let hidden = actor.hidden_in(Object::Service, s.tenant);
        ServiceOut {
            id: s.id.raw(),
            tenant: s.tenant.raw(),
            parent: s.parent.map(|p| p.raw()),
            path: tree::ids(&s.path).collect(),
            key: s.key,
            name: s.name,
            state: s.state.key().to_owned(),
            owner: s.owner.filter(|_| !hidden.contains("owner")).map(|p| NamedRef::new(p.raw(), names.person_name(p))),
            team: s.team.filter(|_| !hidden.contains("team")).map(|t| NamedRef::new(t.raw(), names.team(t))),
            impact: s.impact.filter(|_| !hidden.contains("impact")),
            description: s.description,
            active: s.active,
            created_at: s.created_at.to_rfc3339(),
            updated_at: s.updated_at.to_rfc3339(),
            version: s.version,
        }
    });
    Ok(out.collect())
}

/// A location.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LocationOut {
    #[schema(example = 7)]
    pub id: i64,
    /// Whose location it is: a tenant, 0 for all of them.
    pub tenant: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// The ids from the top down to this one.
    pub path: Vec<i64>,
    #[schema(example = "Madrid, floor 2")]
    pub name: String,
    /// Where it is, as one writes it on a parcel.
    pub address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Europe/Madrid")]
    pub time_zone: Option<String>,
    pub active: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub updated_at: String,
    /// The entity tag.
    pub version: i64,
}

/// Locations that the caller has found by scope.
pub fn locations_out(locations: Vec<Location>) -> Vec<LocationOut> {
    let out = locations.into_iter().map(|l| LocationOut {
        id: l.id.raw(),
        tenant: l.tenant.raw(),
        parent: l.parent.map(|p| p.raw()),
        path: tree::ids(&l.path).collect(),
        name: l.name,
        address: l.address,
        time_zone: l.time_zone,
        active: l.active,
        created_at: l.created_at.to_rfc3339(),
        updated_at: l.updated_at.to_rfc3339(),
        version: l.version,
    });
    out.collect()
}
