//! `/desk/tickets/{number}/split`: some messages become a ticket of their own.

use std::str::FromStr as _;

use askama::Template;
use axum::response::Response;
use i18n::T;
use kernel::{Error, MessageId, TicketId};
use ticket::actions::split as act;
use ticket::timeline::What;
use ticket::{MessageKind, serve};
use ui::{Chrome, FormErrors};
use web_kit::{Path, Result};

use super::to_changed;
use crate::web::{Agent, Fields, comes_back, errors};
use crate::words::{self, When};

/// Letters shown of a message.
const LETTERS: usize = 240;

#[derive(Template)]
#[template(path = "console/split.html", blocks = ["main"])]
struct SplitPage {
    t: T,
    chrome: Chrome,
    base: String,
    number: String,
    errors: FormErrors,
    titled: String,
    rows: Vec<Row>,
}

/// A message that can be chosen.
struct Row {
    id: String,
    who: String,
    text: String,
    when: When,
    inner: bool,
    chosen: bool,
}

pub async fn show(agent: Agent, Path(id): Path<TicketId>) -> Result {
    page(&agent, id, &Fields::default(), FormErrors::new()).await
}

pub async fn split(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    let (messages, title) = (chosen(&fields), fields.text("title").to_owned());
    let done = agent.act("ticket.split", None, move |tx, frame| act::split(tx, frame, id, &messages, &title).map(|new| new.id.raw())).await;
    match done {
        Ok(new) => Ok(to_changed(TicketId::new(new), "split")),
        Err(error) if comes_back(&error) => {
            let said = errors(&agent.viewer.t, &error);
            Ok(crate::web::refused(page(&agent, id, &fields, said).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/tickets/{number}/unsplit`
pub async fn unsplit(agent: Agent, Path(id): Path<TicketId>) -> Result {
    let old = agent.act("ticket.unsplit", None, move |tx, frame| act::unsplit(tx, frame, id).map(|old| old.id.raw())).await?;
    Ok(to_changed(TicketId::new(old), "unsplit"))
}

fn chosen(fields: &Fields) -> Vec<MessageId> {
    let mut ids: Vec<MessageId> =
        fields.0.iter().filter(|(name, _)| name == "m").filter_map(|(_, id)| MessageId::from_str(id).ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn page(agent: &Agent, id: TicketId, fields: &Fields, errors: FormErrors) -> Result<Response> {
    let (t, now) = (agent.viewer.t.clone(), agent.now());
    let (number, timeline) = agent
        .read_bounded("ticket.split.page", move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            if !seen.inner {
                return Err(Error::not_found());
            }
            let number = words::number_of(&*frame.desk.catalogue(rd)?, &seen.ticket);
            Ok((number, serve::timeline(rd, frame, &seen)?))
        })
        .await?;
    let chosen = chosen(fields);
    let said = timeline.entries.iter().filter_map(|entry| match &entry.what {
        What::Message(message) if message.kind != MessageKind::Description => Some(message),
        _ => None,
    });
    let rows = said.map(|m| Row {
        id: m.id.to_string(),
        who: m.author.map_or_else(String::new, |author| timeline.names.person_name(author).to_owned()),
        text: ui::excerpt(m.body.as_deref().unwrap_or_default(), LETTERS),
        when: When::new(&t, m.occurred_at, now),
        inner: !m.public,
        chosen: chosen.contains(&m.id),
    });
    let rows = rows.collect();
    let mut chrome = agent.chrome(t.msg("console-split"));
    chrome.search = None;
    let page = SplitPage { base: format!("/desk/tickets/{id}"), chrome, number, errors, titled: fields.text("title").to_owned(), rows, t };
    web_kit::page!(agent.viewer, page, as_main)
}
