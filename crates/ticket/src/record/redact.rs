//! Taking a part of what was written away for good.

use std::collections::BTreeMap;

use db::Tx;
use events::{Act, By, Visibility};
use kernel::{AttachmentId, Id, MessageId, Result, TextId, TicketId};
use settings::field::{Object, Value};

use super::log;
use crate::Ticket;
use crate::events::{Redacted, TicketEvent};
use crate::secrets;
use crate::store::secret::{self, Field};
use crate::store::{erased, redaction, text, ticket as rows};

/// What stands there afterwards.
#[derive(Debug, Clone, Default)]
pub struct Left {
    pub messages: Vec<(MessageId, String)>,
    /// Titles, reports, reasons.
    pub texts: Vec<(TextId, String)>,
    /// Custom fields by their keys.
    pub fields: Vec<(String, Option<Value>)>,
    /// Files that go, with the message beside which each stands.
    pub files: Vec<(AttachmentId, Option<MessageId>)>,
    pub title: Option<String>,
}

/// Writes texts anew without a part of them and removes files, with the event that says so: it names the
/// texts once more, so that the audit chain knows why they are others.
///
/// # Errors
/// The database refuses.
pub fn redact(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, left: &Left, what: Redacted, reason: &str, public: bool) -> Result<()> {
    for (id, body) in &left.messages {
        redaction::message(tx, *id, body, &act.salt())?;
        secrets::tidy(tx, *id, body)?;
    }
    for (id, body) in &left.texts {
        redaction::text(tx, *id, body, &act.salt())?;
    }
    for (key, value) in &left.fields {
        settings::values::put(tx, ticket.tenant.raw(), Object::Ticket, ticket.id.raw(), key, value.as_ref())?;
        secret::forget_custom(tx, ticket.id, key)?;
    }
    // What stood there before its field got another type may hold the same.
    settings::changes::forget(tx, Object::Ticket, ticket.id.raw())?;
    let files: Vec<AttachmentId> = left.files.iter().map(|(id, _)| *id).collect();
    erased::remove(tx, &[], &[], &files)?;
    erased::note(tx, ticket.id, left.title.as_deref(), left.title.is_some())?;
    if left.title.is_some() {
        secret::forget_field(tx, ticket.id, Field::Title)?;
    }
    if what == Redacted::Report {
        secret::forget_field(tx, ticket.id, Field::Report)?;
    }
    let why = text::put(tx, act, ticket.tenant, ticket.id, reason)?;
    let messages: Vec<MessageId> = left.messages.iter().map(|(id, _)| *id).collect();
    let event = TicketEvent::Redacted {
        what,
        messages: messages.clone(),
        texts: left.texts.iter().map(|(id, _)| *id).collect(),
        fields: left.fields.iter().map(|(key, _)| key.clone()).collect(),
        files,
        title: left.title.is_some(),
        reason: why,
    };
    let seq = log(tx, act, ticket.tenant, ticket.id, &event, if public { Visibility::Public } else { Visibility::Internal })?;
    let by = match act.by {
        By::Person(id) => Some(Id::new(id)),
        By::System | By::Import(_) => None,
    };
    let beside = left.files.iter().filter_map(|(_, message)| *message);
    for (message, file) in messages.iter().map(|id| (*id, false)).chain(beside.map(|id| (id, true))) {
        redaction::note(tx, message, seq, by, (why, file), act.now)?;
    }
    elsewhere(tx, act, ticket.id, &messages, reason)
}

/// Tells it on the other tickets on which the messages stand.
fn elsewhere(tx: &mut Tx<'_>, act: &Act, told: TicketId, messages: &[MessageId], reason: &str) -> Result<()> {
    let mut places: BTreeMap<TicketId, Vec<MessageId>> = BTreeMap::new();
    for message in messages {
        for place in redaction::places(tx, *message)? {
            places.entry(place).or_default().push(*message);
        }
    }
    places.remove(&told);
    for (other, messages) in places {
        let on = rows::by_id(tx, other)?;
        erased::note(tx, other, None, false)?;
        let reason = text::put(tx, act, on.tenant, other, reason)?;
        let (texts, fields, files) = (Vec::new(), Vec::new(), Vec::new());
        let event = TicketEvent::Redacted { what: Redacted::Message, messages, texts, fields, files, title: false, reason };
        log(tx, act, on.tenant, other, &event, Visibility::Internal)?;
    }
    Ok(())
}
