//! One term of a question: a word, a chunk with punctuation, a number, a phrase.

use kernel::fold;

use super::{chunks, phone, stems};

/// Words of a term that count.
const MOST_WORDS: usize = 24;

/// A word that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub folded: String,
    pub stems: Vec<String>,
}

/// A term as it was typed, and all that it may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub text: String,
    pub words: Vec<Word>,
    /// The whole chunk and what it reads without its hyphens.
    pub wholes: Vec<String>,
    /// The beginning of a phone number from its end.
    pub phone: Option<String>,
    /// A number of a ticket, here or in another system.
    pub number: String,
    /// Quoted: these words in this order, as they stand.
    pub phrase: bool,
    /// Still being typed: its last word may go on.
    pub prefix: bool,
}

impl Leaf {
    /// Reads a term; none when it holds nothing that could be found.
    pub fn of(text: &str, prefix: bool) -> Option<Self> {
        let phrase = text.contains(char::is_whitespace);
        let mut words = Vec::new();
        let mut wholes: Vec<String> = Vec::new();
        for chunk in chunks(text) {
            wholes.extend(chunk.wholes());
            for part in &chunk.parts {
                let mut of_word = Vec::new();
                stems(&part.folded, part.accented.as_deref(), &mut of_word);
                words.push(Word { folded: part.folded.clone(), stems: of_word });
            }
        }
        words.truncate(MOST_WORDS);
        wholes.truncate(MOST_WORDS);
        if phrase {
            wholes.clear();
        }
        let number = fold(text.trim().trim_start_matches('#'));
        let prefix = prefix && !text.ends_with(char::is_whitespace);
        (!words.is_empty()).then(|| Self { text: text.to_owned(), words, wholes, phone: phone::asked(text), number, phrase, prefix })
    }

    /// A number that was typed in groups with blanks between them.
    pub fn phone(text: String) -> Option<Self> {
        let phone = phone::asked(&text)?;
        let words = super::analyse(&text).tokens.into_iter().filter(|t| t.form == super::Form::Word);
        let words = words.map(|t| Word { folded: t.text, stems: Vec::new() }).collect();
        Some(Self { text, words, wholes: Vec::new(), phone: Some(phone), number: String::new(), phrase: true, prefix: false })
    }

    /// The only word of a term that is one.
    pub fn single(&self) -> Option<&Word> {
        match self.words.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// How many typing errors are forgiven in its word; none in numbers and identifiers.
    pub fn forgiven(&self) -> u8 {
        match self.single() {
            Some(word) if !self.phrase && word.folded.chars().all(char::is_alphabetic) => match word.folded.chars().count() {
                0..=3 => 0,
                4..=7 => 1,
                _ => 2,
            },
            _ => 0,
        }
    }
}
