//! One ticket in the list.

use i18n::T;
use kernel::{PersonId, Time};
use settings::field::FieldType;
use ticket::Ticket;
use ticket::custom::Shown;
use ui::Person;
use web_kit::field;

use super::Listed;
use crate::words::{self, Priority, When};

/// A row, with every column that may be shown.
pub struct Row {
    pub id: String,
    pub number: String,
    pub title: String,
    pub incomplete: bool,
    pub confidential: bool,
    /// Something happened since the reader looked.
    pub unread: bool,
    /// What is over and done with is nobody's to read.
    pub over: bool,
    /// The reader is writing to it.
    pub draft: bool,
    pub priority: Priority,
    pub requester: Option<Person>,
    pub vip: bool,
    pub organisation: String,
    pub category: &'static str,
    pub state: String,
    pub assignee: Option<Person>,
    pub team: String,
    pub service: String,
    pub created: When,
    pub customer: When,
    pub updated: When,
    /// Marks from 1 to 5; empty when nobody gave one.
    pub csat: String,
    pub csat_analyst: String,
    /// Custom fields in words, by property.
    pub own: Vec<(String, String)>,
}

impl Row {
    /// A custom field in words.
    pub fn own(&self, property: &str) -> &str {
        self.own.iter().find(|(own, _)| own == property).map_or("", |(_, words)| words.as_str())
    }

    pub(super) fn new(t: &T, now: Time, listed: &Listed, vips: bool, ticket: &Ticket) -> Self {
        let names = &listed.page.names;
        Self {
            id: ticket.id.to_string(),
            number: words::number_of(&listed.catalogue, ticket),
            title: ticket.title.clone(),
            incomplete: ticket.incomplete,
            confidential: ticket.confidential,
            unread: ticket.is_unread(listed.seen.get(&ticket.id).copied().unwrap_or_default()),
            over: !ticket.is_unread(i64::MIN),
            draft: listed.drafts.contains(&ticket.id),
            priority: Priority::new(t, ticket.priority),
            requester: ticket.requester.map(|id| words::person(names, id)),
            vip: vips && ticket.requester.is_some_and(|id| words::is_vip(names, id)),
            organisation: ticket.organisation.map_or_else(String::new, |id| names.organisation(id).to_owned()),
            category: ticket.category.key(),
            state: words::state_name(t, &listed.catalogue, ticket),
            assignee: ticket.assignee.map(|id| words::person(names, id)),
            team: ticket.team.map_or_else(String::new, |id| names.team(id).to_owned()),
            service: ticket.service.map_or_else(String::new, |id| names.service(id).to_owned()),
            created: When::new(t, ticket.created_at, now),
            customer: When::new(t, ticket.last_customer_at, now),
            updated: When::new(t, ticket.updated_at, now),
            csat: mark(ticket.csat),
            csat_analyst: mark(ticket.csat_analyst),
            own: own(t, listed, ticket),
        }
    }
}

fn mark(mark: Option<i64>) -> String {
    mark.map_or_else(String::new, |mark| format!("{mark}/5"))
}

/// The custom fields of a row that has columns for them.
fn own(t: &T, listed: &Listed, ticket: &Ticket) -> Vec<(String, String)> {
    let words = |shown: &Shown| {
        let value = shown.value.as_ref()?;
        let person = value.int().filter(|_| shown.def.ty == FieldType::Person).map(PersonId::new);
        let told = person.map_or_else(|| field::words(t, &shown.def, value), |id| listed.own_names.person_name(id).to_owned());
        Some((shown.def.property(), told))
    };
    listed.own.get(&ticket.id).into_iter().flatten().filter_map(words).collect()
}
