//! The typed events of a ticket. Payloads hold ids, numbers and keys of the configuration; what
//! people wrote stands in erasable rows and is referred to.

use kernel::{AttachmentId, MessageId, PersonId, TeamId, TextId, TicketId};
use serde::{Deserialize, Serialize};

use crate::{Category, Channel, Involvement, LinkKind, MessageKind};

/// The object name of tickets in the log.
pub const OBJECT: &str = "ticket";

/// A value before or after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    None,
    /// An id or a number.
    Number(i64),
    /// A key of the configuration.
    Key(String),
    /// Free text, in an erasable row.
    Text(TextId),
}

/// One property that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// As in the filter language and the API: `title`, `state`, `team` ...
    pub field: String,
    pub from: Worth,
    pub to: Worth,
}

/// What happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum TicketEvent {
    Created {
        kind: String,
        state: String,
        channel: Channel,
    },
    Changed {
        /// Of the ticket after the change.
        version: i64,
        changes: Vec<Change>,
        /// It was solved, closed or cancelled and is open again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reopened: bool,
        /// Its requester said that it is fixed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirmed: bool,
    },
    Message {
        message: MessageId,
        kind: MessageKind,
        public: bool,
    },
    Attached {
        attachment: AttachmentId,
        public: bool,
    },
    Involved {
        role: Involvement,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
    },
    Left {
        role: Involvement,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
    },
    Tagged {
        tag: TextId,
    },
    Untagged {
        tag: TextId,
    },
    Linked {
        link: LinkKind,
        other: TicketId,
        /// This ticket is the one the link starts from.
        outward: bool,
    },
    Unlinked {
        link: LinkKind,
        other: TicketId,
        outward: bool,
    },
    /// What a person wrote was taken away for good.
    Erased {
        messages: Vec<MessageId>,
        /// Titles and reports.
        texts: Vec<TextId>,
        files: Vec<AttachmentId>,
        /// The title that the ticket had.
        title: bool,
    },
}

impl TicketEvent {
    /// The kind in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            TicketEvent::Created { .. } => "ticket.created",
            TicketEvent::Changed { .. } => "ticket.changed",
            TicketEvent::Message { .. } => "ticket.message",
            TicketEvent::Attached { .. } => "ticket.attached",
            TicketEvent::Involved { .. } => "ticket.involved",
            TicketEvent::Left { .. } => "ticket.left",
            TicketEvent::Tagged { .. } => "ticket.tagged",
            TicketEvent::Untagged { .. } => "ticket.untagged",
            TicketEvent::Linked { .. } => "ticket.linked",
            TicketEvent::Unlinked { .. } => "ticket.unlinked",
            TicketEvent::Erased { .. } => "ticket.erased",
        }
    }
}

/// The object name of saved lists in the log.
pub const VIEW: &str = "view";

/// What happened to a saved list. Its name and its filter are what somebody wrote: they stay in its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum ViewEvent {
    /// Without person and team it is everybody's of its tenant.
    Created {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
    },
    Changed {
        /// Of the list after the change.
        version: i64,
    },
    Deleted {
        version: i64,
    },
}

impl ViewEvent {
    /// The kind in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            ViewEvent::Created { .. } => "view.created",
            ViewEvent::Changed { .. } => "view.changed",
            ViewEvent::Deleted { .. } => "view.deleted",
        }
    }
}

/// The fields whose changes a requester may read; the rest is the desk's own business.
pub const PUBLIC_FIELDS: &[&str] = &["title", "state", "assignee", "team", "resolution_code", "resolution_report"];

/// Whether a category change means that the ticket was taken up again.
pub fn reopens(from: Category, to: Category) -> bool {
    !from.is_open() && to.is_open()
}
