//! Lengths of time as people type them.

use kernel::{Error, Result};

/// Minutes of one entry at most: a day.
pub const MOST: i64 = 24 * 60;

/// Minutes: `90`, `1:30`, `1h 30m`, `1,5h`.
///
/// # Errors
/// It is none of these, nothing, or longer than a day.
pub fn minutes(raw: &str) -> Result<i64> {
    let read = read(&raw.trim().to_lowercase().replace(',', "."));
    read.filter(|minutes| (1..=MOST).contains(minutes)).ok_or_else(|| Error::invalid("minutes", "error-minutes").field_arg("max", MOST))
}

fn read(text: &str) -> Option<i64> {
    if let Some((hours, minutes)) = text.split_once(':') {
        return Some(whole(hours)? * 60 + whole(minutes).filter(|minutes| *minutes < 60)?);
    }
    // Hours as they are abbreviated in the languages of the desk.
    let split = text.split_once('h').or_else(|| text.split_once('ч'));
    let Some((hours, rest)) = split else { return whole(text.trim_end_matches(|c: char| c.is_alphabetic() || c == '.')) };
    let (hours, tenths) = hours.trim().split_once('.').unwrap_or((hours.trim(), "0"));
    let part = match tenths.len() {
        1 => whole(tenths)? * 6,
        2 => whole(tenths)? * 60 / 100,
        _ => return None,
    };
    let rest = rest.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
    let rest = if rest.trim().is_empty() { 0 } else { whole(rest)? };
    Some(whole(hours)? * 60 + part + rest)
}

fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_type_them() {
        for (typed, found) in
            [("90", 90), (" 1:30 ", 90), ("1h", 60), ("1h 30m", 90), ("1,5h", 90), ("0.25h", 15), ("2ч 5мин", 125), ("15 min", 15)]
        {
            assert_eq!(minutes(typed).ok(), Some(found), "{typed}");
        }
        for typed in ["", "0", "x", "1:75", "25h", "-5", "1.234h", "h"] {
            assert!(minutes(typed).is_err(), "{typed}");
        }
    }
}
