//! The words by which a party is found while somebody types.

use std::collections::BTreeSet;

use kernel::{fold, folded_words};

use crate::AddressKind;

/// Words kept for one record, and letters kept of a word.
const MAX_WORDS: usize = 80;
const MAX_LETTERS: usize = 64;

/// Words of a question that count.
const MAX_TERMS: usize = 5;

/// Digits from which on a run of them is taken for the end of a phone number.
const PHONE_END: usize = 4;

/// What stands before a phone number that is stored backwards, so that its end is a prefix.
const BACKWARDS: char = '<';

/// The words of a record, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(BTreeSet<String>);

impl Words {
    pub fn of_text(text: &str) -> Self {
        let mut words = Self::default();
        words.text(text);
        words
    }
    /// Adds the words of a name, a key or a title.
    pub fn text(&mut self, text: &str) {
        for word in folded_words(text) {
            self.add(&word);
        }
    }
    /// Adds what an address is found by: a mail address whole and in parts, a phone number from the
    /// front and from the end.
    pub fn address(&mut self, kind: AddressKind, value: &str) {
        match kind {
            AddressKind::Email => {
                self.add(&fold(value));
                self.text(value);
            }
            AddressKind::Phone | AddressKind::Mobile => {
                let digits = digits(value);
                self.add(&backwards(&digits));
                self.add(&digits);
            }
            AddressKind::Room | AddressKind::Tag => self.text(value),
        }
    }
    fn add(&mut self, word: &str) {
        if !word.is_empty() && self.0.len() < MAX_WORDS {
            self.0.insert(word.chars().take(MAX_LETTERS).collect());
        }
    }
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// A question: every term must be met, by any of its beginnings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms(pub Vec<Vec<String>>);

impl Terms {
    /// The terms of what somebody typed, the most telling first.
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        if let Some(number) = phone(&folded) {
            return Self(vec![number]);
        }
        let mut terms: Vec<Vec<String>> = Vec::new();
        for piece in folded.split(' ').filter(|p| !p.is_empty()) {
            if piece.contains('@') && !piece.starts_with('@') {
                terms.push(vec![cut(piece)]);
                continue;
            }
            for word in folded_words(piece) {
                terms.push(beginnings(&word));
            }
        }
        terms.sort_by_key(|t| std::cmp::Reverse(t.first().map_or(0, String::len)));
        terms.dedup();
        terms.truncate(MAX_TERMS);
        Self(terms)
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn beginnings(word: &str) -> Vec<String> {
    let mut out = vec![cut(word)];
    if word.len() >= PHONE_END && word.bytes().all(|b| b.is_ascii_digit()) {
        out.push(backwards(word));
    }
    out
}

fn cut(word: &str) -> String {
    word.chars().take(MAX_LETTERS).collect()
}

/// A whole phone number as typed or as the telephone system says it: matched by its last nine
/// digits, since the country code may be said or not.
fn phone(folded: &str) -> Option<Vec<String>> {
    let punctuation = |c: char| matches!(c, ' ' | '+' | '-' | '.' | '(' | ')' | '/');
    let number = digits(folded);
    let only_number = folded.chars().all(|c| c.is_ascii_digit() || punctuation(c));
    (only_number && number.len() > PHONE_END).then(|| {
        let end: String = number.chars().rev().take(9).collect();
        vec![format!("{BACKWARDS}{end}"), number]
    })
}

/// The digits of a phone number.
pub fn digits(value: &str) -> String {
    value.chars().filter(char::is_ascii_digit).collect()
}

/// A number from its end, marked so that it meets no word.
pub fn backwards(digits: &str) -> String {
    if digits.is_empty() {
        return String::new();
    }
    std::iter::once(BACKWARDS).chain(digits.chars().rev()).collect()
}

/// The range `[from, to)` of all texts that begin so.
pub fn prefix_range(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}\u{10ffff}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_found_by_its_end_and_by_its_beginning() {
        let mut words = Words::default();
        words.address(AddressKind::Mobile, "+34 600 123-456");
        assert_eq!(words.iter().collect::<Vec<_>>(), ["34600123456", "<65432100643"]);
        assert_eq!(Terms::of("3456").0, [["3456", "<6543"]]);
        assert_eq!(Terms::of("600 123 456").0, [["<654321006", "600123456"]]);
    }

    #[test]
    fn the_longest_term_leads_and_a_mail_address_stays_whole() {
        assert_eq!(Terms::of(" Núñez  Mª ").0, [["nunez"], ["ma"]]);
        assert_eq!(Terms::of("ana@example.com").0, [["ana@example.com"]]);
        assert!(Terms::of(" ,; ").is_empty());
    }
}
