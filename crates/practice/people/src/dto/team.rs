//! Teams as JSON.

use access::{Actor, Object};
use db::Rd;
use kernel::Result;
use party::{Team, TeamMember, Wanted};
use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;

/// A team of the desk.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamOut {
    #[schema(example = 4)]
    pub id: i64,
    /// Whose team it is: a tenant, 0 for all of them.
    pub tenant: i64,
    /// Never changes.
    #[schema(example = "network")]
    pub key: String,
    #[schema(example = "Network")]
    pub name: String,
    /// Support line, 1 to 3.
    pub line: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<NamedRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub active: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub updated_at: String,
    /// The entity tag.
    pub version: i64,
}

/// Teams that the caller has found by scope.
///
/// # Errors
/// The database does not answer.
pub fn teams_out(rd: &mut Rd<'_>, actor: &Actor, teams: Vec<Team>) -> Result<Vec<TeamOut>> {
    let mut wanted = Wanted::default();
    for t in &teams {
        wanted.person(t.lead);
    }
    let names = wanted.load(rd)?;
    let out = teams.into_iter().map(|t| {
        let hidden = actor.hidden_in(Object::Team, t.tenant);
        TeamOut {
            id: t.id.raw(),
            tenant: t.tenant.raw(),
            key: t.key,
            name: t.name,
            line: t.line,
            lead: t.lead.filter(|_| !hidden.contains("lead")).map(|p| NamedRef::new(p.raw(), names.person_name(p))),
            note: (!hidden.contains("note")).then_some(t.note),
            active: t.active,
            created_at: t.created_at.to_rfc3339(),
            updated_at: t.updated_at.to_rfc3339(),
            version: t.version,
        }
    });
    Ok(out.collect())
}

/// Somebody in a team.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberOut {
    pub person: NamedRef,
    /// member lead
    #[schema(example = "member")]
    pub role: String,
    pub active: bool,
}

impl From<TeamMember> for MemberOut {
    fn from(m: TeamMember) -> Self {
        Self { person: NamedRef::new(m.person.raw(), m.name), role: m.role.key().to_owned(), active: m.active }
    }
}
