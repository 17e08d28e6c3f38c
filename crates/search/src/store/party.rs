//! People, organisations, teams and services with what is found of them.

use std::collections::HashMap;

use db::{Rd, Row};
use kernel::{Result, Time};
use party::AddressKind;
use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::padded;
use crate::Kind;

/// Any of them.
#[derive(Debug, Clone, Default)]
pub struct Source {
    pub id: i64,
    pub tenant: i64,
    pub name: String,
    /// Words that everybody reads: its key, its description.
    pub texts: Vec<String>,
    /// What a role can hide: addresses, job title, domains.
    pub addresses: Vec<(AddressKind, String)>,
    pub title: String,
    pub domains: Vec<String>,
    pub active: bool,
    /// What scopes ask for.
    pub persons: Vec<i64>,
    pub teams: Vec<i64>,
    pub organisations: Vec<i64>,
}

fn rows(table: &'static str, columns: &[&'static str], ids: &[i64]) -> SelectStatement {
    by(table, "id", columns, ids)
}

fn by(table: &'static str, key: &'static str, columns: &[&'static str], ids: &[i64]) -> SelectStatement {
    let mut select = Query::select();
    for column in columns {
        select.column(*column);
    }
    select.from(table).and_where(Expr::col(key).is_in(padded(ids))).to_owned()
}

fn grouped<R: Row, T>(rd: &mut Rd<'_>, select: &SelectStatement, read: impl Fn(R) -> (i64, T)) -> Result<HashMap<i64, Vec<T>>> {
    let mut map: HashMap<i64, Vec<T>> = HashMap::new();
    for (id, value) in rd.select::<R>(select)?.into_iter().map(read) {
        map.entry(id).or_default().push(value);
    }
    Ok(map)
}

/// Parties of a kind, with the memberships that run at a moment.
///
/// # Errors
/// The database refuses.
pub fn sources(rd: &mut Rd<'_>, kind: Kind, ids: &[i64], at: Time) -> Result<Vec<Source>> {
    match kind {
        Kind::Ticket => Ok(Vec::new()),
        Kind::Person => persons(rd, ids, at),
        Kind::Organisation => organisations(rd, ids),
        Kind::Team => teams(rd, ids),
        Kind::Service => services(rd, ids),
    }
}

type Named = (i64, i64, String, String, bool);

/// Persons; one that was merged into another is none.
fn persons(rd: &mut Rd<'_>, ids: &[i64], at: Time) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = rows("person", &["id", "tenant_id", "name", "title", "active"], ids);
    let found: Vec<Named> = rd.select(select.and_where(Expr::col("redirect_id").is_null()))?;
    let mut addresses = grouped(
        rd,
        &by("person_address", "person_id", &["person_id", "kind", "value"], ids),
        |(id, kind, value): (i64, AddressKind, String)| (id, (kind, value)),
    )?;
    let mut running = by("membership", "person_id", &["person_id", "organisation_id"], ids);
    running.and_where(Expr::col("from_at").lte(at.0)).and_where(Expr::col("to_at").gt(at.0));
    let mut organisations = grouped(rd, &running, |pair: (i64, i64)| pair)?;
    let mut teams = grouped(rd, &by("team_member", "person_id", &["person_id", "team_id"], ids), |pair: (i64, i64)| pair)?;
    let source = |(id, tenant, name, title, active): Named| Source {
        id,
        tenant,
        name,
        title,
        active,
        addresses: addresses.remove(&id).unwrap_or_default(),
        persons: vec![id],
        teams: teams.remove(&id).unwrap_or_default(),
        organisations: organisations.remove(&id).unwrap_or_default(),
        ..Source::default()
    };
    Ok(found.into_iter().map(source).collect())
}

/// Organisations.
fn organisations(rd: &mut Rd<'_>, ids: &[i64]) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(i64, i64, String, bool)> = rd.select(&rows("organisation", &["id", "tenant_id", "name", "active"], ids))?;
    let mut domains =
        grouped(rd, &by("organisation_domain", "organisation_id", &["organisation_id", "domain"], ids), |pair: (i64, String)| pair)?;
    let source = |(id, tenant, name, active): (i64, i64, String, bool)| Source {
        id,
        tenant,
        name,
        active,
        domains: domains.remove(&id).unwrap_or_default(),
        organisations: vec![id],
        ..Source::default()
    };
    Ok(found.into_iter().map(source).collect())
}

/// Teams.
fn teams(rd: &mut Rd<'_>, ids: &[i64]) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<Named> = rd.select(&rows("team", &["id", "tenant_id", "name", "key", "active"], ids))?;
    let source = |(id, tenant, name, key, active): Named| Source {
        id,
        tenant,
        name,
        texts: vec![key],
        active,
        teams: vec![id],
        ..Source::default()
    };
    Ok(found.into_iter().map(source).collect())
}

type ServiceRow = (i64, i64, String, String, String, Option<i64>, Option<i64>, bool);

/// Services.
fn services(rd: &mut Rd<'_>, ids: &[i64]) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let columns = ["id", "tenant_id", "name", "key", "description", "owner_id", "team_id", "active"];
    let found: Vec<ServiceRow> = rd.select(&rows("service", &columns, ids))?;
    let source = |(id, tenant, name, key, description, owner, team, active): ServiceRow| Source {
        id,
        tenant,
        name,
        texts: vec![key, description],
        active,
        persons: Option::into_iter(owner).collect(),
        teams: Option::into_iter(team).collect(),
        ..Source::default()
    };
    Ok(found.into_iter().map(source).collect())
}
