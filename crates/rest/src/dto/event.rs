//! Events as JSON: what happened, by whom, why, and in words.

use events::{By, Cause};
use kernel::Time;
use serde::Serialize;
use ticket::events::{Change, Worth};
use utoipa::ToSchema;

use super::{MessageOut, Ref};

/// One property that changed: values are ids, numbers or keys; free text is told in `words`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangeOut {
    #[schema(example = "priority")]
    pub field: String,
    #[schema(value_type = Option<String>, example = "2")]
    pub from: Option<String>,
    #[schema(value_type = Option<String>, example = "3")]
    pub to: Option<String>,
}

impl ChangeOut {
    pub fn of(change: &Change) -> Self {
        let worth = |w: &Worth| match w {
            Worth::Number(n) => Some(n.to_string()),
            Worth::Key(key) => Some(key.clone()),
            Worth::Person(id) => Some(id.to_string()),
            Worth::None | Worth::Text(_) => None,
        };
        Self { field: change.field.clone(), from: worth(&change.from), to: worth(&change.to) }
    }
}

/// Something that happened to a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventOut {
    /// The place in the feed, to be passed as `cursor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "1-0-5120")]
    pub cursor: Option<String>,
    /// Its number: what one changed oneself can be taken back by it for ten minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 5120)]
    pub event: Option<i64>,
    #[schema(example = "ticket.changed")]
    pub kind: String,
    pub ticket: i64,
    /// When it happened.
    pub occurred_at: String,
    /// person system import
    #[schema(example = "person")]
    pub by: String,
    /// Absent when it is of the desk and the reader may not know who works there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Ref>,
    /// What caused it beside the person: page api rule schedule import ticket bulk field demo.
    #[schema(example = "page")]
    pub cause: String,
    pub public: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeOut>,
    /// Why it was given to somebody else: wish conflict skill absence load wrong_team other.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "wish")]
    pub handover: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageOut>,
    /// In the reader's language, a sentence for each thing that changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl EventOut {
    pub fn bare(kind: &str, ticket: i64, at: Time, by: By, cause: &Cause, public: bool) -> Self {
        let cause = match cause {
            Cause::Page => "page",
            Cause::Api { .. } => "api",
            Cause::Rule { .. } => "rule",
            Cause::Schedule { .. } => "schedule",
            Cause::Import { .. } => "import",
            Cause::Ticket { .. } => "ticket",
            Cause::Bulk { .. } => "bulk",
            Cause::Field { .. } => "field",
            Cause::Demo => "demo",
        };
        Self {
            cursor: None,
            event: None,
            kind: kind.to_owned(),
            ticket,
            occurred_at: at.to_rfc3339(),
            by: by.kind().to_owned(),
            person: None,
            cause: cause.to_owned(),
            public,
            changes: Vec::new(),
            handover: None,
            message: None,
            words: Vec::new(),
        }
    }
}
