//! What is asked for: which list, narrowed how, in which form.

use access::Verb;
use kernel::{Error, OrganisationId, Result};
use party::{OrganisationKind, ServiceState};

use crate::format::Format;

/// A list that can be had as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Tickets,
    People,
    Organisations,
    Teams,
    Services,
    Locations,
}

impl List {
    /// Who has it may take the list.
    pub const fn verb(self) -> Verb {
        match self {
            List::Tickets => Verb::TicketExport,
            List::People => Verb::PersonExport,
            List::Organisations => Verb::OrganisationSee,
            List::Teams => Verb::TeamSee,
            List::Services => Verb::ServiceSee,
            List::Locations => Verb::LocationSee,
        }
    }

    /// As in the log and in the name of the file.
    pub const fn key(self) -> &'static str {
        match self {
            List::Tickets => "tickets",
            List::People => "people",
            List::Organisations => "organisations",
            List::Teams => "teams",
            List::Services => "services",
            List::Locations => "locations",
        }
    }
}

/// A list with its bounds.
#[derive(Debug, Clone)]
pub struct Asked {
    pub list: List,
    pub format: Format,
    /// For a program, see [`crate::format::Reader`].
    pub machine: bool,
    /// Keys of columns, separated by commas; nothing: all.
    pub columns: Option<String>,
    /// A filter of tickets, or beginnings of words.
    pub q: String,
    /// The filter comes from a box in which an unknown `a:b` is text.
    pub search: bool,
    pub narrow: Narrow,
    /// The list was answered by the full text, and so is the file.
    pub full: Option<search::Search>,
}

/// Bounds beside the words.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    pub active: Option<bool>,
    pub vip: Option<bool>,
    pub organisation: Option<OrganisationId>,
    pub kind: Option<OrganisationKind>,
    pub state: Option<ServiceState>,
}

impl Asked {
    pub fn of(list: List, format: Format, machine: bool, columns: Option<String>, q: Option<String>) -> Self {
        Self { list, format, machine, columns, q: q.unwrap_or_default(), search: false, narrow: Narrow::default(), full: None }
    }

    /// The fields by which people and places are narrowed, for the log.
    pub fn narrowed(&self) -> Vec<String> {
        let n = &self.narrow;
        let all = [
            ("q", !self.q.trim().is_empty()),
            ("active", n.active.is_some()),
            ("vip", n.vip.is_some()),
            ("organisation", n.organisation.is_some()),
            ("kind", n.kind.is_some()),
            ("state", n.state.is_some()),
        ];
        all.into_iter().filter(|(_, said)| *said).map(|(key, _)| key.to_owned()).collect()
    }
}

/// A choice by its key; unsaid or empty: none.
///
/// # Errors
/// It is none of them.
pub fn choice<T>(field: &'static str, key: Option<&str>, of: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    match key.map(str::trim).filter(|key| !key.is_empty()) {
        Some(key) => of(key).map(Some).ok_or_else(|| Error::invalid(field, "error-choice")),
        None => Ok(None),
    }
}
