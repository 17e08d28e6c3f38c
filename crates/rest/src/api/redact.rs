//! Taking a part of what was written, or a file, away for good.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use kernel::{Error, Id, Result as Done, TicketId};
use serde::{Deserialize, Serialize};
use ticket::actions::redact::{self as action, Redaction, Target};
use ticket::rules::redact::Part;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};

/// What is taken away: the text given, or from one letter to before another, or all of it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactIn {
    /// message title report file
    #[schema(example = "message")]
    what: String,
    /// Of a message.
    message: Option<i64>,
    /// Of a file.
    attachment: Option<i64>,
    /// Exactly this, wherever it stands in that text.
    #[schema(example = "hunter2", min_length = 3)]
    text: Option<String>,
    /// The first letter that goes, counted in Unicode code points of the source from 0.
    from: Option<usize>,
    /// The first letter after it that stays.
    to: Option<usize>,
    /// The same wherever else it stands on the ticket, such as quoted in an answer.
    #[serde(default)]
    everywhere: bool,
    /// What stands there from now on. The requester reads it where they could read the text.
    #[schema(example = "A password", min_length = 3, max_length = 500)]
    reason: String,
}

impl RedactIn {
    fn read(self) -> Done<Redaction> {
        let missing = |field: &'static str| Error::invalid(field, "error-required");
        // Whoever names a message means it: nothing else goes in its place.
        let stray = |field: &'static str, of: &str, given: Option<i64>| given.filter(|_| self.what != of).map(|_| field);
        if let Some(field) = stray("message", "message", self.message).or(stray("attachment", "file", self.attachment)) {
            return Err(Error::invalid(field, "error-choice"));
        }
        let target = match self.what.as_str() {
            "message" => Target::Message(Id::new(self.message.ok_or_else(|| missing("message"))?)),
            "title" => Target::Title,
            "report" => Target::Report,
            "file" => Target::File(Id::new(self.attachment.ok_or_else(|| missing("attachment"))?)),
            _ => return Err(Error::invalid("what", "error-choice")),
        };
        let part = match (self.text, self.from, self.to) {
            (Some(text), None, None) => Part::Text(text),
            (None, Some(from), Some(to)) => Part::Range { from, to },
            (None, None, None) => Part::Whole,
            _ => return Err(Error::invalid("from", "error-redact-range")),
        };
        Ok(Redaction { target, part, everywhere: self.everywhere, reason: self.reason })
    }
}

/// The ticket after it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RedactedOut {
    pub version: i64,
}

/// Takes a part of a message, of the title or of the report, or a file, away for good: from the desk, its
/// search and its audit chain, which stays valid. Needs `ticket.redact`
#[utoipa::path(post, path = "/api/v1/tickets/{id}/redactions", tag = "messages", operation_id = "redactTicket", request_body = RedactIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, description = "It is gone", body = RedactedOut)))]
pub async fn redact(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<RedactIn>,
) -> Result<axum::Json<RedactedOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.redact");
    let wanted = posted.body.read()?;
    let done = serve::act(&app, &viewer, &desk, "ticket.redact", key, move |tx, frame| {
        action::redact(tx, frame, id, &wanted).map(|ticket| RedactedOut { version: ticket.version })
    })
    .await?;
    Ok(axum::Json(done))
}
