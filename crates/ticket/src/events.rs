//! The typed events of a ticket. Payloads hold ids, numbers and keys of the configuration; what
//! people wrote stands in erasable rows and is referred to.

use kernel::{AttachmentId, MessageId, PersonId, TeamId, TextId, TicketId, Time};
use serde::{Deserialize, Serialize};

use crate::rules::secrets::SecretKind;
use crate::{Category, Channel, HandoverReason, Involvement, LinkKind, MessageKind};

/// The object name of tickets in the log.
pub const OBJECT: &str = "ticket";

/// A value before or after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    None,
    /// An id or a number.
    Number(i64),
    /// A key of the configuration, or several with commas between them.
    Key(String),
    /// Of a custom field: somebody.
    Person(PersonId),
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

/// Why a ticket was given to somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    pub reason: HandoverReason,
    /// More of it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<TextId>,
}

/// When a ticket had ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub resolved_at: Option<Time>,
    pub closed_at: Option<Time>,
    pub close_due_at: Time,
}

/// Of what something was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redacted {
    Message,
    Title,
    Report,
    File,
}

/// What was done about a task of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskDeed {
    /// A checklist came to the ticket; the task is its number.
    Listed,
    Unlisted,
    Added,
    Changed,
    /// Somebody else, or nobody, has it now.
    Given,
    /// Whose it is said that it was received.
    Accepted,
    Done,
    /// It is to be done after all.
    Reopened,
    Removed,
}

/// What was done about the time that a ticket took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeDeed {
    Added,
    Changed,
    Removed,
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
        /// Why it went to somebody else, when that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handover: Option<Handover>,
        /// The event of one's own that this takes back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<i64>,
        /// When it had ended, if another state follows upon an end: what taking it back restores.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended: Option<Ended>,
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
    /// Somebody who did not see the confidential ticket had themselves named on it.
    Unsealed {
        person: PersonId,
        reason: TextId,
    },
    /// One ticket goes on as part of another.
    Merged {
        other: TicketId,
        /// The other one goes on in this one.
        inward: bool,
    },
    Unmerged {
        other: TicketId,
        inward: bool,
    },
    /// Messages of one ticket became another.
    Split {
        other: TicketId,
        /// This is the one that was made.
        inward: bool,
    },
    Unsplit {
        other: TicketId,
        inward: bool,
    },
    /// Moved to the trash.
    Trashed {},
    /// Brought back from the trash.
    Restored {},
    /// What a person wrote was taken away for good.
    Erased {
        messages: Vec<MessageId>,
        /// Titles, reports, reasons, and what stood in custom fields.
        texts: Vec<TextId>,
        files: Vec<AttachmentId>,
        /// Custom fields, by their keys.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<String>,
        /// The title that the ticket had.
        title: bool,
    },
    /// A part of what was written, or a file, was taken away for good.
    Redacted {
        what: Redacted,
        /// Whose bodies are others now.
        messages: Vec<MessageId>,
        texts: Vec<TextId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<String>,
        files: Vec<AttachmentId>,
        title: bool,
        reason: TextId,
    },
    /// Somebody read what was masked.
    Revealed {
        /// Its place among the secrets of the ticket.
        secret: i64,
        kind: SecretKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
        reason: TextId,
    },
    /// A task or a checklist of the ticket.
    Task {
        task: i64,
        deed: TaskDeed,
        title: TextId,
        /// Who has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
        /// What was answered, in words or as a number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<TextId>,
    },
    /// Time that somebody spent on the ticket.
    Timed {
        entry: i64,
        deed: TimeDeed,
        minutes: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<TextId>,
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
            TicketEvent::Unsealed { .. } => "ticket.unsealed",
            TicketEvent::Merged { .. } => "ticket.merged",
            TicketEvent::Unmerged { .. } => "ticket.unmerged",
            TicketEvent::Split { .. } => "ticket.split",
            TicketEvent::Unsplit { .. } => "ticket.unsplit",
            TicketEvent::Trashed {} => "ticket.trashed",
            TicketEvent::Restored {} => "ticket.restored",
            TicketEvent::Erased { .. } => "ticket.erased",
            TicketEvent::Redacted { .. } => "ticket.redacted",
            TicketEvent::Revealed { .. } => "ticket.revealed",
            TicketEvent::Task { .. } => "ticket.task",
            TicketEvent::Timed { .. } => "ticket.timed",
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

/// The object name of what is done to several tickets at once in the log.
pub const BULK: &str = "bulk";

/// What somebody did to several tickets at once: the one entry for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum BulkEvent {
    Started {
        tickets: usize,
        /// Which properties it names.
        fields: Vec<String>,
    },
    Undone {},
}

impl BulkEvent {
    /// The kind in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            BulkEvent::Started { .. } => "bulk.started",
            BulkEvent::Undone {} => "bulk.undone",
        }
    }
}

/// The fields whose changes a requester may read; the rest is the desk's own business.
pub const PUBLIC_FIELDS: &[&str] = &["title", "state", "assignee", "team", "resolution_code", "resolution_report", "confidential"];

/// Whether a category change means that the ticket was taken up again.
pub fn reopens(from: Category, to: Category) -> bool {
    !from.is_open() && to.is_open()
}
