//! Saving a filter as a list, changing and deleting it.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect};
use i18n::T;
use kernel::{Error, TeamId, ViewId};
use party::Wanted;
use serde::Deserialize;
use ticket::actions::view::{self as act, Share};
use ticket::store::view::{View, ViewData};
use ticket::{Frame, list, store};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Path, Query, Result};

use super::columns;
use crate::views;
use crate::web::{Agent, Fields};
use crate::words::address;

#[derive(Template)]
#[template(path = "console/view.html", blocks = ["main"])]
struct ViewPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    action: String,
    version: i64,
    named: String,
    query: String,
    columns: String,
    /// With whom it may be shared; empty for a list that exists or a person who may not share.
    shares: Vec<Choice>,
    /// Whom a list that exists is shared with; empty when it is the reader's own.
    audience: String,
    back: String,
    exists: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    c: String,
}

/// The form for the present filter.
pub async fn blank(agent: Agent, Query(wanted): Query<Asked>) -> Result {
    let data = ViewData { name: String::new(), query: wanted.q, columns: wanted.c, place: 0 };
    form(&agent, None, &data, "me", &FormErrors::new()).await
}

/// The form for a list that exists.
pub async fn edit(agent: Agent, Path(id): Path<ViewId>) -> Result {
    let view = own(&agent, id).await?;
    form(&agent, Some(&view), &data_of(&view), "me", &FormErrors::new()).await
}

/// Saves a new list.
pub async fn save(agent: Agent, fields: Fields) -> Result {
    let data = data(&fields, 100);
    let share = fields.text("share").to_owned();
    let saved = agent.act("view.save", None, {
        let (data, share) = (data.clone(), share.clone());
        move |tx, frame| {
            understood(tx, frame, &data)?;
            act::save(tx, frame, share_of(&share)?, &data).map(|view| view.id)
        }
    });
    match saved.await {
        Ok(id) => Ok(Redirect::to(&address("/desk/tickets", &[("v", &id.to_string())])).into_response()),
        Err(error) => refused(&agent, None, &data, &share, error).await,
    }
}

/// Changes or deletes a list.
pub async fn change(agent: Agent, Path(id): Path<ViewId>, fields: Fields) -> Result {
    if fields.is_set("delete") {
        agent.act("view.delete", None, move |tx, frame| act::delete(tx, frame, id)).await?;
        return Ok(Redirect::to("/desk/tickets").into_response());
    }
    let view = own(&agent, id).await?;
    let data = data(&fields, view.place);
    let version = fields.number("version")?.unwrap_or_default();
    let changed = agent.act("view.change", None, {
        let data = data.clone();
        move |tx, frame| {
            understood(tx, frame, &data)?;
            act::change(tx, frame, id, version, &data).map(|view| view.id)
        }
    });
    match changed.await {
        Ok(id) => Ok(Redirect::to(&address("/desk/tickets", &[("v", &id.to_string())])).into_response()),
        Err(error) => refused(&agent, Some(&view), &data, "me", error).await,
    }
}

fn data(fields: &Fields, place: i64) -> ViewData {
    let columns = columns::write(&columns::read(fields.text("columns")));
    ViewData { name: fields.text("name").to_owned(), query: fields.text("q").to_owned(), columns, place }
}

fn data_of(view: &View) -> ViewData {
    ViewData { name: view.name.clone(), query: view.query.clone(), columns: view.columns.clone(), place: view.place }
}

/// Only a filter that can be run is saved.
fn understood(rd: &mut db::Rd<'_>, frame: Frame<'_>, data: &ViewData) -> kernel::Result<()> {
    list::prepare(rd, frame.desk, frame.actor, &data.query, true, frame.act.now).map(|_| ())
}

fn share_of(text: &str) -> kernel::Result<Share> {
    match text {
        "" | "me" => Ok(Share::Me),
        "everyone" => Ok(Share::Everyone),
        team => team
            .strip_prefix("team-")
            .and_then(|id| id.parse::<TeamId>().ok())
            .map(Share::Team)
            .ok_or_else(|| Error::invalid("share", "error-choice")),
    }
}

/// A list that the reader may change.
async fn own(agent: &Agent, id: ViewId) -> kernel::Result<View> {
    agent
        .read_bounded("view.get", move |rd, frame| {
            let found = store::view::get(rd, id)?;
            if views::changeable(frame.actor, &found) { Ok(found) } else { Err(Error::not_found()) }
        })
        .await
}

async fn refused(agent: &Agent, view: Option<&View>, data: &ViewData, share: &str, error: Error) -> Result {
    if !crate::web::comes_back(&error) {
        return Err(error.into());
    }
    let errors = crate::web::errors(&agent.viewer.t, &error);
    Ok(crate::web::refused(form(agent, view, data, share, &errors).await?, &error))
}

async fn form(agent: &Agent, view: Option<&View>, data: &ViewData, share: &str, errors: &FormErrors) -> Result {
    let t = agent.viewer.t.clone();
    let shares = if view.is_none() { shares(agent, share).await? } else { Vec::new() };
    let audience = match view.filter(|v| v.owner.is_none()) {
        Some(view) => audience(agent, view.team).await?,
        None => String::new(),
    };
    let title = if view.is_some() { t.msg("console-view-edit") } else { t.msg("console-save-view") };
    let page = ViewPage {
        chrome: agent.chrome(title),
        errors: errors.clone(),
        action: view.map_or_else(|| "/desk/views".to_owned(), |v| format!("/desk/views/{}", v.id)),
        version: view.map_or(0, |v| v.version),
        named: data.name.clone(),
        query: data.query.clone(),
        columns: data.columns.clone(),
        shares,
        audience,
        back: view.map_or_else(
            || address("/desk/tickets", &[("q", &data.query), ("c", &data.columns)]),
            |v| address("/desk/tickets", &[("v", &v.id.to_string())]),
        ),
        exists: view.is_some(),
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}

/// Whom a shared list is for.
async fn audience(agent: &Agent, team: Option<TeamId>) -> kernel::Result<String> {
    let Some(team) = team else { return Ok(agent.viewer.t.msg("console-share-everyone").into_owned()) };
    agent.read_bounded("view.team", move |rd, _| Ok(Wanted::default().team(team).load(rd)?.team(team).to_owned())).await
}

async fn shares(agent: &Agent, chosen: &str) -> kernel::Result<Vec<Choice>> {
    let actor = &agent.viewer.actor;
    if !actor.may(access::Verb::ViewShare, actor.tenant) {
        return Ok(Vec::new());
    }
    let person = actor.require_person()?;
    let teams = agent.read_bounded("team.of_person", move |rd, _| party::store::team::of_person(rd, person)).await?;
    let t = &agent.viewer.t;
    let mut shares = vec![Choice::new("me", t.msg("console-share-me"), true)];
    shares.extend(teams.into_iter().map(|team| Choice::new(format!("team-{}", team.id), team.name, false)));
    shares.push(Choice::new("everyone", t.msg("console-share-everyone"), false));
    for share in &mut shares {
        share.selected = share.value == chosen;
    }
    Ok(shares)
}
