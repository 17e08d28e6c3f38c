//! Numbers of payment cards: digits of an issuer's beginning and length, written as cards are, with a right
//! check digit (ISO/IEC 7812-1).

use std::ops::Range;

use super::{joined_after, joined_before};

/// First and last beginning of an issuer, with as many digits as they have, and the lengths of its numbers.
const ISSUERS: &[(u32, u32, &[usize])] = &[
    // Visa
    (4, 4, &[13, 16, 19]),
    // Mastercard
    (51, 55, &[16]),
    (2221, 2720, &[16]),
    // American Express
    (34, 34, &[15]),
    (37, 37, &[15]),
    // Discover
    (6011, 6011, &[16]),
    (644, 649, &[16]),
    (65, 65, &[16]),
    // Diners Club
    (300, 305, &[14]),
    (36, 36, &[14]),
    (38, 38, &[14]),
    // JCB
    (3528, 3589, &[16]),
    // Mir
    (2200, 2204, &[16]),
    // UnionPay
    (62, 62, &[16, 17, 18, 19]),
];

/// How the digits of a card are grouped when they are.
const GROUPS: &[&[usize]] = &[&[4, 4, 4, 4], &[4, 4, 4, 4, 3], &[4, 6, 5], &[4, 6, 4], &[6, 13]];

pub(super) fn cards(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            let run = run(bytes, at);
            if is_card(text, &run) {
                found.push(run.clone());
            }
            at = run.end;
        } else {
            at += 1;
        }
    }
    found
}

/// Digits with single spaces or hyphens between them, as far as they go.
fn run(bytes: &[u8], start: usize) -> Range<usize> {
    let mut end = start;
    while end < bytes.len() {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if digit(end) {
            end += 1;
        } else if matches!(bytes[end], b' ' | b'-') && digit(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    start..end
}

fn is_card(text: &str, run: &Range<usize>) -> bool {
    // A number of a ticket, of a phone, a decimal fraction, a part of a longer identifier.
    let before = joined_before(text, run.start, &['+', '#', '_', '.', ',', '-', '/']) && !text.get(..run.start).is_some_and(ends_sentence);
    let fraction = text.get(run.end..).is_some_and(|after| {
        let mut after = after.chars();
        matches!(after.next(), Some('.' | ',' | '/' | '-')) && after.next().is_some_and(|c| c.is_alphanumeric())
    });
    if before || fraction || joined_after(text, run.end, &['_']) || after_letters(text, run.start) {
        return false;
    }
    let written = text.get(run.clone()).unwrap_or_default();
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    grouped(written) && issued(&digits) && checks(&digits)
}

/// `It was.4111…` and `card/4111…`: a sign that ends a word or parts two.
fn ends_sentence(before: &str) -> bool {
    let mut back = before.chars().rev();
    matches!((back.next(), back.next()), (Some('.' | ',' | '/'), Some(c)) if !c.is_ascii_digit())
}

/// `ES91 2100 …`: capitals and two digits right before make it an account number.
fn after_letters(text: &str, start: usize) -> bool {
    let Some(before) = text.get(..start) else { return false };
    let Some(word) = before.strip_suffix(' ').and_then(|before| before.rsplit(|c: char| c.is_whitespace()).next()) else { return false };
    word.len() == 4 && word.bytes().take(2).all(|b| b.is_ascii_uppercase()) && word.bytes().skip(2).all(|b| b.is_ascii_digit())
}

fn grouped(written: &str) -> bool {
    if written.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let one_sign = !(written.contains(' ') && written.contains('-'));
    let groups: Vec<usize> = written.split([' ', '-']).map(str::len).collect();
    one_sign && GROUPS.contains(&groups.as_slice())
}

fn issued(digits: &[u32]) -> bool {
    ISSUERS.iter().any(|(first, last, lengths)| {
        let places = first.to_string().len();
        let begins = digits.iter().take(places).fold(0, |sum, digit| sum * 10 + digit);
        (*first..=*last).contains(&begins) && lengths.contains(&digits.len())
    })
}

/// The formula of Luhn.
fn checks(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits.iter().rev().enumerate().map(|(n, digit)| if n % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != digits[0])
}
