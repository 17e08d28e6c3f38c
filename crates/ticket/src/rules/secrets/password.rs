//! Passwords that say so: `password: x` in three languages, and those in addresses.

use std::ops::Range;

/// Words before a password, folded.
const WORDS: &[&str] = &["password", "passwd", "pwd", "passphrase", "passcode", "contrasena", "clave", "пароль", "пароля", "паролем"];
/// Words between it and the password.
const IS: &[&str] = &["is", "es", "это"];
/// What stands after the word in sentences that give none, folded.
const TALK: &[&str] = &[
    "please",
    "required",
    "wrong",
    "reset",
    "expired",
    "forgotten",
    "forgot",
    "changed",
    "none",
    "unknown",
    "missing",
    "invalid",
    "incorrect",
    "olvidada",
    "incorrecta",
    "caducada",
    "perdida",
    "cambiada",
    "ninguna",
    "obligatoria",
    "erronea",
    "restablecer",
    "favor",
    "неверный",
    "неверен",
    "забыт",
    "забыла",
    "забыли",
    "сброс",
    "сбросить",
    "истек",
    "изменен",
    "неизвестен",
    "сменить",
    "прошу",
    "нужен",
];
/// Letters of a password at least.
const SHORTEST: usize = 4;
/// The same where nothing but a word says that one follows.
const SHORTEST_SAID: usize = 6;

pub(super) fn passwords(text: &str) -> Vec<Range<usize>> {
    let mut found = in_addresses(text);
    let mut words = words(text).into_iter().peekable();
    while let Some(word) = words.next() {
        if is_word(text, &word)
            && let Some(place) = after(text, word.end)
        {
            while words.peek().is_some_and(|next| next.start < place.end) {
                words.next();
            }
            found.push(place);
        }
    }
    found
}

/// Runs of letters.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_word(text: &str, place: &Range<usize>) -> bool {
    // Most words are none of these, and folding one costs more than a look at its first letter.
    let Some(word) = text.get(place.clone()).filter(|word| (3..=22).contains(&word.len())) else { return false };
    word.starts_with(['p', 'P', 'c', 'C', 'п', 'П']) && WORDS.contains(&kernel::fold(word).as_str())
}

/// What is given after the word: behind a colon or an equals sign, or after "is" when it looks like one.
fn after(text: &str, end: usize) -> Option<Range<usize>> {
    let rest = text.get(end..)?;
    // `"password": "x"` and **password:** x
    let lead = rest.trim_start_matches([' ', '\t', '"', '\'', '*', '`']);
    if let Some(value) = lead.strip_prefix([':', '=']) {
        return value_at(text, text.len() - value.len(), SHORTEST).filter(|place| !is_talk(text.get(place.clone()).unwrap_or_default()));
    }
    let lead = rest.trim_start_matches([' ', '\t']);
    let word_ends = lead.find(|c: char| !c.is_alphabetic()).unwrap_or(lead.len());
    let said = lead.get(..word_ends).is_some_and(|word| IS.contains(&kernel::fold(word).as_str())) || lead.starts_with(['—', '–']);
    let skip = if lead.starts_with(['—', '–']) { '—'.len_utf8() } else { word_ends };
    let place = value_at(text, text.len() - lead.len() + skip, SHORTEST_SAID).filter(|_| said)?;
    let value = text.get(place.clone())?;
    let mixed = value.chars().any(char::is_numeric) && value.chars().any(char::is_alphabetic);
    mixed.then_some(place)
}

/// The word that begins after a place, without quotes and what ends a sentence.
fn value_at(text: &str, at: usize, shortest: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let value = rest.trim_start_matches([' ', '\t', '"', '\'', '*', '`', '«', '“']);
    let start = at + rest.len() - value.len();
    // What stands in quotes ends with them.
    let quote = match rest.get(..rest.len() - value.len()).and_then(|lead| lead.chars().next_back()) {
        Some('«') => Some('»'),
        Some('“') => Some('”'),
        Some(quote @ ('"' | '\'' | '`')) => Some(quote),
        _ => None,
    };
    let length = value.find(|c: char| c.is_whitespace() || Some(c) == quote).unwrap_or(value.len());
    let value = value.get(..length)?.trim_end_matches(['.', ',', ';', '"', '\'', '`', '»', '”', ')']);
    let place = start..start + value.len();
    (value.chars().count() >= shortest && !is_blank(value)).then_some(place)
}

/// Stars, dots and `<password>` stand for one.
fn is_blank(value: &str) -> bool {
    let first = value.chars().next();
    value.chars().all(|c| Some(c) == first) || (value.starts_with(['<', '[', '{', '$', '%']) && value.ends_with(['>', ']', '}', '%']))
}

fn is_talk(value: &str) -> bool {
    let folded = kernel::fold(value);
    let plain = folded.trim_matches(|c: char| !c.is_alphanumeric());
    TALK.contains(&plain) || WORDS.contains(&plain)
}

/// `https://name:x@host`
fn in_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let from = at + "://".len();
        let rest = text.get(from..).unwrap_or_default();
        let host = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '<' | '>' | '"')).unwrap_or(rest.len());
        let Some((person, _)) = rest.get(..host).and_then(|host| host.rsplit_once('@')) else { continue };
        let Some((name, secret)) = person.split_once(':') else { continue };
        if !secret.is_empty() && !is_blank(secret) {
            let start = from + name.len() + 1;
            found.push(start..start + secret.len());
        }
    }
    found
}
