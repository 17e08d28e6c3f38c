//! What people and administrators want to hear of: their own preferences, and those of everybody else.

use db::{Rd, Tx};
use events::Act;
use kernel::{Error, PersonId, Result};
use serde::{Deserialize, Serialize};
use ticket::Frame;

use crate::preferences::{NEVER_URGENT, Preferences};
use crate::store;

/// The settings kind of what administrators say.
pub const KIND: &str = "notify";
const KEY: &str = "default";
/// Push services that an administrator may name.
const HOSTS: usize = 20;
const MINUTES: i16 = 24 * 60;

/// What administrators say for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// Of who has said nothing.
    pub preferences: Preferences,
    /// A push tells the title of a ticket that is not confidential.
    #[serde(default)]
    pub titles: bool,
    /// Push services beside those of the browsers.
    #[serde(default)]
    pub hosts: Vec<String>,
}

impl House {
    /// As it is.
    ///
    /// # Errors
    /// The database refuses, or what is stored cannot be read.
    pub fn load(rd: &mut Rd<'_>) -> Result<Self> {
        match settings::get(rd, party::SHARED.raw(), KIND, KEY)? {
            Some(row) => serde_json::from_str(&row.data).map_err(Error::internal),
            None => Ok(Self::default()),
        }
    }

    /// Says it anew.
    ///
    /// # Errors
    /// Invalid: a host is none. Whoever calls has asked for the right.
    pub fn save(&self, tx: &mut Tx<'_>, act: &Act) -> Result<()> {
        check(&self.preferences)?;
        let letters = |host: &String| host.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'));
        let named =
            |host: &String| host.len() <= 253 && host.trim_start_matches('.').contains('.') && host.parse::<std::net::IpAddr>().is_err();
        if self.hosts.len() > HOSTS || !self.hosts.iter().all(|host| letters(host) && named(host)) {
            return Err(Error::invalid("hosts", "error-push-hosts"));
        }
        let tenant = party::SHARED.raw();
        let before = settings::get(tx, tenant, KIND, KEY)?.map_or(0, |row| row.version);
        settings::put(tx, act, tenant, KIND, KEY, before, self).map(drop)
    }
}

/// What somebody wants: what they said, else what administrators say.
///
/// # Errors
/// The database refuses.
pub fn of(rd: &mut Rd<'_>, person: PersonId) -> Result<Preferences> {
    match store::preferences(rd, person)? {
        Some(own) => serde_json::from_str(&own).map_err(Error::internal),
        None => Ok(House::load(rd)?.preferences),
    }
}

/// Whether somebody has said it themselves.
///
/// # Errors
/// The database refuses.
pub fn has_own(rd: &mut Rd<'_>, person: PersonId) -> Result<bool> {
    Ok(store::preferences(rd, person)?.is_some())
}

/// Says for oneself; nothing: as administrators say.
///
/// # Errors
/// Invalid: a moment is none.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, own: Option<&Preferences>) -> Result<()> {
    let person = frame.person()?;
    let Some(own) = own else { return store::forget_preferences(tx, person) };
    check(own)?;
    let body = serde_json::to_string(own).map_err(Error::internal)?;
    store::put_preferences(tx, person, &body, frame.act.now)
}

fn check(preferences: &Preferences) -> Result<()> {
    if !(1..=NEVER_URGENT).contains(&preferences.urgent) {
        return Err(Error::invalid("urgent", "error-choice"));
    }
    let clock = |minutes: i16| (0..MINUTES).contains(&minutes);
    match preferences.quiet {
        Some(quiet) if !clock(quiet.from) || !clock(quiet.to) => Err(Error::invalid("quiet_from", "error-quiet")),
        _ => Ok(()),
    }
}
