//! What pages and endpoints read alike, always within the actor's scopes and without what the
//! actor's roles hide.

use access::{Actor, Object, Verb, known};
use db::Rd;
use kernel::{Error, Page, PageRequest, Result, Time};
use party::store::person::Filter;
use party::{PersonLine, Service, ServiceState, store};

/// Rows of a search while typing at most.
pub const FOUND: u64 = 50;

/// Which persons.
#[derive(Debug, Clone, Default)]
pub struct PersonsAsked {
    /// Beginnings of words of the name, an address or the end of a phone number; empty: all.
    pub q: String,
    pub filter: Filter,
    pub page: PageRequest,
}

/// A page of persons, or with words the best matches without a further page.
///
/// # Errors
/// The cursor is not ours; the filter asks for what is hidden.
pub fn persons(rd: &mut Rd<'_>, actor: &Actor, asked: &PersonsAsked, now: Time) -> Result<Page<PersonLine>> {
    let hidden = actor.hidden(Object::Person);
    if asked.filter.vip.is_some() && hidden.contains("vip") {
        return Err(Error::invalid("vip", "error-unknown-field"));
    }
    if asked.filter.organisation.is_some() && hidden.contains("memberships") {
        return Err(Error::invalid("organisation", "error-unknown-field"));
    }
    let within = actor.persons(Verb::PersonSee).within();
    if !asked.q.trim().is_empty() {
        let limit = u64::from(asked.page.limit.unwrap_or(50)).clamp(1, FOUND);
        let rows = known::search(rd, actor, &store::person::narrowed(within, &asked.filter, now), &asked.q, limit)?;
        return Ok(Page { rows, next: None });
    }
    Ok(store::person::page(rd, &within, &asked.filter, now, &asked.page)?.map(|line| known::line(actor, line)))
}

/// A page of services, or the best matches.
///
/// # Errors
/// The cursor is not ours.
pub fn services(rd: &mut Rd<'_>, actor: &Actor, q: &str, state: Option<ServiceState>, page: &PageRequest) -> Result<Page<Service>> {
    let within = actor.services(Verb::ServiceSee).within();
    if q.trim().is_empty() {
        return store::service::page(rd, &within, state, page);
    }
    let mut rows = store::service::search(rd, &within, q, FOUND)?;
    rows.retain(|s| state.is_none_or(|state| s.state == state));
    Ok(Page { rows, next: None })
}
