//! Taking a part of a message, the title or a report, or a file, away for good: what must never have
//! been written here. What stands in its place says who did it and why, never what it was.

use access::Verb;
use db::{Rd, Tx};
use kernel::{AttachmentId, Error, FieldError, MessageId, Result, TicketId};
use settings::field::{FieldType, Object, Value};

use crate::events::Redacted;
use crate::record::{self, Left};
use crate::rules::redact::{self, Part};
use crate::rules::text;
use crate::store::{attachment, message, text as texts, ticket as rows};
use crate::{Frame, Ticket, permit};

/// Messages of a ticket that are looked through.
const MOST: i64 = 5000;

/// Where something is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Message(MessageId),
    Title,
    Report,
    File(AttachmentId),
}

/// What is taken away.
#[derive(Debug, Clone)]
pub struct Redaction {
    pub target: Target,
    /// Of a file it is always the whole.
    pub part: Part,
    /// The same wherever else it stands on the ticket, such as quoted in an answer.
    pub everywhere: bool,
    pub reason: String,
}

/// Takes it away and answers the ticket after it. Nobody can bring it back.
///
/// # Errors
/// Not found when it may not be seen; forbidden without `ticket.redact`; invalid when there is no such
/// part or the reason is missing.
pub fn redact(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, wanted: &Redaction) -> Result<Ticket> {
    let ticket = permit::see(tx, frame, id)?;
    permit::inner(tx, frame, &ticket)?;
    permit::may(tx, frame, &ticket, Verb::TicketRedact)?;
    let reason = text::reason("reason", &wanted.reason)?;
    let mut found = find(tx, frame, &ticket, wanted)?;
    let titles = wanted.target == Target::Title;
    if wanted.everywhere {
        around(tx, &ticket, &mut found)?;
    }
    if wanted.everywhere || titles {
        spread(tx, &ticket, &mut found)?;
    }
    let Found { left, needles, what, public } = found;
    if left.messages.is_empty() && left.texts.is_empty() && left.files.is_empty() && left.fields.is_empty() && left.title.is_none() {
        return invalid(FieldError::new("text", "error-redact-not-found"));
    }
    let reason = redact::without_any(&reason, &needles).unwrap_or(reason);
    record::redact(tx, frame.act, &ticket, &left, what, &reason, public)?;
    rows::by_id(tx, id)
}

fn invalid<T>(error: FieldError) -> Result<T> {
    Err(Error::of_fields(vec![error]).err().unwrap_or_else(Error::not_found))
}

/// What goes and what stays.
struct Found {
    left: Left,
    /// What was taken away, to be looked for elsewhere.
    needles: Vec<String>,
    what: Redacted,
    /// The requester could read it.
    public: bool,
}

/// A text without the part.
fn cut(body: &str, part: &Part) -> Result<(String, Vec<String>)> {
    match redact::places(body, part) {
        Ok(places) => Ok((redact::without(body, &places), redact::needles(body, &places))),
        Err(error) => invalid(error),
    }
}

fn find(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, wanted: &Redaction) -> Result<Found> {
    let gone = || Error::conflict("error-redact-gone");
    let mut left = Left::default();
    let (needles, what, public) = match wanted.target {
        Target::Message(id) => {
            let found = message::get(rd, ticket.id, id)?;
            let (body, needles) = cut(&found.body.ok_or_else(gone)?, &wanted.part)?;
            left.messages.push((id, body));
            (needles, Redacted::Message, found.public)
        }
        Target::Title => {
            let needles = match (cut(&ticket.title, &wanted.part), &wanted.part) {
                (Ok((title, needles)), _) => {
                    left.title = Some(title);
                    needles
                }
                // It may have stood in an earlier title.
                (Err(error), Part::Text(text)) if text.trim().chars().count() < redact::SHORTEST => return Err(error),
                (Err(_), Part::Text(text)) => vec![text.trim().to_owned()],
                (Err(error), _) => return Err(error),
            };
            (needles, Redacted::Title, true)
        }
        Target::Report => {
            let id = ticket.resolution_text.ok_or_else(gone)?;
            let (report, needles) = cut(&texts::get(rd, id)?.ok_or_else(gone)?, &wanted.part)?;
            left.texts.push((id, report));
            (needles, Redacted::Report, true)
        }
        Target::File(id) => {
            let here = attachment::of_ticket(rd, ticket.id, true)?;
            let file = here.into_iter().find(|file| file.id == id).ok_or_else(Error::not_found)?;
            left.files.push((id, file.message));
            left.fields = holding(rd, frame, ticket, id)?;
            (Vec::new(), Redacted::File, file.public)
        }
    };
    Ok(Found { left, needles, what, public })
}

/// The custom fields whose value is the file.
fn holding(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, file: AttachmentId) -> Result<Vec<(String, Option<Value>)>> {
    let catalogue = frame.desk.catalogue(rd)?;
    let values = settings::values::of(rd, Object::Ticket, ticket.id.raw())?;
    let files = catalogue.fields().of_object(Object::Ticket, ticket.tenant.raw()).filter(|def| def.ty == FieldType::File);
    let held = files.filter(|def| values.get(&def.key) == Some(&Value::Int(file.raw())));
    Ok(held.map(|def| (def.key.clone(), None)).collect())
}

/// The same in messages, the title and custom fields.
fn around(rd: &mut Rd<'_>, ticket: &Ticket, found: &mut Found) -> Result<()> {
    let Found { left, needles, .. } = found;
    for message in message::of_ticket(rd, ticket.id, true, MOST)? {
        let there = message.body.filter(|_| !left.messages.iter().any(|(id, _)| *id == message.id));
        left.messages.extend(there.and_then(|body| redact::without_any(&body, needles)).map(|body| (message.id, body)));
    }
    if left.title.is_none() {
        left.title = redact::without_any(&ticket.title, needles);
    }
    for (key, value) in settings::values::of(rd, Object::Ticket, ticket.id.raw())? {
        if let Value::Text(body) = value {
            left.fields.extend(redact::without_any(&body, needles).map(|body| (key, Some(Value::Text(body)))));
        }
    }
    Ok(())
}

/// The same in what the timeline tells: earlier titles, reports, reasons.
fn spread(rd: &mut Rd<'_>, ticket: &Ticket, found: &mut Found) -> Result<()> {
    let Found { left, needles, .. } = found;
    let title = left.title.clone();
    for (id, body) in texts::of_ticket(rd, ticket.id)? {
        if left.texts.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let same = title.clone().filter(|_| body == ticket.title);
        left.texts.extend(same.or_else(|| redact::without_any(&body, needles)).map(|body| (id, body)));
    }
    Ok(())
}
