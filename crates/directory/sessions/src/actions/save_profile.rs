//! One's own language and time zone.

use jiff::tz::TimeZone;
use kernel::{Error, Lang, Result};
use party::PersonData;
use party::store::person;

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
    let (id, now) = (own.actor.require_person()?, desk.clock.now());
    desk.db
        .write("profile.save", move |tx| {
            let stored = person::get(tx, id)?;
            let before = PersonData::from(&stored);
            let wanted = PersonData {
                lang: profile.lang.unwrap_or(before.lang),
                time_zone: profile.time_zone.clone().unwrap_or_else(|| before.time_zone.clone()),
                ..before.clone()
            };
            if wanted == before { Ok(()) } else { person::update(tx, id, stored.version, &wanted, now) }
        })
        .await
}
