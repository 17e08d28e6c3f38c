//! Lengths of time: `90m`, `1h30m`, `2d`, `-4h`.

use super::values::{Extent, Interval};
use crate::field::Measure;
use kernel::Time;

/// A unit of time, from small to large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn named(name: &str) -> Option<Unit> {
        Some(match name {
            "s" => Unit::Second,
            "m" | "min" => Unit::Minute,
            "h" => Unit::Hour,
            "d" => Unit::Day,
            "w" => Unit::Week,
            "mo" => Unit::Month,
            "y" => Unit::Year,
            _ => return None,
        })
    }
    /// Its fixed length in microseconds; months and years have none.
    fn micros(self) -> Option<i64> {
        Some(match self {
            Unit::Second => Time::SECOND,
            Unit::Minute => Time::MINUTE,
            Unit::Hour => Time::HOUR,
            Unit::Day => Time::DAY,
            Unit::Week => 7 * Time::DAY,
            Unit::Month | Unit::Year => return None,
        })
    }
}

const MOST_PARTS: usize = 4;

/// `2d4h` as its parts.
pub(super) fn parts(text: &str) -> Option<Vec<(i64, Unit)>> {
    let mut rest = text;
    let mut found = Vec::new();
    while !rest.is_empty() && found.len() < MOST_PARTS {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let letters = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (name, after) = after.split_at(letters);
        found.push((number.parse::<u32>().ok()?.into(), Unit::named(&name.to_ascii_lowercase())?));
        rest = after;
    }
    (rest.is_empty() && !found.is_empty()).then_some(found)
}

/// Microseconds from `text` until one smallest unit later: `time-spent:1h` means 1:00 to 1:59.
pub(super) fn extent(text: &str) -> Option<Extent> {
    const LONGEST: i64 = 1000 * 366 * Time::DAY;
    let (sign, amount) = match text.strip_prefix('-') {
        Some(amount) => (-1, amount),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if amount == "0" {
        return Some(Extent { first: 0, last: Time::MINUTE - 1, point: Some(0) });
    }
    let (mut total, mut smallest) = (0i64, i64::MAX);
    for (number, unit) in parts(amount)? {
        total = total.checked_add(number.checked_mul(unit.micros()?)?)?;
        smallest = smallest.min(unit.micros()?);
    }
    let start = sign * total;
    (total <= LONGEST).then_some(Extent { first: start, last: start + smallest - 1, point: Some(start) })
}

/// An interval of durations as one of the values in the column.
pub(super) fn in_column(interval: Interval, measure: Measure, now: Time) -> Interval {
    let Interval { from, to } = interval;
    match measure {
        Measure::Until => Interval { from: from.map(|v| now.plus(v).0), to: to.map(|v| now.plus(v).0) },
        Measure::Since => Interval { from: to.map(|v| now.plus(-v).0), to: from.map(|v| now.plus(-v).0) },
        Measure::Amount { unit } => {
            let unit = unit.max(1);
            // Rounded inwards: more than 90 seconds is at least 2 whole minutes.
            Interval { from: from.map(|v| -(-v).div_euclid(unit)), to: to.map(|v| v.div_euclid(unit)) }
        }
    }
}
