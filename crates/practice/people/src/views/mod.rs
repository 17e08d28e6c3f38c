//! What the templates are given.

pub mod orgs;
pub mod people;
pub mod roles;
pub mod teams;
pub mod trees;

use access::{Actor, OrganisationFacts, Place, Reach, Verb};
use db::Rd;
use i18n::{T, key};
use kernel::{Lang, Result};
use party::{AddressKind, OrganisationKind, SHARED, ServiceState, TenantId, store};
use ui::Choice;

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub href: String,
}

/// An address with those parameters that have a value.
pub fn query(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// The address of a list as a file; the form of the file is added to it.
pub fn export(list: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = query(&format!("/desk/export/{list}"), parameters);
    out.push_str(if out.contains('?') { "&format=" } else { "?format=" });
    out
}

/// The languages, each by its own name.
pub fn lang_choices(chosen: &str) -> Vec<Choice> {
    Lang::ALL.iter().map(|lang| Choice::new(lang.tag(), ui::own_name(lang), lang.tag() == chosen)).collect()
}

/// The time zones by region and city, and UTC; what is chosen is among them whatever it is.
pub fn zone_choices(chosen: &str) -> Vec<Choice> {
    let usual = |name: &str| name == "UTC" || name.split_once('/').is_some_and(|(area, _)| REGIONS.contains(&area));
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| usual(name)).collect();
    if !chosen.is_empty() && !names.iter().any(|name| name == chosen) {
        names.push(chosen.to_owned());
    }
    names.sort_unstable();
    names.into_iter().map(|name| Choice::new(name.clone(), name.replace('_', " "), name == chosen)).collect()
}

/// The tz database also holds former names and technical zones.
const REGIONS: [&str; 10] = ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// The words of a sort of address.
pub const fn address_kind(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Email => key!("people-email"),
        AddressKind::Phone => key!("people-phone"),
        AddressKind::Mobile => key!("people-mobile"),
        AddressKind::Room => key!("people-room"),
        AddressKind::Tag => key!("people-tag"),
    }
}

pub fn address_kinds(t: &T, chosen: &str) -> Vec<Choice> {
    AddressKind::ALL.iter().map(|kind| Choice::new(kind.key(), t.msg(address_kind(*kind)), kind.key() == chosen)).collect()
}

/// The words of what an organisation is.
pub const fn organisation_kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Internal => key!("people-kind-internal"),
        OrganisationKind::Customer => key!("people-kind-customer"),
        OrganisationKind::Supplier => key!("people-kind-supplier"),
        OrganisationKind::Partner => key!("people-kind-partner"),
    }
}

pub fn organisation_kinds(t: &T, chosen: &str) -> Vec<Choice> {
    OrganisationKind::ALL.iter().map(|kind| Choice::new(kind.key(), t.msg(organisation_kind(*kind)), kind.key() == chosen)).collect()
}

/// The words of where a service is in its life.
pub const fn service_state(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Proposed => key!("people-service-proposed"),
        ServiceState::Live => key!("people-service-live"),
        ServiceState::Retired => key!("people-service-retired"),
    }
}

pub fn service_states(t: &T, chosen: &str) -> Vec<Choice> {
    ServiceState::ALL.iter().map(|state| Choice::new(state.key(), t.msg(service_state(*state)), state.key() == chosen)).collect()
}

/// The words of an impact, 1 to 4.
pub const fn impact(impact: i64) -> &'static str {
    match impact {
        1 => key!("people-impact-low"),
        2 => key!("people-impact-medium"),
        3 => key!("people-impact-high"),
        _ => key!("people-impact-extensive"),
    }
}

pub fn impacts(t: &T, chosen: &str) -> Vec<Choice> {
    (1..=4).map(|n: i64| Choice::new(n.to_string(), t.msg(impact(n)), n.to_string() == chosen)).collect()
}

/// A tenant as people read it: its name, or that it is for all of them.
pub fn tenant_name(t: &T, tenant: TenantId, name: &str) -> String {
    if tenant == SHARED { t.msg("people-all-tenants").into_owned() } else { name.to_owned() }
}

/// Tenants offered in one list at most.
const TENANTS: usize = 300;

/// The tenants in which the actor may do something without bounds, what is shared first.
///
/// # Errors
/// The database does not answer.
pub fn tenant_choices(rd: &mut Rd<'_>, actor: &Actor, verb: Verb) -> Result<Vec<(TenantId, String)>> {
    let mut out = Vec::new();
    if actor.reach(verb, SHARED) == Reach::All {
        out.push((SHARED, String::new()));
    }
    let seen = actor.organisations(Verb::OrganisationSee);
    for root in store::organisation::tenants(rd)? {
        let facts = OrganisationFacts { tenant: root.tenant, place: Place { id: root.id, path: root.path } };
        if actor.reach(verb, root.id) == Reach::All && (root.id == actor.tenant || seen.sees(&facts)) {
            out.push((root.id, root.name));
        }
    }
    out.truncate(TENANTS);
    Ok(out)
}

/// The tenants as choices of a form; the actor's own is chosen at first.
pub fn tenant_options(t: &T, tenants: &[(TenantId, String)], home: TenantId, chosen: &str) -> Vec<Choice> {
    let home = home.to_string();
    let chosen = if chosen.is_empty() { home.as_str() } else { chosen };
    tenants.iter().map(|(id, name)| Choice::new(id.to_string(), tenant_name(t, *id, name), id.to_string() == chosen)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_what_was_typed() {
        assert_eq!(query("/desk/people", &[("q", "Peña & co"), ("show", ""), ("org", "7")]), "/desk/people?q=Pe%C3%B1a%20%26%20co&org=7");
        assert_eq!(query("/a?b=1", &[("c", "2")]), "/a?b=1&c=2");
    }
}
