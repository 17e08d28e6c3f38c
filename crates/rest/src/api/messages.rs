//! Replies, notes and calls.

use api_kit::{List, PageParams, Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, MessageId, TicketId};
use party::Wanted;
use serde::{Deserialize, Serialize};
use ticket::actions::post::{self as action, Post};
use ticket::secrets::Found;
use ticket::store::secret::Secret;
use ticket::{Channel, Direction, MessageKind, serve, store};
use utoipa::ToSchema;
use web_kit::{App, Path, Query, Result, Viewer};

use super::change::PatchIn;
use super::{DeskRef, asker};
use crate::dto::MessageOut;

/// The messages of a ticket that the reader may see, oldest first.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/messages", tag = "messages", operation_id = "listMessages",
    params(("id" = i64, Path, description = "The ticket's number"), PageParams), responses((status = 200, body = List<MessageOut>)))]
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    Query(params): Query<PageParams>,
) -> Result<axum::Json<List<MessageOut>>> {
    let page = serve::read(&app, &viewer, &desk, "api.messages", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        let page = store::message::page(rd, id, seen.inner, &params.into())?;
        let mut wanted = Wanted::default();
        for message in &page.rows {
            wanted.person(message.author);
        }
        let ids: Vec<MessageId> = page.rows.iter().map(|message| message.id).collect();
        let redactions = store::redaction::of_messages(rd, &ids)?;
        for redaction in &redactions {
            wanted.person(redaction.by);
        }
        let names = wanted.load(rd)?;
        Ok(page.map(|m| MessageOut::of(&m, &names, &redactions, frame.actor, &seen.ticket)))
    })
    .await?;
    Ok(axum::Json(List::of(page, |m| m)))
}

/// What is written.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageIn {
    /// reply note call
    #[schema(example = "reply")]
    kind: String,
    /// Markdown.
    #[schema(example = "Could you restart it once?", max_length = 200000)]
    body: String,
    /// Of a call: the requester may read it.
    #[serde(default)]
    public: bool,
    /// Of a call: in or out.
    direction: Option<String>,
    #[schema(minimum = 0, maximum = 86400)]
    #[serde(default, deserialize_with = "api_kit::between::<0, 86_400, _>")]
    seconds: Option<i64>,
    /// Ids of uploads.
    #[serde(default)]
    #[schema(max_items = 50)]
    attachments: Vec<i64>,
    /// What changes with it, such as the state.
    #[serde(default, deserialize_with = "api_kit::object")]
    with: Option<PatchIn>,
    /// The version that the writer saw, for what changes with it.
    version: Option<i64>,
    /// The writer knows what would be masked and wants it to stand there.
    #[serde(default)]
    unmasked: bool,
}

/// The message that was written.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct WrittenOut {
    pub id: i64,
    /// The ticket's version after it.
    pub version: i64,
    /// What was found in it and masked, or looks like a secret.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<FoundSecretOut>,
}

/// A secret that was found in what was just written.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FoundSecretOut {
    /// card key token password
    #[schema(example = "card")]
    pub kind: String,
    #[schema(example = "••••1111")]
    pub shown: String,
    /// It was taken out; else it still stands there.
    pub masked: bool,
}

impl From<Found> for FoundSecretOut {
    fn from(found: Found) -> Self {
        Self { kind: found.kind.key().to_owned(), shown: found.shown, masked: found.taken.is_some() }
    }
}

impl FoundSecretOut {
    pub fn of(secret: &Secret) -> Self {
        Self { kind: secret.kind.key().to_owned(), shown: secret.shown.clone(), masked: secret.masked }
    }
}

/// Writes a reply, a note or a call, and changes what goes with it.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/messages", tag = "messages", operation_id = "postMessage", request_body = MessageIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 201, body = WrittenOut)))]
pub async fn post(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<MessageIn>,
) -> Result<(StatusCode, axum::Json<WrittenOut>)> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.post");
    let body = posted.body;
    let kind = MessageKind::from_key(&body.kind)
        .filter(|k| *k != MessageKind::Description)
        .ok_or_else(|| Error::invalid("kind", "error-message-kind"))?;
    let direction = match body.direction.as_deref() {
        None => Direction::In,
        Some(key) => Direction::from_key(key).ok_or_else(|| Error::invalid("direction", "error-choice"))?,
    };
    let mut post = Post::new(kind, body.body);
    post.channel = Channel::Api;
    post.public |= body.public && kind == MessageKind::Call;
    post.call = (kind == MessageKind::Call).then_some((direction, body.seconds));
    post.uploads = body.attachments.into_iter().map(Id::new).collect();
    post.with = body.with.map(PatchIn::read).transpose()?.unwrap_or_default();
    post.base = body.version;
    post.unmasked = body.unmasked;
    let written = serve::act(&app, &viewer, &desk, "ticket.post", key, move |tx, frame| {
        let (message, ticket) = action::post(tx, frame, id, &post)?;
        let secrets = store::secret::of_message(tx, message)?.iter().map(FoundSecretOut::of).collect();
        Ok(WrittenOut { id: message.raw(), version: ticket.version, secrets })
    })
    .await?;
    Ok((StatusCode::CREATED, axum::Json(written)))
}
