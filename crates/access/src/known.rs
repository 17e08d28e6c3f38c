//! Persons as a reader may know them: what the reader's roles hide is taken away. Pages, endpoints and
//! look-ups by name all pass their persons through here.

use db::Rd;
use kernel::{OrganisationId, Result, Time, folded_words};
use party::store::{address, membership, person as rows};
use party::{Address, Membership, Person, PersonLine, TenantId, Within};

use crate::{Actor, Object};

/// Rows read for each that is wanted, where some may be taken away.
const SPARE: u64 = 4;

fn hides(actor: &Actor, tenant: TenantId, field: &str) -> bool {
    actor.hidden_in(Object::Person, tenant).contains(field)
}

/// A person without what is hidden there; a hidden field is as if nobody had filled it.
#[must_use]
pub fn person(actor: &Actor, mut person: Person) -> Person {
    for field in actor.hidden_in(Object::Person, person.tenant) {
        match field {
            "title" => person.title.clear(),
            "lang" => person.lang = None,
            "time_zone" => person.time_zone = None,
            "location" => person.location = None,
            "vip" => person.vip = false,
            "note" => person.note.clear(),
            _ => {}
        }
    }
    person
}

/// The same for a line of a list.
#[must_use]
pub fn line(actor: &Actor, mut line: PersonLine) -> PersonLine {
    for field in actor.hidden_in(Object::Person, line.tenant) {
        match field {
            "title" => line.title.clear(),
            "vip" => line.vip = false,
            "addresses" => (line.email, line.phone) = (None, None),
            "memberships" => (line.organisation, line.organisation_name) = (None, None),
            _ => {}
        }
    }
    line
}

/// Whether VIPs are marked where only names are read, such as in a list of tickets: not when any tenant
/// that the reader sees hides it.
pub fn vips(actor: &Actor) -> bool {
    !actor.hidden(Object::Person).contains("vip")
}

/// The addresses of a person.
///
/// # Errors
/// The database does not answer.
pub fn addresses(rd: &mut Rd<'_>, actor: &Actor, of: &Person) -> Result<Vec<Address>> {
    if hides(actor, of.tenant, "addresses") { Ok(Vec::new()) } else { address::of_person(rd, of.id) }
}

/// Where a person belongs.
///
/// # Errors
/// The database does not answer.
pub fn memberships(rd: &mut Rd<'_>, actor: &Actor, of: &Person) -> Result<Vec<Membership>> {
    if hides(actor, of.tenant, "memberships") { Ok(Vec::new()) } else { membership::of_person(rd, of.id) }
}

/// Where a person mainly belongs at a moment.
///
/// # Errors
/// The database does not answer.
pub fn main_organisation(rd: &mut Rd<'_>, actor: &Actor, of: &Person, at: Time) -> Result<Option<OrganisationId>> {
    if hides(actor, of.tenant, "memberships") { Ok(None) } else { rows::main_organisation(rd, of.id, at) }
}

/// Persons by what was typed. Who may not read addresses does not find anybody by them either.
///
/// # Errors
/// The database does not answer.
pub fn search(rd: &mut Rd<'_>, actor: &Actor, within: &Within, text: &str, limit: u64) -> Result<Vec<PersonLine>> {
    let narrows = actor.hidden(Object::Person).contains("addresses");
    let mut found = rows::search(rd, within, text, if narrows { limit.saturating_mul(SPARE) } else { limit })?;
    found.retain(|line| !hides(actor, line.tenant, "addresses") || is_named(line, text));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found.into_iter().map(|found| line(actor, found)).collect())
}

/// Whether each word that was typed begins a word of the name.
fn is_named(line: &PersonLine, typed: &str) -> bool {
    let words: Vec<String> = folded_words(&line.name).into_iter().collect();
    folded_words(typed).into_iter().all(|typed| words.iter().any(|word| word.starts_with(typed.as_str())))
}
