//! `/desk/tickets/{number}/redact`: taking a part of what was written, or a file, away for good.

use access::Verb;
use askama::Template;
use axum::response::Response;
use db::Rd;
use i18n::T;
use kernel::{AttachmentId, Error, MessageId, TicketId};
use serde::Deserialize;
use ticket::actions::redact::{self as act, Redaction, Target};
use ticket::rules::redact::Part;
use ticket::{Frame, serve, store};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Path, Query, Result};

use super::to_changed;
use crate::web::{Agent, Fields, comes_back, errors};

/// Messages from which one is chosen.
const MOST: i64 = 2000;
/// Letters of a message by which it is known again.
const LETTERS: usize = 60;

#[derive(Template)]
#[template(path = "console/redact.html", blocks = ["main"])]
struct RedactPage {
    t: T,
    chrome: Chrome,
    base: String,
    errors: FormErrors,
    id: TicketId,
    title: String,
    places: Vec<Choice>,
    what: String,
    /// The text as it was written; nothing of a file.
    source: Option<String>,
    text: String,
    from: String,
    to: String,
    whole: bool,
    everywhere: bool,
    reason: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    what: String,
}

pub async fn show(agent: Agent, Path(id): Path<TicketId>, Query(ask): Query<Ask>) -> Result {
    page(&agent, id, &Fields(vec![("what".to_owned(), ask.what)]), FormErrors::new()).await
}

pub async fn send(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    match run(&agent, id, &fields).await {
        Ok(()) => Ok(to_changed(id, "redacted")),
        Err(error) if comes_back(&error) => {
            let said = errors(&agent.viewer.t, &error);
            Ok(crate::web::refused(page(&agent, id, &fields, said).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

/// The place that the form names: `title`, `report`, `message-7` or `file-7`.
fn target(what: &str) -> Option<Target> {
    match what.split_once('-') {
        Some(("message", id)) => id.parse::<MessageId>().ok().map(Target::Message),
        Some(("file", id)) => id.parse::<AttachmentId>().ok().map(Target::File),
        _ if what == "title" => Some(Target::Title),
        _ if what == "report" => Some(Target::Report),
        _ => None,
    }
}

async fn run(agent: &Agent, id: TicketId, fields: &Fields) -> kernel::Result<()> {
    let target = target(fields.text("what")).ok_or_else(|| Error::invalid("what", "error-choice"))?;
    let whole = fields.is_set("whole") || matches!(target, Target::File(_));
    // The part that was marked in the page; a text that was typed after that goes before it.
    let part = match (fields.text("from").parse(), fields.text("to").parse()) {
        _ if whole => Part::Whole,
        (Ok(from), Ok(to)) => Part::Range { from, to },
        _ => Part::Text(fields.raw("text").to_owned()),
    };
    let wanted = Redaction { target, part, everywhere: fields.is_set("everywhere"), reason: fields.text("reason").to_owned() };
    agent.act("ticket.redact", None, move |tx, frame| act::redact(tx, frame, id, &wanted).map(drop)).await
}

async fn page(agent: &Agent, id: TicketId, fields: &Fields, errors: FormErrors) -> Result<Response> {
    let t = agent.viewer.t.clone();
    let (words, what) = (t.clone(), fields.text("what").to_owned());
    let (title, places, source) = agent.read_bounded("ticket.redact.page", move |rd, frame| read(rd, frame, &words, id, &what)).await?;
    let base = format!("/desk/tickets/{id}");
    let page = RedactPage {
        chrome: agent.chrome(t.msg("console-redact")),
        base,
        errors,
        id,
        title,
        places,
        what: fields.text("what").to_owned(),
        source,
        text: fields.raw("text").to_owned(),
        from: fields.text("from").to_owned(),
        to: fields.text("to").to_owned(),
        whole: fields.is_set("whole"),
        everywhere: fields.is_set("everywhere"),
        reason: fields.text("reason").to_owned(),
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}

type Found = (String, Vec<Choice>, Option<String>);

/// The title, the places of the ticket, and what stands at the chosen one.
fn read(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T, id: TicketId, what: &str) -> kernel::Result<Found> {
    let seen = serve::see(rd, frame, id)?;
    if !seen.inner {
        return Err(Error::not_found());
    }
    if !serve::may(rd, frame, &seen.ticket, Verb::TicketRedact)? {
        return Err(Error::forbidden().arg("verb", Verb::TicketRedact));
    }
    let title = seen.ticket.title.clone();
    let report = seen.ticket.resolution_text.map(|report| store::text::get(rd, report)).transpose()?.flatten();
    let mut texts: Vec<(String, String, Option<String>)> =
        vec![("title".to_owned(), t.msg("field-title").into_owned(), Some(title.clone()))];
    texts.extend(report.map(|report| ("report".to_owned(), t.msg("field-resolution-report").into_owned(), Some(report))));
    for message in store::message::of_ticket(rd, id, true, MOST)? {
        let when = t.moment(message.occurred_at, frame.act.now);
        let Some(body) = message.body else { continue };
        texts.push((format!("message-{}", message.id), format!("{when}: {}", ui::excerpt(&body, LETTERS)), Some(body)));
    }
    for file in store::attachment::of_ticket(rd, id, true)? {
        texts.push((format!("file-{}", file.id), file.name, None));
    }
    let source = texts.iter().find(|(key, _, _)| key == what).and_then(|(_, _, source)| source.clone());
    let choices = texts.into_iter().map(|(value, label, _)| Choice { selected: value == what, value, label });
    Ok((title, choices.collect(), source))
}
