//! One ticket in the list.

use i18n::T;
use kernel::Time;
use ticket::Ticket;
use ui::Person;

use super::Listed;
use crate::words::{self, Priority, When};

/// A row, with every column that may be shown.
pub struct Row {
    pub id: String,
    pub number: String,
    pub title: String,
    pub incomplete: bool,
    pub confidential: bool,
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
}

impl Row {
    pub(super) fn new(t: &T, now: Time, listed: &Listed, vips: bool, ticket: &Ticket) -> Self {
        let names = &listed.page.names;
        Self {
            id: ticket.id.to_string(),
            number: words::number_of(&listed.catalogue, ticket),
            title: ticket.title.clone(),
            incomplete: ticket.incomplete,
            confidential: ticket.confidential,
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
        }
    }
}
