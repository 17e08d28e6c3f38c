//! `/desk/tickets/{number}/secret?place=`: reading what was masked, once and for a minute.

use access::Verb;
use askama::Template;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderName, HeaderValue, header};
use i18n::T;
use kernel::{Error, TicketId};
use serde::Deserialize;
use ticket::actions::reveal as act;
use ticket::timeline::secret_line;
use ticket::{serve, store};
use ui::{Chrome, FormErrors};
use web_kit::{Path, Query, Result};

use crate::web::{Agent, Fields, comes_back, errors, refused};

#[derive(Template)]
#[template(path = "console/reveal.html", blocks = ["main"])]
struct RevealPage {
    t: T,
    chrome: Chrome,
    base: String,
    errors: FormErrors,
    id: TicketId,
    place: i64,
    title: String,
    line: String,
    reason: String,
    /// What it was, once it was asked for.
    value: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    place: i64,
}

pub async fn show(agent: Agent, Path(id): Path<TicketId>, Query(ask): Query<Ask>) -> Result {
    page(&agent, id, ask.place, &Fields::default(), FormErrors::new(), None).await
}

pub async fn send(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    let (reason, place) = (fields.text("reason").to_owned(), fields.number("place")?.unwrap_or_default());
    match agent.act("ticket.reveal", None, move |tx, frame| act::reveal(tx, frame, id, place, &reason)).await {
        Ok(value) => {
            let shown = page(&agent, id, place, &fields, FormErrors::new(), Some(value)).await?;
            let back = HeaderValue::from_str(&format!("{}; url=/desk/tickets/{id}", act::SHOWN)).map_err(Error::internal)?;
            let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store")), (HeaderName::from_static("refresh"), back)];
            Ok((headers, shown).into_response())
        }
        Err(error) if comes_back(&error) => {
            let said = errors(&agent.viewer.t, &error);
            Ok(refused(page(&agent, id, place, &fields, said, None).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(agent: &Agent, id: TicketId, place: i64, fields: &Fields, errors: FormErrors, value: Option<String>) -> Result<Response> {
    let (title, secret) = agent
        .read_bounded("ticket.reveal.page", move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            if !seen.inner {
                return Err(Error::not_found());
            }
            if !serve::may(rd, frame, &seen.ticket, Verb::TicketReveal)? {
                return Err(Error::forbidden().arg("verb", Verb::TicketReveal));
            }
            let catalogue = frame.desk.catalogue(rd)?;
            let knows = |secret: &store::secret::Secret| ticket::secrets::knows(frame, &catalogue, &seen.ticket, true, secret);
            let secret = store::secret::get(rd, id, place)?.filter(knows).ok_or_else(Error::not_found)?;
            Ok((seen.ticket.title, secret))
        })
        .await?;
    let t = agent.viewer.t.clone();
    let page = RevealPage {
        chrome: agent.chrome(t.msg("console-reveal")),
        base: format!("/desk/tickets/{id}"),
        errors,
        id,
        place,
        title,
        line: secret_line(&t, &secret),
        reason: fields.text("reason").to_owned(),
        value,
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}
