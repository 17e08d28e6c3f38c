//! Saving a filter as a list, changing and deleting it.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect};
use i18n::T;
use kernel::{Error, ErrorKind, TeamId, ViewId};
use party::Wanted;
use serde::Deserialize;
use ticket::actions::view::{self as act, Share};
use ticket::store::view::{View, ViewData};
use ticket::{Catalogue, Frame, list, store};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Path, Query, Result};

use super::columns::{self, Editable};
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
    /// The filter without its order.
    query: String,
    sorts: Vec<Choice>,
    /// How many tickets it holds now, in words; empty when that is not known.
    count: String,
    columns: Vec<Editable>,
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

/// Saves a new list, or shows the form as it would be.
pub async fn save(agent: Agent, fields: Fields) -> Result {
    let (data, share) = (data(&fields, 100), fields.text("share").to_owned());
    if looks(&fields) {
        return form(&agent, None, &data, &share, &FormErrors::new()).await;
    }
    let saved = agent.act("view.save", None, {
        let (data, share) = (data.clone(), share.clone());
        move |tx, frame| {
            understood(tx, frame, &data.query)?;
            act::save(tx, frame, share_of(&share)?, &data).map(|view| view.id)
        }
    });
    match saved.await {
        Ok(id) => Ok(Redirect::to(&address("/desk/tickets", &[("v", &id.to_string())])).into_response()),
        Err(error) => refused(&agent, None, &data, &share, error).await,
    }
}

/// Changes or deletes a list, or shows the form as it would be.
pub async fn change(agent: Agent, Path(id): Path<ViewId>, fields: Fields) -> Result {
    if fields.is_set("delete") {
        agent.act("view.delete", None, move |tx, frame| act::delete(tx, frame, id)).await?;
        return Ok(Redirect::to("/desk/tickets").into_response());
    }
    let view = own(&agent, id).await?;
    let data = data(&fields, view.place);
    let version = fields.number("version")?.unwrap_or_default();
    if looks(&fields) {
        return form(&agent, Some(&View { version, ..view }), &data, "me", &FormErrors::new()).await;
    }
    let changed = agent.act("view.change", None, {
        let data = data.clone();
        move |tx, frame| {
            understood(tx, frame, &data.query)?;
            act::change(tx, frame, id, version, &data).map(|view| view.id)
        }
    });
    match changed.await {
        Ok(id) => Ok(Redirect::to(&address("/desk/tickets", &[("v", &id.to_string())])).into_response()),
        Err(error) => refused(&agent, Some(&view), &data, "me", error).await,
    }
}

/// The form was sent to count again or to move a column: nothing is saved.
fn looks(fields: &Fields) -> bool {
    ["preview", "up", "down"].into_iter().any(|name| fields.is_set(name))
}

fn data(fields: &Fields, place: i64) -> ViewData {
    let named = |name: &'static str| fields.pairs().filter(move |(n, _)| *n == name).map(|(_, value)| value);
    let chosen: Vec<&str> = named("column").collect();
    let mut columns: Vec<&str> = named("order").filter(|key| chosen.contains(key)).collect();
    let at = |key: &str| columns.iter().position(|own| *own == key);
    let swapped = match (at(fields.text("up")), at(fields.text("down"))) {
        (Some(at), _) if at > 0 => Some((at, at - 1)),
        (_, Some(at)) if at + 1 < columns.len() => Some((at, at + 1)),
        _ => None,
    };
    if let Some((one, other)) = swapped {
        columns.swap(one, other);
    }
    // What asks without a form names them in one text.
    let columns = if columns.is_empty() { fields.text("columns").to_owned() } else { columns.join(",") };
    // An order that stands in the filter itself comes first: somebody typed it.
    let (filter, sort) = (fields.text("q"), fields.text("sort"));
    let query = if sort.is_empty() || filter.contains("sort:") { filter.to_owned() } else { format!("{filter} {sort}").trim().to_owned() };
    ViewData { name: fields.text("name").to_owned(), query, columns: columns::write(&columns::read(&columns)), place }
}

fn data_of(view: &View) -> ViewData {
    ViewData { name: view.name.clone(), query: view.query.clone(), columns: view.columns.clone(), place: view.place }
}

/// Only a filter that can be run is saved. In a list an unknown key is a mistake and never a word.
fn understood(rd: &mut db::Rd<'_>, frame: Frame<'_>, query: &str) -> kernel::Result<list::Prepared> {
    list::prepare(rd, frame.desk, frame.actor, query, false, frame.act.now)
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
    let known = known(agent, &data.query).await?;
    let mut errors = errors.clone();
    if let (Some(wrong), true) = (&known.wrong, errors.is_empty()) {
        errors = crate::web::errors(&t, wrong);
    }
    let hidden = agent.viewer.actor.hidden(access::Object::Ticket);
    let own = super::offered(agent, &known.catalogue, &hidden);
    let title = if view.is_some() { t.msg("console-view-edit") } else { t.msg("console-save-view") };
    let page = ViewPage {
        chrome: agent.chrome(title),
        errors,
        action: view.map_or_else(|| "/desk/views".to_owned(), |v| format!("/desk/views/{}", v.id)),
        version: view.map_or(0, |v| v.version),
        named: data.name.clone(),
        sorts: columns::sorts(&t, &hidden, &known.sort),
        count: known.count.map_or_else(String::new, |count| words(&t, count)),
        columns: columns::editable(&t, &columns::read(&data.columns), &own, &hidden),
        shares,
        audience,
        back: view.map_or_else(
            || address("/desk/tickets", &[("q", &data.query), ("c", &data.columns)]),
            |v| address("/desk/tickets", &[("v", &v.id.to_string())]),
        ),
        exists: view.is_some(),
        query: known.filter,
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}

/// A filter taken apart, with what it finds.
struct Known {
    filter: String,
    /// As it is written in a filter; empty for none.
    sort: String,
    count: Option<list::Count>,
    wrong: Option<Error>,
    catalogue: std::sync::Arc<Catalogue>,
}

async fn known(agent: &Agent, query: &str) -> kernel::Result<Known> {
    let text = query.to_owned();
    let (catalogue, prepared) = agent
        .read_bounded("view.known", move |rd, frame| {
            let catalogue = frame.desk.catalogue(rd)?;
            match understood(rd, frame, &text) {
                Ok(prepared) => Ok((catalogue, Ok(prepared))),
                Err(error) if error.kind() == ErrorKind::Invalid => Ok((catalogue, Err(error))),
                Err(error) => Err(error),
            }
        })
        .await?;
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(wrong) => return Ok(Known { filter: query.to_owned(), sort: String::new(), count: None, wrong: Some(wrong), catalogue }),
    };
    let whole = prepared.query.to_string();
    let mut unsorted = prepared.query.clone();
    unsorted.sort.clear();
    let filter = unsorted.to_string();
    let sort = whole.strip_prefix(filter.as_str()).unwrap_or_default().trim().to_owned();
    // One that takes too long costs the page nothing but its number.
    let count = agent.read("view.count", move |rd, frame| list::total(rd, frame.desk, frame.actor, &prepared)).await.ok();
    Ok(Known { filter, sort, count, wrong: None, catalogue })
}

/// How many there are now.
fn words(t: &T, count: list::Count) -> String {
    match count {
        list::Count::Exactly(n) => t.with("console-view-holds", &[("count", n.into())]),
        list::Count::MoreThan(n) => t.with("console-view-holds-more", &[("count", n.into())]),
    }
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
