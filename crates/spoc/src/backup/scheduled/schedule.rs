//! When the desk makes a backup by itself.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use kernel::Time;

/// Moments that come again, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// At the full hour.
    Hourly,
    Daily {
        hour: i8,
        minute: i8,
    },
    Weekly {
        day: Weekday,
        hour: i8,
        minute: i8,
    },
}

/// The days as they are written.
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Schedule {
    /// The first moment after another.
    pub fn after(self, now: Time) -> Time {
        let here = now.timestamp().to_zoned(TimeZone::UTC);
        self.next(&here).map_or(now.plus(Time::DAY), |next| Time(next.timestamp().as_microsecond()))
    }

    fn next(self, here: &Zoned) -> Result<Zoned, jiff::Error> {
        let at = |hour: i8, minute: i8| here.with().hour(hour).minute(minute).second(0).subsec_nanosecond(0).build();
        let (first, step) = match self {
            Schedule::Hourly => (at(here.hour(), 0)?, Span::new().hours(1)),
            Schedule::Daily { hour, minute } => (at(hour, minute)?, Span::new().days(1)),
            Schedule::Weekly { day, hour, minute } => {
                let days = here.weekday().until(day);
                (at(hour, minute)?.checked_add(Span::new().days(i64::from(days)))?, Span::new().days(7))
            }
        };
        if first > *here { Ok(first) } else { first.checked_add(step) }
    }
}

impl FromStr for Schedule {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let time = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            let two = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()));
            Some((two(hour).filter(|hour| *hour < 24)?, two(minute).filter(|minute| *minute < 60)?))
        };
        match words.as_slice() {
            ["hourly"] => Ok(Schedule::Hourly),
            ["daily", at] => time(at).map(|(hour, minute)| Schedule::Daily { hour, minute }).ok_or(()),
            ["weekly", day, at] => {
                let day = DAYS.iter().find(|(name, _)| name == day).map(|(_, day)| *day).ok_or(())?;
                time(at).map(|(hour, minute)| Schedule::Weekly { day, hour, minute }).ok_or(())
            }
            _ => Err(()),
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Schedule::Hourly => f.write_str("hourly"),
            Schedule::Daily { hour, minute } => write!(f, "daily {hour:02}:{minute:02}"),
            Schedule::Weekly { day, hour, minute } => {
                let name = DAYS.iter().find(|(_, known)| known == day).map_or("", |(name, _)| name);
                write!(f, "weekly {name} {hour:02}:{minute:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(schedule: &str, now: &str) -> String {
        let schedule: Schedule = schedule.parse().unwrap_or_else(|()| panic!("{schedule}"));
        schedule.after(Time::from_rfc3339(now).unwrap_or_else(|error| panic!("{error}"))).to_rfc3339()
    }

    #[test]
    fn the_next_moment_is_always_later() {
        assert_eq!(next("daily 02:30", "2026-11-22T02:29:59Z"), "2026-11-22T02:30:00Z");
        assert_eq!(next("daily 02:30", "2026-11-22T02:30:00Z"), "2026-11-23T02:30:00Z");
        assert_eq!(next("hourly", "2026-12-31T23:15:00.5Z"), "2027-01-01T00:00:00Z");
        // 22 November 2026 is a Sunday.
        assert_eq!(next("weekly sun 03:00", "2026-11-22T02:00:00Z"), "2026-11-22T03:00:00Z");
        assert_eq!(next("weekly sun 03:00", "2026-11-22T03:00:00Z"), "2026-11-29T03:00:00Z");
        assert_eq!(next("weekly mon 23:59", "2026-11-22T03:00:00Z"), "2026-11-23T23:59:00Z");
    }

    #[test]
    fn what_is_written_is_read_again_and_the_rest_refused() {
        for text in ["hourly", "daily 00:00", "daily 23:59", "weekly wed 07:05"] {
            assert_eq!(text.parse::<Schedule>().map(|schedule| schedule.to_string()), Ok(text.to_owned()));
        }
        for junk in ["", "daily", "daily 24:00", "daily 2:30", "daily 02:60", "weekly 02:30", "weekly xyz 02:30", "daily +1:30", "hourly 1"]
        {
            assert_eq!(junk.parse::<Schedule>(), Err(()), "{junk}");
        }
    }
}
