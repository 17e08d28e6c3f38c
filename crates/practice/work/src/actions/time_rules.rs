//! Changing the kinds of activity, and which tickets need time.

use access::Verb;
use db::Tx;
use kernel::{Error, Result};
use party::SHARED;
use ticket::Frame;

use crate::time_rules::{KEY, KIND, TimeRules};

/// Writes the rules over a version of them, without one over the newest. An activity that is left out while
/// entries may have it is better taken out of use.
///
/// # Errors
/// Forbidden without `settings.edit` in the whole desk; invalid; conflict when somebody else changed them.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, rules: &TimeRules, expected: Option<i64>) -> Result<i64> {
    frame.actor.require(Verb::SettingsEdit, SHARED)?;
    let (before, version) = TimeRules::load(tx)?;
    let kinds = frame.desk.catalogue(tx)?.all_kinds().map(|kind| kind.key.clone()).collect();
    Error::of_fields(rules.wrong(&kinds))?;
    if before.activities.iter().any(|one| rules.activity(&one.key).is_none()) {
        return Err(Error::invalid("activities", "error-activity-kept"));
    }
    settings::put(tx, frame.act, SHARED.raw(), KIND, KEY, expected.unwrap_or(version), rules)
}
