//! Values as text and text as values, as people write both.

use jiff::civil::{Date, DateTime, Time as Clock};
use jiff::tz::TimeZone;
use kernel::{Lang, Time};

use super::{How, Why};
use crate::field::input::{LINE, LONG};
use crate::field::{FieldDef, FieldType, Value};

/// Between the names of a branch.
const BELOW: &str = " › ";

/// A value as the text that stands for it in a text field.
pub fn in_words(def: &FieldDef, value: &Value, how: &How) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Keys(keys) => keys.iter().map(|key| path(def, key, how.lang)).collect::<Vec<_>>().join(", "),
        Value::Int(n) => match def.ty {
            FieldType::Number | FieldType::Money => decimal(*n, def.decimals),
            FieldType::Date => Time(*n).timestamp().to_zoned(TimeZone::UTC).date().to_string(),
            FieldType::Moment => written(Time(*n), &how.time_zone()),
            FieldType::Checkbox => if *n == 0 { &how.no } else { &how.yes }.clone(),
            _ => n.to_string(),
        },
    }
}

/// A scaled number with a point.
pub fn decimal(scaled: i64, decimals: u8) -> String {
    let width = usize::from(decimals);
    let digits = format!("{:0>least$}", scaled.unsigned_abs(), least = width + 1);
    let (whole, part) = digits.split_at(digits.len() - width);
    let sign = if scaled < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn written(time: Time, zone: &TimeZone) -> String {
    let local = time.timestamp().to_zoned(zone.clone());
    let form = if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    local.strftime(form).to_string()
}

/// The name of an item, with those above it.
pub(super) fn path(def: &FieldDef, key: &str, lang: Lang) -> String {
    let names: Vec<&str> = def.path(key).into_iter().map(|item| item.names.get(lang)).collect();
    if names.is_empty() { key.to_owned() } else { names.join(BELOW) }
}

/// As one line.
pub(super) fn line(words: &str) -> (Value, Why) {
    let joined = words.replace(['\r', '\n'], " ");
    let why = if words.contains('\n') { Why::Joined } else { Why::Written };
    cut(joined, LINE, why)
}

pub(super) fn lines(words: &str) -> (Value, Why) {
    cut(words.to_owned(), LONG, Why::Written)
}

fn cut(text: String, most: usize, why: Why) -> (Value, Why) {
    if text.chars().count() > most { (Value::Text(text.chars().take(most).collect()), Why::Cut) } else { (Value::Text(text), why) }
}

/// `2026-11-22`, `22.11.2026` or `22/11/2026`: the day comes first in all three languages' countries that write so.
pub(super) fn day(words: &str) -> Option<Date> {
    let words = words.trim();
    if words.len() == 10
        && let Ok(date) = words.parse()
    {
        return Some(date);
    }
    let parts: Vec<&str> = words.split(['.', '/']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(day, 2) || !digits(month, 2) || year.len() != 4 || !digits(year, 4) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day as its noon in UTC.
pub(super) fn noon(day: Date) -> Option<i64> {
    Some(day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

/// A moment with an offset, one of the zone, or the beginning of a day there.
pub(super) fn moment(words: &str, zone: &TimeZone) -> Option<i64> {
    let words = words.trim();
    if let Ok(time) = Time::from_rfc3339(words) {
        return Some(time.0);
    }
    let local: DateTime = match day(words) {
        Some(day) => day.to_datetime(Clock::midnight()),
        None if words.len() > 10 => words.parse().ok()?,
        None => return None,
    };
    Some(local.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
}

/// Yes or no, in the delivered languages and as files say it.
pub(super) fn truth(words: &str, how: &How) -> Option<bool> {
    let said = kernel::fold(words.trim());
    let is = |known: &[&str], own: &str| said == kernel::fold(own) || known.contains(&said.as_str());
    if is(&["yes", "y", "true", "on", "x", "1", "si", "да"], &how.yes) {
        return Some(true);
    }
    is(&["no", "n", "false", "off", "0", "нет"], &how.no).then_some(false)
}

/// What stands between commas, semicolons and line breaks.
pub(super) fn parts(words: &str) -> impl Iterator<Item = &str> {
    words.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}
