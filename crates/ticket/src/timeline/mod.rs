//! Reading what happened to a ticket, and putting it into words.

mod changes;
mod known;
mod page;
mod read;
mod undo;
mod words;

pub use changes::{Theirs, changes_since};
pub use known::{Reader, known, knows};
pub use page::page;
pub use read::{Entry, Timeline, What, read};
pub use undo::{UNDO_WITHIN, can_be_undone, undoable};
pub use words::{Words, field_label, handover_label, mark_label, rating_reason_label, redaction_line, secret_label, secret_line};
