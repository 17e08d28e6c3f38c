//! The pages of this slice, and the words they share.

pub mod fields;
pub mod forms;
pub mod kinds;
pub mod retype;
pub mod rules;

use i18n::T;
use kernel::PersonId;
use settings::Change;

use crate::diff::{self, Difference};

/// A version of a configuration object.
pub struct Version {
    pub version: i64,
    pub iso: String,
    pub when: String,
    pub who: String,
    pub changes: Vec<Difference>,
    /// It can be put back: it is not the newest.
    pub is_past: bool,
}

/// The history, newest first, each version against the one before it.
pub fn versions(t: &T, now: kernel::Time, history: &[Change], names: &party::Names) -> Vec<Version> {
    let line = |(place, change): (usize, &Change)| Version {
        version: change.version,
        iso: change.created_at.to_rfc3339(),
        when: t.ago(change.created_at, now),
        who: match names.person(PersonId::new(change.created_by)) {
            Some(person) => person.name.clone(),
            None => t.msg("forms-delivered").into_owned(),
        },
        changes: history.get(place + 1).map(|before| diff::between(&before.data, &change.data)).unwrap_or_default(),
        is_past: place > 0,
    };
    history.iter().enumerate().map(line).collect()
}
