//! Erasing what a person wrote on a ticket: bodies of messages, titles and reports, files. The rows go
//! with their salts; one event says which, and keeps the audit chain valid.

use std::collections::{BTreeMap, BTreeSet};

use db::{Rd, Tx};
use events::{Act, By, Event};
use kernel::{AttachmentId, MessageId, PersonId, Result, TextId, TicketId, Time};
use settings::field::{FieldSet, FieldType, Object, Value, property};

use crate::events::{OBJECT, TicketEvent, Worth};
use crate::store::{chain, erased, ticket as rows};
use crate::{Ticket, record};

/// Stands in place of a title: it says nothing in any language.
pub const TITLE: &str = "—";
/// What goes in one write.
const MOST: usize = 60;
/// Events read at once.
const PAGE: i64 = 500;

/// What goes, or went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    pub messages: Vec<MessageId>,
    /// Titles and reports.
    pub texts: Vec<TextId>,
    pub files: Vec<AttachmentId>,
    /// The title that the ticket has now.
    pub title: bool,
    /// Custom fields with a text that the person gave, or that name the person.
    pub fields: Vec<String>,
}

impl Gone {
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.texts.is_empty() && self.files.is_empty() && !self.title && self.fields.is_empty()
    }
}

/// Erases what a person wrote on a ticket, at most so much as one write bears: called again until
/// nothing is left.
///
/// # Errors
/// Not found when there is no such ticket; the database refuses.
pub fn erase(tx: &mut Tx<'_>, act: &Act, id: TicketId, author: PersonId) -> Result<Gone> {
    let ticket = rows::by_id(tx, id)?;
    let gone = find(tx, &ticket, author)?;
    if !gone.is_empty() {
        record::erase(tx, act, &ticket, &gone)?;
    }
    Ok(gone)
}

fn find(rd: &mut Rd<'_>, ticket: &Ticket, author: PersonId) -> Result<Gone> {
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
    let messages = erased::messages(rd, ticket.id, author, limit)?;
    let files = erased::files(rd, ticket.id, author, limit)?;
    let (texts, owned) = theirs(rd, ticket, author)?;
    let fields = fields(rd, ticket, author, &owned)?;
    let owns_title = owned.get("title").copied().unwrap_or_default();
    let there: BTreeSet<i64> = chain::texts(rd, &texts)?.into_iter().map(|(id, _, _)| id).collect();
    let texts = there.into_iter().take(MOST).map(TextId::new).collect();
    Ok(Gone { messages, texts, files, title: owns_title && ticket.title != TITLE, fields })
}

/// The custom fields whose present text is of a person, and those that name the person.
fn fields(rd: &mut Rd<'_>, ticket: &Ticket, author: PersonId, owned: &BTreeMap<String, bool>) -> Result<Vec<String>> {
    let values = settings::values::of(rd, Object::Ticket, ticket.id.raw())?;
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let began = ticket.created_by.map_or(ticket.requester == Some(author), |by| by == author);
    let defs = FieldSet::load(rd)?;
    let goes = |key: &str, value: &Value| match value {
        Value::Text(_) => owned.get(&property(key)).copied().unwrap_or(began),
        Value::Int(id) => *id == author.raw() && defs.by_key(Object::Ticket, key).is_some_and(|def| def.ty == FieldType::Person),
        Value::Keys(_) => false,
    };
    Ok(values.iter().filter(|(key, value)| goes(key, value)).map(|(key, _)| key.clone()).collect())
}

/// The texts that a person gave to fields of a ticket, and which fields are theirs at present. An event
/// also holds the text that was there before, which is of whoever gave that one.
fn theirs(rd: &mut Rd<'_>, ticket: &Ticket, author: PersonId) -> Result<(BTreeSet<i64>, BTreeMap<String, bool>)> {
    let mut found = BTreeSet::new();
    let began = ticket.created_by.map_or(ticket.requester == Some(author), |by| by == author);
    let mut owned = BTreeMap::from([("title".to_owned(), began)]);
    let mut after = (Time(i64::MIN), 0);
    loop {
        let events = events::of_object(rd, OBJECT, ticket.id.raw(), after, PAGE)?;
        let Some(last) = events.last() else { break };
        after = (last.occurred, last.seq);
        for event in &events {
            walk(event, author, &mut owned, &mut found);
        }
    }
    Ok((found, owned))
}

fn walk(event: &Event, author: PersonId, owned: &mut BTreeMap<String, bool>, found: &mut BTreeSet<i64>) {
    let Ok(TicketEvent::Changed { changes, .. }) = serde_json::from_value(event.payload.clone()) else { return };
    let by_them = event.by == By::Person(author.raw());
    for change in changes {
        let was_theirs = owned.get(&change.field).copied().unwrap_or_default();
        for (worth, is_theirs) in [(&change.from, was_theirs), (&change.to, by_them)] {
            if let (Worth::Text(id), true) = (worth, is_theirs) {
                found.insert(id.raw());
            }
        }
        owned.insert(change.field, by_them);
    }
}
