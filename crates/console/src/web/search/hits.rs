//! What was found, as it is shown.

use db::Rd;
use i18n::T;
use kernel::{Id, Result, Time};
use party::{Names, Wanted};
use search::text::mark::Piece;
use search::{Hit, Kind, Record};
use ticket::{Catalogue, Frame, Ticket, serve};
use ui::Person;

use crate::words::{self, Priority, When, address};

/// A record that was found.
pub struct HitView {
    pub icon: String,
    /// What it is, in words.
    pub kind: String,
    pub href: String,
    pub title: Vec<Piece>,
    /// Where in its text it was found.
    pub excerpt: Vec<Piece>,
    pub ticket: Option<TicketLine>,
    /// Of a person, an organisation, a team or a service.
    pub notes: Vec<String>,
    pub who: Option<Person>,
    pub inactive: bool,
}

/// What a hit tells of a ticket.
pub struct TicketLine {
    pub number: String,
    pub category: &'static str,
    pub state: String,
    pub priority: Option<Priority>,
    pub requester: Option<Person>,
    pub team: String,
    pub updated: When,
}

/// The names that hits speak of, as far as the reader may know them.
pub fn names(rd: &mut Rd<'_>, frame: Frame<'_>, hits: &[Hit]) -> Result<Names> {
    let mut wanted = Wanted::default();
    for ticket in hits.iter().filter_map(Hit::ticket) {
        let known = serve::known(frame.actor, ticket);
        if let Some(id) = known.requester {
            wanted.person(id);
        }
        if let Some(id) = known.team {
            wanted.team(id);
        }
    }
    wanted.load(rd)
}

/// The name of a kind of record, of one.
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Ticket => i18n::key!("search-kind-ticket"),
        Kind::Person => i18n::key!("search-kind-person"),
        Kind::Organisation => i18n::key!("search-kind-organisation"),
        Kind::Team => i18n::key!("search-kind-team"),
        Kind::Service => i18n::key!("search-kind-service"),
    }
}

const fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Ticket => "ticket",
        Kind::Person => "user",
        Kind::Organisation => "building-2",
        Kind::Team => "headset",
        Kind::Service => "layers",
    }
}

/// Where a hit leads. Teams and services lead to their tickets: their own pages are for who runs them.
pub fn href(hit: &Hit) -> String {
    match hit.kind {
        Kind::Ticket if hit.inner => format!("/desk/tickets/{}", hit.id),
        Kind::Ticket => format!("/requests/{}", hit.id),
        Kind::Person => format!("/desk/people/{}", hit.id),
        Kind::Organisation => format!("/desk/orgs/{}", hit.id),
        Kind::Team => address("/desk/tickets", &[("q", &format!("is:open team:{}", hit.id))]),
        Kind::Service => address("/desk/tickets", &[("q", &format!("is:open service:{}", hit.id))]),
    }
}

/// How hits are put into words.
pub struct Showing<'a> {
    pub t: &'a T,
    pub now: Time,
    pub actor: &'a access::Actor,
    pub catalogue: &'a Catalogue,
    pub names: &'a Names,
}

impl Showing<'_> {
    pub fn hit(&self, hit: &Hit) -> HitView {
        let kind = self.t.msg(kind_name(hit.kind)).into_owned();
        let view = HitView {
            icon: icon(hit.kind).to_owned(),
            kind,
            href: href(hit),
            title: hit.title.clone(),
            excerpt: hit.excerpt.clone(),
            ticket: None,
            notes: Vec::new(),
            who: None,
            inactive: false,
        };
        match &hit.record {
            Record::Ticket(ticket) => self.ticket(view, hit, ticket),
            Record::Party(party) => HitView {
                notes: self.notes(hit),
                who: (hit.kind == Kind::Person).then(|| Person::new(Id::new(party.id), &party.name)),
                inactive: !party.active,
                ..view
            },
        }
    }

    fn ticket(&self, view: HitView, hit: &Hit, ticket: &Ticket) -> HitView {
        let known = serve::known(self.actor, ticket);
        let priority = hit.inner && !serve::hidden(self.actor, ticket).contains("priority");
        let kind = self.catalogue.kind(ticket.tenant, &ticket.kind);
        HitView {
            icon: kind.map_or_else(|| view.icon.clone(), |kind| kind.icon.clone()),
            kind: kind.map_or_else(|| view.kind.clone(), |kind| kind.names.get(self.t.lang()).to_owned()),
            ticket: Some(TicketLine {
                number: words::number_of(self.catalogue, ticket),
                category: ticket.category.key(),
                state: words::state_name(self.t, self.catalogue, ticket),
                priority: priority.then(|| Priority::new(self.t, ticket.priority)),
                requester: known.requester.map(|id| words::person(self.names, id)),
                team: known.team.map_or_else(String::new, |id| self.names.team(id).to_owned()),
                updated: When::new(self.t, ticket.updated_at, self.now),
            }),
            ..view
        }
    }

    /// What is said beside a name. The kind of an organisation is a key, and says little.
    pub fn notes(&self, hit: &Hit) -> Vec<String> {
        let Some(party) = hit.party() else { return Vec::new() };
        let detail = Some(party.detail.clone()).filter(|detail| !detail.is_empty() && hit.kind != Kind::Organisation);
        [detail, party.organisation.clone(), party.email.clone()].into_iter().flatten().collect()
    }

    /// A hit in one line with a note.
    pub fn line(&self, hit: &Hit) -> (String, String) {
        match hit.ticket() {
            Some(ticket) => {
                let number = words::number_of(self.catalogue, ticket);
                (format!("{number} {}", ticket.title), words::state_name(self.t, self.catalogue, ticket))
            }
            None => (hit.plain_title(), self.notes(hit).join(" · ")),
        }
    }
}
