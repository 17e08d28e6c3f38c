//! Replies, notes and calls.

use api_kit::{List, PageParams, Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, MessageId, TicketId, Time};
use party::Wanted;
use serde::{Deserialize, Serialize};
use ticket::actions::hold;
use ticket::actions::post::{self as action, Post};
use ticket::secrets::Found;
use ticket::store::secret::Secret;
use ticket::{Channel, Direction, MessageKind, serve, store};
use utoipa::ToSchema;
use web_kit::{App, Path, Query, Result, Viewer};

use super::change::PatchIn;
use super::drafts::{DraftOut, of_person};
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
    /// The newest public message of somebody else that the writer knows: a reply that does not know a
    /// newer one is refused with 409. Left out, it is sent anyway.
    newest: Option<i64>,
    /// When it shall be sent, at most a year ahead; answered with 202. Of what changes with it, state
    /// and resolution are kept.
    #[schema(format = DateTime)]
    send_at: Option<String>,
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

/// A message that waits to be sent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WaitingOut {
    /// By which it is taken back.
    #[schema(example = "held-48213-1795341600000000")]
    pub place: String,
    #[schema(format = DateTime)]
    pub send_at: String,
}

/// What became of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PostedOut {
    Written(WrittenOut),
    Waiting(WaitingOut),
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

/// Writes a reply, a note or a call, and changes what goes with it; at once, or when you say.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/messages", tag = "messages", operation_id = "postMessage", request_body = MessageIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 201, body = WrittenOut), (status = 202, description = "It waits to be sent", body = WaitingOut)))]
pub async fn post(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<MessageIn>,
) -> Result<(StatusCode, axum::Json<PostedOut>)> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.post");
    let body = posted.body;
    let (newest, at) = (body.newest.map(Id::new), body.send_at.as_deref().map(moment).transpose()?);
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
    post.newest = newest;
    let done = serve::act(&app, &viewer, &desk, "ticket.post", key, move |tx, frame| {
        if let Some(at) = at {
            let place = hold::hold(tx, frame, id, &post, at)?;
            return Ok(PostedOut::Waiting(WaitingOut { place, send_at: at.to_rfc3339() }));
        }
        let (message, ticket) = action::post(tx, frame, id, &post)?;
        let secrets = store::secret::of_message(tx, message)?.iter().map(FoundSecretOut::of).collect();
        Ok(PostedOut::Written(WrittenOut { id: message.raw(), version: ticket.version, secrets }))
    })
    .await?;
    let status = if matches!(done, PostedOut::Waiting(_)) { StatusCode::ACCEPTED } else { StatusCode::CREATED };
    Ok((status, axum::Json(done)))
}

fn moment(text: &str) -> kernel::Result<Time> {
    Time::from_rfc3339(text).map_err(|_| Error::invalid("send_at", "error-send-at"))
}

/// What one sends to a ticket later, the next first. Not for tokens
#[utoipa::path(get, path = "/api/v1/tickets/{id}/waiting", tag = "messages", operation_id = "listWaitingMessages",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = List<DraftOut>)))]
pub async fn waiting(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
) -> Result<axum::Json<List<DraftOut>>> {
    of_person(&viewer)?;
    let kept = serve::read_bounded(&app, &viewer, &desk, "api.waiting", move |rd, frame| {
        serve::see(rd, frame, id)?;
        hold::of_ticket(rd, frame, id)
    });
    let items = kept.await?.into_iter().map(DraftOut::of).collect::<kernel::Result<_>>()?;
    Ok(axum::Json(List { items, next: None }))
}

/// Takes a message back before it is sent: it is a draft again. Not for tokens
#[utoipa::path(delete, path = "/api/v1/waiting/{place}", tag = "messages", operation_id = "takeBackMessage",
    params(("place" = String, Path, description = "As it was answered")), responses((status = 204)))]
pub async fn take_back(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(place): Path<String>) -> Result<StatusCode> {
    of_person(&viewer)?;
    serve::act(&app, &viewer, &desk, "ticket.held_back", None, move |tx, frame| hold::take_back(tx, frame, &place).map(|_| ())).await?;
    Ok(StatusCode::NO_CONTENT)
}
