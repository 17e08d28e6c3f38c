//! The list of tickets: a filter, its chips, its rows.

mod ask;
mod columns;
mod filter;
pub mod mistakes;
mod rows;
pub mod view;

use access::Object;
use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use i18n::T;
use kernel::{ErrorKind, Page, PageRequest, TicketId, ViewId};
use party::Wanted;
use search::Search;
use search::list as full;
use ticket::store::view::View;
use ticket::{Frame, list, serve};
use ui::Chrome;
use web_kit::{Query, Result};

use super::Agent;
use super::agent::SearchRef;
use crate::views;
use crate::words::{address, read_number};
pub use ask::Ask;
use columns::{Column, Head};
use filter::Filter;
use rows::Row;

#[derive(Template)]
#[template(path = "console/list.html", blocks = ["main"])]
struct ListPage {
    t: T,
    chrome: Chrome,
    /// Handle of the list one is in; empty for none.
    view: String,
    /// The present list, when the reader may change it.
    own: Option<ViewId>,
    /// The columns that the address asks for; empty: those of the list.
    asked_columns: String,
    /// Somebody chose the columns: none of them leaves where there is little room.
    chosen: bool,
    total: String,
    filter: Filter,
    columns: Vec<Column>,
    heads: Vec<Head>,
    toggles: Vec<columns::Toggle>,
    rows: Vec<Row>,
    next: String,
    /// Where the words were looked for, and what was found in place of them.
    said: Vec<String>,
    save: String,
    /// The list as a file; empty for who may not take it.
    export: String,
}

/// What the database said.
enum Found {
    /// The search names one ticket.
    Jump(TicketId),
    List(Box<Shown>),
}

struct Shown {
    views: Vec<View>,
    counts: Vec<Option<list::Count>>,
    current: Option<View>,
    text: String,
    /// Nothing when the filter is not understood.
    listed: Option<Listed>,
    wrong: Option<kernel::Error>,
}

struct Listed {
    prepared: list::Prepared,
    page: list::Listed,
    total: Option<list::Count>,
    catalogue: std::sync::Arc<ticket::Catalogue>,
    /// What the ids in the filter stand for.
    chip_names: party::Names,
    full: Option<Full>,
}

/// The words were looked for in the full text.
struct Full {
    instead: Option<String>,
    mostly: bool,
}

/// `/desk/tickets?v=&q=&cursor=`
pub async fn show(agent: Agent, SearchRef(search): SearchRef, Query(ask): Query<Ask>) -> Result {
    if let Some(place) = ask.canonical() {
        return Ok(Redirect::to(&place).into_response());
    }
    let wanted = ask.clone();
    let found = agent.read("ticket.list", move |rd, frame| look(&search, rd, frame, &wanted)).await?;
    match found {
        Found::Jump(id) => Ok(Redirect::to(&format!("/desk/tickets/{id}")).into_response()),
        Found::List(mut shown) => {
            if ask.cursor.is_none() {
                count(&agent, &mut shown).await;
            }
            if let Some(place) = ask.is_landing().then(|| elsewhere(&shown)).flatten() {
                return Ok(Redirect::to(&place).into_response());
            }
            render(&agent, &ask, *shown)
        }
    }
}

/// Counts in reads of their own: one that takes too long costs the list nothing but its number.
async fn count(agent: &Agent, shown: &mut Shown) {
    // What the full text answers is counted by it.
    let by_list = shown.listed.as_ref().filter(|listed| listed.full.is_none());
    let (views, prepared) = (shown.views.clone(), by_list.map(|listed| listed.prepared.clone()));
    let columns = agent.read("ticket.list.counts", move |rd, frame| Ok(views::counts(rd, frame, &views)));
    let total = agent.read("ticket.list.total", move |rd, _| prepared.map(|prepared| list::count(rd, &prepared)).transpose());
    let (columns, total) = tokio::join!(columns, total);
    shown.counts = columns.unwrap_or_default();
    if let Some(listed) = shown.listed.as_mut().filter(|listed| listed.full.is_none()) {
        listed.total = total.ok().flatten();
    }
}

/// Who lands on an empty list begins with the first that has something in it.
fn elsewhere(shown: &Shown) -> Option<String> {
    let empty = |count: Option<list::Count>| matches!(count, Some(list::Count::Exactly(0)));
    if !empty(shown.listed.as_ref()?.total) {
        return None;
    }
    let (view, _) = shown.views.iter().zip(&shown.counts).find(|(_, count)| count.is_some() && !empty(**count))?;
    Some(address("/desk/tickets", &[("v", &views::handle(view))]))
}

fn look(search: &Search, rd: &mut db::Rd<'_>, frame: Frame<'_>, ask: &Ask) -> kernel::Result<Found> {
    if let Some(id) = ask.q.as_deref().and_then(read_number)
        && serve::see(rd, frame, id).is_ok()
    {
        return Ok(Found::Jump(id));
    }
    let views = views::usable(rd, frame)?;
    let handle = ask.v.as_deref().or(if ask.q.is_none() { Some(views::FIRST) } else { None });
    let current = handle.and_then(|handle| views::find(&views, handle)).cloned();
    let text = ask.q.clone().or_else(|| current.as_ref().map(|v| v.query.clone())).unwrap_or_default();
    let (listed, wrong) = match list::prepare(rd, frame.desk, frame.actor, &text, true, frame.act.now) {
        Ok(prepared) => (Some(listed(search, rd, frame, ask, prepared)?), None),
        Err(error) if error.kind() == ErrorKind::Invalid => (None, Some(error)),
        Err(error) => return Err(error),
    };
    Ok(Found::List(Box::new(Shown { views, counts: Vec::new(), current, text, listed, wrong })))
}

/// The rows: by the full text where words are looked for in the whole history, else by SQL.
fn listed(search: &Search, rd: &mut db::Rd<'_>, frame: Frame<'_>, ask: &Ask, prepared: list::Prepared) -> kernel::Result<Listed> {
    let request = PageRequest { limit: ask.rows.map(|rows| rows.max(PageRequest::DEFAULT)), cursor: ask.cursor.clone() };
    let (catalogue, chip_names) = (frame.desk.catalogue(rd)?, filter::names(rd, &prepared.query)?);
    // A list that was begun by subjects goes on by them.
    if !full::answers(search, &prepared) || (ask.cursor.is_some() && ask.full.is_none()) {
        let page = list::page(rd, &prepared, &request)?;
        return Ok(Listed { prepared, page, total: None, catalogue, chip_names, full: None });
    }
    let limit = usize::try_from(request.limit()).unwrap_or_default();
    let found = full::page(search, rd, frame, &prepared, limit, request.cursor)?;
    let mut wanted = Wanted::default();
    for t in &found.rows {
        wanted.person(t.requester).person(t.assignee).team(t.team).service(t.service).organisation(t.organisation);
    }
    let page = list::Listed { names: wanted.load(rd)?, page: Page { rows: found.rows, next: found.next } };
    let total = found.total.and_then(|total| i64::try_from(total).ok()).map(list::Count::Exactly);
    let full = Some(Full { instead: found.instead, mostly: found.mostly });
    Ok(Listed { prepared, page, total, catalogue, chip_names, full })
}

/// What is said of a list that the full text answered.
fn said(t: &T, full: &Full, asked: &str) -> Vec<String> {
    let instead = full.instead.as_deref().map(|meant| t.with("search-instead", &[("typed", asked.into()), ("meant", meant.into())]));
    let mostly = full.mostly.then(|| t.msg("search-mostly").into_owned());
    let guessed: Vec<String> = instead.into_iter().chain(mostly).collect();
    if guessed.is_empty() { vec![t.msg("search-full").into_owned()] } else { guessed }
}

fn render(agent: &Agent, ask: &Ask, shown: Shown) -> Result {
    let t = agent.viewer.t.clone();
    let title = shown.current.as_ref().map_or_else(|| t.msg("console-tickets").into_owned(), |v| views::name(&t, v));
    let mut chrome = agent.chrome(title);
    chrome.views = views::column(&t, &shown.views, &shown.counts, shown.current.as_ref().map(|v| v.id));
    let view = shown.current.as_ref().map(views::handle).unwrap_or_default();
    let hidden = agent.viewer.actor.hidden(Object::Ticket);
    let own_columns =
        ask.c.as_deref().or(shown.current.as_ref().filter(|v| v.builtin.is_none()).map(|v| v.columns.as_str())).unwrap_or_default();
    let query = shown.listed.as_ref().map(|listed| &listed.prepared.query);
    let wanted = columns::with_order(columns::read(own_columns), query.filter(|_| ask.c.is_none()));
    let columns: Vec<Column> = wanted.into_iter().filter(|c| !hidden.contains(c.field())).collect();
    let chosen = !own_columns.is_empty();
    let at = Place { view: &view, columns: ask.c.as_deref().unwrap_or_default() };
    let filter = Filter::new(&t, &at, &shown, ask.edit.is_some());
    let status = if shown.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let own = shown.current.as_ref().filter(|v| views::changeable(&agent.viewer.actor, v)).map(|v| v.id);
    let vips = access::known::vips(&agent.viewer.actor);
    let mut page = ListPage {
        heads: columns::heads(&t, &columns, query, &at),
        toggles: columns::toggles(&t, &columns, &hidden, &view, &shown.text),
        save: address("/desk/views/new", &[("q", &filter.canonical), ("c", &columns::write(&columns))]),
        export: export(agent, &filter, &columns),
        own,
        chosen,
        asked_columns: ask.c.clone().unwrap_or_default(),
        total: String::new(),
        rows: Vec::new(),
        next: String::new(),
        said: shown.listed.as_ref().and_then(|listed| listed.full.as_ref()).map(|full| said(&t, full, &shown.text)).unwrap_or_default(),
        t,
        chrome,
        view,
        filter,
        columns,
    };
    if let Some(listed) = shown.listed {
        page.total = listed.total.map_or_else(String::new, |count| views::shown(&page.t, count));
        page.rows = listed.page.page.rows.iter().map(|row| Row::new(&page.t, agent.now(), &listed, vips, row)).collect();
        let at = Place { view: &page.view, columns: ask.c.as_deref().unwrap_or_default() };
        let full = if listed.full.is_some() { "1" } else { "" };
        let next = |cursor: &str| address(&at.list(&page.filter.canonical, cursor), &[("full", full)]);
        page.next = listed.page.page.next.as_deref().map_or_else(String::new, next);
        if !page.export.is_empty() {
            page.export = address(page.export.trim_end_matches("&format="), &[("full", full)]) + "&format=";
        }
    }
    let response: Response = web_kit::page!(agent.viewer, page, as_main)?;
    Ok((status, response).into_response())
}

/// The list as a file with these columns, without its form.
fn export(agent: &Agent, filter: &Filter, columns: &[Column]) -> String {
    if !agent.viewer.actor.may_anywhere(access::Verb::TicketExport) || !filter.mistakes.is_empty() {
        return String::new();
    }
    let place = address("/desk/export/tickets", &[("q", &filter.canonical), ("c", &columns::write(columns))]);
    format!("{place}&format=")
}

/// What every address of this page repeats.
struct Place<'a> {
    view: &'a str,
    columns: &'a str,
}

impl Place<'_> {
    /// The list with another filter or from another row on.
    fn list(&self, query: &str, cursor: &str) -> String {
        let mut place = address("/desk/tickets", &[("v", self.view)]);
        // An empty filter is one as well: everything.
        place.push_str(if place.contains('?') { "&q=" } else { "?q=" });
        crate::words::encode(&mut place, query);
        address(&place, &[("c", self.columns), ("cursor", cursor)])
    }
}

/// The name of a density.
pub const fn density(density: &ui::Density) -> &'static str {
    match density {
        ui::Density::Comfortable => i18n::key!("console-density-comfortable"),
        ui::Density::Compact => i18n::key!("console-density-compact"),
        ui::Density::Dense => i18n::key!("console-density-dense"),
    }
}
