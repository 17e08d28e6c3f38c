//! What may be typed.

use kernel::{Error, FieldError, Result};

/// Letters of a title at most.
pub const TITLE: usize = 250;
/// Letters of a message at most.
pub const BODY: usize = 200_000;
/// Letters of a tag at most.
pub const TAG: usize = 60;

/// A title: one line, trimmed, not empty.
pub fn title(raw: &str) -> std::result::Result<String, FieldError> {
    let title = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.chars().count() {
        0 => Err(FieldError::new("title", "error-title-empty")),
        n if n > TITLE => Err(FieldError::new("title", "error-too-long").arg("max", TITLE)),
        _ => Ok(title),
    }
}

/// A message: line ends unified, control characters out, not empty.
pub fn body(field: &'static str, raw: &str) -> std::result::Result<String, FieldError> {
    let body: String =
        raw.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let body = body.trim_end().to_owned();
    match body.chars().count() {
        0 => Err(FieldError::new(field, "error-text-empty")),
        n if n > BODY => Err(FieldError::new(field, "error-too-long").arg("max", BODY)),
        _ => Ok(body),
    }
}

/// Letters of a reason at most.
const REASON: usize = 500;

/// A reason: one line, trimmed, of some words.
///
/// # Errors
/// It is missing or too long.
pub fn reason(field: &'static str, raw: &str) -> Result<String> {
    let reason = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = match reason.chars().count() {
        0..3 => FieldError::new(field, "error-reason-missing"),
        n if n > REASON => FieldError::new(field, "error-too-long").arg("max", REASON),
        _ => return Ok(reason),
    };
    Err(Error::of_fields(vec![wrong]).err().unwrap_or_else(Error::not_found))
}

/// A tag: folded, words joined by a hyphen, so that it can be typed in a filter.
///
/// # Errors
/// It is empty or too long.
pub fn tag(raw: &str) -> Result<String> {
    let tag: String = kernel::fold(raw.trim_start_matches('#'))
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/') { c } else { '-' })
        .collect();
    let tag = tag.trim_matches('-').to_owned();
    match tag.chars().count() {
        0 => Err(Error::invalid("tag", "error-tag-empty")),
        n if n > TAG => Err(Error::invalid("tag", "error-too-long").field_arg("max", TAG)),
        _ => Ok(tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_tags_are_tidied() {
        assert_eq!(title("  the\nprinter \t is dead ").expect("fine"), "the printer is dead");
        assert!(title(" \n").is_err());
        assert!(title(&"x".repeat(251)).is_err());
        assert_eq!(tag("#Urgent Ёж").expect("fine"), "urgent-еж");
        assert!(tag("###").is_err());
        assert_eq!(body("body", "a\r\nb\u{7}").expect("fine"), "a\nb");
    }
}
