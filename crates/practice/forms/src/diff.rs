//! What differs between two versions of a configuration object, place by place.

use std::collections::BTreeMap;

use serde_json::Value;

/// A place with its value before and after; empty for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Such as `names.es` or `items.laptop.names.en`.
    pub place: String,
    pub before: String,
    pub after: String,
}

/// The differences between two objects as stored. Members of a list are told apart by their key.
pub fn between(before: &str, after: &str) -> Vec<Difference> {
    let flat = |text: &str| {
        let mut found = BTreeMap::new();
        flatten("", &serde_json::from_str(text).unwrap_or(Value::Null), &mut found);
        found
    };
    let (was, is) = (flat(before), flat(after));
    let mut places: Vec<&String> = was.keys().chain(is.keys()).collect();
    places.sort();
    places.dedup();
    let at = |side: &BTreeMap<String, String>, place: &String| side.get(place).cloned().unwrap_or_default();
    places
        .into_iter()
        .map(|place| Difference { place: place.clone(), before: at(&was, place), after: at(&is, place) })
        .filter(|d| d.before != d.after)
        .collect()
}

fn flatten(place: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let below = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| flatten(&below(name), value, found)),
        Value::Array(list) if list.iter().all(|one| !one.is_object()) => {
            let words: Vec<String> = list.iter().map(text).collect();
            found.insert(place.to_owned(), words.join(", "));
        }
        Value::Array(list) => {
            for (n, one) in list.iter().enumerate() {
                flatten(&below(&name(one).unwrap_or_else(|| n.to_string())), one, found);
            }
        }
        Value::Null => {}
        other => drop(found.insert(place.to_owned(), text(other))),
    }
}

/// What tells a member of a list from the others.
fn name(one: &Value) -> Option<String> {
    let key = |key: &str| one.get(key).and_then(Value::as_str);
    match (key("from"), key("to")) {
        (Some(from), Some(to)) => Some(format!("{from} → {to}")),
        _ => key("key").map(str::to_owned),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_named_by_its_place() {
        let before = r#"{"names":{"en":"Colour"},"items":[{"key":"red","names":{"en":"Red"}}],"kinds":["incident"],"active":true}"#;
        let after = r#"{"names":{"en":"Color"},"items":[{"key":"blue","names":{"en":"Blue"}},{"key":"red","names":{"en":"Red"}}],"kinds":[],"active":true}"#;
        let told: Vec<String> = between(before, after).into_iter().map(|d| format!("{}: {} -> {}", d.place, d.before, d.after)).collect();
        assert_eq!(told, ["items.blue.key:  -> blue", "items.blue.names.en:  -> Blue", "kinds: incident -> ", "names.en: Colour -> Color"]);
        assert!(between(before, before).is_empty());
    }
}
