//! What differs between two versions of a configuration object, by the path of each value.

use std::collections::BTreeMap;

use serde_json::Value;

/// A value that is another one now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Such as `states[solved].names.en`.
    pub path: String,
    /// Absent: it was not there.
    pub before: Option<String>,
    /// Absent: it is gone.
    pub after: Option<String>,
}

/// The changes from one version to the next, in the order of their paths.
pub fn between(before: &Value, after: &Value) -> Vec<Change> {
    let (was, is) = (flat(before), flat(after));
    let paths: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let changed = paths.into_iter().filter(|path| was.get(*path) != is.get(*path));
    changed.map(|path| Change { path: path.clone(), before: was.get(path).cloned(), after: is.get(path).cloned() }).collect()
}

fn flat(value: &Value) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    walk(String::new(), value, &mut out);
    out
}

fn walk(path: String, value: &Value, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, field) in fields {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(below, field, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (place, item) in items.iter().enumerate() {
                walk(format!("{path}[{}]", name_of(item).unwrap_or_else(|| place.to_string())), item, out);
            }
        }
        Value::String(text) => drop(out.insert(path, text.clone())),
        other => drop(out.insert(path, other.to_string())),
    }
}

/// What an item of a list is known by, so that one that is put before it changes nothing.
fn name_of(item: &Value) -> Option<String> {
    if let Some(key) = item.get("key").and_then(Value::as_str) {
        return Some(key.to_owned());
    }
    let (from, to) = (item.get("from")?.as_str()?, item.get("to")?.as_str()?);
    Some(format!("{from} > {to}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changes_are_told_by_path_and_items_by_their_key() {
        let before = json!({"names": {"en": "Open"}, "states": [{"key": "a", "n": 1}, {"key": "b", "n": 2}], "days": 7, "gone": null});
        let after = json!({"names": {"en": "Open", "es": "Abierto"}, "states": [{"key": "c"}, {"key": "b", "n": 3}, {"key": "a", "n": 1}], "days": 7});
        let told: Vec<_> = between(&before, &after).into_iter().map(|c| (c.path, c.before, c.after)).collect();
        let change =
            |path: &str, before: Option<&str>, after: Option<&str>| (path.to_owned(), before.map(str::to_owned), after.map(str::to_owned));
        assert_eq!(
            told,
            [
                change("gone", Some("null"), None),
                change("names.es", None, Some("Abierto")),
                change("states[b].n", Some("2"), Some("3")),
                change("states[c].key", None, Some("c")),
            ]
        );
        assert!(between(&before, &before).is_empty());
        assert_eq!(
            between(&json!("red"), &json!("blue")),
            [Change { path: String::new(), before: Some("red".into()), after: Some("blue".into()) }]
        );
    }
}
