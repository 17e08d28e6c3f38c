//! What stands beside the conversation: the requester, who else is on it, other tickets.

use i18n::T;
use kernel::{PersonId, Time};
use party::AddressKind;
use ticket::{Involvement, LinkKind, Ticket};
use ui::{Choice, Person};

use super::read::{Card, Known};
use crate::words;

/// Another ticket in a line.
pub struct Mini {
    pub id: String,
    pub number: String,
    pub title: String,
    pub category: &'static str,
    pub state: String,
}

/// A link with its other end.
pub struct Link {
    pub label: String,
    /// The kind as it is removed.
    pub kind: &'static str,
    pub outward: bool,
    pub ticket: Mini,
}

impl Link {
    /// As its form sends it.
    pub fn value(&self) -> String {
        format!("{}-{}", self.kind, if self.outward { "out" } else { "in" })
    }
}

/// A co-worker or watcher.
pub struct Involved {
    /// `person` or `team`
    pub sort: &'static str,
    pub id: String,
    pub name: String,
    pub who: Option<Person>,
}

pub struct Around {
    pub coworkers: Vec<Involved>,
    pub watchers: Vec<Involved>,
    /// Who may see it although it is confidential.
    pub named: Vec<Involved>,
    /// Whom it complains of.
    pub about: Vec<Involved>,
}

impl Around {
    fn of(&mut self, role: Involvement) -> &mut Vec<Involved> {
        match role {
            Involvement::Coworker => &mut self.coworkers,
            Involvement::Watcher => &mut self.watchers,
            Involvement::Named => &mut self.named,
            Involvement::About => &mut self.about,
        }
    }
}

/// The requester.
pub struct CardView {
    pub who: Person,
    pub vip: bool,
    pub note: String,
    pub title: String,
    pub organisation: String,
    pub location: String,
    /// Their time of day, when it is not the reader's.
    pub clock: String,
    pub contacts: Vec<Contact>,
    pub open: Vec<Mini>,
    /// All their tickets.
    pub all: String,
}

pub struct Contact {
    pub label: String,
    pub value: String,
    /// `tel:` or `mailto:`; empty for none.
    pub href: String,
}

pub fn mini(t: &T, known: &Known, ticket: &Ticket) -> Mini {
    Mini {
        id: ticket.id.to_string(),
        number: words::number_of(&known.catalogue, ticket),
        title: ticket.title.clone(),
        category: ticket.category.key(),
        state: words::state_name(t, &known.catalogue, ticket),
    }
}

pub fn links(t: &T, known: &Known) -> Vec<Link> {
    let link = |l: &super::read::Linked| Link {
        label: t.msg(way(l.kind, l.outward)).into_owned(),
        kind: l.kind.key(),
        outward: l.outward,
        ticket: mini(t, known, &l.ticket),
    };
    known.links.iter().map(link).collect()
}

const fn way(kind: LinkKind, outward: bool) -> &'static str {
    match (kind, outward) {
        (LinkKind::Duplicate, true) => i18n::key!("link-duplicate-out"),
        (LinkKind::Duplicate, false) => i18n::key!("link-duplicate-in"),
        (LinkKind::Relates, true) => i18n::key!("link-relates-out"),
        (LinkKind::Relates, false) => i18n::key!("link-relates-in"),
        (LinkKind::Blocks, true) => i18n::key!("link-blocks-out"),
        (LinkKind::Blocks, false) => i18n::key!("link-blocks-in"),
        (LinkKind::CausedBy, true) => i18n::key!("link-caused-by-out"),
        (LinkKind::CausedBy, false) => i18n::key!("link-caused-by-in"),
    }
}

/// What one may make of another ticket. The value is the kind with its direction.
pub fn link_kinds(t: &T) -> Vec<Choice> {
    let mut choices = vec![Choice::new("parent", t.msg("field-parent"), false), Choice::new("child", t.msg("console-link-child"), false)];
    for kind in LinkKind::ALL {
        choices.push(Choice::new(format!("{}-out", kind.key()), t.msg(way(*kind, true)), *kind == LinkKind::Relates));
        if *kind != LinkKind::Relates {
            choices.push(Choice::new(format!("{}-in", kind.key()), t.msg(way(*kind, false)), false));
        }
    }
    choices
}

impl Around {
    pub fn watches(&self, me: Option<PersonId>) -> bool {
        me.is_some_and(|me| self.watchers.iter().any(|w| w.sort == "person" && w.id == me.to_string()))
    }
}

pub fn around(known: &Known) -> Around {
    let mut around = Around { coworkers: Vec::new(), watchers: Vec::new(), named: Vec::new(), about: Vec::new() };
    for (id, role) in &known.people {
        let who = words::person_at(&known.names, *id);
        let one = Involved { sort: "person", id: id.to_string(), name: who.name.clone(), who: Some(who) };
        around.of(*role).push(one);
    }
    for (id, role) in &known.teams {
        let one = Involved { sort: "team", id: id.to_string(), name: known.names.team(*id).to_owned(), who: None };
        around.of(*role).push(one);
    }
    around
}

pub fn card(t: &T, now: Time, known: &Known, card: &Card) -> CardView {
    let person = &card.person;
    let name = |id| known.names.organisation(id).to_owned();
    CardView {
        who: Person::new(person.id, person.name.as_str()).at(format!("/desk/people/{}", person.id)),
        vip: person.vip,
        note: person.note.clone(),
        title: person.title.clone(),
        organisation: card.organisation.map(name).unwrap_or_default(),
        location: person.location.map_or("", |id| known.names.location(id)).to_owned(),
        clock: clock(t, now, person),
        contacts: card.addresses.iter().map(|a| contact(t, a)).collect(),
        open: card.open.iter().map(|o| mini(t, known, o)).collect(),
        all: words::address("/desk/tickets", &[("q", &format!("requester:{} sort:-updated", person.id))]),
    }
}

fn clock(t: &T, now: Time, person: &party::Person) -> String {
    let Some(zone) = person.time_zone.as_deref() else { return String::new() };
    let (there, here) = (T::named(t.lang(), zone).clock(now), t.clock(now));
    if there == here { String::new() } else { there }
}

fn contact(t: &T, address: &party::Address) -> Contact {
    let dialled: String = address.value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let (label, href) = match address.kind {
        AddressKind::Email => (i18n::key!("console-email"), format!("mailto:{}", address.value)),
        AddressKind::Phone => (i18n::key!("console-phone"), format!("tel:{dialled}")),
        AddressKind::Mobile => (i18n::key!("console-mobile"), format!("tel:{dialled}")),
        AddressKind::Room => (i18n::key!("console-room"), String::new()),
        AddressKind::Tag => (i18n::key!("console-tag-number"), String::new()),
    };
    Contact { label: t.msg(label).into_owned(), value: address.value.clone(), href }
}
