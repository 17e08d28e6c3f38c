//! `POST /desk/tickets/{number}/post`: a reply, a note or a call, with files and perhaps a state.

use axum::extract::Request;
use kernel::{Error, TicketId};
use ticket::actions::change::Patch;
use ticket::actions::hold;
use ticket::actions::post::{self as act, Post};
use ticket::{Channel, Direction, Frame, MessageKind, serve};
use web_kit::{Path, Result};

use super::held::{self, Done};
use super::problem::{Form, Refusal};
use super::refused;
use crate::web::uploads::{self, Stored};
use crate::web::{Agent, Fields, FilesRef, sent_before};

pub async fn post(agent: Agent, files: FilesRef, Path(id): Path<TicketId>, request: Request) -> Result {
    // Nobody stores files for a ticket that they cannot see.
    agent.read_bounded("ticket.see", move |rd, frame| serve::see(rd, frame, id).map(|_| ())).await?;
    let mut stored = uploads::read(&agent, &files, request).await?;
    match run(&agent, id, &mut stored).await {
        Ok(done) => Ok(held::after(&agent, id, &done, &stored.fields)),
        Err(error) => {
            let Stored { mut fields, uploads, .. } = stored;
            if sent_before(&error) {
                fields.0.retain(|(name, _)| name != "client_id");
            }
            refused(&agent, id, Refusal { form: Form::Post, error, typed: fields, uploads }).await
        }
    }
}

async fn run(agent: &Agent, id: TicketId, stored: &mut Stored) -> kernel::Result<Done> {
    stored.checked()?;
    let fields = &stored.fields;
    let kind = MessageKind::from_key(fields.text("kind")).ok_or_else(|| Error::invalid("kind", "error-message-kind"))?;
    let mut post = Post::new(kind, fields.raw("body"));
    post.uploads = stored.uploads.iter().map(|(id, _)| *id).collect();
    post.base = fields.number("version")?;
    post.unmasked = fields.is_set("unmasked");
    post.with = with(fields);
    if kind == MessageKind::Call {
        let minutes = fields.number("minutes")?.filter(|m| (0..=1440).contains(m));
        post.call = Some((Direction::from_key(fields.text("direction")).unwrap_or(Direction::In), minutes.map(|m| m * 60)));
        post.public = fields.is_set("public");
        post.channel = Channel::Phone;
    } else {
        post.channel = Channel::Agent;
    }
    let then = then(fields, kind);
    post.newest = fields.number("newest")?.map(kernel::MessageId::new);
    let until = held::until(agent, fields, kind)?;
    let key = stored.key(agent, "ticket.post")?;
    agent
        .act("ticket.post", key, move |tx, frame| {
            let mut post = post.clone();
            post.with.state = state(tx, frame, id, &then)?;
            if post.with.state.is_none() {
                post.with = Patch::default();
            }
            match until {
                None => act::post(tx, frame, id, &post).map(|(message, _)| Done::Sent(message.raw())),
                Some(at) => hold::hold(tx, frame, id, &post, at).map(Done::Held),
            }
        })
        .await
}

/// What the menu of the button, or else the line above it, asks for.
fn then(fields: &Fields, kind: MessageKind) -> String {
    let line = if kind == MessageKind::Reply { "then_reply" } else { "then_other" };
    if fields.is_set("then") { fields.text("then").to_owned() } else { fields.text(line).to_owned() }
}

/// The resolution belongs to the state that asks for it.
fn with(fields: &Fields) -> Patch {
    let given = |name| Some(fields.text(name).to_owned()).filter(|t| !t.is_empty());
    Patch { resolution_code: given("resolution_code").map(Some), resolution_report: given("resolution_report"), ..Patch::default() }
}

/// The key of a state, or a category that stands for the first state of it one may go to.
fn state(tx: &mut db::Tx<'_>, frame: Frame<'_>, id: TicketId, then: &str) -> kernel::Result<Option<String>> {
    if then.is_empty() {
        return Ok(None);
    }
    let seen = serve::see(tx, frame, id)?;
    let steps = serve::steps(tx, frame, &seen)?;
    let found = steps.iter().find(|s| s.key == then).or_else(|| steps.iter().find(|s| s.category.key() == then));
    // A state that cannot be reached is refused by the action, in words.
    Ok(Some(found.map_or(then, |s| s.key.as_str()).to_owned()))
}
