//! What a custom field holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A value as it came from a form, the API or a file: a text, a number, a truth, or a list of texts;
/// null and an empty text are no value.
pub type Input = serde_json::Value;

/// The values of one record by key of the field; a field without a value is not there.
pub type Values = BTreeMap<String, Value>;

/// A typed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Text, long text, address.
    Text(String),
    /// A number or an amount times ten to the power of its decimals; a day (as its noon in UTC) or a
    /// moment in microseconds; the id of a person or file; 0 or 1 of a checkbox.
    Int(i64),
    /// The keys of what was chosen; never empty.
    Keys(Vec<String>),
}

impl Value {
    /// The keys of what was chosen, joined by commas.
    pub fn joined(&self) -> Option<String> {
        if let Value::Keys(keys) = self { Some(keys.join(",")) } else { None }
    }
    pub fn int(&self) -> Option<i64> {
        if let Value::Int(n) = self { Some(*n) } else { None }
    }
}
