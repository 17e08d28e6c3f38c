//! One endpoint, or one resource, per file.

pub mod bulk;
pub mod change;
pub mod confirm;
pub mod drafts;
pub mod expectation;
pub mod feed;
pub mod fields;
pub mod files;
pub mod involved;
pub mod kinds;
pub mod links;
pub mod merge;
pub mod messages;
pub mod rating;
pub mod redact;
pub mod register;
pub mod secrets;
pub mod seen;
pub mod split;
pub mod tags;
pub mod tickets;
pub mod timeline;
pub mod trash;
pub mod undo;
pub mod unseal;
pub mod views;
pub mod why;

use std::sync::Arc;

use kernel::{Error, PersonId, Result};
use ticket::Desk;
use web_kit::Viewer;

/// The desk as an argument of a handler.
pub(crate) type DeskRef = axum::Extension<Arc<Desk>>;

/// Who asks, for the request key.
pub(crate) fn asker(viewer: &Viewer) -> Result<PersonId> {
    viewer.actor.require_person()
}

/// A grade by its key.
pub(crate) fn grade(field: &'static str, key: Option<&str>, of: fn(&str) -> Option<i64>) -> Result<Option<i64>> {
    key.map(|key| of(key).ok_or_else(|| Error::invalid(field, "error-choice"))).transpose()
}
