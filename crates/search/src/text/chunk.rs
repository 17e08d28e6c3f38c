//! Chunks and words of a text, with their places in it.

use std::borrow::Cow;

use kernel::fold;

/// Bytes of a chunk that is kept whole; longer ones are found by their parts.
const LONGEST_WHOLE: usize = 96;
/// Bytes of a word that are kept.
const LONGEST_WORD: usize = 64;

/// A run of letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub folded: String,
    /// In lower case with its accents, when it has some: what the Spanish stemmer reads.
    pub accented: Option<String>,
    /// Bytes of the text.
    pub from: usize,
    pub to: usize,
}

/// What stands between blanks, without the punctuation around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    pub parts: Vec<Part>,
    /// Folded, with its inner punctuation.
    pub whole: String,
    /// Every separator is a hyphen or an apostrophe.
    hyphens: bool,
}

impl Chunk {
    /// The tokens for the whole chunk; none when it is one word.
    pub fn wholes(&self) -> impl Iterator<Item = String> + '_ {
        let several = self.parts.len() > 1 && self.whole.len() <= LONGEST_WHOLE;
        let whole = several.then(|| self.whole.clone());
        let joined = (several && self.is_joinable()).then(|| self.parts.iter().map(|p| p.folded.as_str()).collect());
        whole.into_iter().chain(joined)
    }

    /// `T.E.` is also `te`, `e-mail` also `email`.
    fn is_joinable(&self) -> bool {
        (self.parts.len() == 2 && self.hyphens) || self.parts.iter().all(|p| p.folded.chars().count() == 1)
    }
}

/// Whether a character belongs to a word: marks belong to the letter before them.
fn in_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        'А'..='я' | 'ё' | 'Ё' => true,
        _ => c.is_alphanumeric() || is_mark(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}'),
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The chunks of a text in their order.
pub fn chunks(text: &str) -> impl Iterator<Item = Chunk> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let start = from + rest.find(|c: char| !c.is_whitespace())?;
            let rest = text.get(start..)?;
            let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
            from = end;
            if let Some(chunk) = chunk(text, start, end) {
                return Some(chunk);
            }
        }
    })
}

fn chunk(text: &str, start: usize, end: usize) -> Option<Chunk> {
    let mut parts = Vec::new();
    let mut hyphens = true;
    let mut at = start;
    let mut after_word = start;
    while at < end {
        let rest = text.get(at..end)?;
        let Some(skipped) = rest.find(in_word) else { break };
        let first = at + skipped;
        let rest = text.get(first..end)?;
        let length = rest.find(|c: char| !in_word(c)).unwrap_or(rest.len());
        let last = first + length;
        if let Some(part) = part(text, first, last) {
            if !parts.is_empty() {
                hyphens &= matches!(text.get(after_word..first), Some("-" | "'" | "’" | "‑" | "–"));
            }
            parts.push(part);
            after_word = last;
        }
        at = last.max(at + 1);
    }
    let (first, last) = (parts.first()?.from, parts.last()?.to);
    let whole = if parts.len() > 1 { fold(text.get(first..last)?) } else { String::new() };
    Some(Chunk { parts, whole, hyphens })
}

fn part(text: &str, from: usize, to: usize) -> Option<Part> {
    let raw = text.get(from..to)?;
    let clean = if raw.contains('\u{ad}') { Cow::Owned(raw.replace('\u{ad}', "")) } else { Cow::Borrowed(raw) };
    let mut folded = fold(&clean);
    folded.retain(|c| c.is_ascii_alphanumeric() || c.is_alphanumeric());
    if folded.is_empty() {
        return None;
    }
    let accented = (folded.is_ascii() && !clean.is_ascii()).then(|| clean.to_lowercase());
    Some(Part { folded: cut(folded), accented, from, to })
}

fn cut(mut word: String) -> String {
    if word.len() > LONGEST_WORD {
        let end = (0..=LONGEST_WORD).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
        word.truncate(end);
    }
    word
}
