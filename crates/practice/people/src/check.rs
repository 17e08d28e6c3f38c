//! Input that several actions share: lengths, time zones, versions, keys.

use kernel::{Error, ErrorKind, Result, fold};

/// A text of at most `max` letters.
///
/// # Errors
/// It is longer.
pub fn text(field: &'static str, value: &str, max: usize) -> Result<()> {
    if value.chars().count() > max { Err(Error::invalid(field, "error-too-long").field_arg("max", max)) } else { Ok(()) }
}

/// A time zone by its IANA name, or none.
///
/// # Errors
/// There is no such zone.
pub fn zone(name: Option<&str>) -> Result<()> {
    match name {
        Some(name) if jiff::tz::TimeZone::get(name).is_err() => Err(Error::invalid("time_zone", "error-choice")),
        _ => Ok(()),
    }
}

/// The version to change: the one that was read, which must still be there, or the newest.
///
/// # Errors
/// `Stale` when it is another one by now.
pub fn base(expected: Option<i64>, stored: i64) -> Result<i64> {
    match expected {
        Some(version) if version != stored => Err(Error::new(ErrorKind::Stale, "error-stale")),
        _ => Ok(stored),
    }
}

/// The key as given, or one made of the name when none is.
pub fn key(given: &str, name: &str) -> String {
    let given = given.trim();
    if !given.is_empty() {
        return given.to_owned();
    }
    let mut key = String::new();
    for c in fold(name).chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    key.truncate(60);
    key.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_of_names() {
        assert_eq!(key("", "Réseaux & VPN (2nd line)"), "reseaux-vpn-2nd-line");
        assert_eq!(key(" own ", "Name"), "own");
        assert_eq!(key("", "Сеть"), "");
    }

    #[test]
    fn only_the_version_that_was_read_is_changed() {
        assert_eq!((base(None, 4).unwrap(), base(Some(4), 4).unwrap()), (4, 4));
        assert_eq!(base(Some(3), 4).unwrap_err().kind(), ErrorKind::Stale);
    }
}
