//! What becomes of a value when its field gets another type. Pure: preview, job and readers ask the same.

mod text;

#[cfg(test)]
mod tests;

use jiff::civil::Time as Clock;
use jiff::tz::TimeZone;
use kernel::{Lang, Time};
use serde::{Deserialize, Serialize};

use super::def::keyed;
use super::{FieldDef, FieldType, Item, Value, is_key};
use crate::Texts;

pub use text::{decimal, in_words};

/// Labels that are gathered at most: one more than a list can have.
const LABELS: usize = 2001;

keyed! {
    /// Why a value is another one afterwards, or none.
    Why {
        /// Written in the way of the new type.
        Written "written",
        /// The lines of a text stand in one.
        Joined "joined",
        /// The end of a long text goes.
        Cut "cut",
        Rounded "rounded",
        /// Of a moment only the day stays.
        DayOnly "day",
        /// Of a number only whether it is zero stays.
        TruthOnly "truth",
        /// Of several only the first stays.
        FirstOnly "first",
        /// Some of several are not offered.
        SomeGone "some",
        /// Lost: it is none of the new type.
        NoNumber "no-number",
        NoDate "no-date",
        NoTime "no-time",
        NoTruth "no-truth",
        /// Lost: it is not offered.
        NoChoice "no-choice",
    }
}

/// What becomes of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The same in the new type: taken back, it is the old value again.
    Kept(Value),
    /// Another value, and why.
    Changed(Value, Why),
    /// No value any more.
    Lost(Why),
}

/// By which words and clock values become text, and text values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct How {
    pub zone: String,
    pub lang: Lang,
    pub yes: String,
    pub no: String,
}

impl How {
    pub(super) fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }
}

/// Whether values of a field can become those of another; a person and a file are no words.
pub fn castable(from: &FieldDef, to: &FieldDef) -> bool {
    use FieldType::{Address, Checkbox, Choice, Date, File, LongText, Moment, Money, Number, Person, Several, Text, Tree};
    match (from.ty, to.ty) {
        (Number, Number) => from.decimals != to.decimals,
        (Money, Money) => (from.decimals, &from.currency) != (to.decimals, &to.currency),
        (from, to) if from == to => false,
        (Person | File, _) | (_, Person | File) => false,
        (Text | LongText | Address, _) | (_, Text | LongText | Address) => true,
        (Number | Money, to) => matches!(to, Number | Money | Checkbox | Choice),
        (Date, to) | (to, Date) if to == Moment => true,
        (Choice | Tree, _) => true,
        (Several, to) => to.chooses(),
        (Checkbox, to) => matches!(to, Number | Choice),
        (Date | Moment, _) => false,
    }
}

/// What becomes of a value.
pub fn cast(value: &Value, from: &FieldDef, to: &FieldDef, how: &How) -> Outcome {
    let (new, why) = match over(value, from, to, how) {
        Ok(found) => found,
        Err(why) => return Outcome::Lost(why),
    };
    match over(&new, to, from, how) {
        Ok((back, _)) if back == *value => Outcome::Kept(new),
        _ => Outcome::Changed(new, why),
    }
}

/// The value in the new type, and why it may not be the same.
fn over(value: &Value, from: &FieldDef, to: &FieldDef, how: &How) -> Result<(Value, Why), Why> {
    use FieldType::{Checkbox, Date, Moment};
    match value {
        Value::Int(n) if from.ty.counts() && to.ty.counts() => {
            rescaled(*n, from.decimals, to.decimals).map(|n| (Value::Int(n), Why::Rounded)).ok_or(Why::NoNumber)
        }
        Value::Int(n) if from.ty.counts() && to.ty == Checkbox => Ok((Value::Int(i64::from(*n != 0)), Why::TruthOnly)),
        Value::Int(n) if from.ty == Checkbox && to.ty.counts() => {
            rescaled(*n, 0, to.decimals).map(|n| (Value::Int(n), Why::Written)).ok_or(Why::NoNumber)
        }
        Value::Int(n) if from.ty == Date && to.ty == Moment => {
            let day = Time(*n).timestamp().to_zoned(TimeZone::UTC).date();
            let start = day.to_datetime(Clock::midnight()).to_zoned(how.time_zone()).map_err(|_| Why::NoTime)?;
            Ok((Value::Int(start.timestamp().as_microsecond()), Why::Written))
        }
        Value::Int(n) if from.ty == Moment && to.ty == Date => {
            let day = Time(*n).timestamp().to_zoned(how.time_zone()).date();
            text::noon(day).map(|n| (Value::Int(n), Why::DayOnly)).ok_or(Why::NoDate)
        }
        Value::Keys(keys) if to.ty.chooses() => {
            let there: Vec<String> = keys.iter().filter(|key| to.item(key).is_some()).cloned().collect();
            several(there, to, if keys.iter().all(|key| to.item(key).is_some()) { Why::Written } else { Why::SomeGone })
        }
        _ => understood(&in_words(from, value, how), to, how),
    }
}

/// As a number with other decimals; half goes away from zero.
fn rescaled(n: i64, from: u8, to: u8) -> Option<i64> {
    let power = |decimals: u8| 10_i64.checked_pow(u32::from(decimals));
    if to >= from {
        return n.checked_mul(power(to - from)?).filter(|n| n.unsigned_abs() <= super::input::MOST.unsigned_abs());
    }
    let by = power(from - to)?;
    Some((n.unsigned_abs() + by.unsigned_abs() / 2) / by.unsigned_abs()).and_then(|n| i64::try_from(n).ok()).map(|m| m * n.signum())
}

/// A text as a number with so many decimals, rounded when it has more.
fn number(words: &str, decimals: u8) -> Option<(Value, Why)> {
    const MOST_WRITTEN: u8 = 9;
    let exactly = super::input::scaled(words, decimals).map(|n| (n, Why::Written));
    let rounded = || {
        let finer = |more: u8| super::input::scaled(words, more).and_then(|n| rescaled(n, more, decimals));
        (decimals.saturating_add(1)..=MOST_WRITTEN).find_map(finer).map(|n| (n, Why::Rounded))
    };
    exactly.or_else(rounded).map(|(n, why)| (Value::Int(n), why))
}

/// Keys in the order of the list, one where only one can be.
fn several(keys: Vec<String>, to: &FieldDef, why: Why) -> Result<(Value, Why), Why> {
    let mut keys = keys;
    if keys.is_empty() {
        return Err(Why::NoChoice);
    }
    if to.ty != FieldType::Several && keys.len() > 1 {
        keys.truncate(1);
        return Ok((Value::Keys(keys), Why::FirstOnly));
    }
    keys.sort_by_key(|key| to.items.iter().position(|item| item.key == *key));
    keys.dedup();
    Ok((Value::Keys(keys), why))
}

/// A text as a value of a type.
fn understood(words: &str, to: &FieldDef, how: &How) -> Result<(Value, Why), Why> {
    match to.ty {
        FieldType::Text => Ok(text::line(words)),
        FieldType::LongText | FieldType::Address => Ok(text::lines(words)),
        FieldType::Number | FieldType::Money => number(words, to.decimals).ok_or(Why::NoNumber),
        FieldType::Date => text::day(words).and_then(text::noon).map(|n| (Value::Int(n), Why::Written)).ok_or(Why::NoDate),
        FieldType::Moment => text::moment(words, &how.time_zone()).map(|n| (Value::Int(n), Why::Written)).ok_or(Why::NoTime),
        FieldType::Checkbox => text::truth(words, how).map(|yes| (Value::Int(i64::from(yes)), Why::Written)).ok_or(Why::NoTruth),
        FieldType::Choice | FieldType::Tree => several(named(to, words).into_iter().collect(), to, Why::Written),
        FieldType::Several => {
            if let Some(key) = named(to, words) {
                return Ok((Value::Keys(vec![key]), Why::Written));
            }
            let (mut keys, mut why) = (Vec::new(), Why::Written);
            for part in text::parts(words) {
                match named(to, part) {
                    Some(key) => keys.push(key),
                    None => why = Why::SomeGone,
                }
            }
            several(keys, to, why)
        }
        FieldType::Person | FieldType::File => Err(Why::NoChoice),
    }
}

/// The item that a text names: by its path, its name in any language, or its key.
fn named(to: &FieldDef, words: &str) -> Option<String> {
    let wanted = kernel::fold(words.trim());
    if wanted.is_empty() {
        return None;
    }
    let path = |item: &&Item| Lang::ALL.iter().any(|lang| kernel::fold(&text::path(to, &item.key, *lang)) == wanted);
    let name = |item: &&Item| Lang::ALL.iter().any(|lang| kernel::fold(item.names.get(*lang).trim()) == wanted);
    let found = to.items.iter().find(path).or_else(|| to.items.iter().find(name));
    found.or_else(|| to.item(words.trim())).map(|item| item.key.clone())
}

/// The labels that a list would have to offer for a value to stay; `Several` has one for each part.
pub fn missing(value: &Value, from: &FieldDef, to: &FieldDef, how: &How) -> Vec<String> {
    if !to.ty.chooses() || (matches!(value, Value::Keys(_)) && from.ty.chooses()) {
        return Vec::new();
    }
    let words = in_words(from, value, how);
    let parts: Vec<&str> = if to.ty == FieldType::Several { text::parts(&words).collect() } else { vec![words.trim()] };
    parts.into_iter().filter(|part| !part.is_empty() && named(to, part).is_none()).map(str::to_owned).collect()
}

/// The missing labels of many values, each once; as many as a list can have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels(Vec<String>);

impl Labels {
    pub fn note(&mut self, labels: Vec<String>) {
        for label in labels {
            let known = |have: &String| kernel::fold(have) == kernel::fold(&label);
            if self.0.len() < LABELS && !self.0.iter().any(known) {
                self.0.push(label);
            }
        }
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Adds them to the list of a field, each with a key of its own.
    pub fn offer(&self, def: &mut FieldDef) {
        for label in &self.0 {
            let key = key_of(label, def);
            def.items.push(Item { key, names: Texts::same(label.as_str()), parent: None, retired: false });
        }
    }
}

/// A key for a label that no other item has.
fn key_of(label: &str, def: &FieldDef) -> String {
    let dashed = kernel::fold(label).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(50).collect::<String>();
    let plain = dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let base = if is_key(&plain) { plain } else { "value".to_owned() };
    let free = |key: &String| def.item(key).is_none();
    let numbered = (2_usize..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}
