//! Search over REST. What a reader may not know is absent from an answer.

pub mod find;
pub mod similar;

use axum::Extension;
use serde::Serialize;
use std::sync::Arc;
use ticket::{Catalogue, Desk, Ticket};
use utoipa::ToSchema;

use crate::Search;
use crate::text::mark::Piece;

pub(crate) type DeskRef = Extension<Arc<Desk>>;
pub(crate) type SearchRef = Extension<Search>;

/// A piece of a text; put together they are the text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PieceOut {
    #[schema(example = "printer")]
    pub text: String,
    /// It is what was looked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
}

impl From<Piece> for PieceOut {
    fn from(piece: Piece) -> Self {
        Self { text: piece.text, marked: piece.marked }
    }
}

/// What a hit tells of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TicketFacts {
    /// The number with the prefix of its kind.
    #[schema(example = "INC-48213")]
    pub number: String,
    #[schema(example = "incident")]
    pub kind: String,
    /// Absent with category and open when a role hides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// new active waiting held resolved closed cancelled
    #[schema(example = "active")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// low medium high urgent
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub updated_at: String,
}

impl TicketFacts {
    pub(crate) fn of(catalogue: &Catalogue, t: &Ticket, inner: bool, hidden: &std::collections::BTreeSet<&str>) -> Self {
        let prefix = catalogue.kind(t.tenant, &t.kind).map_or("", |kind| kind.prefix.as_str());
        let told = !hidden.contains("state");
        let priority = (inner && !hidden.contains("priority")).then(|| ticket::fields::grade_key("priority", t.priority).to_owned());
        Self {
            number: format!("{prefix}-{}", t.id),
            kind: t.kind.clone(),
            state: told.then(|| t.state.clone()),
            category: told.then(|| t.category.key().to_owned()),
            open: told.then(|| t.is_open()),
            priority,
            created_at: t.created_at.to_rfc3339(),
            updated_at: t.updated_at.to_rfc3339(),
        }
    }
}
