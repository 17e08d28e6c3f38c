//! How records are shown: moments, numbers, kinds, addresses of pages.

use access::Actor;
use i18n::T;
use kernel::{TicketId, Time};
use party::Names;
use ticket::{Catalogue, Category, KindDef, Ticket};

/// A moment as the time macro takes it.
#[derive(Debug, Clone, Default)]
pub struct When {
    pub iso: String,
    pub text: String,
    pub exact: String,
}

impl When {
    pub fn new(t: &T, at: Time, now: Time) -> Self {
        Self { iso: at.to_rfc3339(), text: t.ago(at, now), exact: t.moment_exact(at) }
    }
}

/// The number as people read and say it, such as `INC-4711`.
pub fn number(catalogue: &Catalogue, ticket: &Ticket) -> String {
    match catalogue.kind(ticket.tenant, &ticket.kind) {
        Some(kind) => format!("{}-{}", kind.prefix, ticket.id),
        None => ticket.id.to_string(),
    }
}

/// Reads `4711`, `INC-4711` or `#4711`.
pub fn read_number(text: &str) -> Option<TicketId> {
    let text = text.trim().trim_start_matches('#');
    let digits = match text.split_once('-') {
        Some((prefix, rest)) if !prefix.is_empty() && prefix.chars().all(char::is_alphabetic) => rest,
        Some(_) => return None,
        None => text,
    };
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// The state in the words of the requester; to others it does not say "you".
pub fn state(t: &T, catalogue: &Catalogue, ticket: &Ticket, mine: bool) -> String {
    match ticket.category {
        Category::Waiting if !mine => return t.msg("category-waiting").into_owned(),
        Category::Resolved if !mine => return t.msg("category-resolved").into_owned(),
        _ => {}
    }
    let state = catalogue.kind(ticket.tenant, &ticket.kind).and_then(|kind| kind.state(&ticket.state));
    state.map_or(ticket.state.as_str(), |state| state.portal.get(t.lang())).to_owned()
}

/// A kind in the words of somebody who asks.
pub fn kind(t: &T, kind: &KindDef) -> String {
    match kind.key.as_str() {
        "incident" => t.msg("portal-kind-incident").into_owned(),
        "request" => t.msg("portal-kind-request").into_owned(),
        "question" => t.msg("portal-kind-question").into_owned(),
        "complaint" => t.msg("portal-kind-complaint").into_owned(),
        "suggestion" => t.msg("portal-kind-suggestion").into_owned(),
        _ => kind.names.get(t.lang()).to_owned(),
    }
}

/// The kinds that somebody may ask for: work orders are made by the desk.
pub fn kinds<'c>(catalogue: &'c Catalogue, actor: &Actor) -> Vec<&'c KindDef> {
    catalogue.kinds(actor.tenant).into_iter().filter(|kind| kind.key != "task").collect()
}

/// Who has it, of a ticket as the reader knows it: the person with their team, the team, or the desk.
pub fn with_whom(t: &T, names: &Names, ticket: &Ticket) -> String {
    let person = ticket.assignee.map(|id| names.person_name(id)).unwrap_or_default();
    let team = ticket.team.map(|id| names.team(id)).unwrap_or_default();
    match (person.is_empty(), team.is_empty()) {
        (false, false) => format!("{person} ({team})"),
        (false, true) => person.to_owned(),
        (true, false) => team.to_owned(),
        (true, true) => t.msg("portal-the-desk").into_owned(),
    }
}

/// A path with a query string; empty values are left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        out.push_str(&encoded(value));
    }
    out
}

/// Percent-encoding for a part of a path or of a query.
fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_say_them() {
        for (text, number) in [("4711", Some(4711)), (" INC-4711 ", Some(4711)), ("#7", Some(7)), ("обр-7", Some(7))] {
            assert_eq!(read_number(text).map(TicketId::raw), number, "{text}");
        }
        for text in ["", "-7", "vpn", "vpn-tunnel", "2026-11-22", "7 8", "99999999999999999999"] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(address("/new", &[("text", "a&b ü"), ("kind", "")]), "/new?text=a%26b%20%C3%BC");
    }
}
