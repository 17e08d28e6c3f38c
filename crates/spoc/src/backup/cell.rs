//! One value of a row, the same for both databases and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// A value as stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl Cell {
    /// Bytes are an object with their hexadecimal digits; everything else is itself.
    pub fn to_json(&self) -> Value {
        match self {
            Cell::Null => Value::Null,
            Cell::Int(number) => json!(number),
            Cell::Real(number) => json!(number),
            Cell::Text(text) => json!(text),
            Cell::Blob(bytes) => json!({ "hex": hex(bytes) }),
        }
    }

    /// Nothing when this is no value of ours.
    pub fn of_json(value: Value) -> Option<Self> {
        Some(match value {
            Value::Null => Cell::Null,
            Value::Number(number) => match number.as_i64() {
                Some(int) => Cell::Int(int),
                None => Cell::Real(number.as_f64()?),
            },
            Value::String(text) => Cell::Text(text),
            Value::Object(fields) => Cell::Blob(unhex(fields.get("hex")?.as_str()?)?),
            Value::Bool(_) | Value::Array(_) => return None,
        })
    }

    pub fn int(&self) -> Option<i64> {
        if let Cell::Int(number) = self { Some(*number) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back_as_it_was() {
        let all = [
            Cell::Null,
            Cell::Int(i64::MIN),
            Cell::Int(i64::MAX),
            Cell::Real(1.0),
            Cell::Real(-0.1),
            Cell::Text("añ\u{0}\n\"\\ 電".to_owned()),
            Cell::Blob(vec![0, 255, 16]),
            Cell::Blob(Vec::new()),
        ];
        for cell in all {
            let text = cell.to_json().to_string();
            let back = serde_json::from_str(&text).ok().and_then(Cell::of_json);
            assert_eq!(back, Some(cell), "{text}");
        }
        for junk in ["true", "[]", "{\"hex\":\"0\"}", "{\"hex\":\"zz\"}", "{}"] {
            assert_eq!(serde_json::from_str(junk).ok().and_then(Cell::of_json), None, "{junk}");
        }
    }
}
