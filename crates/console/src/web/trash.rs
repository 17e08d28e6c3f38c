//! `/desk/trash`: what was moved to the trash, until it is removed for good.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use i18n::{Arg, T};
use kernel::{ErrorKind, PageRequest, TicketId, Time};
use serde::Deserialize;
use ticket::actions::trash as act;
use ticket::trash::{self, Trashed};
use ticket::{Catalogue, Frame};
use ui::{Chrome, Flash, FormErrors, Person};
use web_kit::{Path, Query, Result};

use super::{Agent, Fields, comes_back, errors, refused};
use crate::words::{self, When};

#[derive(Template)]
#[template(path = "console/trash.html", blocks = ["main"])]
struct TrashPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    rows: Vec<Row>,
    next: String,
    days: String,
    /// The reader says how many they are.
    may_keep: bool,
}

/// A ticket there.
struct Row {
    id: TicketId,
    number: String,
    title: String,
    by: Option<Person>,
    at: When,
    until: When,
    removes: bool,
}

/// Its address: says that it is there, to whoever may bring it back.
#[derive(Template)]
#[template(path = "console/trashed.html", blocks = ["main"])]
struct TrashedPage {
    t: T,
    chrome: Chrome,
    row: Row,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    cursor: Option<String>,
    /// What the step before did.
    #[serde(default)]
    done: String,
}

pub async fn show(agent: Agent, Query(ask): Query<Ask>) -> Result {
    let page = build(&agent, &ask, None, FormErrors::new()).await?;
    web_kit::page!(agent.viewer, page, as_main)
}

async fn build(agent: &Agent, ask: &Ask, typed: Option<String>, errors: FormErrors) -> Result<TrashPage, web_kit::Fail> {
    let (t, now) = (agent.viewer.t.clone(), agent.now());
    let request = PageRequest { limit: None, cursor: ask.cursor.clone() };
    let (listed, catalogue) =
        agent.read_bounded("trash", move |rd, frame| Ok((trash::list(rd, frame, &request)?, frame.desk.catalogue(rd)?))).await?;
    let rows = listed.page.rows.iter().map(|one| row(&t, now, &catalogue, &listed.names, one)).collect();
    let mut chrome = agent.chrome(t.msg("console-trash"));
    if ask.done == "removed" {
        chrome.flash = Some(Flash { kind: "ok", text: t.msg("console-done-removed").into_owned(), undo: None });
    }
    let next = listed.page.next.map_or_else(String::new, |cursor| words::address("/desk/trash", &[("cursor", &cursor)]));
    let may_keep = agent.viewer.actor.require(access::Verb::SettingsEdit, party::SHARED).is_ok();
    Ok(TrashPage { chrome, errors, rows, next, days: typed.unwrap_or_else(|| listed.days.to_string()), may_keep, t })
}

fn row(t: &T, now: Time, catalogue: &Catalogue, names: &party::Names, one: &Trashed) -> Row {
    Row {
        id: one.ticket.id,
        number: words::number_of(catalogue, &one.ticket),
        title: one.ticket.title.clone(),
        by: one.by.map(|id| words::person_at(names, id)),
        at: When::new(t, one.at, now),
        until: When::new(t, one.until, now),
        removes: one.removes,
    }
}

/// The page of a ticket that is in the trash; nothing for whoever may not bring it back.
///
/// # Errors
/// The database refuses.
pub async fn of(agent: &Agent, id: TicketId) -> Result<Option<Response>, web_kit::Fail> {
    let (t, now) = (agent.viewer.t.clone(), agent.now());
    let read = move |rd: &mut db::Rd<'_>, frame: Frame<'_>| {
        let one = match trash::one(rd, frame, id) {
            Ok(one) => one,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let names = party::Wanted::default().person(one.by).load(rd)?;
        Ok(Some((one, names, frame.desk.catalogue(rd)?)))
    };
    let Some((one, names, catalogue)) = agent.read_bounded("ticket.trashed", read).await? else { return Ok(None) };
    let row = row(&t, now, &catalogue, &names, &one);
    let chrome = agent.chrome(format!("{} {}", row.number, row.title));
    let page = TrashedPage { chrome, row, t };
    web_kit::page!(agent.viewer, page, as_main).map(Some)
}

/// `POST /desk/tickets/{number}/trash`
pub async fn discard(agent: Agent, Path(id): Path<TicketId>) -> Result {
    agent.act("ticket.trash", None, move |tx, frame| act::discard(tx, frame, id)).await?;
    Ok(Redirect::to(&format!("/desk/tickets/{id}")).into_response())
}

/// `POST /desk/trash/{number}/restore`
pub async fn restore(agent: Agent, Path(id): Path<TicketId>) -> Result {
    agent.act("ticket.restore", None, move |tx, frame| act::restore(tx, frame, id).map(|_| ())).await?;
    Ok(Redirect::to(&format!("/desk/tickets/{id}?done=restored")).into_response())
}

/// `POST /desk/trash/{number}/remove`
pub async fn remove(agent: Agent, Path(id): Path<TicketId>) -> Result {
    agent.act("ticket.remove", None, move |tx, frame| act::remove(tx, frame, id)).await?;
    Ok(Redirect::to("/desk/trash?done=removed").into_response())
}

/// `POST /desk/trash/days`: how long tickets stay there.
pub async fn keep(agent: Agent, fields: Fields) -> Result {
    let typed = fields.text("days").trim().to_owned();
    let days = typed.parse::<i64>().unwrap_or(0);
    match agent.act("trash.keep", None, move |tx, frame| act::keep(tx, frame, days)).await {
        Ok(()) => Ok(Redirect::to("/desk/trash").into_response()),
        Err(error) if comes_back(&error) => {
            let said = errors(&agent.viewer.t, &error);
            let page = build(&agent, &Ask::default(), Some(typed), said).await?;
            Ok(refused(web_kit::page!(agent.viewer, page, as_main)?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

impl TrashPage {
    fn removes(&self, row: &Row) -> String {
        self.t.with("console-trash-remove-this", &[("number", Arg::from(row.number.as_str()))])
    }
}
