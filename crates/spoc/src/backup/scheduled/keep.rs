//! Which backups are kept: the newest of each of the last days, weeks and months.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::Time;

/// How many of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    pub daily: usize,
    pub weekly: usize,
    pub monthly: usize,
}

impl Keep {
    /// Those of `made` that are no longer needed. The newest one is never among them, and a day without
    /// a backup counts for nothing: what was made before a long pause stays.
    pub fn surplus(self, made: &[Time]) -> Vec<Time> {
        let mut newest_first = made.to_vec();
        newest_first.sort_unstable_by_key(|time| std::cmp::Reverse(*time));
        let mut kept: BTreeSet<Time> = newest_first.iter().take(1).copied().collect();
        let day = |date: Date| (date.year(), date.month(), date.day());
        let week = |date: Date| {
            let week = date.iso_week_date();
            (week.year(), week.week(), 0)
        };
        let month = |date: Date| (date.year(), date.month(), 0);
        for (count, span) in [(self.daily, &day as &dyn Fn(Date) -> (i16, i8, i8)), (self.weekly, &week), (self.monthly, &month)] {
            let mut seen = BTreeSet::new();
            for time in &newest_first {
                let span = span(time.timestamp().to_zoned(TimeZone::UTC).date());
                if seen.len() < count && seen.insert(span) {
                    kept.insert(*time);
                }
            }
        }
        newest_first.into_iter().filter(|time| !kept.contains(time)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time::from_rfc3339(text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn days_weeks_and_months_keep_their_newest() {
        // Twice a day from 1 August to 22 November 2026.
        let first = at("2026-08-01T02:30:00Z");
        let made: Vec<Time> = (0..228).map(|half| first.plus(half * Time::DAY / 2)).collect();
        let keep = Keep { daily: 3, weekly: 2, monthly: 4 };
        let surplus = keep.surplus(&made);
        let kept: Vec<String> = made.iter().filter(|time| !surplus.contains(time)).map(|time| time.to_rfc3339()).collect();
        let expected = ["2026-08-31", "2026-09-30", "2026-10-31", "2026-11-15", "2026-11-20", "2026-11-21", "2026-11-22"];
        assert_eq!(kept, expected.map(|day| format!("{day}T14:30:00Z")));
        assert!(keep.surplus(&made.iter().copied().filter(|time| !surplus.contains(time)).collect::<Vec<_>>()).is_empty());
    }

    #[test]
    fn the_newest_is_never_taken_away_and_pauses_take_nothing() {
        let none = Keep { daily: 0, weekly: 0, monthly: 0 };
        let made = [at("2020-01-01T00:00:00Z"), at("2026-11-22T00:00:00Z")];
        assert_eq!(none.surplus(&made), [made[0]]);
        assert!(Keep { daily: 2, ..none }.surplus(&made).is_empty());
        assert!(none.surplus(&[]).is_empty());
    }
}
