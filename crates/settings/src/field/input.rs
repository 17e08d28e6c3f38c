//! What a door was given to a typed value: the same for page, portal, API, import and mail.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use kernel::{FieldError, Time};

use super::{FieldDef, FieldType, Input, PREFIX, Value};

/// Characters at most.
pub(super) const LINE: usize = 500;
pub(super) const LONG: usize = 50_000;
/// As in JSON: whole numbers that every reader keeps.
pub(super) const MOST: i64 = 1 << 53;

/// The posted values of custom fields by key; several of one name are a list.
pub fn posted<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, Input> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in fields {
        if let Some(key) = name.strip_prefix(PREFIX) {
            found.entry(key.to_owned()).or_default().push(value.to_owned());
        }
    }
    let input = |mut values: Vec<String>| if values.len() == 1 { Input::from(values.remove(0)) } else { Input::from(values) };
    // The words beside the id of a record are no field: no key ends so.
    found.into_iter().filter(|(key, _)| !key.ends_with("_text")).map(|(key, values)| (key, input(values))).collect()
}

/// Understands a value; moments without an offset are of the zone. What a record has already may stay
/// although it is no longer offered.
///
/// # Errors
/// The value is none of the field's type.
pub fn read(def: &FieldDef, input: &Input, zone: &TimeZone, before: Option<&Value>) -> Result<Option<Value>, FieldError> {
    let wrong = |code: &'static str| FieldError::new(def.property(), code);
    if is_nothing(def, input) {
        return Ok(None);
    }
    let value = match def.ty {
        FieldType::Text => Value::Text(text(input, LINE).map_err(|code| wrong(code).arg("max", LINE))?.replace(['\r', '\n'], " ")),
        FieldType::LongText | FieldType::Address => Value::Text(text(input, LONG).map_err(|code| wrong(code).arg("max", LONG))?),
        FieldType::Number | FieldType::Money => Value::Int(
            word(input)
                .and_then(|text| scaled(&text, def.decimals))
                .ok_or_else(|| wrong("error-field-number").arg("decimals", def.decimals))?,
        ),
        FieldType::Date => Value::Int(word(input).and_then(|text| day(&text)).ok_or_else(|| wrong("error-field-date"))?),
        FieldType::Moment => Value::Int(word(input).and_then(|text| moment(&text, zone)).ok_or_else(|| wrong("error-field-time"))?),
        FieldType::Choice | FieldType::Several | FieldType::Tree => Value::Keys(chosen(def, input, before)?),
        FieldType::Person | FieldType::File => {
            Value::Int(word(input).and_then(|text| text.parse().ok()).filter(|id| *id > 0).ok_or_else(|| wrong("error-choice"))?)
        }
        FieldType::Checkbox => Value::Int(i64::from(ticked(input).ok_or_else(|| wrong("error-choice"))?)),
    };
    Ok(Some(value))
}

/// No value at all. An unticked box is a value: somebody said no.
fn is_nothing(def: &FieldDef, input: &Input) -> bool {
    match input {
        Input::Null => true,
        Input::String(text) => text.trim().is_empty(),
        Input::Array(list) => {
            def.ty != FieldType::Checkbox && list.iter().all(|one| one.as_str().is_some_and(|text| text.trim().is_empty()))
        }
        _ => false,
    }
}

/// What was written, with one sort of line break.
fn text(input: &Input, most: usize) -> Result<String, &'static str> {
    let text = input.as_str().ok_or("error-choice")?.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > most { Err("error-too-long") } else { Ok(text) }
}

/// A text or a number as a text.
fn word(input: &Input) -> Option<String> {
    match input {
        Input::String(text) => Some(text.trim().to_owned()),
        Input::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The sort of truth that a form, a file or the API says; a form sends a mark before the box.
fn ticked(input: &Input) -> Option<bool> {
    match input {
        Input::Bool(truth) => Some(*truth),
        Input::Array(list) => list.last().and_then(ticked),
        _ => match word(input)?.as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
    }
}

/// A decimal number with a point or a comma and blanks between its groups, times ten to the power of
/// `decimals`; more digits than the field has are refused, not cut.
pub(crate) fn scaled(text: &str, decimals: u8) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let fits = !whole.is_empty() && part.len() <= usize::from(decimals);
    if !fits || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = format!("{whole}{part:0<width$}", width = usize::from(decimals)).parse().ok()?;
    (number <= MOST).then_some(sign * number)
}

/// A day as its noon in UTC: within that day in the zones of nearly all readers.
fn day(text: &str) -> Option<i64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let noon = date.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?;
    Some(noon.timestamp().as_microsecond())
}

fn moment(text: &str, zone: &TimeZone) -> Option<i64> {
    if let Ok(time) = Time::from_rfc3339(text) {
        return Some(time.0);
    }
    let local: DateTime = text.parse().ok()?;
    Some(local.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
}

/// The keys that were chosen, in the order of the list.
fn chosen(def: &FieldDef, input: &Input, before: Option<&Value>) -> Result<Vec<String>, FieldError> {
    let wrong = |value: &str| FieldError::new(def.property(), "error-field-choice").arg("value", value);
    let asked: Vec<String> = match input {
        Input::Array(list) => list.iter().filter_map(word).filter(|key| !key.is_empty()).collect(),
        _ => word(input).map(|text| text.split(',').map(|key| key.trim().to_owned()).collect()).unwrap_or_default(),
    };
    let had = |key: &str| matches!(before, Some(Value::Keys(keys)) if keys.iter().any(|k| k == key));
    for key in &asked {
        if !had(key) && def.item(key).is_none_or(|item| item.retired) {
            return Err(wrong(key));
        }
    }
    if asked.is_empty() || (def.ty != FieldType::Several && asked.len() > 1) {
        return Err(wrong(&asked.join(", ")));
    }
    let place = |key: &String| def.items.iter().position(|item| item.key == *key).unwrap_or(usize::MAX);
    let mut keys = asked;
    keys.sort_by_key(place);
    keys.dedup();
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::super::{Audience, Item, Object};
    use super::*;
    use crate::Texts;

    fn field(ty: FieldType) -> FieldDef {
        let item = |key: &str, retired| Item { key: key.into(), names: Texts::same(key), parent: None, retired };
        FieldDef {
            object: Object::Ticket,
            key: "f".into(),
            ty,
            names: Texts::same("F"),
            help: Texts::default(),
            audience: Audience::Desk,
            kinds: Vec::new(),
            services: Vec::new(),
            decimals: 2,
            currency: String::new(),
            items: vec![item("red", false), item("blue", false), item("grey", true)],
            required: false,
            place: 0,
            active: true,
        }
    }

    fn understood(ty: FieldType, input: Input) -> Option<Value> {
        read(&field(ty), &input, &TimeZone::UTC, None).expect("a value")
    }

    fn refused(ty: FieldType, input: Input) -> &'static str {
        read(&field(ty), &input, &TimeZone::UTC, None).expect_err("a mistake").code
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, value) in [("12", 1200), ("12,5", 1250), ("1 234.50", 123_450), ("-0.05", -5), ("3.10", 310)] {
            assert_eq!(understood(FieldType::Number, text.into()), Some(Value::Int(value)), "{text}");
        }
        assert_eq!(understood(FieldType::Money, Input::from(7)), Some(Value::Int(700)));
        for text in ["1.234", "x", "1.2.3", ".", "99999999999999999999"] {
            assert_eq!(refused(FieldType::Number, text.into()), "error-field-number", "{text}");
        }
    }

    #[test]
    fn a_day_is_a_day_and_a_moment_has_a_zone() {
        let noon = Time::from_rfc3339("2026-11-22T12:00:00Z").expect("a moment");
        assert_eq!(understood(FieldType::Date, "2026-11-22".into()), Some(Value::Int(noon.0)));
        assert_eq!(understood(FieldType::Moment, "2026-11-22T13:00:00+01:00".into()), Some(Value::Int(noon.0)));
        let madrid = TimeZone::get("Europe/Madrid").expect("a zone");
        let typed = read(&field(FieldType::Moment), &"2026-11-22T13:00".into(), &madrid, None);
        assert_eq!(typed, Ok(Some(Value::Int(noon.0))));
        assert_eq!(refused(FieldType::Date, "tomorrow".into()), "error-field-date");
        assert_eq!(refused(FieldType::Moment, "22.11.2026".into()), "error-field-time");
    }

    #[test]
    fn only_what_is_offered_can_be_chosen_and_what_was_there_may_stay() {
        assert_eq!(
            understood(FieldType::Several, serde_json::json!(["blue", "red", "blue", ""])),
            Some(Value::Keys(vec!["red".into(), "blue".into()]))
        );
        assert_eq!(refused(FieldType::Choice, "pink".into()), "error-field-choice");
        assert_eq!(refused(FieldType::Choice, serde_json::json!(["red", "blue"])), "error-field-choice");
        assert_eq!(refused(FieldType::Choice, "grey".into()), "error-field-choice");
        let had = Value::Keys(vec!["grey".into()]);
        assert_eq!(read(&field(FieldType::Choice), &"grey".into(), &TimeZone::UTC, Some(&had)), Ok(Some(had.clone())));
    }

    #[test]
    fn nothing_is_nothing_and_an_unticked_box_says_no() {
        for ty in FieldType::ALL {
            assert_eq!(understood(*ty, Input::Null), None);
            assert_eq!(understood(*ty, "  ".into()), None, "{ty:?}");
        }
        assert_eq!(understood(FieldType::Several, serde_json::json!([""])), None);
        assert_eq!(understood(FieldType::Checkbox, serde_json::json!(["0", "1"])), Some(Value::Int(1)));
        assert_eq!(understood(FieldType::Checkbox, "0".into()), Some(Value::Int(0)));
    }

    #[test]
    fn what_is_posted_is_gathered_by_key() {
        let sent =
            [("title", "x"), ("fields.a", "1"), ("fields.b", ""), ("fields.b", "red"), ("fields.who_text", "Ana"), ("fields.who", "7")];
        let found = posted(sent);
        assert_eq!(serde_json::to_string(&found).expect("JSON"), r#"{"a":"1","b":["","red"],"who":"7"}"#);
    }
}
