//! Messages and files as JSON.

use access::Actor;
use party::Names;
use serde::Serialize;
use ticket::store::attachment::Attachment;
use ticket::store::message::Message;
use ticket::store::redaction::Redaction;
use ticket::{Ticket, serve};
use utoipa::ToSchema;

use super::Ref;

/// A message of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MessageOut {
    pub id: i64,
    /// description reply note call
    #[schema(example = "reply")]
    pub kind: String,
    pub public: bool,
    /// Absent when it is of the desk and the reader may not know who works there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Ref>,
    /// Written by or for the requester.
    pub from_requester: bool,
    #[schema(example = "en")]
    pub lang: String,
    pub channel: String,
    /// Of a call: in or out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// Of a call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
    pub occurred_at: String,
    /// Markdown; absent when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What was taken away for good: five full blocks stand in place of a part of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redactions: Vec<RedactionOut>,
}

/// That something of a message was taken away for good.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RedactionOut {
    /// part file
    #[schema(example = "part")]
    pub what: String,
    pub at: String,
    /// Absent when the reader may not know who works there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Ref>,
    /// Absent when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl RedactionOut {
    fn of(r: &Redaction, names: &Names, reader: &Actor, ticket: &Ticket) -> Self {
        let by = r.by.filter(|by| serve::names(reader, ticket, *by));
        Self {
            what: if r.file { "file" } else { "part" }.to_owned(),
            at: r.at.to_rfc3339(),
            by: by.map(|id| Ref { id: id.raw(), name: names.person_name(id).to_owned() }),
            reason: r.reason.clone(),
        }
    }
}

impl MessageOut {
    pub fn of(m: &Message, names: &Names, redactions: &[Redaction], reader: &Actor, ticket: &Ticket) -> Self {
        let author = m.author.filter(|author| m.from_requester || serve::names(reader, ticket, *author));
        Self {
            id: m.id.raw(),
            kind: m.kind.key().to_owned(),
            public: m.public,
            author: author.map(|id| Ref { id: id.raw(), name: names.person_name(id).to_owned() }),
            from_requester: m.from_requester,
            lang: m.lang.clone(),
            channel: m.channel.key().to_owned(),
            direction: m.direction.map(|d| d.key().to_owned()),
            seconds: m.seconds,
            occurred_at: m.occurred_at.to_rfc3339(),
            body: m.body.clone(),
            redactions: redactions.iter().filter(|r| r.message == m.id).map(|r| RedactionOut::of(r, names, reader, ticket)).collect(),
        }
    }
}

/// A file of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttachmentOut {
    pub id: i64,
    #[schema(example = "screenshot.png")]
    pub name: String,
    pub description: String,
    #[schema(example = "image/png")]
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// The requester may have it.
    pub public: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<i64>,
    pub created_at: String,
    /// Where it is downloaded.
    #[schema(example = "/files/71/screenshot.png")]
    pub href: String,
}

impl AttachmentOut {
    pub fn of(a: &Attachment) -> Self {
        Self {
            id: a.id.raw(),
            name: a.name.clone(),
            description: a.description.clone(),
            media_type: a.media_type.clone(),
            size: a.size,
            public: a.public,
            message: a.message.map(|m| m.raw()),
            created_at: a.created_at.to_rfc3339(),
            href: web_kit::file_link(a.id, &a.name),
        }
    }
}
