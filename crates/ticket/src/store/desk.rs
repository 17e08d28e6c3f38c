//! Who is there to work, and what is where.

use db::{Rd, params, sql};
use kernel::{OrganisationId, PersonId, Result, TeamId};

/// The first team of the first line: the tenant's own before one that the operator shares.
///
/// # Errors
/// The database refuses.
pub fn first_line(rd: &mut Rd<'_>, tenant: OrganisationId) -> Result<Option<TeamId>> {
    rd.first(
        sql!(TeamId, "SELECT id FROM team WHERE tenant_id IN (0, $1) AND line = 1 AND active = 1 ORDER BY tenant_id DESC, id LIMIT 1"),
        &params![tenant],
    )
}

/// The teams in which a person works for a tenant, those of the first line first.
///
/// # Errors
/// The database refuses.
pub fn teams_of(rd: &mut Rd<'_>, tenant: OrganisationId, person: PersonId) -> Result<Vec<TeamId>> {
    rd.all(
        sql!(
            TeamId,
            "SELECT t.id FROM team_member m JOIN team t ON t.id = m.team_id JOIN person p ON p.id = m.person_id \
             WHERE m.person_id = $2 AND t.active = 1 AND p.active = 1 AND t.tenant_id IN (0, $1, p.tenant_id) ORDER BY t.line, t.id LIMIT 100"
        ),
        &params![tenant, person],
    )
}

/// How many tickets are in a state, up to a thousand; in tenant 0: of all tenants.
///
/// # Errors
/// The database refuses.
pub fn in_state(rd: &mut Rd<'_>, tenant: OrganisationId, kind: &str, state: &str) -> Result<i64> {
    rd.one(
        sql!(
            i64,
            "SELECT COUNT(*) FROM (SELECT 1 FROM ticket WHERE kind = $2 AND state = $3 AND ($1 = 0 OR tenant_id = $1) LIMIT 1000) AS found"
        ),
        &params![tenant, kind, state],
    )
}
