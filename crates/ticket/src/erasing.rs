//! Erasing what a person wrote on a ticket: bodies of messages, titles, reports and reasons, custom
//! fields, files. The rows go with their salts; one event says which, and keeps the audit chain valid.

use std::collections::{BTreeMap, BTreeSet};

use db::{Rd, Tx};
use events::{Act, By, Cause, Event};
use kernel::{AttachmentId, MessageId, PersonId, Result, TextId, TicketId, Time};
use settings::field::{self, Object, Value};

use crate::events::{OBJECT, TaskDeed, TicketEvent, Worth};
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
    /// Titles, reports, reasons, and what stood in custom fields.
    pub texts: Vec<TextId>,
    pub files: Vec<AttachmentId>,
    /// Custom fields by their keys: with a text that the person gave, or that name the person.
    pub fields: Vec<String>,
    /// The title that the ticket has now.
    pub title: bool,
}

impl Gone {
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.texts.is_empty() && self.files.is_empty() && self.fields.is_empty() && !self.title
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
    let theirs = theirs(rd, ticket, author)?;
    let there: BTreeSet<i64> = chain::texts(rd, &theirs.texts)?.into_iter().map(|(id, _, _)| id).collect();
    let texts = there.into_iter().take(MOST).map(TextId::new).collect();
    let values = settings::values::of(rd, Object::Ticket, ticket.id.raw())?;
    let names = |value: &Value| value.int() == Some(author.raw());
    let defs = if values.values().any(names) { field::FieldSet::load(rd)? } else { field::FieldSet::default() };
    let is_person = |key: &str| defs.by_key(Object::Ticket, key).is_some_and(|def| def.ty == field::FieldType::Person);
    let goes = |(key, value): &(&String, &Value)| match value {
        Value::Text(_) => theirs.own(&field::property(key)),
        value => names(value) && is_person(key),
    };
    let fields = values.iter().filter(goes).map(|(key, _)| key.clone()).collect();
    Ok(Gone { messages, texts, files, fields, title: theirs.own("title") && ticket.title != TITLE })
}

/// What of a ticket's texts is of one person.
struct Theirs {
    texts: BTreeSet<i64>,
    /// Whether they registered the ticket: what nobody has changed since is theirs.
    began: bool,
    /// Whether they gave a property its present value, if anybody did after that.
    owned: BTreeMap<String, bool>,
}

impl Theirs {
    fn own(&self, property: &str) -> bool {
        self.owned.get(property).copied().unwrap_or(self.began)
    }

    fn walk(&mut self, event: &Event, author: PersonId) {
        let by_them = event.by == By::Person(author.raw());
        // A field that got another type holds what the same people wrote.
        let recast = matches!(event.cause, Cause::Field { .. });
        match serde_json::from_value(event.payload.clone()) {
            Ok(TicketEvent::Changed { changes, handover, .. }) => {
                for change in changes {
                    let was_theirs = self.own(&change.field);
                    let is_now = if recast { was_theirs } else { by_them };
                    for (worth, is_theirs) in [(&change.from, was_theirs), (&change.to, is_now)] {
                        if let (Worth::Text(id), true) = (worth, is_theirs) {
                            self.texts.insert(id.raw());
                        }
                    }
                    self.owned.insert(change.field, is_now);
                }
                let words = handover.and_then(|handover| handover.words).filter(|_| by_them);
                self.texts.extend(words.map(kernel::Id::raw));
            }
            Ok(TicketEvent::Unsealed { reason, .. } | TicketEvent::Redacted { reason, .. } | TicketEvent::Revealed { reason, .. })
                if by_them =>
            {
                self.texts.insert(reason.raw());
            }
            // What names a task is of whoever gave it that name, also where another one ticks it.
            Ok(TicketEvent::Task { deed: TaskDeed::Listed | TaskDeed::Added | TaskDeed::Changed, title, .. }) if by_them => {
                self.texts.insert(title.raw());
            }
            Ok(TicketEvent::Task { answer: Some(answer), .. }) if by_them => {
                self.texts.insert(answer.raw());
            }
            Ok(TicketEvent::Timed { comment, .. }) if by_them => self.texts.extend(comment.map(kernel::Id::raw)),
            _ => {}
        }
    }
}

/// The texts that a person gave to a ticket beside messages. An event also holds the text that was there
/// before, which is of whoever gave that one.
fn theirs(rd: &mut Rd<'_>, ticket: &Ticket, author: PersonId) -> Result<Theirs> {
    let began = ticket.created_by.map_or(ticket.requester == Some(author), |by| by == author);
    let mut found = Theirs { texts: BTreeSet::new(), began, owned: BTreeMap::new() };
    let mut after = (Time(i64::MIN), 0);
    loop {
        let events = events::of_object(rd, OBJECT, ticket.id.raw(), after, PAGE)?;
        let Some(last) = events.last() else { break };
        after = (last.occurred, last.seq);
        for event in &events {
            found.walk(event, author);
        }
    }
    Ok(found)
}
