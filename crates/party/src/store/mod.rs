//! All queries of this crate. Functions that list take a [`Within`](crate::Within); functions by id
//! decide nothing: the caller has asked its scope.

pub mod account;
pub mod address;
pub mod location;
pub mod membership;
pub mod names;
pub mod organisation;
pub mod person;
pub mod service;
pub mod team;

mod list;
mod merge;
mod word;

use kernel::{Error, ErrorKind, Result};

/// Nothing changed: the row is no longer at the version the change started from.
pub(crate) fn expect_one(affected: u64) -> Result<()> {
    if affected == 1 { Ok(()) } else { Err(Error::new(ErrorKind::Stale, "error-stale")) }
}

/// A name that can be shown and sorted.
pub(crate) fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid("name", "error-required"));
    }
    if name.chars().count() > 200 {
        return Err(Error::invalid("name", "error-too-long").field_arg("max", 200));
    }
    Ok(name.to_owned())
}

/// A key that rules, filters and imports can name: small letters, digits, `-`, `_` and `.`.
pub(crate) fn checked_key(key: &str) -> Result<String> {
    let fits = !key.is_empty()
        && key.len() <= 64
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'));
    if fits { Ok(key.to_owned()) } else { Err(Error::invalid("key", "error-key")) }
}
