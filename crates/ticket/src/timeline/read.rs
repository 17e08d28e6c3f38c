//! The timeline of a ticket: events in the order of (occurred, sequence) with the messages, files and
//! names that they refer to.

use std::collections::{BTreeSet, HashMap};

use db::Rd;
use events::{By, Cause, Event, Visibility};
use kernel::{Error, MessageId, PersonId, Result, TeamId, TextId, TicketId, Time};
use party::{Names, Wanted};

use super::known::{Reader, knows, neighbours, told};
use crate::events::{OBJECT, TicketEvent, Worth};
use crate::store::attachment::{self, Attachment};
use crate::store::message::{self, Message};
use crate::store::redaction::{self, Redaction};
use crate::store::secret::{self, Secret};
use crate::store::text;

/// Events of one ticket read at most; the newest are kept.
const MOST: i64 = 2000;

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Entry {
    pub seq: i64,
    pub at: Time,
    pub by: By,
    pub cause: Cause,
    pub public: bool,
    pub what: What,
}

impl Entry {
    /// The message that it is.
    pub fn message(&self) -> Option<MessageId> {
        match &self.what {
            What::Message(message) => Some(message.id),
            What::Event(_) => None,
        }
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub enum What {
    Message(Box<Message>),
    Event(TicketEvent),
}

/// A ticket's timeline with what is needed to put it into words.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    pub entries: Vec<Entry>,
    pub files: Vec<Attachment>,
    pub names: Names,
    pub texts: HashMap<TextId, String>,
    /// What was taken away of the messages.
    pub redactions: Vec<Redaction>,
    /// What was found in the messages, in the title and the report, and in custom fields that the reader knows.
    pub secrets: Vec<Secret>,
}

/// Reads the timeline as far as the reader may know it.
///
/// # Errors
/// The database refuses.
pub fn read(rd: &mut Rd<'_>, ticket: TicketId, reader: Reader<'_>) -> Result<Timeline> {
    let log = events::newest_of_object(rd, OBJECT, ticket.raw(), MOST)?;
    let files = attachment::of_ticket(rd, ticket, reader.inner)?;
    let mut messages: HashMap<MessageId, Message> =
        message::of_ticket(rd, ticket, reader.inner, MOST)?.into_iter().map(|m| (m.id, m)).collect();
    let others = neighbours(rd, reader.scope, &log)?;
    let mut entries = Vec::with_capacity(log.len());
    for event in log {
        if event.visibility > Visibility::Public && !reader.inner {
            continue;
        }
        entries.extend(entry(event, &mut messages, &files, reader, &others)?);
    }
    entries.extend(messages.into_values().map(brought));
    entries.sort_by_key(|e| (e.at, e.seq, e.message()));
    gathered(rd, ticket, reader, entries, files)
}

/// A message that was placed here by a merge or a split has its event elsewhere.
pub(super) fn brought(message: Message) -> Entry {
    Entry {
        seq: 0,
        at: message.occurred_at,
        by: message.author.map_or(By::System, |p| By::Person(p.raw())),
        cause: Cause::Page,
        public: message.public,
        what: What::Message(Box::new(message)),
    }
}

pub(super) fn entry(
    event: Event,
    messages: &mut HashMap<MessageId, Message>,
    files: &[Attachment],
    reader: Reader<'_>,
    others: &BTreeSet<TicketId>,
) -> Result<Option<Entry>> {
    let public = event.visibility == Visibility::Public;
    let (seq, at, by, cause) = (event.seq, event.occurred, event.by, event.cause);
    let what = match serde_json::from_value(event.payload).map_err(Error::internal)? {
        TicketEvent::Message { message, .. } => match messages.remove(&message) {
            Some(message) => What::Message(Box::new(message)),
            None => return Ok(None),
        },
        // A file that was public once and is internal now is nothing that the requester may know of.
        TicketEvent::Attached { attachment, .. } if !reader.inner && !files.iter().any(|f| f.id == attachment) => return Ok(None),
        other => match told(reader, others, other) {
            Some(event) => What::Event(event),
            None => return Ok(None),
        },
    };
    Ok(Some(Entry { seq, at, by, cause, public, what }))
}

/// The entries with all that they refer to.
pub(super) fn gathered(
    rd: &mut Rd<'_>,
    ticket: TicketId,
    reader: Reader<'_>,
    entries: Vec<Entry>,
    files: Vec<Attachment>,
) -> Result<Timeline> {
    let messages: Vec<MessageId> = entries.iter().filter_map(Entry::message).collect();
    let redactions = redaction::of_messages(rd, &messages)?;
    let mut secrets = secret::of_ticket(rd, ticket, &messages)?;
    secrets.retain(|secret| secret.key.as_ref().is_none_or(|key| knows(reader, &settings::field::property(key))));
    let texts = text::of_ticket(rd, ticket)?;
    let names = names(rd, &entries, &redactions)?;
    Ok(Timeline { entries, files, names, texts, redactions, secrets })
}

fn names(rd: &mut Rd<'_>, entries: &[Entry], redactions: &[Redaction]) -> Result<Names> {
    let mut wanted = Wanted::default();
    for redaction in redactions {
        wanted.person(redaction.by);
    }
    for entry in entries {
        if let By::Person(id) = entry.by {
            wanted.person(PersonId::new(id));
        }
        match &entry.what {
            What::Message(message) => {
                wanted.person(message.author);
            }
            What::Event(TicketEvent::Changed { changes, .. }) => {
                for change in changes {
                    for worth in [&change.from, &change.to] {
                        want(&mut wanted, &change.field, worth);
                    }
                }
            }
            What::Event(
                TicketEvent::Involved { person, team, .. }
                | TicketEvent::Left { person, team, .. }
                | TicketEvent::Task { person, team, .. },
            ) => {
                wanted.person(*person).team(*team);
            }
            What::Event(TicketEvent::Unsealed { person, .. }) => {
                wanted.person(*person);
            }
            What::Event(TicketEvent::Timed { person, .. }) => {
                wanted.person(*person);
            }
            What::Event(_) => {}
        }
    }
    wanted.load(rd)
}

fn want(wanted: &mut Wanted, field: &str, worth: &Worth) {
    if let Worth::Person(id) = worth {
        wanted.person(*id);
    }
    let Worth::Number(id) = *worth else { return };
    match field {
        "requester" | "beneficiary" | "assignee" => wanted.person(PersonId::new(id)),
        "team" | "owner_team" => wanted.team(TeamId::new(id)),
        "organisation" => wanted.organisation(kernel::OrganisationId::new(id)),
        "service" => wanted.service(kernel::ServiceId::new(id)),
        "location" => wanted.location(kernel::LocationId::new(id)),
        _ => wanted,
    };
}
