//! What stands around the hits: kinds as tabs, facets, orders. Each is a link.

use db::Rd;
use i18n::T;
use kernel::{Id, Result};
use party::{Names, Wanted};
use search::{Counts, Kind};
use ticket::Catalogue;
use ticket::fields::{grade_key, grade_label};
use ui::Tab;

use super::Ask;
use crate::words::address;

/// The name of a kind of record, of many.
const fn tab_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Ticket => i18n::key!("search-tickets"),
        Kind::Person => i18n::key!("search-people"),
        Kind::Organisation => i18n::key!("search-organisations"),
        Kind::Team => i18n::key!("search-teams"),
        Kind::Service => i18n::key!("search-services"),
    }
}

/// The kinds with their numbers, where those are known.
pub fn tabs(t: &T, ask: &Ask, counts: Option<&Counts>) -> Vec<Tab> {
    let all = Tab { label: t.msg("search-all").into_owned(), href: ask.place("", ""), current: ask.kind.is_empty(), count: String::new() };
    let tab = |kind: Kind| {
        let count = counts.and_then(|counts| counts.kinds.iter().find(|(of, _)| *of == kind)?.1);
        Tab {
            label: t.msg(tab_name(kind)).into_owned(),
            href: ask.place(kind.key(), ""),
            current: ask.kind == kind.key(),
            count: count.map_or_else(String::new, |count| t.number(i64::try_from(count).unwrap_or(i64::MAX))),
        }
    };
    std::iter::once(all).chain(Kind::ALL.into_iter().map(tab)).collect()
}

/// A field of tickets with the values that were found.
pub struct Facet {
    pub label: String,
    pub values: Vec<Value>,
}

/// A value with its number; the link adds it to the question, or takes it out.
pub struct Value {
    pub label: String,
    pub count: String,
    pub href: String,
    pub chosen: bool,
}

/// The names that facets speak of: they come from tickets that the reader sees.
pub fn names(rd: &mut Rd<'_>, counts: Option<&Counts>) -> Result<Names> {
    let mut wanted = Wanted::default();
    for (field, values) in counts.map_or(&[][..], |counts| &counts.facets) {
        for id in values.iter().filter_map(|(value, _)| value.parse::<i64>().ok()) {
            match *field {
                "team" => wanted.team(Id::new(id)),
                "service" => wanted.service(Id::new(id)),
                _ => continue,
            };
        }
    }
    wanted.load(rd)
}

/// Facets of which there is something to choose.
pub fn facets(t: &T, ask: &Ask, catalogue: &Catalogue, names: &Names, counts: &Counts) -> Vec<Facet> {
    let mut facets = Vec::new();
    for (field, values) in &counts.facets {
        let value = |(key, count): &(String, u64)| {
            let (key, label) = named(t, catalogue, names, field, key)?;
            let term = format!("{field}:{key}");
            let chosen = ask.q.split_whitespace().any(|word| word == term);
            let query = if chosen {
                ask.q.split_whitespace().filter(|word| *word != term).collect::<Vec<_>>().join(" ")
            } else {
                format!("{} {term}", ask.q.trim())
            };
            let href = Ask { q: query, kind: Kind::Ticket.key().to_owned(), ..ask.clone() }.place(Kind::Ticket.key(), &ask.sort);
            Some(Value { label, count: t.number(i64::try_from(*count).unwrap_or(i64::MAX)), href, chosen })
        };
        let values: Vec<Value> = values.iter().filter_map(value).collect();
        if values.len() > 1 || values.iter().any(|value| value.chosen) {
            facets.push(Facet { label: t.msg(&format!("field-{}", field.replace('_', "-"))).into_owned(), values });
        }
    }
    facets
}

/// The value as the filter language has it, and in words; none for what nobody can name.
fn named(t: &T, catalogue: &Catalogue, names: &Names, field: &str, key: &str) -> Option<(String, String)> {
    let id = key.parse::<i64>().ok();
    let (key, label) = match field {
        "category" => (key.to_owned(), t.msg(&format!("category-{key}")).into_owned()),
        "kind" => {
            let kind = catalogue.all_kinds().find(|kind| kind.key == key);
            (key.to_owned(), kind.map_or_else(|| key.to_owned(), |kind| kind.names.get(t.lang()).to_owned()))
        }
        "priority" => (grade_key("priority", id?).to_owned(), t.msg(grade_label("priority", id?)).into_owned()),
        "team" => (key.to_owned(), names.team(Id::new(id?)).to_owned()),
        "service" => (key.to_owned(), names.service(Id::new(id?)).to_owned()),
        _ => return None,
    };
    Some((key, label)).filter(|(_, label)| !label.is_empty())
}

/// An order that one may choose.
pub struct Order {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// Orders of tickets; other records come by how well they answer.
pub fn orders(t: &T, ask: &Ask) -> Vec<Order> {
    let all = [
        ("", i18n::key!("search-order-best")),
        ("-updated", i18n::key!("search-order-updated")),
        ("-created", i18n::key!("search-order-created")),
    ];
    let order = |(sort, label): (&str, &str)| Order {
        label: t.msg(label).into_owned(),
        href: ask.place(if sort.is_empty() { &ask.kind } else { Kind::Ticket.key() }, sort),
        current: ask.sort == sort,
    };
    all.into_iter().map(order).collect()
}

/// The same question with another text.
pub fn instead(ask: &Ask, text: &str) -> String {
    address("/desk/search", &[("q", text), ("kind", &ask.kind)])
}
