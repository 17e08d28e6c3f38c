//! Organisations: the tree of each tenant and the mail domains that lead to it.

use std::collections::BTreeSet;

use db::{Rd, Tx, params, sql};
use kernel::{Error, OrganisationId, Page, PageRequest, Result, Time, fold, kinds};
use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::word::{self, Kind};
use super::{checked_name, expect_one, list};
use crate::words::Words;
use crate::{Organisation, OrganisationData, OrganisationKind, OrganisationLine, TenantId, Within, tree};

/// What a list of organisations is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub kind: Option<OrganisationKind>,
    pub active: Option<bool>,
    /// Only the roots: the tenants.
    pub roots: bool,
}

/// Adds an organisation; without a parent it is a new tenant.
///
/// # Errors
/// The name is missing, the parent does not exist, or the tree would be too deep.
pub fn insert(tx: &mut Tx<'_>, parent: Option<OrganisationId>, data: &OrganisationData, now: Time) -> Result<OrganisationId> {
    let name = checked_name(&data.name)?;
    let id = tx.next_id::<kinds::Organisation>()?;
    let parent = parent.map(|p| get(tx, p)).transpose()?;
    let tenant = parent.as_ref().map_or(id, |p| p.tenant);
    let path = tree::path_below(parent.as_ref().map(|p| p.path.as_str()), id.raw())?;
    tx.exec(
        sql!(
            "INSERT INTO organisation (id, tenant_id, parent_id, path, name, name_key, kind, payer_id, time_zone, lang, note, active, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $13)"
        ),
        &params![
            id, tenant, parent.map(|p| p.id), path, &name, fold(&name), data.kind, data.payer, &data.time_zone, data.lang, &data.note, data.active, now
        ],
    )?;
    refresh(tx, id, tenant, &name)?;
    Ok(id)
}

/// # Errors
/// `Stale` when the organisation is no longer at `version`.
pub fn update(tx: &mut Tx<'_>, id: OrganisationId, version: i64, data: &OrganisationData, now: Time) -> Result<()> {
    let name = checked_name(&data.name)?;
    let affected = tx.exec(
        sql!(
            "UPDATE organisation SET name = $3, name_key = $4, kind = $5, payer_id = $6, time_zone = $7, lang = $8, note = $9, active = $10,
                    version = version + 1, updated_at = $11 WHERE id = $1 AND version = $2"
        ),
        &params![id, version, &name, fold(&name), data.kind, data.payer, &data.time_zone, data.lang, &data.note, data.active, now],
    )?;
    expect_one(affected)?;
    let tenant = get(tx, id)?.tenant;
    refresh(tx, id, tenant, &name)
}

/// Moves an organisation with all below it under another one of its tenant.
///
/// # Errors
/// `Stale`; or the new place is below itself, in another tenant, too deep, or too many would move.
pub fn move_below(tx: &mut Tx<'_>, id: OrganisationId, version: i64, parent: OrganisationId, now: Time) -> Result<()> {
    let node = get(tx, id)?;
    if node.parent.is_none() {
        return Err(Error::invalid("parent", "error-tree-root"));
    }
    let parent = get(tx, parent)?;
    let path = tree::moved(&node.path, id.raw(), node.tenant.raw(), Some((&parent.path, parent.tenant.raw())))?;
    tree::movable(subtree(tx, &node.path, tree::MAX_MOVE + 1)?.len())?;
    let affected = tx.exec(
        sql!("UPDATE organisation SET parent_id = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2"),
        &params![id, version, parent.id, now],
    )?;
    expect_one(affected)?;
    let (from, to) = tree::range(&node.path);
    tx.exec(
        sql!("UPDATE organisation SET path = CAST($1 AS TEXT) || substr(path, $2) WHERE tenant_id = $3 AND path >= $4 AND path < $5"),
        &params![path, i64::try_from(node.path.len()).map_err(Error::internal)? + 1, node.tenant, from, to],
    )?;
    Ok(())
}

/// # Errors
/// `NotFound`.
pub fn get(rd: &mut Rd<'_>, id: OrganisationId) -> Result<Organisation> {
    rd.one(
        sql!(
            Organisation,
            "SELECT id, tenant_id, parent_id, path, name, kind, payer_id, time_zone, lang, note, active, version, created_at, updated_at
             FROM organisation WHERE id = $1"
        ),
        &params![id],
    )
}

/// The tenants: all roots, by name. At most 5,000.
///
/// # Errors
/// The database does not answer.
pub fn tenants(rd: &mut Rd<'_>) -> Result<Vec<OrganisationLine>> {
    rd.all(
        sql!(
            OrganisationLine,
            "SELECT id, tenant_id, parent_id, path, name, name_key, kind, active, version FROM organisation
             WHERE parent_id IS NULL ORDER BY name_key, id LIMIT 5000"
        ),
        &[],
    )
}

/// The organisations directly below one, by name.
///
/// # Errors
/// The database does not answer.
pub fn children(rd: &mut Rd<'_>, parent: OrganisationId, limit: i64) -> Result<Vec<OrganisationLine>> {
    rd.all(
        sql!(
            OrganisationLine,
            "SELECT id, tenant_id, parent_id, path, name, name_key, kind, active, version FROM organisation
             WHERE parent_id = $1 ORDER BY name_key, id LIMIT $2"
        ),
        &params![parent, limit],
    )
}

/// The ids of a subtree, its root first; at most `limit`.
///
/// # Errors
/// The database does not answer.
pub fn subtree(rd: &mut Rd<'_>, path: &str, limit: usize) -> Result<Vec<OrganisationId>> {
    let Some(tenant) = tree::ids(path).next() else { return Ok(Vec::new()) };
    let (from, to) = tree::range(path);
    rd.all(
        sql!(OrganisationId, "SELECT id FROM organisation WHERE tenant_id = $1 AND path >= $2 AND path < $3 ORDER BY path LIMIT $4"),
        &params![tenant, from, to, i64::try_from(limit).map_err(Error::internal)?],
    )
}

/// One page by name.
///
/// # Errors
/// The cursor is not ours.
pub fn page(rd: &mut Rd<'_>, within: &Within, filter: &Filter, request: &PageRequest) -> Result<Page<OrganisationLine>> {
    let mut base = lines();
    base.and_where_option(filter.kind.map(|k| Expr::col(("organisation", "kind")).eq(k.key())));
    base.and_where_option(filter.active.map(|a| Expr::col(("organisation", "active")).eq(i64::from(a))));
    if filter.roots {
        base.and_where(Expr::col(("organisation", "parent_id")).is_null());
    }
    list::page(rd, &base, "organisation", within, request, |o: &OrganisationLine| (o.name_key.clone(), o.id.raw()))
}

/// Organisations by the beginnings of words of the name or of a mail domain.
///
/// # Errors
/// The database does not answer.
pub fn search(rd: &mut Rd<'_>, within: &Within, text: &str, limit: u64) -> Result<Vec<OrganisationLine>> {
    word::search(rd, Kind::Organisation, &lines(), within, text, limit)
}

fn lines() -> SelectStatement {
    Query::select()
        .columns(["id", "tenant_id", "parent_id", "path", "name", "name_key", "kind", "active", "version"].map(|c| ("organisation", c)))
        .from("organisation")
        .to_owned()
}

/// The mail domains of an organisation.
///
/// # Errors
/// The database does not answer.
pub fn domains(rd: &mut Rd<'_>, id: OrganisationId) -> Result<Vec<String>> {
    rd.all(sql!(String, "SELECT domain FROM organisation_domain WHERE organisation_id = $1 ORDER BY domain LIMIT 200"), &params![id])
}

/// Makes these the mail domains of an organisation; its version rises when they are others than before.
///
/// # Errors
/// A text is no domain, or another organisation of the tenant has it.
pub fn set_domains(tx: &mut Tx<'_>, id: OrganisationId, domains: &[String], now: Time) -> Result<()> {
    let wanted = domains.iter().map(|domain| checked_domain(domain)).collect::<Result<BTreeSet<_>>>()?;
    let organisation = get(tx, id)?;
    let is = tx.all(sql!(String, "SELECT domain FROM organisation_domain WHERE organisation_id = $1"), &params![id])?;
    if is.len() == wanted.len() && is.iter().all(|domain| wanted.contains(domain)) {
        return Ok(());
    }
    tx.exec(sql!("UPDATE organisation SET version = version + 1, updated_at = $2 WHERE id = $1"), &params![id, now])?;
    tx.exec(sql!("DELETE FROM organisation_domain WHERE organisation_id = $1"), &params![id])?;
    for domain in wanted {
        tx.exec(
            sql!("INSERT INTO organisation_domain (tenant_id, domain, organisation_id) VALUES ($1, $2, $3)"),
            &params![organisation.tenant, domain, id],
        )?;
    }
    refresh(tx, id, organisation.tenant, &organisation.name)
}

fn checked_domain(text: &str) -> Result<String> {
    let domain = text.trim().trim_start_matches('@').to_lowercase();
    let label = |l: &str| {
        !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-') && l.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label) {
        Ok(domain)
    } else {
        Err(Error::invalid("domains", "error-domain"))
    }
}

/// The active organisations that a mail address leads to, by its domain or the nearest one above it;
/// one per tenant.
///
/// # Errors
/// The database does not answer.
pub fn by_mail(rd: &mut Rd<'_>, address: &str) -> Result<Vec<(TenantId, OrganisationId)>> {
    let domain = address.rsplit('@').next().unwrap_or_default().to_lowercase();
    let mut rest = domain.as_str();
    while rest.contains('.') {
        let found: Vec<(TenantId, OrganisationId)> = rd.all(
            sql!(
                (TenantId, OrganisationId),
                "SELECT d.tenant_id, d.organisation_id FROM organisation_domain d JOIN organisation o ON o.id = d.organisation_id
                 WHERE d.domain = $1 AND o.active = 1 ORDER BY d.tenant_id LIMIT 20"
            ),
            &params![rest],
        )?;
        if !found.is_empty() {
            return Ok(found);
        }
        rest = rest.split_once('.').map_or("", |(_, above)| above);
    }
    Ok(Vec::new())
}

fn refresh(tx: &mut Tx<'_>, id: OrganisationId, tenant: TenantId, name: &str) -> Result<()> {
    let mut words = Words::of_text(name);
    for domain in domains(tx, id)? {
        words.text(&domain);
    }
    word::keep(tx, Kind::Organisation, tenant, id.raw(), &words)
}
