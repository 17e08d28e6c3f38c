//! Whether a definition makes sense.

use kernel::FieldError;

use super::{FieldDef, FieldType};

/// Values of one field at most.
const ITEMS: usize = 2000;

/// Whether a text can be a key: lower case letters, digits, `-` and `_`, beginning with a letter. The
/// ending `_text` is that of words beside an id.
pub fn is_key(key: &str) -> bool {
    key.len() <= 60
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
        && !key.ends_with("_text")
}

/// Everything that is wrong with a definition, by the field of its form.
pub fn check(def: &FieldDef) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if !is_key(&def.key) {
        wrong.push(FieldError::new("key", "error-field-key"));
    }
    if def.names.en.trim().is_empty() {
        wrong.push(FieldError::new("names", "error-name-empty"));
    }
    if def.decimals > 6 || (def.decimals > 0 && !def.ty.counts()) {
        wrong.push(FieldError::new("decimals", "error-field-decimals"));
    }
    let is_code = def.currency.len() == 3 && def.currency.bytes().all(|b| b.is_ascii_uppercase());
    if (def.ty == FieldType::Money) != is_code {
        wrong.push(FieldError::new("currency", "error-field-currency"));
    }
    wrong.extend(items(def));
    wrong
}

fn items(def: &FieldDef) -> Option<FieldError> {
    let wrong = |code: &'static str, key: &str| Some(FieldError::new("items", code).arg("key", key));
    if def.ty.chooses() == def.items.is_empty() || def.items.len() > ITEMS {
        return Some(FieldError::new("items", "error-field-items").arg("max", ITEMS));
    }
    for (place, item) in def.items.iter().enumerate() {
        if !is_key(&item.key) {
            return wrong("error-field-item-key", &item.key);
        }
        if def.items.iter().take(place).any(|before| before.key == item.key) {
            return wrong("error-field-item-twice", &item.key);
        }
        if item.names.en.trim().is_empty() {
            return wrong("error-field-item-name", &item.key);
        }
        let Some(above) = item.parent.as_deref() else { continue };
        let known = def.ty == FieldType::Tree && def.item(above).is_some();
        if !known || def.branch(&item.key).contains(&above) {
            return wrong("error-field-item-parent", &item.key);
        }
    }
    None
}
