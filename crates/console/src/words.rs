//! How records are shown: people, moments, numbers, addresses of pages.

use i18n::T;
use kernel::{PersonId, TicketId, Time};
use party::Names;
use ticket::fields::{grade_key, grade_label};
use ticket::{Catalogue, KindDef, Ticket};
use ui::Person;

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

/// A priority as its macro takes it.
#[derive(Debug, Clone)]
pub struct Priority {
    pub key: &'static str,
    pub label: String,
}

impl Priority {
    pub fn new(t: &T, grade: i64) -> Self {
        Self { key: grade_key("priority", grade), label: t.msg(grade_label("priority", grade)).into_owned() }
    }
}

/// A person with a name, without a link: inside a row that is a link itself.
pub fn person(names: &Names, id: PersonId) -> Person {
    Person::new(id, names.person_name(id))
}

/// The same with a link to their page.
pub fn person_at(names: &Names, id: PersonId) -> Person {
    person(names, id).at(format!("/desk/people/{id}"))
}

pub fn is_vip(names: &Names, id: PersonId) -> bool {
    names.person(id).is_some_and(|p| p.vip)
}

/// The number as people read and type it, such as `INC-4711`.
pub fn number(kind: &KindDef, id: TicketId) -> String {
    format!("{}-{id}", kind.prefix)
}

/// The number of a ticket whose kind may have gone from the settings.
pub fn number_of(catalogue: &Catalogue, ticket: &Ticket) -> String {
    catalogue.kind(ticket.tenant, &ticket.kind).map_or_else(|| ticket.id.to_string(), |kind| number(kind, ticket.id))
}

/// The name of a ticket's state in the reader's language.
pub fn state_name(t: &T, catalogue: &Catalogue, ticket: &Ticket) -> String {
    let state = catalogue.kind(ticket.tenant, &ticket.kind).and_then(|kind| kind.state(&ticket.state));
    state.map_or(ticket.state.as_str(), |state| state.names.get(t.lang())).to_owned()
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

/// A path with a query string; empty values are left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        encode(&mut out, value);
    }
    out
}

/// Percent-encoding of a query value; what a filter usually holds stays readable.
pub fn encode(out: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b',' | b'/' | b'@' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, number) in [("4711", Some(4711)), (" INC-4711 ", Some(4711)), ("#7", Some(7)), ("inc-7", Some(7))] {
            assert_eq!(read_number(text).map(TicketId::raw), number, "{text}");
        }
        for text in ["", "-7", "vpn", "vpn-tunnel", "2026-11-22", "7 8", "99999999999999999999"] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(address("/x", &[("v", ""), ("q", "is:open \"a&b\""), ("c", "ü")]), "/x?q=is:open+%22a%26b%22&c=%C3%BC");
    }
}
