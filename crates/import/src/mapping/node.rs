//! A TOML table that is read key by key, collecting what is wrong with its line.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Mistake, proposal};

/// A text of the file with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub line: usize,
}

/// The file that is read, and what was found wrong so far.
pub(crate) struct Source<'a> {
    text: &'a str,
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, mistakes: RefCell::default() }
    }
    pub fn line(&self, at: usize) -> usize {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
    pub fn wrong(&self, line: usize, message: impl Into<String>) {
        self.mistakes.borrow_mut().push(Mistake { line, message: message.into() });
    }
    pub fn mistakes(self) -> Vec<Mistake> {
        let mut list = self.mistakes.into_inner();
        list.sort_by_key(|m| m.line);
        list.dedup();
        list
    }
}

/// One table of the file.
#[derive(Clone, Copy)]
pub(crate) struct Node<'r> {
    source: &'r Source<'r>,
    table: &'r DeTable<'r>,
    pub line: usize,
}

impl<'r> Node<'r> {
    pub fn root(source: &'r Source<'r>, table: &'r Spanned<DeTable<'r>>) -> Self {
        Self { source, table: table.get_ref(), line: 1 }
    }

    pub fn wrong(&self, line: usize, message: impl Into<String>) {
        self.source.wrong(line, message);
    }

    /// Says of every other key that it is unknown.
    pub fn only(&self, known: &[&str]) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                self.wrong(self.source.line(key.span().start), format!("unknown key {name}{}", proposal(name, known.iter().copied())));
            }
        }
    }

    fn entry(&self, key: &str) -> Option<(&'r DeValue<'r>, usize)> {
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key)?;
        Some((value.get_ref(), self.source.line(name.span().start)))
    }
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }
    pub fn is_table(&self, key: &str) -> bool {
        matches!(self.entry(key), Some((DeValue::Table(_), _)))
    }
    pub fn is_array(&self, key: &str) -> bool {
        matches!(self.entry(key), Some((DeValue::Array(_), _)))
    }
    fn mistyped(&self, key: &str, line: usize, wanted: &str) {
        self.wrong(line, format!("{key}: {wanted} is expected"));
    }

    pub fn text(&self, key: &str) -> Option<Said> {
        let (value, line) = self.entry(key)?;
        match value {
            DeValue::String(text) => Some(Said { text: text.to_string(), line }),
            _ => {
                self.mistyped(key, line, "a text in quotes");
                None
            }
        }
    }

    /// A text that must be there.
    pub fn needed(&self, key: &str) -> Said {
        if !self.has(key) {
            self.wrong(self.line, format!("{key} is missing"));
        }
        self.text(key).unwrap_or(Said { text: String::new(), line: self.line })
    }

    pub fn flag(&self, key: &str, unsaid: bool) -> bool {
        match self.entry(key) {
            None => unsaid,
            Some((DeValue::Boolean(truth), _)) => *truth,
            Some((_, line)) => {
                self.mistyped(key, line, "true or false");
                unsaid
            }
        }
    }

    pub fn number(&self, key: &str) -> Option<(i64, usize)> {
        let (value, line) = self.entry(key)?;
        let number = match value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.mistyped(key, line, "a whole number");
        }
        number.map(|n| (n, line))
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&self, key: &str) -> Vec<Said> {
        let Some((value, line)) = self.entry(key) else { return Vec::new() };
        match value {
            DeValue::String(text) => vec![Said { text: text.to_string(), line }],
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| {
                    let line = self.source.line(item.span().start);
                    if let DeValue::String(text) = item.get_ref() {
                        return Some(Said { text: text.to_string(), line });
                    }
                    self.mistyped(key, line, "a list of texts");
                    None
                })
                .collect(),
            _ => {
                self.mistyped(key, line, "a list of texts");
                Vec::new()
            }
        }
    }

    /// One of fixed words.
    pub fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let said = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == said.text).map(|(_, value)| *value);
        if found.is_none() {
            self.wrong(said.line, format!("{key}: unknown value {}{}", said.text, proposal(&said.text, words.iter().map(|w| w.0))));
        }
        found
    }

    pub fn table(&self, key: &str) -> Option<Node<'r>> {
        let (value, line) = self.entry(key)?;
        match value {
            DeValue::Table(table) => Some(Node { source: self.source, table, line }),
            _ => {
                self.mistyped(key, line, "a table");
                None
            }
        }
    }

    pub fn tables(&self, key: &str) -> Vec<Node<'r>> {
        let Some((value, line)) = self.entry(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.mistyped(key, line, "a list of tables");
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            let line = self.source.line(item.span().start);
            match item.get_ref() {
                DeValue::Table(table) => found.push(Node { source: self.source, table, line }),
                _ => self.mistyped(key, line, "a list of tables"),
            }
        }
        found
    }

    /// The tables below this one by their names.
    pub fn named(&self) -> Vec<(Said, Node<'r>)> {
        let keys = self.table.keys();
        keys.filter_map(|key| {
            let name = Said { text: key.get_ref().to_string(), line: self.source.line(key.span().start) };
            self.table(&name.text).map(|node| (name, node))
        })
        .collect()
    }

    /// The keys of the table.
    pub fn keys(&self) -> Vec<String> {
        self.table.keys().map(|key| key.get_ref().to_string()).collect()
    }

    /// Keys and texts of a table that holds nothing else.
    pub fn pairs(&self) -> Vec<(Said, Said)> {
        let keys = self.table.keys();
        keys.filter_map(|key| {
            let name = Said { text: key.get_ref().to_string(), line: self.source.line(key.span().start) };
            self.text(&name.text).map(|value| (name, value))
        })
        .collect()
    }
}
