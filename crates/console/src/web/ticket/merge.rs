//! `/desk/tickets/{number}/merge`: two tickets side by side, and which of them goes on.

use access::Verb;
use askama::Template;
use axum::response::Response;
use db::Rd;
use i18n::T;
use kernel::{Error, PageRequest, TicketId};
use serde::Deserialize;
use ticket::actions::merge as act;
use ticket::{Frame, serve, store};
use ui::{Chrome, FormErrors};
use web_kit::{Path, Query, Result};

use super::to_changed;
use crate::web::named::Named;
use crate::web::{Agent, Fields, comes_back, errors};
use crate::words::{self, When};

/// Messages shown of each.
const SHOWN: u32 = 5;
/// Letters shown of a message.
const LETTERS: usize = 200;

#[derive(Template)]
#[template(path = "console/merge.html", blocks = ["main"])]
struct MergePage {
    t: T,
    chrome: Chrome,
    base: String,
    errors: FormErrors,
    number: String,
    /// Both of them, once the other one is known.
    sides: Vec<Side>,
    other: Option<TicketId>,
    /// What was typed for the other one.
    typed: String,
    /// They have different requesters.
    apart: bool,
}

/// One of the two.
struct Side {
    id: TicketId,
    number: String,
    title: String,
    category: &'static str,
    state: String,
    requester: String,
    created: When,
    said: Vec<(String, When)>,
    more: bool,
    asks: Option<kernel::PersonId>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    other: String,
    #[serde(default)]
    other_text: String,
}

/// The two of them.
pub async fn show(agent: Agent, Path(id): Path<TicketId>, Query(ask): Query<Ask>) -> Result {
    let fields = Fields(vec![("other".to_owned(), ask.other), ("other_text".to_owned(), ask.other_text)]);
    page(&agent, id, &fields, FormErrors::new()).await
}

/// Merges; `keep` is the number of the one that goes on.
pub async fn merge(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    match run(&agent, id, &fields).await {
        Ok(into) => Ok(to_changed(into, "merged")),
        Err(error) if comes_back(&error) => {
            let said = errors(&agent.viewer.t, &error);
            Ok(crate::web::refused(page(&agent, id, &fields, said).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/tickets/{number}/unmerge`
pub async fn unmerge(agent: Agent, Path(id): Path<TicketId>) -> Result {
    agent.act("ticket.unmerge", None, move |tx, frame| act::unmerge(tx, frame, id, &[]).map(|_| ())).await?;
    Ok(to_changed(id, "unmerged"))
}

async fn run(agent: &Agent, id: TicketId, fields: &Fields) -> kernel::Result<TicketId> {
    let choice = || Error::invalid("other", "error-choice");
    let other: TicketId = fields.text("other").parse().map_err(|_| choice())?;
    let keep: TicketId = fields.text("keep").parse().map_err(|_| choice())?;
    let (from, into) = match keep {
        keep if keep == other => (id, other),
        keep if keep == id => (other, id),
        _ => return Err(choice()),
    };
    agent.act("ticket.merge", None, move |tx, frame| act::merge(tx, frame, from, into).map(|merged| merged.into.id)).await
}

async fn page(agent: &Agent, id: TicketId, fields: &Fields, mut errors: FormErrors) -> Result<Response> {
    let (t, now) = (agent.viewer.t.clone(), agent.now());
    let named = Named::of(fields, "other")?;
    let typed = fields.text("other_text").to_owned();
    let (this, found) = agent
        .read_bounded("ticket.merge.page", {
            let t = t.clone();
            move |rd, frame| {
                let this = side(rd, frame, &t, now, id)?;
                let other = match named.as_ref().map(|named| named.ticket(rd, frame)) {
                    None | Some(Ok(None)) => Ok(None),
                    Some(Ok(Some(other))) => side(rd, frame, &t, now, other).map(Some),
                    Some(Err(error)) => Err(error),
                };
                Ok((this, other))
            }
        })
        .await?;
    let other = match found {
        Ok(other) => other,
        Err(error) if comes_back(&error) || error.kind() == kernel::ErrorKind::NotFound => {
            errors.push("other", t.msg("error-no-such-ticket"));
            None
        }
        Err(error) => return Err(error.into()),
    };
    let apart = other.as_ref().is_some_and(|other| other.asks != this.asks);
    let mut chrome = agent.chrome(t.msg("console-merge"));
    chrome.search = None;
    let (base, number, known) = (format!("/desk/tickets/{id}"), this.number.clone(), other.as_ref().map(|side| side.id));
    let sides = other.map_or_else(Vec::new, |other| vec![this, other]);
    let page = MergePage { base, number, chrome, errors, sides, other: known, typed, apart, t };
    web_kit::page!(agent.viewer, page, as_main)
}

/// A ticket that the reader may merge, as it is compared.
fn side(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T, now: kernel::Time, id: TicketId) -> kernel::Result<Side> {
    let seen = serve::see(rd, frame, id)?;
    if !seen.inner {
        return Err(Error::not_found());
    }
    let ticket = &seen.ticket;
    if !serve::may(rd, frame, ticket, Verb::TicketMerge)? {
        return Err(Error::forbidden().arg("verb", Verb::TicketMerge));
    }
    let catalogue = frame.desk.catalogue(rd)?;
    let known = serve::known(frame.actor, ticket);
    let names = party::Wanted::default().person(known.requester).load(rd)?;
    let page = store::message::page(rd, id, true, &PageRequest { limit: Some(SHOWN), cursor: None })?;
    let said = page.rows.iter().map(|m| (ui::excerpt(m.body.as_deref().unwrap_or_default(), LETTERS), When::new(t, m.occurred_at, now)));
    Ok(Side {
        id,
        number: words::number_of(&catalogue, ticket),
        title: ticket.title.clone(),
        category: ticket.category.key(),
        state: words::state_name(t, &catalogue, ticket),
        requester: known.requester.map_or_else(String::new, |person| names.person_name(person).to_owned()),
        created: When::new(t, ticket.created_at, now),
        said: said.collect(),
        more: page.next.is_some(),
        asks: ticket.requester,
    })
}
