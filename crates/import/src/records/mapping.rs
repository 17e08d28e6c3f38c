//! The mapping of a file of records: which column is which field.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kernel::OrganisationId;
use toml::de::DeTable;

use super::fields::{self, Field};
use crate::error::Result;
use crate::input::{Input, Rows};
use crate::mapping::mistake::proposal;
use crate::mapping::{FileRule, Mistake, Mistakes, Said, TenantRule, node};
use crate::party::Sort;

/// A mapping that is sound in itself.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordMapping {
    pub file_name: String,
    pub sha256: String,
    /// The other system: its records are known again by (source, key).
    pub source: String,
    pub sort: Sort,
    /// Organisations, locations and parents that a row names and the desk lacks are made.
    pub create: bool,
    pub tenant: Option<TenantRule>,
    /// Whose they are, whatever the text says: chosen by somebody who may import for them.
    pub only: Option<OrganisationId>,
    pub file: FileRule,
    pub columns: BTreeMap<Field, Said>,
}

/// How mappings call the sorts.
pub const SORTS: [(&str, Sort); 5] = [
    ("people", Sort::Person),
    ("organisations", Sort::Organisation),
    ("services", Sort::Service),
    ("teams", Sort::Team),
    ("locations", Sort::Location),
];

impl RecordMapping {
    /// Whether a mapping is one of records and not of tickets.
    pub fn is_meant(text: &str) -> bool {
        DeTable::parse(text).is_ok_and(|table| table.get_ref().keys().any(|key| key.get_ref() == "records"))
    }

    /// Reads a mapping.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line.
    pub fn read(file_name: &str, text: &str) -> Result<Self, Mistakes> {
        let source = node::Source::new(text);
        let found = match DeTable::parse(text) {
            Ok(table) => Some(Self::of(node::Node::root(&source, &table), file_name, text)),
            Err(error) => {
                source.wrong(source.line(error.span().unwrap_or_default().start), error.message());
                None
            }
        };
        let mut list = source.mistakes();
        list.sort_by_key(|m| m.line);
        match found {
            Some(mapping) if list.is_empty() => Ok(mapping),
            _ => Err(Mistakes { file: file_name.to_owned(), list }),
        }
    }

    fn of(root: node::Node<'_>, file_name: &str, text: &str) -> Self {
        root.only(&["source", "records", "create", "tenant", "file", "columns"]);
        let source = root.needed("source");
        if source.text.is_empty() || source.text.len() > 60 || source.text.chars().any(char::is_whitespace) {
            root.wrong(source.line, "source: a short name without blanks, such as \"staff-list\"");
        }
        let sort = root.choice("records", &SORTS).unwrap_or(Sort::Person);
        let mut columns = BTreeMap::new();
        let table = root.table("columns");
        for (name, column) in table.map(|node| node.pairs()).unwrap_or_default() {
            let known = fields::of(sort);
            match known.iter().find(|field| field.key() == name.text) {
                Some(field) => drop(columns.insert(*field, column)),
                None => {
                    root.wrong(name.line, format!("unknown field {}{}", name.text, proposal(&name.text, known.iter().map(|f| f.key()))))
                }
            }
        }
        let named = columns.contains_key(&Field::Name) || (columns.contains_key(&Field::Given) && columns.contains_key(&Field::Family));
        if !named {
            root.wrong(table.map_or(1, |node| node.line), "[columns] name is missing");
        }
        Self {
            file_name: file_name.to_owned(),
            sha256: crate::input::sha256_of(text.as_bytes()),
            source: source.text,
            sort,
            create: root.flag("create", false),
            tenant: TenantRule::read(root),
            only: None,
            file: FileRule::read(root),
            columns,
        }
    }

    /// Whether the file has the columns that are named.
    ///
    /// # Errors
    /// Those that it has not.
    pub fn fits(&self, header: &[String]) -> Result<(), Mistakes> {
        let known = || header.iter().map(String::as_str);
        let lost = self.columns.values().chain(&self.file.ignore).filter(|said| !known().any(|name| name == said.text));
        let list: Vec<Mistake> = lost
            .map(|said| Mistake {
                line: said.line,
                message: format!("the file has no column {}{}", said.text, proposal(&said.text, known())),
            })
            .collect();
        if list.is_empty() { Ok(()) } else { Err(Mistakes { file: self.file_name.clone(), list }) }
    }

    /// The columns of the file that nothing reads and that are not left out on purpose.
    pub fn unused(&self, header: &[String]) -> Vec<String> {
        let used = |name: &String| self.columns.values().chain(&self.file.ignore).any(|said| said.text == *name);
        header.iter().filter(|name| !used(name)).cloned().collect()
    }
}

/// A mapping for a file, as far as the names of its columns tell: to be looked over and corrected.
///
/// # Errors
/// The file cannot be read.
pub fn propose(input: &Input, sort: Sort, source: &str, delimiter: u8) -> Result<String> {
    propose_as(input, sort, source, &FileRule { delimiter, ..FileRule::default() })
}

/// As [`propose`], for a file that is written in some way.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn propose_as(input: &Input, sort: Sort, source: &str, rule: &FileRule) -> Result<String> {
    let rows = Rows::open(input, rule)?;
    let header = rows.columns.names();
    let found = fields::proposed(sort, header);
    let mut out = written(sort, source, false, rule, &found);
    for field in fields::of(sort).iter().filter(|field| !found.iter().any(|(f, _)| f == *field)) {
        let _ = writeln!(out, "# {} = \"\"", field.key());
    }
    let left: Vec<&String> = header.iter().filter(|name| !name.is_empty() && !found.iter().any(|(_, column)| column == *name)).collect();
    for name in left {
        let _ = writeln!(out, "# nothing is proposed for the column {}", quoted(name));
    }
    Ok(out)
}

/// A mapping as its file has it.
pub(crate) fn written(sort: Sort, source: &str, create: bool, rule: &FileRule, columns: &[(Field, String)]) -> String {
    let word = SORTS.iter().find(|(_, s)| *s == sort).map_or("people", |(word, _)| word);
    let mut out = format!("source = {}\nrecords = \"{word}\"\n", quoted(source));
    let _ = write!(out, "# make organisations, locations and parents that the desk lacks\ncreate = {create}\n");
    let plain = FileRule::default();
    if rule.delimiter != plain.delimiter || rule.encoding != plain.encoding {
        let _ = write!(out, "\n[file]\ndelimiter = {}\n", quoted(&char::from(rule.delimiter).to_string()));
        let _ = writeln!(out, "encoding = {}", quoted(&rule.encoding.name().to_ascii_lowercase()));
    }
    out.push_str("\n[columns]\n");
    for (field, column) in columns {
        let _ = writeln!(out, "{} = {}", field.key(), quoted(column));
    }
    out
}

/// A text as TOML has it: its basic strings are written as those of JSON.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
