//! Persons.

use db::{Rd, Tx, params, sql};
use kernel::{OrganisationId, Page, PageRequest, PersonId, Result, Time, fold, kinds};
use sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};

use super::word::{self, Kind};
use super::{checked_name, expect_one, list};
use crate::{Person, PersonData, PersonLine, TenantId, Within, tree};

pub(super) use super::merge::refresh;
pub use super::merge::{merge, merged_into, resolve, unmerge};

/// The columns of [`Person`], in its order.
const COLUMNS: [&str; 14] = [
    "id",
    "tenant_id",
    "name",
    "title",
    "lang",
    "time_zone",
    "location_id",
    "vip",
    "note",
    "active",
    "redirect_id",
    "version",
    "created_at",
    "updated_at",
];

/// What a list of persons is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub active: Option<bool>,
    pub vip: Option<bool>,
    /// The path of an organisation: its members and those of all below it.
    pub organisation: Option<String>,
}

/// Adds an active person.
///
/// # Errors
/// The name is missing, or tenant or location do not exist.
pub fn insert(tx: &mut Tx<'_>, tenant: TenantId, data: &PersonData, now: Time) -> Result<PersonId> {
    let name = checked_name(&data.name)?;
    let id = tx.next_id::<kinds::Person>()?;
    tx.exec(
        sql!(
            "INSERT INTO person (id, tenant_id, name, name_key, title, lang, time_zone, location_id, vip, note, active, redirect_id, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, NULL, 1, $11, $11)"
        ),
        &params![id, tenant, &name, fold(&name), &data.title, data.lang, &data.time_zone, data.location, data.vip, &data.note, now],
    )?;
    refresh(tx, id)?;
    Ok(id)
}

/// # Errors
/// `Stale` when the person is no longer at `version`.
pub fn update(tx: &mut Tx<'_>, id: PersonId, version: i64, data: &PersonData, now: Time) -> Result<()> {
    let name = checked_name(&data.name)?;
    let affected = tx.exec(
        sql!(
            "UPDATE person SET name = $3, name_key = $4, title = $5, lang = $6, time_zone = $7, location_id = $8, vip = $9, note = $10,
                    version = version + 1, updated_at = $11 WHERE id = $1 AND version = $2"
        ),
        &params![id, version, &name, fold(&name), &data.title, data.lang, &data.time_zone, data.location, data.vip, &data.note, now],
    )?;
    expect_one(affected)?;
    refresh(tx, id)
}

/// Shuts a person out, or lets them in again: an inactive person cannot sign in or be chosen.
///
/// # Errors
/// `Stale` when the person is no longer at `version`.
pub fn set_active(tx: &mut Tx<'_>, id: PersonId, version: i64, active: bool, now: Time) -> Result<()> {
    let affected = tx.exec(
        sql!("UPDATE person SET active = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2"),
        &params![id, version, active, now],
    )?;
    expect_one(affected)
}

/// Raises the version because something that belongs to the person changed.
pub(super) fn touch(tx: &mut Tx<'_>, id: PersonId, now: Time) -> Result<()> {
    let affected = tx.exec(sql!("UPDATE person SET version = version + 1, updated_at = $2 WHERE id = $1"), &params![id, now])?;
    if affected == 1 { Ok(()) } else { Err(kernel::Error::not_found()) }
}

/// The person of an id, also one that was merged into another; see [`resolve`].
///
/// # Errors
/// `NotFound`.
pub fn get(rd: &mut Rd<'_>, id: PersonId) -> Result<Person> {
    rd.one(
        sql!(
            Person,
            "SELECT id, tenant_id, name, title, lang, time_zone, location_id, vip, note, active, redirect_id, version, created_at, updated_at
             FROM person WHERE id = $1"
        ),
        &params![id],
    )
}

/// One page by name; persons that were merged into others do not appear.
///
/// # Errors
/// The cursor is not ours.
pub fn page(rd: &mut Rd<'_>, within: &Within, filter: &Filter, now: Time, request: &PageRequest) -> Result<Page<PersonLine>> {
    let mut base = lines();
    base.and_where(Expr::col(("person", "redirect_id")).is_null());
    base.and_where_option(filter.active.map(|a| Expr::col(("person", "active")).eq(i64::from(a))));
    base.and_where_option(filter.vip.map(|v| Expr::col(("person", "vip")).eq(i64::from(v))));
    if let Some(path) = &filter.organisation {
        base.and_where(belongs(path, now));
    }
    list::page(rd, &base, "person", within, request, |p: &PersonLine| (p.name_key.clone(), p.id.raw()))
}

/// The bounds of a search with the filter of a list: rows that are filtered out never push out rows that
/// are wanted.
pub fn narrowed(within: Within, filter: &Filter, now: Time) -> Within {
    let mut all = Condition::all().add(within.condition);
    if let Some(active) = filter.active {
        all = all.add(Expr::col(("person", "active")).eq(i64::from(active)));
    }
    if let Some(vip) = filter.vip {
        all = all.add(Expr::col(("person", "vip")).eq(i64::from(vip)));
    }
    if let Some(path) = &filter.organisation {
        all = all.add(belongs(path, now));
    }
    Within { tenants: within.tenants, condition: all }
}

/// The persons of these ids, in no order; at most 200 at once.
///
/// # Errors
/// The database does not answer.
pub fn of_ids(rd: &mut Rd<'_>, ids: &[PersonId]) -> Result<Vec<Person>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = ids.iter().map(|id| id.raw()).collect();
    let query = Query::select().columns(COLUMNS).from("person").and_where(Expr::col("id").is_in(super::names::padded(&ids))).to_owned();
    rd.select(&query)
}

/// Whether `person` is now a member of an organisation or of one below it.
fn belongs(path: &str, now: Time) -> Expr {
    let (from, to) = tree::range(path);
    let mut members = Query::select();
    members
        .expr(Expr::cust("1"))
        .from_as("membership", "m")
        .inner_join("organisation", Expr::col(("organisation", "id")).equals(("m", "organisation_id")))
        .and_where(Expr::col(("m", "person_id")).equals(("person", "id")))
        .and_where(Expr::col(("m", "from_at")).lte(now.0))
        .and_where(Expr::col(("m", "to_at")).gt(now.0))
        .and_where(Expr::col(("organisation", "path")).gte(from))
        .and_where(Expr::col(("organisation", "path")).lt(to));
    Expr::exists(members.to_owned())
}

/// Persons by the beginnings of words of the name, of an address, or by the end of a phone number.
///
/// # Errors
/// The database does not answer.
pub fn search(rd: &mut Rd<'_>, within: &Within, text: &str, limit: u64) -> Result<Vec<PersonLine>> {
    word::search(rd, Kind::Person, &lines(), within, text, limit)
}

/// The line of one person.
///
/// # Errors
/// `NotFound`.
pub fn line(rd: &mut Rd<'_>, id: PersonId) -> Result<PersonLine> {
    let mut query = lines();
    query.and_where(Expr::col(("person", "id")).eq(id.raw()));
    rd.select(&query)?.pop().ok_or_else(kernel::Error::not_found)
}

/// The main organisation of a person at a moment; none when that membership is over or yet to begin.
///
/// # Errors
/// The database does not answer.
pub fn main_organisation(rd: &mut Rd<'_>, id: PersonId, at: Time) -> Result<Option<OrganisationId>> {
    rd.first(
        sql!(OrganisationId, "SELECT organisation_id FROM membership WHERE person_id = $1 AND main = 1 AND from_at <= $2 AND to_at > $2"),
        &params![id, at],
    )
}

fn lines() -> SelectStatement {
    let address = |alias: &str| format!("{alias}.person_id = person.id AND {alias}.kind = '{alias}' AND {alias}.main = 1");
    Query::select()
        .columns(["id", "tenant_id", "name", "name_key", "title", "vip", "active"].map(|c| ("person", c)))
        .column(("email", "value"))
        .expr(Expr::cust("COALESCE(phone.value, mobile.value)"))
        .column(("home", "id"))
        .column(("home", "name"))
        .column(("person", "version"))
        .from("person")
        .join_as(sea_query::JoinType::LeftJoin, "person_address", "email", Expr::cust(address("email")))
        .join_as(sea_query::JoinType::LeftJoin, "person_address", "phone", Expr::cust(address("phone")))
        .join_as(sea_query::JoinType::LeftJoin, "person_address", "mobile", Expr::cust(address("mobile")))
        .join_as(sea_query::JoinType::LeftJoin, "membership", "belongs", Expr::cust("belongs.person_id = person.id AND belongs.main = 1"))
        .join_as(sea_query::JoinType::LeftJoin, "organisation", "home", Expr::cust("home.id = belongs.organisation_id"))
        .to_owned()
}
