//! The lists: their columns, and how a page of each is read within the scopes of the reader.

mod organisations;
mod own;
mod people;
mod places;
mod teams;
mod tickets;

use std::sync::Arc;

use access::{Actor, Object, Verb};
use db::Rd;
use events::Act;
use i18n::T;
use kernel::{Error, Page, PageRequest, Result};
use ticket::Desk;

use crate::asked::{Asked, List};
use crate::cell::{Cell, Column, chosen};

/// Rows of a search by words at most: such a list has one page only.
const FOUND: u64 = 200;

/// What every page is read with.
#[derive(Clone)]
pub struct Reading {
    pub actor: Arc<Actor>,
    pub desk: Arc<Desk>,
    pub act: Act,
    pub t: T,
    pub asked: Arc<Asked>,
    pub columns: Arc<Vec<Column>>,
    /// The custom fields that the list had when the file began.
    pub own: Arc<Vec<Column>>,
}

/// Rows, and the cursor of those after them.
#[derive(Debug)]
pub struct Rows {
    pub rows: Vec<Vec<Cell>>,
    pub next: Option<String>,
}

impl Rows {
    fn of<R>(page: Page<R>, row: impl FnMut(&R) -> Vec<Cell>) -> Self {
        Self { rows: page.rows.iter().map(row).collect(), next: page.next }
    }
}

/// The columns that the reader may have of a list.
///
/// # Errors
/// A column is not known to them.
pub fn columns(actor: &Actor, asked: &Asked, own: &[Column]) -> Result<Vec<Column>> {
    let (delivered, object) = match asked.list {
        List::Tickets => (tickets::COLUMNS, Object::Ticket),
        List::People => (people::COLUMNS, Object::Person),
        List::Organisations => (organisations::COLUMNS, Object::Organisation),
        List::Teams => (teams::COLUMNS, Object::Team),
        List::Services => (places::SERVICES, Object::Service),
        List::Locations => (places::LOCATIONS, Object::Location),
    };
    let inside = !actor.tickets(Verb::TicketSeeInternal).is_nothing();
    let all = delivered.iter().chain(own).cloned().collect();
    chosen(all, asked.columns.as_deref(), &actor.hidden(object), inside)
}

impl Reading {
    /// Goes on with the rights that the reader has now. Whoever may no longer have the list, or one of the columns
    /// that the file began with, gets no more of it.
    ///
    /// # Errors
    /// Forbidden.
    pub fn renew(&mut self, actor: Arc<Actor>) -> Result<()> {
        let same = |now: &[Column]| now.iter().map(|c| &c.key).eq(self.columns.iter().map(|c| &c.key));
        let still = actor.may_anywhere(self.asked.list.verb()) && columns(&actor, &self.asked, &self.own).is_ok_and(|now| same(&now));
        if !still {
            return Err(Error::forbidden().arg("verb", self.asked.list.verb()));
        }
        self.actor = actor;
        Ok(())
    }

    /// One page.
    ///
    /// # Errors
    /// The filter is not understood; the database does not answer.
    pub fn page(&self, rd: &mut Rd<'_>, cursor: Option<String>) -> Result<Rows> {
        let request = PageRequest { limit: Some(PageRequest::MAX), cursor };
        match self.asked.list {
            List::Tickets => tickets::page(self, rd, &request),
            List::People => people::page(self, rd, &request),
            List::Organisations => organisations::page(self, rd, &request),
            List::Teams => teams::page(self, rd, &request),
            List::Services => places::services(self, rd, &request),
            List::Locations => places::locations(self, rd, &request),
        }
    }

    fn has(&self, key: &str) -> bool {
        self.columns.iter().any(|c| c.key == key)
    }

    fn words(&self) -> Option<&str> {
        Some(self.asked.q.trim()).filter(|q| !q.is_empty())
    }

    /// A choice of the desk in words.
    fn choice(&self, key: &str, label: &str) -> Cell {
        Cell::Choice { key: key.to_owned(), label: self.t.msg(label).into_owned() }
    }
}

pub use own::fields as own_fields;

/// The fields that a filter of tickets speaks of, and whether it is understood.
pub fn filter_of(rd: &mut Rd<'_>, reading: &Reading) -> Result<Vec<String>> {
    if reading.asked.list == List::Tickets { tickets::fields(reading, rd) } else { Ok(reading.asked.narrowed()) }
}

#[cfg(test)]
mod tests {
    use access::{ActorKind, Grant, Reach, Role};

    use super::*;
    use crate::format::Format;

    fn clerk(change: impl FnOnce(&mut Role)) -> Arc<Actor> {
        let mut role = Role::named(std::collections::BTreeMap::new());
        for verb in [Verb::TicketSee, Verb::TicketExport, Verb::TicketSeeInternal] {
            role.set(verb, Reach::All).unwrap();
        }
        change(&mut role);
        let grants = vec![Grant { key: "clerk".into(), tenant: party::SHARED, role: Arc::new(role) }];
        Arc::new(Actor { kind: ActorKind::Person, person: Some(kernel::PersonId::new(1)), grants, ..Actor::system() })
    }

    #[test]
    fn what_is_hidden_meanwhile_ends_the_file() {
        let asked = Asked::of(List::Tickets, Format::Csv, false, None, None);
        let actor = clerk(|_| {});
        let mut reading = Reading {
            columns: Arc::new(columns(&actor, &asked, &[]).unwrap()),
            own: Arc::default(),
            act: Act::system(kernel::Time(0), events::Cause::Page, Arc::new(kernel::SystemEntropy)),
            actor,
            desk: Arc::default(),
            t: T::utc(kernel::Lang::En),
            asked: Arc::new(asked),
        };
        reading.renew(clerk(|_| {})).unwrap();
        reading.renew(clerk(|role| role.hide(Object::Ticket, "colour"))).unwrap();
        assert!(reading.renew(clerk(|role| role.hide(Object::Ticket, "requester"))).is_err(), "a column of the file");
        assert!(reading.renew(clerk(|role| role.set(Verb::TicketExport, Reach::None).unwrap())).is_err());
        assert!(reading.renew(clerk(|role| role.set(Verb::TicketSeeInternal, Reach::None).unwrap())).is_err(), "inner columns");
    }
}
