//! Phone numbers in any spelling: found in text, and asked for by their end.

/// A phone number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    pub digits: String,
    pub from: usize,
    pub to: usize,
}

/// Digits of a number: fewer are a number of something else.
const FEWEST: usize = 7;
const MOST: usize = 15;
/// Digits that count: the country code may be said or not.
const END: usize = 9;
/// Digits from which on a question for a phone number is one.
const ASKED: usize = 5;
/// Stands before a number that is kept backwards, so that it meets no word.
const BACKWARDS: char = '<';

/// What a number is kept as: its last nine digits from the end, so that an end is a beginning.
pub fn token(digits: &str) -> String {
    std::iter::once(BACKWARDS).chain(digits.chars().rev().take(END)).collect()
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/')
}

/// The beginning of a token that a question asks for; none when it is no phone number.
pub fn asked(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '+' || is_separator(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (plain && (ASKED..=MOST).contains(&digits.len())).then(|| token(&digits))
}

/// The phone numbers of a text, in their order.
pub fn find(text: &str) -> Vec<Phone> {
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let starts = (c.is_ascii_digit() || c == '+' || c == '(') && !before.is_some_and(char::is_alphanumeric);
        before = Some(c);
        if !starts {
            continue;
        }
        let (phone, next) = run(text, at);
        if let Some(phone) = phone {
            found.push(phone);
        }
        // What was looked at is not looked at again.
        while let Some((_, c)) = chars.next_if(|(place, _)| *place < next) {
            before = Some(c);
        }
    }
    found
}

/// The run of digits and separators from `at`, and where it ends.
fn run(text: &str, at: usize) -> (Option<Phone>, usize) {
    let mut digits = String::new();
    let (mut end, mut separators) = (at, 0);
    let mut next = text.len();
    for (offset, c) in text.get(at..).unwrap_or_default().char_indices() {
        if c.is_ascii_digit() {
            digits.push(c);
            separators = 0;
            end = at + offset + 1;
        } else if (is_separator(c) || (c == '+' && offset == 0)) && separators < 2 {
            separators += 1;
        } else {
            next = at + offset;
            break;
        }
    }
    let glued = text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '@'));
    let phone = ((FEWEST..=MOST).contains(&digits.len()) && !glued).then_some(Phone { digits, from: at, to: end });
    (phone, next.max(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_any_spelling() {
        for text in ["+34 600 123 456", "600-123-456", "(600) 12 34 56", "0034600123456", "call 600.123.456!", "тел. 600123456,"] {
            let found = find(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(token(&found[0].digits), "<654321006", "{text}");
        }
        assert_eq!(token(&find("8 (495) 123-45-67")[0].digits), token(&find("+7 495 1234567")[0].digits));
        for text in ["0x80070005", "10:22:33", "v1.2.3", "abc6001234567", "6001234567abc", "12"] {
            assert!(find(text).is_empty(), "{text}: {:?}", find(text));
        }
    }

    #[test]
    fn a_question_by_the_end_of_a_number() {
        assert_eq!(asked("123 456").as_deref(), Some("<654321"));
        assert_eq!(asked("+34 600 123 456").as_deref(), Some("<654321006"));
        assert_eq!(asked("3456"), None);
        assert_eq!(asked("srv-12345"), None);
    }
}
