//! When people write: more on Mondays, mornings and at the month's end, little at weekends and
//! around the new year.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use kernel::Time;

use crate::corpus::Peak;
use crate::dice::Dice;

const DAYS: usize = 365;

/// The days before now with running sums of weight, one row per kind of peak.
pub(super) struct Calendar {
    now: Time,
    days: Vec<Date>,
    even: Vec<u64>,
    monday: Vec<u64>,
    month_end: Vec<u64>,
}

impl Calendar {
    pub(super) fn before(now: Time) -> Self {
        let today = now.timestamp().to_zoned(TimeZone::UTC).date();
        let mut days = Vec::with_capacity(DAYS);
        let mut day = today;
        for _ in 0..DAYS {
            days.push(day);
            day = day.yesterday().unwrap_or(day);
        }
        days.reverse();
        let sums = |peak| {
            let mut sum = 0;
            days.iter()
                .enumerate()
                .map(|(place, day)| {
                    sum += weight(*day, place, peak);
                    sum
                })
                .collect()
        };
        Self { now, even: sums(Peak::Even), monday: sums(Peak::Monday), month_end: sums(Peak::MonthEnd), days }
    }

    /// A moment of the year in somebody's local day, not after now.
    pub(super) fn moment(&self, dice: &mut Dice, peak: Peak, zone: &TimeZone) -> Time {
        let sums = match peak {
            Peak::Even => &self.even,
            Peak::Monday => &self.monday,
            Peak::MonthEnd => &self.month_end,
        };
        for _ in 0..8 {
            let total = sums.last().copied().unwrap_or(1).max(1);
            let mark = dice.range(0, i64::try_from(total - 1).unwrap_or(i64::MAX)).unsigned_abs();
            let day = self.days[sums.partition_point(|sum| *sum <= mark).min(DAYS - 1)];
            let time = at(day, minute(dice), zone).plus(dice.range(0, 59) * Time::SECOND);
            // Today has hours that are still to come.
            if time <= self.now {
                return time;
            }
        }
        self.now.plus(-dice.range(1, 600) * Time::MINUTE)
    }

    /// A working day at a share of the year, in thousandths before now, at a minute of the local day.
    pub(super) fn workday(&self, thousandths: i64, minute: i64, zone: &TimeZone) -> Time {
        let back = usize::try_from(thousandths * DAYS as i64 / 1000).unwrap_or(0).min(DAYS - 1);
        let mut day = self.days[DAYS - 1 - back];
        while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            day = day.yesterday().unwrap_or(day);
        }
        at(day, minute, zone)
    }
}

/// A minute of a day in a zone.
pub(super) fn at(day: Date, minute: i64, zone: &TimeZone) -> Time {
    let midnight = day.at(0, 0, 0, 0);
    let local = midnight.checked_add(minute.minutes()).unwrap_or(midnight);
    zone.to_ambiguous_zoned(local).compatible().map_or(Time(0), |z| Time(z.timestamp().as_microsecond()))
}

fn weight(day: Date, place: usize, peak: Peak) -> u64 {
    let base: u64 = match day.weekday() {
        Weekday::Monday => 135,
        Weekday::Tuesday => 112,
        Weekday::Wednesday => 106,
        Weekday::Thursday => 100,
        Weekday::Friday => 84,
        Weekday::Saturday => 11,
        Weekday::Sunday => 7,
    };
    let season = match (day.month(), day.day()) {
        (12, 24..) | (1, 1..=2) => 25,
        (1, 3..=8) => 70,
        (8, _) => 75,
        (9, 1..=15) => 115,
        _ => 100,
    };
    let end = day.day() <= 2 || day.day() + 2 >= day.days_in_month();
    let peak = match peak {
        Peak::Even => 100,
        Peak::Monday if day.weekday() == Weekday::Monday => 240,
        Peak::Monday => 85,
        Peak::MonthEnd if end => 480,
        Peak::MonthEnd => 50,
    };
    // The desk grows: a fifth more at the end of the year than at its beginning.
    let growth = 90 + place as u64 * 20 / DAYS as u64;
    base * season * peak * growth / 10_000
}

/// A minute of the working day: a peak before ten, a lower one after lunch, a few strays.
fn minute(dice: &mut Dice) -> i64 {
    let bell = |dice: &mut Dice, middle: i64, width: i64| middle + (0..3).map(|_| dice.range(-width, width)).sum::<i64>() / 3;
    match dice.below(100) {
        0..=54 => bell(dice, 9 * 60 + 45, 165),
        55..=91 => bell(dice, 14 * 60 + 50, 180),
        _ => dice.range(6 * 60 + 30, 21 * 60),
    }
}
