//! Where a value comes from, and what the words of the other system mean here.

use std::collections::BTreeMap;

use super::node::{Node, Said};
use crate::input::Record;

/// A value of a row: columns, a template or a constant, by way of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    pub from: Origin,
    /// What each value of the file means; without entries it means itself.
    table: BTreeMap<Vec<String>, Said>,
    unknown: Unknown,
    /// Stands for unknown values and for missing ones.
    default: Option<Said>,
    /// Only what the table has may be, also when it has nothing.
    closed: bool,
    /// Values that mean "nothing".
    empty: Vec<String>,
    pub line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Columns(Vec<Said>),
    Template(Template),
    Constant(Said),
}

/// What happens to a value that the table does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknown {
    Refuse,
    Keep,
    Empty,
}

/// A value that the mapping does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmapped(pub String);

const KEYS: [&str; 9] = ["column", "columns", "template", "constant", "values", "default", "otherwise", "empty", "unsaid"];

impl Value {
    /// The value at a key: a text names a column, a table says more. `more` are keys of the caller.
    pub(super) fn read(parent: Node<'_>, key: &str, more: &[&str]) -> Option<Self> {
        if !parent.has(key) {
            return None;
        }
        if parent.is_table(key) {
            return parent.table(key).map(|node| Self::of(node, more));
        }
        parent.text(key).map(Self::column)
    }

    pub(super) fn column(column: Said) -> Self {
        let line = column.line;
        Self {
            from: Origin::Columns(vec![column]),
            table: BTreeMap::new(),
            unknown: Unknown::Refuse,
            default: None,
            closed: false,
            empty: Vec::new(),
            line,
        }
    }

    fn of(node: Node<'_>, more: &[&str]) -> Self {
        node.only(&[&KEYS[..], more].concat());
        let given: Vec<&str> = KEYS[..4].iter().copied().filter(|key| node.has(key)).collect();
        if given.len() != 1 {
            node.wrong(node.line, "exactly one of column, columns, template and constant is needed");
        }
        let from = match given.first().copied() {
            Some("columns") => Origin::Columns(node.texts("columns")),
            Some("template") => Origin::Template(Template::read(node, node.needed("template"))),
            Some("constant") => Origin::Constant(node.needed("constant")),
            Some(_) => Origin::Columns(vec![node.needed("column")]),
            None => Origin::Columns(Vec::new()),
        };
        let unknown = node.choice("otherwise", &[("refuse", Unknown::Refuse), ("keep", Unknown::Keep), ("empty", Unknown::Empty)]);
        let default = node.text("default");
        if let (Some(_), Some(said)) = (unknown, &default) {
            node.wrong(said.line, "default and otherwise exclude each other");
        }
        // Words of the file of which nothing is said yet: for whoever looks the mapping over.
        node.texts("unsaid");
        let empty = node.texts("empty").into_iter().map(|s| s.text).collect();
        let closed = node.has("values") && unknown.is_none();
        Self { table: table(node, &from), from, unknown: unknown.unwrap_or(Unknown::Refuse), default, closed, empty, line: node.line }
    }

    /// The columns it reads.
    pub fn columns(&self) -> Vec<&Said> {
        match &self.from {
            Origin::Columns(columns) => columns.iter().collect(),
            Origin::Template(template) => template.columns().collect(),
            Origin::Constant(_) => Vec::new(),
        }
    }

    /// Everything it may come out as, when that is known: to be checked before any row is read.
    pub fn targets(&self) -> Vec<&Said> {
        let constant = if let Origin::Constant(said) = &self.from { Some(said) } else { None };
        let mapped = self.table.values().filter(|said| !said.text.is_empty());
        mapped.chain(&self.default).chain(constant.filter(|_| self.table.is_empty())).collect()
    }

    /// The value of a row; nothing when it is empty there.
    ///
    /// # Errors
    /// The table does not know it.
    pub fn of_row(&self, row: Record<'_>) -> Result<Option<String>, Unmapped> {
        let parts: Vec<String> = match &self.from {
            Origin::Columns(columns) => columns.iter().map(|c| row.get(&c.text).to_owned()).collect(),
            Origin::Template(template) => vec![template.fill(row)],
            Origin::Constant(said) => vec![said.text.clone()],
        };
        if parts.iter().all(|part| part.is_empty() || self.empty.contains(part)) {
            return Ok(self.default.as_ref().map(|said| said.text.clone()));
        }
        if self.table.is_empty() && self.unknown != Unknown::Empty && !self.closed {
            return Ok(Some(parts.join(" ")));
        }
        match (self.table.get(&parts), &self.default, self.unknown) {
            (Some(said), _, _) => Ok(Some(said.text.clone()).filter(|text| !text.is_empty())),
            (None, Some(default), _) => Ok(Some(default.text.clone())),
            (None, None, Unknown::Keep) => Ok(Some(parts.join(" "))),
            (None, None, Unknown::Empty) => Ok(None),
            (None, None, Unknown::Refuse) => Err(Unmapped(parts.join(" / "))),
        }
    }
}

fn table(node: Node<'_>, from: &Origin) -> BTreeMap<Vec<String>, Said> {
    let mut found = BTreeMap::new();
    let mut put = |from: Vec<String>, to: Said| {
        let line = to.line;
        if found.insert(from.clone(), to).is_some() {
            node.wrong(line, format!("{} is mapped twice", from.join(" / ")));
        }
    };
    let parts = if let Origin::Columns(columns) = from { columns.len() } else { 1 };
    if node.is_array("values") {
        for entry in node.tables("values") {
            entry.only(&["from", "to"]);
            let from: Vec<String> = entry.texts("from").into_iter().map(|s| s.text).collect();
            if from.len() != parts {
                node.wrong(entry.line, format!("from has {} parts where {parts} are read", from.len()));
            }
            put(from, entry.needed("to"));
        }
    } else if let Some(values) = node.has("values").then(|| node.table("values")).flatten() {
        if parts != 1 {
            node.wrong(values.line, "several columns need values = [{ from = [..], to = \"..\" }]");
        }
        for (from, to) in values.pairs() {
            put(vec![from.text], to);
        }
    }
    found
}

/// A text with columns in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Column(Said),
}

impl Template {
    pub(super) fn read(node: Node<'_>, said: Said) -> Self {
        let mut pieces = Vec::new();
        let mut rest = said.text.as_str();
        while let Some((text, after)) = rest.split_once('{') {
            pieces.push(Piece::Text(text.to_owned()));
            let Some((column, after)) = after.split_once('}') else {
                node.wrong(said.line, "a brace is not closed");
                return Self(pieces);
            };
            pieces.push(Piece::Column(Said { text: column.to_owned(), line: said.line }));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self(pieces)
    }

    pub fn columns(&self) -> impl Iterator<Item = &Said> {
        self.0.iter().filter_map(|piece| if let Piece::Column(said) = piece { Some(said) } else { None })
    }

    /// The text for a row; empty when every column in it is empty.
    pub fn fill(&self, row: Record<'_>) -> String {
        if self.columns().next().is_some() && self.columns().all(|c| row.get(&c.text).is_empty()) {
            return String::new();
        }
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Column(column) => out.push_str(row.get(&column.text)),
            }
        }
        out.trim().to_owned()
    }
}
