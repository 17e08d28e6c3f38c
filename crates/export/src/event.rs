//! What the log tells of a file: who took which list, by which fields it was narrowed, how far it came.

use access::Actor;
use db::Tx;
use events::{Act, Draft, Visibility, append};
use kernel::Result;
use serde::Serialize;

/// The object name of exports in the log.
pub const OBJECT: &str = "export";

/// What happened. The filter itself may hold names: the log keeps the fields that it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum ExportEvent {
    Started {
        list: &'static str,
        format: &'static str,
        columns: Vec<String>,
        filter: Vec<String>,
    },
    /// It was sent to its end.
    Finished {
        /// The event of its start.
        started: i64,
        rows: i64,
    },
}

impl ExportEvent {
    /// The kind in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            ExportEvent::Started { .. } => "export.started",
            ExportEvent::Finished { .. } => "export.finished",
        }
    }
    /// The message that tells it.
    pub const fn label(&self) -> &'static str {
        match self {
            ExportEvent::Started { .. } => "event-export-started",
            ExportEvent::Finished { .. } => "event-export-finished",
        }
    }
}

/// Writes it down; answers its sequence.
pub fn record(tx: &mut Tx<'_>, act: &Act, actor: &Actor, event: &ExportEvent) -> Result<i64> {
    let draft = Draft {
        tenant: actor.tenant.raw(),
        object: OBJECT,
        object_id: 0,
        kind: event.kind(),
        visibility: Visibility::Administrative,
        payload: event,
    };
    append(tx, act, &draft)
}
