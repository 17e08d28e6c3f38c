//! A cell and a column, before they have the form of a file.

use std::collections::BTreeSet;

use i18n::T;
use jiff::Timestamp;
use kernel::{Error, Result, Time};
use serde_json::{Value, json};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    /// What somebody typed.
    Text(String),
    /// A key of the configuration with its words.
    Choice {
        key: String,
        label: String,
    },
    Number(i64),
    Flag(bool),
    At(Time),
    /// A record that is referred to.
    Named {
        id: i64,
        name: String,
    },
    Many(Vec<String>),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
    /// Nothing, or what `cell` makes of it.
    pub fn or<V>(value: Option<V>, cell: impl FnOnce(V) -> Self) -> Self {
        value.map_or(Cell::Empty, cell)
    }

    /// As programs read it.
    pub fn json(&self) -> Value {
        match self {
            Cell::Empty => Value::Null,
            Cell::Text(text) => json!(text),
            Cell::Choice { key, .. } => json!(key),
            Cell::Number(number) => json!(number),
            Cell::Flag(flag) => json!(flag),
            Cell::At(at) => json!(at.to_rfc3339()),
            Cell::Named { id, name } => json!({ "id": id, "name": name }),
            Cell::Many(all) => json!(all),
        }
    }
}

/// A moment as the reader's clock shows it, sortable as text.
pub fn local(t: &T, at: Time) -> String {
    let Ok(moment) = Timestamp::from_microsecond(at.0) else { return at.to_rfc3339() };
    moment.to_zoned(t.zone().clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A column that a list can have.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// As in addresses, and the head for programs.
    pub key: &'static str,
    /// The message that names it.
    pub label: &'static str,
    /// The field of the record by which roles hide it; empty for what cannot be hidden.
    pub field: &'static str,
    /// Told only to who knows the inside of some ticket.
    pub inner: bool,
}

impl Column {
    pub const fn new(key: &'static str, label: &'static str) -> Self {
        Self { key, label, field: "", inner: false }
    }
    #[must_use]
    pub const fn hidden_as(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }
    #[must_use]
    pub const fn inner(mut self) -> Self {
        self.inner = true;
        self
    }
}

/// The columns that were asked for, in that order; none asked for: all. What is hidden is as unknown as
/// what does not exist.
///
/// # Errors
/// A column is not known.
pub fn chosen(all: &[Column], asked: Option<&str>, hidden: &BTreeSet<&str>, inside: bool) -> Result<Vec<Column>> {
    let known: Vec<Column> =
        all.iter().copied().filter(|c| (inside || !c.inner) && (c.field.is_empty() || !hidden.contains(c.field))).collect();
    let asked = asked.map(str::trim).unwrap_or_default();
    if asked.is_empty() {
        return Ok(known);
    }
    let mut columns: Vec<Column> = Vec::new();
    for key in asked.split(',').map(str::trim).filter(|key| !key.is_empty()) {
        let column = known.iter().find(|c| c.key == key);
        let column = column.ok_or_else(|| Error::invalid("columns", "error-choice"))?;
        if !columns.iter().any(|c| c.key == key) {
            columns.push(*column);
        }
    }
    Ok(columns)
}
