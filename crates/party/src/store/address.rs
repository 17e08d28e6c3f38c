//! Addresses of persons.

use db::{Rd, Tx, params, sql};
use kernel::{Error, PersonId, Result, Time};
use sea_query::{Expr, ExprTrait, Order, Query};

use super::person::{get, refresh, touch};
use crate::words::{backwards, digits, prefix_range};
use crate::{Address, AddressKind, NewAddress, TenantId, Tenants};

/// The addresses of a person, the main ones first; at most 100.
///
/// # Errors
/// The database does not answer.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<Address>> {
    rd.all(
        sql!(
            Address,
            "SELECT person_id, kind, value, value_key, verified_at, main FROM person_address
             WHERE person_id = $1 ORDER BY kind, main DESC, value_key LIMIT 100"
        ),
        &params![person],
    )
}

/// Adds an address, or sets whether a known one is the main one. A proof once given stays.
///
/// # Errors
/// The value is empty, or another person of the tenant has proved this mail address.
pub fn put(tx: &mut Tx<'_>, person: PersonId, new: &NewAddress, now: Time) -> Result<()> {
    let value = new.value.trim();
    let key = new.kind.value_key(value);
    if key.is_empty() || value.chars().count() > 254 {
        return Err(Error::invalid("address", "error-address"));
    }
    if new.kind == AddressKind::Email && !plausible(&key) {
        return Err(Error::invalid("address", "error-address"));
    }
    let tenant = get(tx, person)?.tenant;
    if new.main {
        tx.exec(
            sql!("UPDATE person_address SET main = 0 WHERE person_id = $1 AND kind = $2 AND main = 1 AND value_key <> $3"),
            &params![person, new.kind, &key],
        )?;
    }
    tx.exec(
        sql!(
            "INSERT INTO person_address (person_id, tenant_id, kind, value, value_key, verified_at, main) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (person_id, kind, value_key) DO UPDATE SET value = excluded.value, main = excluded.main,
                verified_at = COALESCE(person_address.verified_at, excluded.verified_at)"
        ),
        &params![person, tenant, new.kind, value, &key, new.verified_at, new.main],
    )?;
    touch(tx, person, now)?;
    refresh(tx, person)
}

/// One `@` with something on both sides and no white space: whether it exists shows when written to.
fn plausible(key: &str) -> bool {
    key.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && !key.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ','))
    })
}

/// # Errors
/// `NotFound` when the person has no such address.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, kind: AddressKind, value: &str, now: Time) -> Result<()> {
    let affected = tx.exec(
        sql!("DELETE FROM person_address WHERE person_id = $1 AND kind = $2 AND value_key = $3"),
        &params![person, kind, kind.value_key(value)],
    )?;
    if affected == 0 {
        return Err(Error::not_found());
    }
    touch(tx, person, now)?;
    refresh(tx, person)
}

/// The persons who have this address, those who proved it first; at most 20. None of them *is* the
/// address: several may share it. Persons that were merged stand for the one they were merged into.
///
/// # Errors
/// The database does not answer.
pub fn owners(rd: &mut Rd<'_>, tenant: TenantId, kind: AddressKind, value: &str) -> Result<Vec<PersonId>> {
    let found: Vec<PersonId> = rd.all(
        sql!(
            PersonId,
            "SELECT person_id FROM person_address WHERE tenant_id = $1 AND kind = $2 AND value_key = $3
             ORDER BY CASE WHEN verified_at IS NULL THEN 1 ELSE 0 END, person_id LIMIT 20"
        ),
        &params![tenant, kind, kind.value_key(value)],
    )?;
    distinct(rd, found)
}

/// The persons whom a calling number may belong to: their number ends as it does, over at least
/// seven digits, since the country code may be said or not. At most 20.
///
/// # Errors
/// The database does not answer.
pub fn callers(rd: &mut Rd<'_>, tenants: &Tenants, number: &str) -> Result<Vec<PersonId>> {
    if tenants.is_empty() {
        return Ok(Vec::new());
    }
    let number = digits(number);
    let mut query = Query::select();
    if number.len() < 7 {
        let kind = AddressKind::Phone;
        query
            .columns(["person_id", "value_key"])
            .from("person_address")
            .cond_where(tenants.listed("person_address"))
            .and_where(Expr::col("kind").eq(kind.key()))
            .and_where(Expr::col("value_key").eq(kind.value_key(&number)))
            .order_by("person_id", Order::Asc);
    } else {
        let (from, to) = prefix_range(&backwards(&number[number.len().saturating_sub(9)..]));
        query
            .columns(["id", "word"])
            .from("party_word")
            .cond_where(tenants.listed("party_word"))
            .and_where(Expr::col("kind").eq("person"))
            .and_where(Expr::col("word").gte(from))
            .and_where(Expr::col("word").lt(to))
            .order_by("word", Order::Asc)
            .order_by("id", Order::Asc);
    }
    let found = rd.select::<(PersonId, String)>(query.limit(20))?;
    distinct(rd, found.into_iter().map(|(id, _)| id).collect())
}

fn distinct(rd: &mut Rd<'_>, found: Vec<PersonId>) -> Result<Vec<PersonId>> {
    let mut out: Vec<PersonId> = Vec::new();
    for id in found {
        let person = super::person::resolve(rd, id)?.id;
        if !out.contains(&person) {
            out.push(person);
        }
    }
    Ok(out)
}
