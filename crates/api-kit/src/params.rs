//! Bounds of what is sent, refused while it is read: what the description says is what holds.

use kernel::PageRequest;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde_json::{Map, Value};

/// A number of rows, 1 to [`PageRequest::MAX`].
///
/// # Errors
/// It is no such number.
pub fn rows<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    let asked = Option::<u32>::deserialize(from)?;
    match asked {
        Some(rows) if !(1..=PageRequest::MAX).contains(&rows) => {
            Err(D::Error::custom(format!("a number from 1 to {} is needed", PageRequest::MAX)))
        }
        other => Ok(other),
    }
}

/// A whole number from `MIN` to `MAX`.
///
/// # Errors
/// It is no such number.
pub fn between<'de, const MIN: i64, const MAX: i64, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let number = Option::<i64>::deserialize(from)?;
    match number {
        Some(number) if !(MIN..=MAX).contains(&number) => Err(D::Error::custom(format!("a number from {MIN} to {MAX} is needed"))),
        other => Ok(other),
    }
}

/// A text of at most so many characters.
///
/// # Errors
/// It is longer.
pub fn short<'de, const MAX: usize, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    match text {
        Some(text) if text.chars().count() > MAX => Err(D::Error::custom(format!("at most {MAX} characters are allowed"))),
        other => Ok(other),
    }
}

/// An object inside of a body. Without this an array would be read as the fields in their order.
///
/// # Errors
/// It is something else, or a field of it is wrong.
pub fn object<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    let fields = Option::<Map<String, Value>>::deserialize(from)?;
    fields.map(|fields| T::deserialize(Value::Object(fields)).map_err(D::Error::custom)).transpose()
}
