//! One's own language and time zone.

use std::sync::Arc;

use events::Act;
use jiff::tz::TimeZone;
use kernel::{Error, Lang, Result};
use party::PersonData;
use party::store::person;

use crate::events::directory;
use crate::{Own, Sessions};

/// What may be changed; each part alone. The inner `None` means: as the organisation has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub lang: Option<Option<Lang>>,
    pub time_zone: Option<Option<String>>,
}

/// Saves it.
///
/// # Errors
/// `Invalid` when there is no such time zone.
pub async fn save_profile(desk: &Sessions, own: &Own, profile: Profile) -> Result<()> {
    own.require_session()?;
    if let Some(Some(zone)) = &profile.time_zone
        && TimeZone::get(zone).is_err()
    {
        return Err(Error::invalid("time_zone", "error-time-zone"));
    }
    let id = own.actor.require_person()?;
    let act = Act::person(id, desk.clock.now(), Arc::clone(&desk.entropy));
    desk.db
        .write("profile.save", move |tx| {
            let stored = person::get(tx, id)?;
            let before = PersonData::from(&stored);
            let wanted = PersonData {
                lang: profile.lang.unwrap_or(before.lang),
                time_zone: profile.time_zone.clone().unwrap_or_else(|| before.time_zone.clone()),
                ..before.clone()
            };
            let changed = [("lang", wanted.lang != before.lang), ("time_zone", wanted.time_zone != before.time_zone)];
            let fields: Vec<&'static str> = changed.into_iter().filter_map(|(field, is)| is.then_some(field)).collect();
            if fields.is_empty() {
                return Ok(());
            }
            person::update(tx, id, stored.version, &wanted, act.now)?;
            directory::person_changed(tx, &act, stored.tenant, id, &fields)
        })
        .await
}
