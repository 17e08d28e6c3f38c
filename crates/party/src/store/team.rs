//! Teams and who is in them.

use db::{Rd, Tx, params, sql};
use kernel::{Error, Page, PageRequest, PersonId, Result, TeamId, Time, fold, kinds};
use sea_query::{Query, SelectStatement};

use super::word::{self, Kind};
use super::{checked_key, checked_name, expect_one, list};
use crate::words::Words;
use crate::{Team, TeamData, TeamMember, TeamRole, TenantId, Within};

/// Adds a team.
///
/// # Errors
/// Name, key or line are wrong, or the key is taken.
pub fn insert(tx: &mut Tx<'_>, tenant: TenantId, key: &str, data: &TeamData, now: Time) -> Result<TeamId> {
    let (name, key) = (checked_name(&data.name)?, checked_key(key)?);
    checked_line(data.line)?;
    let id = tx.next_id::<kinds::Team>()?;
    tx.exec(
        sql!(
            "INSERT INTO team (id, tenant_id, key, name, name_key, line, lead_id, note, active, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)"
        ),
        &params![id, tenant, &key, &name, fold(&name), data.line, data.lead, &data.note, data.active, now],
    )?;
    refresh(tx, id, tenant, &key, &name)?;
    Ok(id)
}

/// # Errors
/// `Stale` when the team is no longer at `version`.
pub fn update(tx: &mut Tx<'_>, id: TeamId, version: i64, data: &TeamData, now: Time) -> Result<()> {
    let name = checked_name(&data.name)?;
    checked_line(data.line)?;
    let affected = tx.exec(
        sql!(
            "UPDATE team SET name = $3, name_key = $4, line = $5, lead_id = $6, note = $7, active = $8, version = version + 1, updated_at = $9
             WHERE id = $1 AND version = $2"
        ),
        &params![id, version, &name, fold(&name), data.line, data.lead, &data.note, data.active, now],
    )?;
    expect_one(affected)?;
    let stored = get(tx, id)?;
    refresh(tx, id, stored.tenant, &stored.key, &name)
}

fn checked_line(line: i64) -> Result<()> {
    if (1..=3).contains(&line) { Ok(()) } else { Err(Error::invalid("line", "error-choice")) }
}

/// # Errors
/// `NotFound`.
pub fn get(rd: &mut Rd<'_>, id: TeamId) -> Result<Team> {
    rd.one(
        sql!(Team, "SELECT id, tenant_id, key, name, line, lead_id, note, active, version, created_at, updated_at FROM team WHERE id = $1"),
        &params![id],
    )
}

/// The team of a key as a tenant knows it: its own before the operator's.
///
/// # Errors
/// The database does not answer.
pub fn by_key(rd: &mut Rd<'_>, tenant: TenantId, key: &str) -> Result<Option<Team>> {
    rd.first(
        sql!(
            Team,
            "SELECT id, tenant_id, key, name, line, lead_id, note, active, version, created_at, updated_at FROM team
             WHERE tenant_id IN ($1, 0) AND key = $2 ORDER BY tenant_id DESC LIMIT 1"
        ),
        &params![tenant, key],
    )
}

/// One page by name.
///
/// # Errors
/// The cursor is not ours.
pub fn page(rd: &mut Rd<'_>, within: &Within, request: &PageRequest) -> Result<Page<Team>> {
    list::page(rd, &lines(), "team", within, request, |t: &Team| (fold(&t.name), t.id.raw()))
}

/// Teams by the beginnings of words of the name or the key.
///
/// # Errors
/// The database does not answer.
pub fn search(rd: &mut Rd<'_>, within: &Within, text: &str, limit: u64) -> Result<Vec<Team>> {
    word::search(rd, Kind::Team, &lines(), within, text, limit)
}

fn lines() -> SelectStatement {
    Query::select()
        .columns(
            ["id", "tenant_id", "key", "name", "line", "lead_id", "note", "active", "version", "created_at", "updated_at"]
                .map(|c| ("team", c)),
        )
        .from("team")
        .to_owned()
}

/// The members of a team, by name; at most 500.
///
/// # Errors
/// The database does not answer.
pub fn members(rd: &mut Rd<'_>, team: TeamId) -> Result<Vec<TeamMember>> {
    rd.all(
        sql!(
            TeamMember,
            "SELECT m.team_id, m.person_id, p.name, m.role, p.active FROM team_member m JOIN person p ON p.id = m.person_id
             WHERE m.team_id = $1 ORDER BY p.name_key, p.id LIMIT 500"
        ),
        &params![team],
    )
}

/// The active teams a person is in; at most 100.
///
/// # Errors
/// The database does not answer.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<Team>> {
    rd.all(
        sql!(
            Team,
            "SELECT t.id, t.tenant_id, t.key, t.name, t.line, t.lead_id, t.note, t.active, t.version, t.created_at, t.updated_at
             FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.person_id = $1 AND t.active = 1 ORDER BY t.name_key, t.id LIMIT 100"
        ),
        &params![person],
    )
}

/// Adds a member or changes what they are in the team.
///
/// # Errors
/// Team or person do not exist.
pub fn put_member(tx: &mut Tx<'_>, team: TeamId, person: PersonId, role: TeamRole) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO team_member (team_id, person_id, role) VALUES ($1, $2, $3) ON CONFLICT (team_id, person_id) DO UPDATE SET role = excluded.role"),
        &params![team, person, role],
    )?;
    Ok(())
}

/// # Errors
/// `NotFound` when the person is not in the team.
pub fn remove_member(tx: &mut Tx<'_>, team: TeamId, person: PersonId) -> Result<()> {
    let affected = tx.exec(sql!("DELETE FROM team_member WHERE team_id = $1 AND person_id = $2"), &params![team, person])?;
    if affected == 0 { Err(Error::not_found()) } else { Ok(()) }
}

fn refresh(tx: &mut Tx<'_>, id: TeamId, tenant: TenantId, key: &str, name: &str) -> Result<()> {
    let mut words = Words::of_text(name);
    words.text(key);
    word::keep(tx, Kind::Team, tenant, id.raw(), &words)
}
