//! The shared core of every practice: the ticket, its timeline, its workflow, its messages, links
//! and views.
//!
//! Invariants: a change of a ticket commits its row, its passages and its events in one transaction;
//! the category of a state decides whether a ticket is open, never its label; events are appended by
//! this crate's `record` module only; a list or a look-up always takes a scope.

pub mod actions;
pub mod catalogue;
pub mod chain;
pub mod choices;
pub mod custom;
pub mod erasing;
pub mod events;
pub mod fields;
pub mod jobs;
pub mod list;
pub mod live;
pub mod pace;
pub mod record;
pub mod rules;
pub mod sealing;
pub mod secrets;
pub mod serve;
pub mod store;
pub mod timeline;
pub mod trash;
pub mod why;

mod desk;
mod facts;
mod permit;
mod row;
mod standing;

pub use catalogue::{Catalogue, KindDef, StateDef, TransitionDef};
pub use choices::{Category, Channel, Direction, HandoverReason, Involvement, LinkKind, MessageKind, RatingReason};
pub use desk::{Desk, Frame, Guard};
pub use facts::facts_of;
pub use row::Ticket;

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0500_ticket", "../migrations/0500_ticket.sql"),
    db::migration!("20261122_0510_message", "../migrations/0510_message.sql"),
    db::migration!("20261122_0520_view", "../migrations/0520_view.sql"),
    db::migration!("20261122_0530_ticket_reach", "../migrations/0530_ticket_reach.sql"),
    db::migration!("20261122_0540_confidential", "../migrations/0540_confidential.sql"),
    db::migration!("20261122_0550_handover", "../migrations/0550_handover.sql"),
    db::migration!("20261122_0555_draft", "../migrations/0555_draft.sql"),
    db::migration!("20261122_0560_merge", "../migrations/0560_merge.sql"),
    db::migration!("20261122_0565_bulk", "../migrations/0565_bulk.sql"),
    db::migration!("20261122_0590_erasure", "../migrations/0590_erasure.sql"),
    db::migration!("20261122_0600_seen", "../migrations/0600_seen.sql"),
    db::migration!("20261122_0601_view_place", "../migrations/0601_view_place.sql"),
    db::migration!("20261122_0610_trash", "../migrations/0610_trash.sql"),
    db::migration!("20261122_0611_split", "../migrations/0611_split.sql"),
    db::migration!("20261123_0591_person_export", "../migrations/0591_person_export.sql"),
    db::migration!("20261123_0620_redaction", "../migrations/0620_redaction.sql"),
    db::migration!("20261123_0621_secret", "../migrations/0621_secret.sql"),
    db::migration!("20261123_0622_reference_tenant", "../migrations/0622_reference_tenant.sql"),
    db::migration!("20261123_0623_spoken", "../migrations/0623_spoken.sql"),
    db::migration!("20261123_0630_held", "../migrations/0630_held.sql"),
    db::migration!("20261124_0592_secret_field", "../migrations/0592_secret_field.sql"),
    db::migration!("20261125_0701_spent", "../migrations/0701_spent.sql"),
    db::migration!("20261125_0740_rating", "../migrations/0740_rating.sql"),
    db::migration!("20261125_0741_pace", "../migrations/0741_pace.sql"),
];
