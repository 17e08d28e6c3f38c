//! Who the people of a file are.

use super::node::{Node, Said};
use super::value::Value;

/// How a person is read from a row. First names are not unique, so the key says which columns
/// together tell one person from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRule {
    pub name: Value,
    /// Empty: the mail address if there is one, else the name.
    pub key: Vec<Said>,
    /// Names that belong to programs: nobody is made for them, and what they did was done by the import.
    pub programs: Vec<String>,
    pub title: Option<Value>,
    pub email: Option<Value>,
    pub phone: Option<Value>,
    /// The organisation the person is a member of.
    pub organisation: Option<Value>,
    pub location: Option<Value>,
    pub line: usize,
}

const KEYS: [&str; 8] = ["name", "key", "programs", "title", "email", "phone", "organisation", "location"];

impl PersonRule {
    pub(super) fn read(node: Node<'_>) -> Self {
        node.only(&KEYS);
        let name = Value::read(node, "name", &[]).unwrap_or_else(|| Value::column(node.needed("name")));
        Self {
            name,
            key: node.texts("key"),
            programs: node.texts("programs").into_iter().map(|s| s.text).collect(),
            title: Value::read(node, "title", &[]),
            email: Value::read(node, "email", &[]),
            phone: Value::read(node, "phone", &[]),
            organisation: Value::read(node, "organisation", &[]),
            location: Value::read(node, "location", &[]),
            line: node.line,
        }
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        let more = [&self.title, &self.email, &self.phone, &self.organisation, &self.location];
        std::iter::once(&self.name).chain(more.into_iter().flatten())
    }
}

/// A person of a row, by the name of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonField {
    pub person: Said,
    /// States in which the column names somebody else, such as the one who put it into a queue.
    pub unless_state: Vec<Said>,
}

impl PersonField {
    pub(super) fn read(parent: Node<'_>, key: &str) -> Option<Self> {
        if !parent.has(key) {
            return None;
        }
        if !parent.is_table(key) {
            return parent.text(key).map(|person| Self { person, unless_state: Vec::new() });
        }
        let node = parent.table(key)?;
        node.only(&["person", "unless_state"]);
        Some(Self { person: node.needed("person"), unless_state: node.texts("unless_state") })
    }
}
