//! Moments: `2026-01-05`, `2026-01`, `2026-01-05T10:00`, `today`, `week`, `-2d`, `+4h`.

use super::durations::{Unit, parts};
use super::values::Extent;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use kernel::Time;

/// The stretch of time that `text` names in a zone. A day, week, month or year is all of it; `-2d`
/// is a point for comparisons, and by itself everything between that point and now.
pub(super) fn extent(text: &str, now: Time, zone: &TimeZone) -> Option<Extent> {
    let here = now.timestamp().to_zoned(zone.clone());
    let text = text.to_ascii_uppercase();
    if let Some(sign) = text.chars().next().filter(|c| matches!(c, '-' | '+')) {
        return relative(sign == '-', text.get(1..)?, &here, now);
    }
    let today = here.date();
    let day = Span::new().days(1);
    match text.as_str() {
        "TODAY" => return stretch(today, day, zone),
        "YESTERDAY" => return stretch(today.yesterday().ok()?, day, zone),
        "TOMORROW" => return stretch(today.tomorrow().ok()?, day, zone),
        "WEEK" => {
            let back = today.weekday().since(Weekday::Monday);
            return stretch(today.checked_sub(Span::new().days(back)).ok()?, Span::new().weeks(1), zone);
        }
        "MONTH" => return stretch(today.first_of_month(), Span::new().months(1), zone),
        "YEAR" => return stretch(today.first_of_year(), Span::new().years(1), zone),
        _ => {}
    }
    if text.contains('T') {
        return date_time(&text, zone);
    }
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    match text.len() {
        4 => stretch(format!("{text}-01-01").parse().ok()?, Span::new().years(1), zone),
        7 => stretch(format!("{text}-01").parse().ok()?, Span::new().months(1), zone),
        10 => stretch(text.parse().ok()?, day, zone),
        _ => None,
    }
}

fn micros(date: Date, zone: &TimeZone) -> Option<i64> {
    Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
}

/// Whole days from the first instant of `first`, whatever the clocks do in between.
fn stretch(first: Date, length: Span, zone: &TimeZone) -> Option<Extent> {
    let end = micros(first.checked_add(length).ok()?, zone)?;
    Some(Extent { first: micros(first, zone)?, last: end - 1, point: None })
}

fn relative(past: bool, text: &str, here: &Zoned, now: Time) -> Option<Extent> {
    let mut there = here.clone();
    for (number, unit) in parts(text)? {
        let span = Span::new();
        let span = match unit {
            Unit::Second => span.try_seconds(number),
            Unit::Minute => span.try_minutes(number),
            Unit::Hour => span.try_hours(number),
            Unit::Day => span.try_days(number),
            Unit::Week => span.try_weeks(number),
            Unit::Month => span.try_months(number),
            Unit::Year => span.try_years(number),
        }
        .ok()?;
        there = if past { there.checked_sub(span) } else { there.checked_add(span) }.ok()?;
    }
    let point = there.timestamp().as_microsecond();
    Some(Extent { first: point.min(now.0), last: point.max(now.0), point: Some(point) })
}

/// With an offset it is absolute, else in the zone; as long as its last part is fine.
fn date_time(text: &str, zone: &TimeZone) -> Option<Extent> {
    let time = text.split('T').nth(1)?.split(['Z', '+', '-']).next()?;
    let length = match (time.contains('.'), time.matches(':').count()) {
        (true, _) => 1,
        (false, 1) => Time::MINUTE,
        (false, 2) => Time::SECOND,
        _ => return None,
    };
    let first = match text.parse::<Timestamp>() {
        Ok(absolute) => absolute,
        Err(_) => text.parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok()?.timestamp(),
    }
    .as_microsecond();
    Some(Extent { first, last: first + length - 1, point: None })
}
