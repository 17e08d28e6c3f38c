//! Checklists that administrators prepare: objects of the configuration, applied to a ticket by hand.

use std::collections::BTreeSet;

use db::Rd;
use kernel::{Error, FieldError, Lang, Result};
use party::SHARED;
use serde::{Deserialize, Serialize};
use settings::Texts;

use crate::rules;
use crate::store::Sort;

/// The kind of the objects in the settings.
pub const KIND: &str = "checklist";
/// Lines of one at most.
pub const MOST: usize = 60;
/// Days from applying it until a line is due at most.
const DAYS: i64 = 366;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub title: String,
    pub sort: Sort,
    /// The team that does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<i64>,
    /// Days from applying it until it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// It must be done before the ticket is solved.
    #[serde(default)]
    pub blocks: bool,
    /// It can begin when the task above it is done.
    #[serde(default)]
    pub follows: bool,
}

/// A prepared checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub key: String,
    pub names: Texts,
    /// Kinds of tickets for which it is offered; all when empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    pub active: bool,
    pub items: Vec<Item>,
}

impl Template {
    /// Whether it is offered for a kind of ticket.
    pub fn fits(&self, kind: &str) -> bool {
        self.active && (self.kinds.is_empty() || self.kinds.iter().any(|one| one == kind))
    }

    /// Everything that is wrong with it.
    pub fn wrong(&self, kinds: &BTreeSet<String>) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        if self.key.is_empty() || self.key.len() > 40 || !self.key.chars().all(plain) {
            wrong.push(FieldError::new("key", "error-template-key"));
        }
        if self.names.get(Lang::En).trim().is_empty() {
            wrong.push(FieldError::new("names", "error-template-name"));
        }
        if self.items.is_empty() || self.items.len() > MOST {
            wrong.push(FieldError::new("items", "error-template-items").arg("max", MOST));
        }
        if self.items.iter().any(|item| rules::title(&item.title).is_err() || item.days.is_some_and(|days| !(0..=DAYS).contains(&days))) {
            wrong.push(FieldError::new("items", "error-template-item").arg("max", DAYS));
        }
        if self.kinds.iter().any(|kind| !kinds.contains(kind)) {
            wrong.push(FieldError::new("kinds", "error-choice"));
        }
        wrong
    }
}

/// All of them with their versions, by their English names.
///
/// # Errors
/// The database refuses.
pub fn all(rd: &mut Rd<'_>) -> Result<Vec<(Template, i64)>> {
    let mut found = Vec::new();
    for row in settings::list(rd, KIND)?.into_iter().filter(|row| row.tenant == SHARED.raw()) {
        found.push((serde_json::from_str::<Template>(&row.data).map_err(Error::internal)?, row.version));
    }
    found.sort_by_cached_key(|(one, _)| kernel::fold(one.names.get(Lang::En)));
    Ok(found)
}

/// One of them with its version.
///
/// # Errors
/// Not found.
pub fn get(rd: &mut Rd<'_>, key: &str) -> Result<(Template, i64)> {
    let row = settings::get(rd, SHARED.raw(), KIND, key)?.ok_or_else(Error::not_found)?;
    Ok((serde_json::from_str(&row.data).map_err(Error::internal)?, row.version))
}
