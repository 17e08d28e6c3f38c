//! Custom fields for people: a value in words, and the control that fills it.

use i18n::T;
use jiff::tz::TimeZone;
use kernel::{Lang, Time};
use settings::field::cast::decimal;
use settings::field::{FieldDef, FieldType, Item, Value};
use ui::{Choice, Control, Fill};

/// A value in the reader's words; that of a person or a file is its number, whose name the caller knows.
pub fn words(t: &T, def: &FieldDef, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Keys(keys) => t.list(&keys.iter().map(|key| named(t.lang(), def, key)).collect::<Vec<_>>()),
        Value::Int(n) => match def.ty {
            FieldType::Number => t.decimal(*n, def.decimals),
            FieldType::Money => format!("{} {}", t.decimal(*n, def.decimals), def.currency),
            FieldType::Date => T::utc(t.lang()).day_full(Time(*n)),
            FieldType::Moment => t.moment_full(Time(*n)),
            FieldType::Checkbox => t.msg(if *n == 0 { i18n::key!("no") } else { i18n::key!("yes") }).into_owned(),
            _ => n.to_string(),
        },
    }
}

/// The name of an item, with those above it in a tree.
fn named(lang: Lang, def: &FieldDef, key: &str) -> String {
    let path: Vec<&str> = def.path(key).into_iter().map(|item| item.names.get(lang)).collect();
    if path.is_empty() { key.to_owned() } else { path.join(" › ") }
}

/// A value as its control and the API send it: days as `2026-11-22`, numbers with a point.
pub fn raw(def: &FieldDef, value: &Value, zone: &TimeZone) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Keys(keys) => keys.join(","),
        Value::Int(n) => match def.ty {
            FieldType::Number | FieldType::Money => decimal(*n, def.decimals),
            FieldType::Date => Time(*n).timestamp().to_zoned(TimeZone::UTC).date().to_string(),
            FieldType::Moment => Time(*n).timestamp().to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string(),
            _ => n.to_string(),
        },
    }
}

/// What stands in a control: what was typed, or the value of the record.
#[derive(Debug, Clone, Copy)]
pub enum Filled<'a> {
    Typed(&'a settings::field::Input),
    Stored(&'a Value),
    Nothing,
}

/// The control of a field. `people` is where persons are searched; `shown` the words for an id; the files
/// of a record are given as choices.
pub fn control(t: &T, def: &FieldDef, filled: Filled<'_>, people: &'static str, shown: &str, files: &[(i64, String)]) -> Control {
    let (value, chosen) = present(t, def, filled);
    let is_chosen = |key: &str| chosen.iter().any(|k| k == key);
    let fill = match def.ty {
        FieldType::Text => Fill::Line("text"),
        FieldType::Number | FieldType::Money => Fill::Line("text"),
        FieldType::Date => Fill::Line("date"),
        FieldType::Moment => Fill::Line("datetime-local"),
        FieldType::LongText | FieldType::Address => Fill::Lines,
        FieldType::Choice | FieldType::Tree | FieldType::File => Fill::Choice,
        FieldType::Several => Fill::Several,
        FieldType::Person => Fill::Search(people),
        FieldType::Checkbox => Fill::Tick,
    };
    let offered = |item: &&Item| !item.retired || is_chosen(&item.key);
    let choices = match def.ty {
        FieldType::File => files.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str(), value == id.to_string())).collect(),
        _ => def.items.iter().filter(offered).map(|i| Choice::new(&i.key, named(t.lang(), def, &i.key), is_chosen(&i.key))).collect(),
    };
    let label = def.names.get(t.lang());
    Control {
        name: def.property(),
        label: if def.ty == FieldType::Money { format!("{label}, {}", def.currency) } else { label.to_owned() },
        help: def.help.get(t.lang()).to_owned(),
        fill,
        value,
        shown: shown.to_owned(),
        choices,
        required: false,
    }
}

/// The text in a control and the keys that are chosen.
fn present(t: &T, def: &FieldDef, filled: Filled<'_>) -> (String, Vec<String>) {
    match filled {
        Filled::Nothing => (String::new(), Vec::new()),
        Filled::Stored(Value::Keys(keys)) => (String::new(), keys.clone()),
        Filled::Stored(value) => (raw(def, value, t.zone()), Vec::new()),
        Filled::Typed(input) => {
            let texts: Vec<String> = match input {
                serde_json::Value::Array(list) => list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
                serde_json::Value::String(text) => vec![text.clone()],
                serde_json::Value::Null => Vec::new(),
                other => vec![other.to_string()],
            };
            (texts.last().cloned().unwrap_or_default(), texts)
        }
    }
}

/// A value as the API says it.
pub fn json(def: &FieldDef, value: &Value) -> serde_json::Value {
    match (def.ty, value) {
        (FieldType::Several, Value::Keys(keys)) => keys.clone().into(),
        (FieldType::Checkbox, Value::Int(n)) => (*n != 0).into(),
        (FieldType::Person | FieldType::File, Value::Int(n)) => (*n).into(),
        (FieldType::Moment, Value::Int(n)) => Time(*n).to_rfc3339().into(),
        _ => raw(def, value, &TimeZone::UTC).into(),
    }
}
