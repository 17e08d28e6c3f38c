//! Writing to a ticket: a reply to its requester, a note for the desk, a call.

use db::{Rd, Tx};
use kernel::{AttachmentId, Error, Lang, MessageId, Result, TicketId};

use crate::actions::change::{self, Base, Patch};
use crate::actions::merge;
use crate::catalogue::{KindDef, Taker};
use crate::record::{self, close_due};
use crate::rules::text;
use crate::secrets::{self, Checked, Place};
use crate::standing::Standing;
use crate::store::message::{self as message_rows, NewMessage};
use crate::store::{attachment, ticket as rows};
use crate::{Category, Channel, Direction, Frame, MessageKind, Ticket, permit, trash};

/// What is written.
#[derive(Debug, Clone)]
pub struct Post {
    /// `Reply`, `Note` or `Call`.
    pub kind: MessageKind,
    /// Markdown.
    pub body: String,
    /// Of a call: whether the requester may read it. Replies are public, notes never.
    pub public: bool,
    pub channel: Channel,
    pub lang: Option<Lang>,
    pub call: Option<(Direction, Option<i64>)>,
    pub uploads: Vec<AttachmentId>,
    /// What changes with it, such as the state: "send and solve".
    pub with: Patch,
    /// The version the writer saw, for what changes with it.
    pub base: Option<i64>,
    /// The newest message of somebody else that its requester reads, as the writer saw it: a reply that
    /// does not know a newer one stops.
    pub newest: Option<MessageId>,
    /// Who writes it was told what would be masked, and wants it to stand there.
    pub unmasked: bool,
}

impl Post {
    pub fn new(kind: MessageKind, body: impl Into<String>) -> Self {
        Self {
            kind,
            body: body.into(),
            public: kind == MessageKind::Reply,
            channel: Channel::Portal,
            lang: None,
            call: None,
            uploads: Vec::new(),
            with: Patch::default(),
            base: None,
            newest: None,
            unmasked: false,
        }
    }
}

/// Writes a message; answers its id and the ticket after it.
///
/// # Errors
/// Not found, forbidden, invalid; as [`change::change`] for what changes with it, and then nothing is
/// written at all.
pub fn post(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, post: &Post) -> Result<(MessageId, Ticket)> {
    let ticket = match permit::see(tx, frame, id) {
        Ok(ticket) => ticket,
        Err(error) => return Err(trash::tell(tx, frame, id, error)),
    };
    let standing = Standing::of(tx, frame, &ticket)?;
    if let Some((into, held)) = merge::goes_on_in(tx, &ticket)? {
        // The desk answers where the ticket goes on.
        return if standing.staff { self::post(tx, frame, into.id, post) } else { follow(tx, frame, &ticket, &into, held.apart, post) };
    }
    let requester = standing.as_requester(frame, access::Verb::TicketFollow);
    let public = match post.kind {
        MessageKind::Reply => true,
        MessageKind::Note => false,
        MessageKind::Call => post.public,
        MessageKind::Description => return Err(Error::invalid("kind", "error-message-kind")),
    };
    permit::post(tx, frame, &ticket, public, post.kind)?;
    if let Some(known) = post.newest.filter(|_| post.kind == MessageKind::Reply)
        && message_rows::newest_of_others(tx, ticket.id, frame.actor.person)?.is_some_and(|newest| newest > known)
    {
        return Err(Error::conflict("error-message-meanwhile"));
    }
    let body = written(tx, frame, post)?;
    let message = NewMessage {
        kind: post.kind,
        public,
        from_requester: requester && !(standing.staff && ticket.assignee == frame.actor.person),
        author: frame.actor.person,
        lang: post.lang.unwrap_or(frame.actor.lang),
        channel: post.channel,
        call: if post.kind == MessageKind::Call { Some(post.call.unwrap_or((Direction::In, None))) } else { None },
        body: body.text.clone(),
    };
    let from_requester = message.from_requester;
    let message = record::message(tx, frame.act, &ticket, &message)?;
    secrets::keep(tx, frame, &ticket, &Place::Message(message), &body)?;
    attach_all(tx, frame, &ticket, &post.uploads, Some(message), public)?;
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&ticket)?;
    let patch = with_consequence(kind, &ticket, post, from_requester && public);
    let base = post.base.map_or(Base::Latest, Base::Since);
    let after = if patch == Patch::default() {
        crate::store::ticket::by_id(tx, ticket.id)?
    } else {
        change::change(tx, frame, ticket.id, base, &patch)?
    };
    if from_requester && after.category == Category::Resolved {
        rows::push_closing(tx, after.id, close_due(kind, after.category, frame.act.occurred))?;
    }
    Ok((message, after))
}

/// The requester of a merged ticket writes to it, and the ticket in which it goes on has it as well.
fn follow(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, into: &Ticket, apart: bool, post: &Post) -> Result<(MessageId, Ticket)> {
    if post.kind != MessageKind::Reply || post.with != Patch::default() {
        return Err(Error::conflict("error-merged").arg("number", ticket.id));
    }
    permit::post(tx, frame, ticket, true, post.kind)?;
    let body = written(tx, frame, post)?;
    let message = NewMessage {
        kind: post.kind,
        public: true,
        from_requester: true,
        author: frame.actor.person,
        lang: post.lang.unwrap_or(frame.actor.lang),
        channel: post.channel,
        call: None,
        body: body.text.clone(),
    };
    let id = record::message(tx, frame.act, ticket, &message)?;
    secrets::keep(tx, frame, ticket, &Place::Message(id), &body)?;
    attach_all(tx, frame, ticket, &post.uploads, Some(id), true)?;
    record::go_on(tx, frame.act, ticket, into.id, id, &message, apart)?;
    if !apart && into.category == Category::Waiting {
        let catalogue = frame.desk.catalogue(tx)?;
        let patch = with_consequence(catalogue.kind_of(into)?, into, post, true);
        if patch != Patch::default() {
            change::change(tx, frame, into.id, Base::Latest, &patch)?;
        }
    }
    Ok((id, rows::by_id(tx, ticket.id)?))
}

/// The text as it is stored.
fn written(rd: &mut Rd<'_>, frame: Frame<'_>, post: &Post) -> Result<Checked> {
    let body = text::body("body", &post.body).map_err(|e| Error::of_fields(vec![e]).err().unwrap_or_else(Error::not_found))?;
    Ok(secrets::check(frame.desk.catalogue(rd)?.secrets(), body, post.unmasked))
}

/// An answer of the requester ends the waiting for it.
fn with_consequence(kind: &KindDef, ticket: &Ticket, post: &Post, from_requester: bool) -> Patch {
    let mut patch = post.with.clone();
    if from_requester && patch.state.is_none() && ticket.category == Category::Waiting {
        let back = kind.transitions.iter().filter(|t| t.from == ticket.state && t.by.contains(&Taker::Requester));
        let active = back.filter_map(|t| kind.state(&t.to)).find(|s| s.category == Category::Active);
        patch.state = active.map(|s| s.key.clone());
    }
    patch
}

/// Makes uploads of the actor part of a ticket.
///
/// # Errors
/// Not found: an upload is somebody else's, used already or forgotten.
pub fn attach_all(
    tx: &mut Tx<'_>,
    frame: Frame<'_>,
    ticket: &Ticket,
    uploads: &[AttachmentId],
    message: Option<MessageId>,
    public: bool,
) -> Result<()> {
    if uploads.is_empty() {
        return Ok(());
    }
    let person = frame.person()?;
    for id in uploads {
        let upload = attachment::upload(tx, *id, person)?.ok_or_else(|| Error::invalid("attachments", "error-upload-gone"))?;
        record::attach(tx, frame.act, ticket, &upload, message, public, "")?;
    }
    Ok(())
}
