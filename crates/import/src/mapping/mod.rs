//! The mapping file: what the columns of a file mean here. TOML, read strictly: an unknown key, column,
//! state or word is a mistake with its line and what may have been meant.

mod check;
mod fields;
pub(crate) mod mistake;
mod moment;
pub(crate) mod node;
mod person;
mod rules;
mod states;
mod value;

use std::collections::BTreeMap;

use kernel::OrganisationId;
use toml::de::DeTable;

pub use fields::{Fields, MessageRule, Public};
pub use mistake::{Mistake, Mistakes};
pub use moment::MomentFormat;
pub use node::Said;
pub use person::{PersonField, PersonRule};
pub use rules::{
    AfterClosed, Blank, CaseRule, FileRule, KnownCase, Later, PlaceRule, RefusedRow, TeamRule, TenantRule, TrashedCase, Unchanged,
};
pub use states::{ExtraState, extended};
pub use value::{Origin, Unmapped, Value};

/// A mapping that is sound in itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The file's name, for messages.
    pub file_name: String,
    pub sha256: String,
    /// The other system: its numbers are known by (source, number), so a second run makes nothing twice.
    pub source: String,
    pub kind: Said,
    /// Nothing: the only tenant of the installation.
    pub tenant: Option<TenantRule>,
    /// Whose they are, whatever the text says: chosen by somebody who may import for them.
    pub only: Option<OrganisationId>,
    pub file: FileRule,
    pub case: CaseRule,
    pub time: (Said, MomentFormat),
    pub later: Vec<Later>,
    /// Who did what a row tells; nothing: the import.
    pub actor: Option<Said>,
    pub persons: BTreeMap<String, PersonRule>,
    pub teams: TeamRule,
    pub organisations: PlaceRule,
    pub services: PlaceRule,
    pub locations: PlaceRule,
    pub fields: Fields,
    pub states: Vec<ExtraState>,
    pub messages: Vec<MessageRule>,
}

const KEYS: [&str; 16] = [
    "source",
    "kind",
    "tenant",
    "file",
    "case",
    "time",
    "later",
    "actor",
    "persons",
    "teams",
    "organisations",
    "services",
    "locations",
    "fields",
    "states",
    "messages",
];

impl Mapping {
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
        if let Some(mapping) = &found {
            list.extend(mapping.faults());
            list.sort_by_key(|m| m.line);
        }
        match found {
            Some(mapping) if list.is_empty() => Ok(mapping),
            _ => Err(Mistakes { file: file_name.to_owned(), list }),
        }
    }

    fn of(root: node::Node<'_>, file_name: &str, text: &str) -> Self {
        root.only(&KEYS);
        let said = root.needed("source");
        if said.text.is_empty() || said.text.len() > 60 || said.text.chars().any(char::is_whitespace) {
            root.wrong(said.line, "source: a short name without blanks, such as \"old-desk\"");
        }
        let persons = root.table("persons").map(|node| node.named()).unwrap_or_default();
        let time = root.table("time");
        if time.is_none() {
            root.wrong(1, "[time] is missing");
        }
        let time = time.map(|node| {
            node.only(&["column", "format", "zone"]);
            (node.needed("column"), MomentFormat::read(node))
        });
        Self {
            file_name: file_name.to_owned(),
            sha256: crate::input::sha256_of(text.as_bytes()),
            source: said.text,
            kind: root.needed("kind"),
            tenant: TenantRule::read(root),
            only: None,
            file: FileRule::read(root),
            case: CaseRule::read(root),
            time: time.unwrap_or_else(|| (Said { text: String::new(), line: 1 }, MomentFormat::read(root))),
            later: Later::read(root),
            actor: root.table("actor").map(|node| {
                node.only(&["person"]);
                node.needed("person")
            }),
            persons: persons.into_iter().map(|(name, node)| (name.text, PersonRule::read(node))).collect(),
            teams: TeamRule::read(root),
            organisations: PlaceRule::read(root, "organisations"),
            services: PlaceRule::read(root, "services"),
            locations: PlaceRule::read(root, "locations"),
            fields: Fields::read(root),
            states: root.tables("states").into_iter().map(ExtraState::read).collect(),
            messages: root.tables("messages").into_iter().map(MessageRule::read).collect(),
        }
    }
}
