//! By which ways somebody hears of what, and when: the types and their pure rules.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time as Clock;
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};
use kernel::Time;
use serde::{Deserialize, Serialize};

use crate::Reason;

db::choice! {
    /// A way to hear of something.
    Channel {
        /// In the product: the bell and its page.
        Inbox "inbox",
        /// To a browser, also when no page is open.
        Push "push",
        Mail "mail",
    }
}

db::choice! {
    /// Whether what is not urgent comes at once or together.
    Digest {
        Off "off",
        Hourly "hourly",
        Daily "daily",
    }
}

/// Nothing is urgent.
pub const NEVER_URGENT: i64 = 5;
/// When a daily digest comes.
const MORNING: i8 = 8;

/// Hours in which nothing leaves the desk that is not urgent, in minutes of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    pub from: i16,
    /// Before `from`: of the next day.
    pub to: i16,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// The ways of each reason; one that is not there is as delivered.
    pub channels: BTreeMap<Reason, BTreeSet<Channel>>,
    /// The priority from which neither quiet hours nor digest hold anything back, 1 to 4; else [`NEVER_URGENT`].
    pub urgent: i64,
    pub quiet: Option<Quiet>,
    pub digest: Digest,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { channels: BTreeMap::new(), urgent: 4, quiet: None, digest: Digest::Off }
    }
}

/// The ways of a reason as delivered.
fn delivered(reason: Reason) -> BTreeSet<Channel> {
    let outside = !matches!(reason, Reason::Team | Reason::Confirmed | Reason::Merged | Reason::Watching);
    let all = [Channel::Inbox, Channel::Push, Channel::Mail];
    all.into_iter().filter(|channel| outside || *channel == Channel::Inbox).collect()
}

impl Preferences {
    pub fn has(&self, reason: Reason, channel: Channel) -> bool {
        self.channels.get(&reason).map_or_else(|| delivered(reason).contains(&channel), |channels| channels.contains(&channel))
    }

    /// When something leaves the desk that happens now.
    pub fn due(&self, now: Time, zone: &TimeZone, priority: i64) -> Time {
        if priority >= self.urgent {
            return now;
        }
        let at = now.timestamp().to_zoned(zone.clone());
        let due = match self.digest {
            Digest::Off => at.clone(),
            Digest::Hourly => next_hour(&at),
            Digest::Daily => next_at(&at, Clock::constant(MORNING, 0, 0, 0)),
        };
        let due = self.quiet.and_then(|quiet| quiet.end(&due)).unwrap_or(due);
        if due == at { now } else { Time(due.timestamp().as_microsecond()) }
    }
}

impl Quiet {
    /// When the quiet hours end in which a moment lies; nothing outside of them.
    fn end(self, at: &Zoned) -> Option<Zoned> {
        let minute = i16::from(at.hour()) * 60 + i16::from(at.minute());
        let quiet = if self.from <= self.to { self.from <= minute && minute < self.to } else { minute >= self.from || minute < self.to };
        let hour = i8::try_from(self.to / 60).ok()?;
        let minute = i8::try_from(self.to % 60).ok()?;
        let end = Clock::new(hour, minute, 0, 0).ok()?;
        quiet.then(|| next_at(at, end))
    }
}

/// The next full hour.
fn next_hour(at: &Zoned) -> Zoned {
    let later = at.checked_add(1.hour()).unwrap_or_else(|_| at.clone());
    let full = later.with().minute(0).second(0).subsec_nanosecond(0).build();
    full.unwrap_or(later)
}

/// The next time that a clock shows this.
fn next_at(at: &Zoned, clock: Clock) -> Zoned {
    let on = |day: jiff::civil::Date| day.to_datetime(clock).to_zoned(at.time_zone().clone());
    match on(at.date()) {
        Ok(today) if today > *at => today,
        _ => at.date().tomorrow().and_then(on).unwrap_or_else(|_| at.clone()),
    }
}

/// A clock as people write it, such as `22:00`, in minutes of the day.
pub fn minutes(text: &str) -> Option<i16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute) = (hour.parse::<i16>().ok()?, minute.parse::<i16>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// The reverse.
pub fn clock(minutes: i16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time::from_rfc3339(text).expect("a moment")
    }

    fn due(preferences: &Preferences, now: &str, priority: i64) -> String {
        let zone = TimeZone::get("Europe/Madrid").expect("the zone is there");
        preferences.due(at(now), &zone, priority).to_rfc3339()
    }

    #[test]
    fn what_is_not_urgent_waits_for_the_end_of_the_night_and_for_its_digest() {
        let night = Preferences { quiet: Some(Quiet { from: 22 * 60, to: 7 * 60 }), ..Preferences::default() };
        // Madrid is an hour ahead of UTC in winter.
        assert_eq!(due(&night, "2026-11-23T10:00:00Z", 2), "2026-11-23T10:00:00Z");
        assert_eq!(due(&night, "2026-11-23T21:30:00Z", 2), "2026-11-24T06:00:00Z");
        assert_eq!(due(&night, "2026-11-24T02:30:00Z", 2), "2026-11-24T06:00:00Z");
        assert_eq!(due(&night, "2026-11-24T02:30:00Z", 4), "2026-11-24T02:30:00Z", "what is urgent wakes");
        // The clock goes back in that night: 07:00 is one hour later than it would be.
        assert_eq!(due(&night, "2026-10-24T23:30:00Z", 2), "2026-10-25T06:00:00Z");
        let hourly = Preferences { digest: Digest::Hourly, ..night.clone() };
        assert_eq!(due(&hourly, "2026-11-23T10:20:00Z", 1), "2026-11-23T11:00:00Z");
        assert_eq!(due(&hourly, "2026-11-23T20:20:00Z", 1), "2026-11-24T06:00:00Z", "the full hour is quiet");
        let daily = Preferences { digest: Digest::Daily, quiet: None, ..night };
        assert_eq!(due(&daily, "2026-11-23T06:00:00Z", 1), "2026-11-23T07:00:00Z");
        assert_eq!(due(&daily, "2026-11-23T07:00:00Z", 1), "2026-11-24T07:00:00Z");
    }

    #[test]
    fn quiet_hours_within_a_day_and_none_at_all() {
        let lunch = Preferences { quiet: Some(Quiet { from: 13 * 60, to: 14 * 60 }), ..Preferences::default() };
        assert_eq!(due(&lunch, "2026-11-23T12:30:00Z", 1), "2026-11-23T13:00:00Z");
        assert_eq!(due(&lunch, "2026-11-23T13:00:00Z", 1), "2026-11-23T13:00:00Z");
        let none = Preferences { quiet: Some(Quiet { from: 600, to: 600 }), urgent: NEVER_URGENT, ..Preferences::default() };
        assert_eq!(due(&none, "2026-11-23T09:00:00Z", 4), "2026-11-23T09:00:00Z");
    }

    #[test]
    fn clocks_are_read_as_they_are_written() {
        for text in ["00:00", "07:05", "23:59"] {
            assert_eq!(minutes(text).map(clock).as_deref(), Some(text));
        }
        for text in ["", "24:00", "7", "07:60", "-1:00", "a:b"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    #[test]
    fn a_reason_without_a_word_is_as_delivered() {
        let mut own = Preferences::default();
        assert!(own.has(Reason::Assigned, Channel::Push) && own.has(Reason::Team, Channel::Inbox) && !own.has(Reason::Team, Channel::Push));
        own.channels.insert(Reason::Assigned, BTreeSet::new());
        assert!(!own.has(Reason::Assigned, Channel::Inbox));
    }
}
