//! Ticket numbers as people type them.

use kernel::TicketId;

/// The ticket of `INC-48213`, `inc 48213`, `#48213` or `48213`; any prefix will do.
pub fn read(text: &str) -> Option<TicketId> {
    let text = text.trim().trim_start_matches(['#', '№']).trim_start();
    let digits = text.trim_start_matches(char::is_alphabetic);
    let prefix = text.get(..text.len() - digits.len())?;
    let digits = match prefix.chars().count() {
        0 => digits,
        1..=8 => digits.strip_prefix(['-', ' ', '#'])?,
        _ => return None,
    };
    let plain = !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_or_without_its_prefix() {
        for text in ["INC-48213", "inc 48213", "#48213", "48213", " REQ-48213 ", "№ 48213", "ИНЦ-48213"] {
            assert_eq!(read(text).map(TicketId::raw), Some(48213), "{text}");
        }
        for text in ["", "abc", "48213x", "INC48213", "4 8213", "+34 600", "999999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
