//! Who hears of an event, and why. Pure: the event as somebody may know it, and the ticket.

use std::collections::BTreeMap;

use kernel::{PersonId, TeamId};
use ticket::events::{Change, TicketEvent, Worth};
use ticket::{Category, Involvement, MessageKind, Ticket};

use crate::Reason;

/// Somebody who hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    Person(PersonId),
    /// All of its members.
    Team(TeamId),
}

/// What an event is about.
pub struct About<'a> {
    pub ticket: &'a Ticket,
    /// The people beside requester and assignee.
    pub people: &'a [(PersonId, Involvement)],
    /// What a state means.
    pub category: &'a dyn Fn(&str) -> Option<Category>,
    /// Who did it.
    pub by: Option<PersonId>,
    /// It follows from a mention.
    pub mention: bool,
}

/// Everybody who hears of an event, each with the strongest reason.
pub fn heard(event: &TicketEvent, about: &About<'_>) -> BTreeMap<Whom, Reason> {
    let mut told = Told::default();
    match event {
        TicketEvent::Created { .. } => about.given(&mut told, Reason::Assigned, Reason::Team),
        TicketEvent::Message { public: true, kind, .. } if *kind != MessageKind::Description => about.said(&mut told),
        TicketEvent::Changed { changes, reopened, confirmed, handover, .. } => {
            about.passed(&mut told, changes, handover.is_some());
            about.stepped(&mut told, changes, *reopened);
            if *confirmed {
                told.all(about.workers(), Reason::Confirmed);
            }
        }
        TicketEvent::Involved { role, person, team } => {
            let reason = match role {
                Involvement::Coworker => Reason::Coworker,
                Involvement::Watcher if about.mention => Reason::Mentioned,
                Involvement::Watcher => Reason::Watching,
                Involvement::Named => Reason::Named,
                // What is said of somebody is not for them.
                Involvement::About => return told.0,
            };
            told.person(*person, reason);
            match (team, reason) {
                (Some(team), Reason::Coworker) => told.add(Whom::Team(*team), Reason::Team),
                (Some(team), Reason::Mentioned) => told.add(Whom::Team(*team), reason),
                _ => {}
            }
        }
        TicketEvent::Merged { inward: false, .. } => {
            told.all(about.askers().chain(about.ticket.assignee).chain(about.of(Involvement::Watcher)), Reason::Merged);
        }
        _ => {}
    }
    told.0
}

#[derive(Default)]
struct Told(BTreeMap<Whom, Reason>);

impl Told {
    fn add(&mut self, whom: Whom, reason: Reason) {
        let kept = self.0.entry(whom).or_insert(reason);
        *kept = (*kept).min(reason);
    }
    fn person(&mut self, person: Option<PersonId>, reason: Reason) {
        self.all(person, reason);
    }
    fn all(&mut self, people: impl IntoIterator<Item = PersonId>, reason: Reason) {
        people.into_iter().for_each(|person| self.add(Whom::Person(person), reason));
    }
}

impl About<'_> {
    fn of(&self, role: Involvement) -> impl Iterator<Item = PersonId> {
        self.people.iter().filter(move |(_, held)| *held == role).map(|(person, _)| *person)
    }
    fn askers(&self) -> impl Iterator<Item = PersonId> + use<> {
        [self.ticket.requester, self.ticket.beneficiary].into_iter().flatten()
    }
    fn workers(&self) -> impl Iterator<Item = PersonId> {
        self.ticket.assignee.into_iter().chain(self.of(Involvement::Coworker))
    }
    fn is_asked_by_actor(&self) -> bool {
        self.askers().any(|asker| Some(asker) == self.by)
    }

    /// Who has it: one person, or the team as long as nobody took it.
    fn given(&self, told: &mut Told, person: Reason, team: Reason) {
        match (self.ticket.assignee, self.ticket.team) {
            (Some(assignee), _) => told.add(Whom::Person(assignee), person),
            (None, Some(to)) => told.add(Whom::Team(to), team),
            (None, None) => {}
        }
    }

    /// A public message: everybody who takes part, and the team when its requester writes and nobody took it.
    fn said(&self, told: &mut Told) {
        told.all(self.askers().chain(self.workers()).chain(self.of(Involvement::Watcher)), Reason::Message);
        if self.is_asked_by_actor() {
            self.given(told, Reason::Message, Reason::Message);
        }
    }

    /// It went to somebody.
    fn passed(&self, told: &mut Told, changes: &[Change], handover: bool) {
        let to = |field: &str| {
            changes.iter().find(|change| change.field == field).and_then(|change| match change.to {
                Worth::Number(id) => Some(id),
                _ => None,
            })
        };
        if let Some(assignee) = to("assignee") {
            told.add(Whom::Person(PersonId::new(assignee)), if handover { Reason::HandedOver } else { Reason::Assigned });
        } else if let Some(team) = to("team") {
            told.add(Whom::Team(TeamId::new(team)), if handover { Reason::HandedOver } else { Reason::Team });
        }
    }

    /// It came to an end, or began again.
    fn stepped(&self, told: &mut Told, changes: &[Change], reopened: bool) {
        let Some(change) = changes.iter().find(|change| change.field == "state") else { return };
        let category = |worth: &Worth| match worth {
            Worth::Key(key) => (self.category)(key),
            _ => None,
        };
        let (from, to) = (category(&change.from), category(&change.to));
        let followers = || self.of(Involvement::Watcher).chain(self.of(Involvement::Coworker));
        if reopened {
            self.given(told, Reason::Reopened, Reason::Reopened);
            told.all(followers(), Reason::Reopened);
        } else if from.is_some_and(Category::is_open) {
            match to {
                Some(Category::Resolved | Category::Closed) => told.all(self.askers().chain(followers()), Reason::Solved),
                Some(Category::Cancelled) => told.all(self.askers().chain(followers()).chain(self.ticket.assignee), Reason::Cancelled),
                _ => {}
            }
        }
    }
}
