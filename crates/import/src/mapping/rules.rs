//! The parts of a mapping beside its fields.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251, WINDOWS_1252};
use kernel::Lang;
use ticket::Channel;

use super::node::{Node, Said};
use super::value::Value;

/// Whose tickets they become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantRule {
    pub name: Said,
    /// Make it when there is none of that name.
    pub create: bool,
}

impl TenantRule {
    pub(crate) fn read(root: Node<'_>) -> Option<Self> {
        let node = root.table("tenant")?;
        node.only(&["name", "create"]);
        Some(Self { name: node.needed("name"), create: node.flag("create", false) })
    }
}

/// How the file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRule {
    pub delimiter: u8,
    pub encoding: &'static Encoding,
    /// Columns that are left out on purpose.
    pub ignore: Vec<Said>,
}

impl Default for FileRule {
    fn default() -> Self {
        Self { delimiter: b',', encoding: UTF_8, ignore: Vec::new() }
    }
}

impl FileRule {
    pub(crate) fn read(root: Node<'_>) -> Self {
        let unsaid = Self::default();
        let Some(node) = root.has("file").then(|| root.table("file")).flatten() else { return unsaid };
        node.only(&["format", "delimiter", "encoding", "ignore"]);
        node.choice("format", &[("csv", ()), ("xlsx", ())]);
        let delimiter = node.text("delimiter").map_or(unsaid.delimiter, |said| match said.text.as_bytes() {
            [byte] if byte.is_ascii() => *byte,
            _ => {
                node.wrong(said.line, "delimiter: one character, such as \",\", \";\" or \"\\t\"");
                b','
            }
        });
        let encoding = node.choice("encoding", &[("utf-8", UTF_8), ("windows-1252", WINDOWS_1252), ("windows-1251", WINDOWS_1251)]);
        Self { delimiter, encoding: encoding.unwrap_or(UTF_8), ignore: node.texts("ignore") }
    }
}

/// What a row does to a case that was closed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterClosed {
    /// It is history as any other: the ticket is open again.
    Apply,
    Refuse,
}

/// What becomes of a row that changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchanged {
    /// An event without changes: somebody was at it at that moment.
    Record,
    Refuse,
}

/// What becomes of a number of the source that the desk has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownCase {
    /// Its rows are refused.
    Refuse,
    /// Rows that are newer than what was imported go on with it; the others are refused.
    Continue,
}

/// What an empty cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// That there is none: a row says everything of its ticket.
    Clear,
    /// Nothing: a row says what it names, as those of a history do.
    Keep,
}

/// What becomes of newer rows of a ticket that is in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrashedCase {
    /// They are refused.
    Refuse,
    /// It is brought back first.
    Restore,
}

/// How far a refused row reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedRow {
    /// The rest of its case is imported.
    Row,
    /// A history with a gap is not wanted: the whole case is refused.
    Case,
}

/// How rows make cases, and what a case begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRule {
    /// The number of the case in the other system; rows with the same one are one case.
    pub number: Said,
    pub title: Option<Value>,
    pub description: Option<Value>,
    pub channel: Channel,
    pub lang: Lang,
    pub after_closed: AfterClosed,
    pub unchanged: Unchanged,
    pub refused_row: RefusedRow,
    pub known: KnownCase,
    pub trashed: TrashedCase,
    pub blank: Blank,
}

const KEYS: [&str; 11] =
    ["number", "title", "description", "channel", "lang", "after_closed", "unchanged", "refused_row", "known", "trashed", "blank"];

impl CaseRule {
    pub(super) fn read(root: Node<'_>) -> Self {
        if !root.has("case") {
            root.wrong(1, "[case] is missing");
        }
        let node = root.has("case").then(|| root.table("case")).flatten();
        let Some(node) = node else { return Self::empty() };
        node.only(&KEYS);
        let title = Value::read(node, "title", &[]);
        if title.is_none() {
            node.wrong(node.line, "title is missing");
        }
        let channels: Vec<(&str, Channel)> = Channel::ALL.iter().map(|c| (c.key(), *c)).collect();
        let langs = Lang::ALL.map(|lang| (lang.tag(), lang));
        Self {
            number: node.needed("number"),
            title,
            description: Value::read(node, "description", &[]),
            channel: node.choice("channel", &channels).unwrap_or(Channel::Import),
            lang: node.choice("lang", &langs).unwrap_or_default(),
            after_closed: node
                .choice("after_closed", &[("apply", AfterClosed::Apply), ("refuse", AfterClosed::Refuse)])
                .unwrap_or(AfterClosed::Apply),
            unchanged: node
                .choice("unchanged", &[("record", Unchanged::Record), ("refuse", Unchanged::Refuse)])
                .unwrap_or(Unchanged::Record),
            refused_row: node.choice("refused_row", &[("row", RefusedRow::Row), ("case", RefusedRow::Case)]).unwrap_or(RefusedRow::Row),
            known: node.choice("known", &[("refuse", KnownCase::Refuse), ("continue", KnownCase::Continue)]).unwrap_or(KnownCase::Refuse),
            trashed: node
                .choice("trashed", &[("refuse", TrashedCase::Refuse), ("restore", TrashedCase::Restore)])
                .unwrap_or(TrashedCase::Refuse),
            blank: node.choice("blank", &[("clear", Blank::Clear), ("keep", Blank::Keep)]).unwrap_or(Blank::Clear),
        }
    }

    fn empty() -> Self {
        Self {
            number: Said { text: String::new(), line: 1 },
            title: None,
            description: None,
            channel: Channel::Import,
            lang: Lang::default(),
            after_closed: AfterClosed::Apply,
            unchanged: Unchanged::Record,
            refused_row: RefusedRow::Row,
            known: KnownCase::Refuse,
            trashed: TrashedCase::Refuse,
            blank: Blank::Clear,
        }
    }
}

/// A further moment of the same row: exports with one row per ticket have a column for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    pub column: Said,
    pub state: Said,
    /// Who did it; nothing: the import.
    pub actor: Option<Said>,
}

impl Later {
    pub(super) fn read(root: Node<'_>) -> Vec<Self> {
        let read = |node: Node<'_>| {
            node.only(&["column", "state", "actor"]);
            Self { column: node.needed("column"), state: node.needed("state"), actor: node.text("actor") }
        };
        root.tables("later").into_iter().map(read).collect()
    }
}

/// Teams that are not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRule {
    pub create: bool,
    /// The support line of a team whose name ends so; the first that fits.
    pub suffixes: Vec<(String, i64)>,
    pub line: i64,
    pub note: Option<Value>,
}

impl TeamRule {
    pub(super) fn read(root: Node<'_>) -> Self {
        let unsaid = Self { create: true, suffixes: Vec::new(), line: 1, note: None };
        let Some(node) = root.has("teams").then(|| root.table("teams")).flatten() else { return unsaid };
        node.only(&["create", "line", "lines", "note"]);
        let line_of = |node: Node<'_>| {
            let (line, at) = node.number("line").unwrap_or((1, node.line));
            if !(1..=3).contains(&line) {
                node.wrong(at, "line: the support lines are 1, 2 and 3");
            }
            line
        };
        let suffix = |node: Node<'_>| {
            node.only(&["suffix", "line"]);
            (node.needed("suffix").text, line_of(node))
        };
        Self {
            create: node.flag("create", true),
            suffixes: node.tables("lines").into_iter().map(suffix).collect(),
            line: line_of(node),
            note: Value::read(node, "note", &[]),
        }
    }

    /// The support line of a team by its name.
    pub fn line_of(&self, name: &str) -> i64 {
        self.suffixes.iter().find(|(suffix, _)| name.ends_with(suffix.as_str())).map_or(self.line, |(_, line)| *line)
    }
}

/// Organisations, services or locations that are not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRule {
    pub create: bool,
    /// Made below this one, which is made, too.
    pub parent: Option<String>,
}

impl PlaceRule {
    pub(super) fn read(root: Node<'_>, key: &str) -> Self {
        let Some(node) = root.has(key).then(|| root.table(key)).flatten() else { return Self { create: true, parent: None } };
        node.only(&["create", "parent"]);
        Self { create: node.flag("create", true), parent: node.text("parent").map(|said| said.text) }
    }
}
