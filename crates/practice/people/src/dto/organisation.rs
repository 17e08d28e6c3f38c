//! Organisations as JSON.

use access::{Actor, Object, Verb};
use db::Rd;
use kernel::{OrganisationId, Result};
use party::{OrganisationLine, store, tree};
use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;
use crate::permit;

/// An organisation as a list has it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrganisationLineOut {
    #[schema(example = 31)]
    pub id: i64,
    #[schema(example = "Accounting")]
    pub name: String,
    /// internal customer supplier partner
    #[schema(example = "internal")]
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    pub active: bool,
    pub version: i64,
}

impl From<OrganisationLine> for OrganisationLineOut {
    fn from(o: OrganisationLine) -> Self {
        Self {
            id: o.id.raw(),
            name: o.name,
            kind: o.kind.key().to_owned(),
            parent: o.parent.map(|p| p.raw()),
            active: o.active,
            version: o.version,
        }
    }
}

/// An organisation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrganisationOut {
    #[schema(example = 31)]
    pub id: i64,
    #[schema(example = "Accounting")]
    pub name: String,
    /// internal customer supplier partner
    #[schema(example = "internal")]
    pub kind: String,
    /// The one directly above; absent: it is a tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// The ids from the tenant down to this one.
    pub path: Vec<i64>,
    /// The paying customer, when it is another one and may be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payer: Option<NamedRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// en es ru
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    pub active: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub updated_at: String,
    /// The entity tag.
    pub version: i64,
}

/// An organisation that the caller has found by scope, or has just made.
///
/// # Errors
/// The database does not answer.
pub fn organisation_out(rd: &mut Rd<'_>, actor: &Actor, id: OrganisationId) -> Result<OrganisationOut> {
    let o = store::organisation::get(rd, id)?;
    let hidden = actor.hidden_in(Object::Organisation, o.tenant);
    let payer = match o.payer.filter(|_| !hidden.contains("payer")) {
        Some(payer) => permit::organisation(rd, actor, payer, Verb::OrganisationSee).ok().map(|p| NamedRef::new(p.id.raw(), p.name)),
        None => None,
    };
    let domains = if hidden.contains("domains") { None } else { Some(store::organisation::domains(rd, id)?) };
    Ok(OrganisationOut {
        id: o.id.raw(),
        name: o.name,
        kind: o.kind.key().to_owned(),
        parent: o.parent.map(|p| p.raw()),
        path: tree::ids(&o.path).collect(),
        payer,
        time_zone: o.time_zone,
        lang: o.lang.map(|l| l.tag().to_owned()),
        note: (!hidden.contains("note")).then_some(o.note),
        domains,
        active: o.active,
        created_at: o.created_at.to_rfc3339(),
        updated_at: o.updated_at.to_rfc3339(),
        version: o.version,
    })
}
