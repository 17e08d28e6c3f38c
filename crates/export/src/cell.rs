//! A cell and a column, before they have the form of a file.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use i18n::T;
use jiff::Timestamp;
use kernel::{Error, Result, Time};
use serde_json::{Value, json};
use settings::field::{Audience, FieldDef, Object};

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
    /// Chosen of a list: keys with their words.
    Chosen(Vec<(String, String)>),
    /// A number with decimals, as `-12.50`.
    Decimal(String),
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
            Cell::Chosen(all) => json!(all.iter().map(|(key, _)| key).collect::<Vec<_>>()),
            Cell::Decimal(number) => json!(number),
        }
    }
}

/// A moment as the reader's clock shows it, sortable as text.
pub fn local(t: &T, at: Time) -> String {
    let Ok(moment) = Timestamp::from_microsecond(at.0) else { return at.to_rfc3339() };
    moment.to_zoned(t.zone().clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// What was chosen of a list, as a sentence of keys or of words.
pub fn sentence(chosen: &[(String, String)], machine: bool) -> String {
    let words: Vec<&str> = chosen.iter().map(|(key, label)| if machine { key.as_str() } else { label.as_str() }).collect();
    words.join(", ")
}

/// A column that a list can have.
#[derive(Debug, Clone)]
pub struct Column {
    /// As in addresses, and the head for programs.
    pub key: Cow<'static, str>,
    /// The message that names it.
    label: &'static str,
    /// See [`Column::field`].
    field: &'static str,
    /// Told only to who knows the inside of some ticket.
    pub inner: bool,
    /// A custom field.
    pub own: Option<Arc<FieldDef>>,
}

impl Column {
    pub const fn new(key: &'static str, label: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), label, field: "", inner: false, own: None }
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

    /// The field of the record by which roles hide it; empty for what cannot be hidden.
    pub fn field(&self) -> &str {
        if self.own.is_some() { &self.key } else { self.field }
    }

    /// That of a custom field.
    pub fn own(def: &Arc<FieldDef>) -> Self {
        let inner = def.object == Object::Ticket && def.audience == Audience::Desk;
        Self { key: Cow::Owned(def.property()), label: "", field: "", inner, own: Some(Arc::clone(def)) }
    }

    /// Its head for people.
    pub fn head(&self, t: &T) -> String {
        self.own.as_ref().map_or_else(|| t.msg(self.label).into_owned(), |def| def.names.get(t.lang()).to_owned())
    }
}

/// The columns that were asked for, in that order; none asked for: all. What is hidden is as unknown as
/// what does not exist.
///
/// # Errors
/// A column is not known.
pub fn chosen(all: Vec<Column>, asked: Option<&str>, hidden: &BTreeSet<&str>, inside: bool) -> Result<Vec<Column>> {
    let open = |c: &Column| (inside || !c.inner) && (c.field().is_empty() || !hidden.contains(c.field()));
    let known: Vec<Column> = all.into_iter().filter(open).collect();
    let asked = asked.map(str::trim).unwrap_or_default();
    if asked.is_empty() {
        return Ok(known);
    }
    let mut columns: Vec<Column> = Vec::new();
    for key in asked.split(',').map(str::trim).filter(|key| !key.is_empty()) {
        let column = known.iter().find(|c| c.key == key);
        let column = column.ok_or_else(|| Error::invalid("columns", "error-choice"))?;
        if !columns.iter().any(|c| c.key == key) {
            columns.push(column.clone());
        }
    }
    Ok(columns)
}
