//! Hits read again from the database, within what the reader may see.

use std::collections::{HashMap, HashSet};

use access::{Actor, TicketScope, Verb};
use db::Rd;
use db::plan::condition;
use kernel::{Result, Time};
use query::{Node, Plan};
use sea_query::{Condition, Expr, ExprTrait, Func, Query};
use ticket::Ticket;

use super::{padded, ticket::rows};
use crate::Kind;

/// The tickets among these that the scope reaches and that meet a condition.
///
/// # Errors
/// The database refuses.
pub fn tickets(rd: &mut Rd<'_>, scope: &TicketScope, filter: Option<&Node>, ids: &[i64]) -> Result<HashMap<i64, Ticket>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = rows(ids);
    select.cond_where(scope.condition());
    if let Some(filter) = filter {
        let plan = Plan { filter: filter.clone(), sort: Vec::new() };
        select.cond_where(condition(&plan, "ticket", rd.dialect()));
    }
    Ok(rd.select::<Ticket>(&select)?.into_iter().map(|t| (t.id.raw(), t)).collect())
}

/// The tickets among these whose inner side the actor sees.
///
/// # Errors
/// The database refuses.
pub fn inner(rd: &mut Rd<'_>, actor: &Actor, ids: &[i64]) -> Result<HashSet<i64>> {
    let scope = actor.tickets(Verb::TicketSeeInternal);
    if ids.is_empty() || scope.is_nothing() {
        return Ok(HashSet::new());
    }
    let select = Query::select()
        .column(("ticket", "id"))
        .from("ticket")
        .and_where(Expr::col(("ticket", "id")).is_in(padded(ids)))
        .cond_where(scope.condition())
        .to_owned();
    Ok(rd.select::<i64>(&select)?.into_iter().collect())
}

/// A person, an organisation, a team or a service as a hit shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub id: i64,
    pub name: String,
    pub active: bool,
    /// The key of a team or service, the kind of an organisation, the job title of a person.
    pub detail: String,
    /// Of a person.
    pub email: Option<String>,
    pub organisation: Option<String>,
}

fn scope(actor: &Actor, kind: Kind) -> Condition {
    match kind {
        Kind::Ticket => actor.tickets(Verb::TicketSee).condition(),
        Kind::Person => actor.persons(Verb::PersonSee).condition(),
        Kind::Organisation => actor.organisations(Verb::OrganisationSee).condition(),
        Kind::Team => actor.teams(Verb::TeamSee).condition(),
        Kind::Service => actor.services(Verb::ServiceSee).condition(),
    }
}

fn table(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Ticket => ("ticket", "kind"),
        Kind::Person => ("person", "title"),
        Kind::Organisation => ("organisation", "kind"),
        Kind::Team => ("team", "key"),
        Kind::Service => ("service", "key"),
    }
}

/// How many of these records of a kind there are for the actor.
///
/// # Errors
/// The database refuses.
pub fn count(rd: &mut Rd<'_>, actor: &Actor, kind: Kind, ids: &[i64]) -> Result<u64> {
    let (table, _) = table(kind);
    let mut sum = 0;
    for part in ids.chunks(512) {
        let mut select = Query::select();
        select
            .expr(Func::count(Expr::col((table, "id"))))
            .from(table)
            .and_where(Expr::col((table, "id")).is_in(padded(part)))
            .cond_where(scope(actor, kind));
        if kind == Kind::Person {
            select.and_where(Expr::col(("person", "redirect_id")).is_null());
        }
        let found: Vec<i64> = rd.select(&select)?;
        sum += found.into_iter().sum::<i64>();
    }
    Ok(u64::try_from(sum).unwrap_or(0))
}

/// The parties of a kind among these that the actor sees.
///
/// # Errors
/// The database refuses.
pub fn parties(rd: &mut Rd<'_>, actor: &Actor, kind: Kind, ids: &[i64]) -> Result<HashMap<i64, Party>> {
    if ids.is_empty() || kind == Kind::Ticket {
        return Ok(HashMap::new());
    }
    let (table, detail) = table(kind);
    let mut select = Query::select();
    select
        .columns(["id", "name", "active", detail].map(|column| (table, column)))
        .from(table)
        .and_where(Expr::col((table, "id")).is_in(padded(ids)))
        .cond_where(scope(actor, kind));
    if kind == Kind::Person {
        select.and_where(Expr::col(("person", "redirect_id")).is_null());
    }
    let found: Vec<(i64, String, bool, String)> = rd.select(&select)?;
    let party = |(id, name, active, detail)| (id, Party { id, name, active, detail, email: None, organisation: None });
    let mut found: HashMap<i64, Party> = found.into_iter().map(party).collect();
    if kind == Kind::Person && !found.is_empty() {
        contacts(rd, actor.who.at, &mut found)?;
    }
    Ok(found)
}

fn contacts(rd: &mut Rd<'_>, at: Time, found: &mut HashMap<i64, Party>) -> Result<()> {
    let mut ids: Vec<i64> = found.keys().copied().collect();
    ids.sort_unstable();
    let mails = Query::select()
        .columns(["person_id", "value"])
        .from("person_address")
        .and_where(Expr::col("person_id").is_in(padded(&ids)))
        .and_where(Expr::col("kind").eq("email"))
        .and_where(Expr::col("main").eq(1_i64))
        .to_owned();
    for (id, value) in rd.select::<(i64, String)>(&mails)? {
        found.entry(id).and_modify(|person| person.email = Some(value));
    }
    let homes = Query::select()
        .column(("membership", "person_id"))
        .column(("organisation", "name"))
        .from("membership")
        .inner_join("organisation", Expr::col(("organisation", "id")).equals(("membership", "organisation_id")))
        .and_where(Expr::col(("membership", "person_id")).is_in(padded(&ids)))
        .and_where(Expr::col(("membership", "main")).eq(1_i64))
        .and_where(Expr::col(("membership", "from_at")).lte(at.0))
        .and_where(Expr::col(("membership", "to_at")).gt(at.0))
        .to_owned();
    for (id, name) in rd.select::<(i64, String)>(&homes)? {
        found.entry(id).and_modify(|person| person.organisation = Some(name));
    }
    Ok(())
}
