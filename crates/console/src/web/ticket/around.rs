//! People, tags, links and files of a ticket: small forms of the side panel.

use access::Verb;
use kernel::{AttachmentId, Error, Id, TicketId};
use ticket::actions::change::{Base, Patch};
use ticket::actions::involve::Who;
use ticket::{Involvement, LinkKind, actions};
use web_kit::{Path, Result};

use super::answered;
use super::problem::{Form, Refusal};
use crate::web::named::Named;
use crate::web::{Agent, Fields};

fn refusal(fields: Fields) -> impl FnOnce(Error) -> Refusal {
    |error| Refusal { form: Form::Around, error, typed: fields, uploads: Vec::new() }
}

/// `POST /desk/tickets/{number}/involve`: role, person or team; `remove` takes them off.
pub async fn involve(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    let done = involve_one(&agent, id, &fields).await;
    answered(&agent, id, done, refusal(fields)).await
}

async fn involve_one(agent: &Agent, id: TicketId, fields: &Fields) -> kernel::Result<()> {
    let role = Involvement::from_key(fields.text("role")).ok_or_else(|| Error::invalid("role", "error-choice"))?;
    let (person, team) = (Named::of(fields, "person")?, Named::of(fields, "team")?);
    let remove = fields.is_set("remove");
    agent
        .act("ticket.involve", None, move |tx, frame| {
            let person = person.as_ref().map(|n| n.person(tx, frame, Verb::PersonSee)).transpose()?.flatten();
            let team = team.as_ref().map(|n| n.team(tx, frame)).transpose()?.flatten();
            let who = person.map(Who::Person).or(team.map(Who::Team)).ok_or_else(|| Error::invalid("person", "error-choice"))?;
            if remove {
                return actions::involve::release(tx, frame, id, who, role);
            }
            actions::involve::involve(tx, frame, id, who, role).map(|_| ())
        })
        .await
}

/// `POST /desk/tickets/{number}/tag`: words to add, or `remove` with one tag.
pub async fn tag(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    let (added, removed) = (fields.text("tag").to_owned(), fields.text("remove").to_owned());
    let done = agent.act("ticket.tag", None, move |tx, frame| {
        if !removed.is_empty() {
            return actions::tag::untag(tx, frame, id, &removed);
        }
        for tag in added.split([',', ' ']).filter(|t| !t.trim().is_empty()) {
            actions::tag::tag(tx, frame, id, tag)?;
        }
        Ok(())
    });
    let done = done.await;
    answered(&agent, id, done, refusal(fields)).await
}

/// What one ticket is to become to another.
#[derive(Debug, Clone, Copy)]
enum Tie {
    Parent,
    Child,
    Link(LinkKind, bool),
}

fn tie(text: &str) -> Option<Tie> {
    match text {
        "parent" => Some(Tie::Parent),
        "child" => Some(Tie::Child),
        other => {
            let (kind, way) = other.rsplit_once('-')?;
            Some(Tie::Link(LinkKind::from_key(kind)?, way == "out"))
        }
    }
}

/// `POST /desk/tickets/{number}/link`: kind and the other ticket; `remove` takes the link away.
pub async fn link(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    let done = link_one(&agent, id, &fields).await;
    answered(&agent, id, done, refusal(fields)).await
}

async fn link_one(agent: &Agent, id: TicketId, fields: &Fields) -> kernel::Result<()> {
    let tie = tie(fields.text("kind")).ok_or_else(|| Error::invalid("kind", "error-choice"))?;
    let other = Named::of(fields, "other")?.unwrap_or_default();
    let remove = fields.is_set("remove");
    agent
        .act("ticket.link", None, move |tx, frame| {
            let other = other.ticket(tx, frame)?.ok_or_else(|| Error::invalid("other", "error-choice"))?;
            let adopt = |tx: &mut db::Tx<'_>, child, parent| {
                let patch = Patch { parent: Some(parent), ..Patch::default() };
                actions::change::change(tx, frame, child, Base::Latest, &patch).map(|_| ())
            };
            match (tie, remove) {
                (Tie::Parent, remove) => adopt(tx, id, (!remove).then_some(other)),
                (Tie::Child, remove) => adopt(tx, other, (!remove).then_some(id)),
                (Tie::Link(kind, outward), remove) => {
                    let (from, to) = if outward { (id, other) } else { (other, id) };
                    if remove {
                        actions::link::unlink(tx, frame, from, kind, to)
                    } else {
                        actions::link::link(tx, frame, from, kind, to).map(|_| ())
                    }
                }
            }
        })
        .await
}

/// `POST /desk/tickets/{number}/file`: who may see a file, and what it is.
pub async fn describe(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    let done = describe_one(&agent, id, &fields).await;
    answered(&agent, id, done, refusal(fields)).await
}

async fn describe_one(agent: &Agent, id: TicketId, fields: &Fields) -> kernel::Result<()> {
    let file: AttachmentId = fields.text("file").parse().map(Id::new).map_err(|_| Error::not_found())?;
    let (public, description) = (fields.is_set("public"), fields.text("description").to_owned());
    agent
        .act("ticket.describe_file", None, move |tx, frame| {
            let found = ticket::store::attachment::get(tx, file)?.filter(|f| f.ticket == id);
            found.ok_or_else(Error::not_found)?;
            actions::describe_file::describe(tx, frame, file, public, &description).map(|_| ())
        })
        .await
}
