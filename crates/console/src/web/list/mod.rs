//! The list of tickets: a filter, its chips, its rows.

pub mod all;
mod ask;
mod columns;
mod filter;
pub mod mistakes;
mod rows;
pub mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use access::Object;
use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use i18n::T;
use kernel::{ErrorKind, Page, PageRequest, PersonId, TicketId, ViewId};
use party::Wanted;
use search::Search;
use search::list as full;
use settings::field::{FieldDef, FieldType, Object as FieldsOf, PREFIX, Value};
use ticket::custom::{self, Shown as Own};
use ticket::store::view::View;
use ticket::{Catalogue, Frame, list, serve, store};
use ui::Chrome;
use web_kit::{Query, Result};

use super::Agent;
use super::agent::SearchRef;
use crate::views::{self, Lists};
use crate::words::{address, read_number};
pub use ask::Ask;
use columns::{Column, Head, Named};
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
    /// The reader may change several at once.
    selects: bool,
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
    /// The list was saved with a filter that is not understood any more.
    broken: bool,
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
    views: Lists,
    counts: Vec<Option<list::Count>>,
    current: Option<View>,
    text: String,
    /// Nothing when the filter is not understood.
    listed: Option<Listed>,
    wrong: Option<kernel::Error>,
    catalogue: Arc<Catalogue>,
}

struct Listed {
    prepared: list::Prepared,
    page: list::Listed,
    total: Option<list::Count>,
    catalogue: Arc<Catalogue>,
    /// Custom fields, when there are columns for them, and the people that they name.
    own: BTreeMap<TicketId, Vec<Own>>,
    own_names: party::Names,
    /// What the ids in the filter stand for.
    chip_names: party::Names,
    /// To which the reader is writing.
    drafts: Vec<TicketId>,
    /// Up to where the reader has seen them.
    seen: HashMap<TicketId, i64>,
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
    let columns = agent.read("ticket.list.counts", move |rd, frame| Ok(views::counts(rd, frame, views.column())));
    let total = agent.read("ticket.list.total", move |rd, frame| {
        prepared.map(|prepared| list::total(rd, frame.desk, frame.actor, &prepared)).transpose()
    });
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
    let (view, _) = shown.views.column().iter().zip(&shown.counts).find(|(_, count)| count.is_some() && !empty(**count))?;
    Some(address("/desk/tickets", &[("v", &views::handle(view))]))
}

fn look(search: &Search, rd: &mut db::Rd<'_>, frame: Frame<'_>, ask: &Ask) -> kernel::Result<Found> {
    if let Some(id) = ask.q.as_deref().and_then(read_number)
        && serve::see(rd, frame, id).is_ok()
    {
        return Ok(Found::Jump(id));
    }
    let views = views::usable(rd, frame)?;
    let (current, text) = ask.filter(&views);
    // In the box an unknown key is a word; a list that was saved with one is not understood any more.
    let (listed, wrong) = match list::prepare(rd, frame.desk, frame.actor, &text, ask.q.is_some(), frame.act.now) {
        Ok(prepared) => {
            let columns = ask.c.as_deref().or(current.as_ref().map(|v| v.columns.as_str())).unwrap_or_default();
            (Some(listed(search, rd, frame, ask, prepared, columns)?), None)
        }
        Err(error) if error.kind() == ErrorKind::Invalid => (None, Some(error)),
        Err(error) => return Err(error),
    };
    let catalogue = frame.desk.catalogue(rd)?;
    Ok(Found::List(Box::new(Shown { views, counts: Vec::new(), current, text, listed, wrong, catalogue })))
}

/// The custom fields of a page's tickets, and the names of the people in them.
fn own(rd: &mut db::Rd<'_>, frame: Frame<'_>, page: &list::Listed) -> kernel::Result<(BTreeMap<TicketId, Vec<Own>>, party::Names)> {
    let mut known = Vec::new();
    for ticket in &page.page.rows {
        known.push((ticket, serve::may(rd, frame, ticket, access::Verb::TicketSeeInternal)?));
    }
    let own = custom::of_many(rd, frame, &known)?;
    let mut wanted = party::Wanted::default();
    for shown in own.values().flatten().filter(|shown| shown.def.ty == FieldType::Person) {
        wanted.person(shown.value.as_ref().and_then(Value::int).map(PersonId::new));
    }
    let names = wanted.load(rd)?;
    Ok((own, names))
}

/// The custom fields that the reader may have as columns.
fn offered(agent: &Agent, catalogue: &Catalogue, hidden: &BTreeSet<&str>) -> Vec<Named> {
    let closed = ticket::fields::closed(catalogue, &agent.viewer.actor);
    let defs = catalogue.fields().everywhere(FieldsOf::Ticket).map(|(_, def)| def);
    let named = |def: &FieldDef| Named { property: def.property(), label: def.names.get(agent.viewer.t.lang()).to_owned() };
    defs.map(named).filter(|n| !closed.contains(&n.property) && !hidden.contains(n.property.as_str())).collect()
}

/// The rows and what is shown beside them.
fn listed(
    search: &Search,
    rd: &mut db::Rd<'_>,
    frame: Frame<'_>,
    ask: &Ask,
    prepared: list::Prepared,
    columns: &str,
) -> kernel::Result<Listed> {
    let (page, total, full) = rows(search, rd, frame, ask, &prepared)?;
    let (catalogue, chip_names) = (frame.desk.catalogue(rd)?, filter::names(rd, &prepared.query)?);
    let (own, own_names) = if columns.contains(PREFIX) { own(rd, frame, &page)? } else { Default::default() };
    let drafts = ticket::actions::draft::tickets(rd, frame)?;
    let ids: Vec<TicketId> = page.page.rows.iter().map(|t| t.id).collect();
    let seen = store::seen::of(rd, frame.person()?, &ids)?;
    Ok(Listed { prepared, page, total, catalogue, own, own_names, chip_names, drafts, seen, full })
}

/// By the full text where words are looked for in the whole history, else by SQL.
fn rows(
    search: &Search,
    rd: &mut db::Rd<'_>,
    frame: Frame<'_>,
    ask: &Ask,
    prepared: &list::Prepared,
) -> kernel::Result<(list::Listed, Option<list::Count>, Option<Full>)> {
    let request = PageRequest { limit: ask.rows.map(|rows| rows.max(PageRequest::DEFAULT)), cursor: ask.cursor.clone() };
    // A list that was begun by subjects goes on by them.
    if !full::answers(search, prepared) || (ask.cursor.is_some() && ask.full.is_none()) {
        return Ok((list::page(rd, prepared, &request)?, None, None));
    }
    let limit = usize::try_from(request.limit()).unwrap_or_default();
    let found = full::page(search, rd, frame, prepared, limit, request.cursor)?;
    let mut wanted = Wanted::default();
    for t in &found.rows {
        wanted.person(t.requester).person(t.assignee).team(t.team).service(t.service).organisation(t.organisation);
    }
    let page = list::Listed { names: wanted.load(rd)?, page: Page { rows: found.rows, next: found.next } };
    let total = found.total.and_then(|total| i64::try_from(total).ok()).map(list::Count::Exactly);
    Ok((page, total, Some(Full { instead: found.instead, mostly: found.mostly })))
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
    let named = offered(agent, &shown.catalogue, &hidden);
    let there = |c: &Column| !matches!(c, Column::Own(property) if !named.iter().any(|n| n.property == *property));
    let columns: Vec<Column> = wanted.into_iter().filter(|c| !hidden.contains(c.field()) && there(c)).collect();
    let chosen = !own_columns.is_empty();
    let at = Place { view: &view, columns: ask.c.as_deref().unwrap_or_default() };
    let filter = Filter::new(&t, &at, &shown, ask.edit.is_some());
    let wrong = shown.wrong.is_some();
    let own = shown.current.as_ref().filter(|v| views::changeable(&agent.viewer.actor, v)).map(|v| v.id);
    let vips = access::known::vips(&agent.viewer.actor);
    let mut page = ListPage {
        heads: columns::heads(&t, &columns, &named, query, &at),
        toggles: columns::toggles(&t, &columns, &named, &hidden, &view, &shown.text),
        save: address("/desk/views/new", &[("q", &filter.canonical), ("c", &columns::write(&columns))]),
        export: export(agent, &filter, &columns),
        own,
        selects: agent.viewer.actor.may_anywhere(access::Verb::TicketEdit),
        chosen,
        asked_columns: ask.c.clone().unwrap_or_default(),
        total: String::new(),
        rows: Vec::new(),
        next: String::new(),
        broken: wrong && ask.q.is_none(),
        said: shown.listed.as_ref().and_then(|listed| listed.full.as_ref()).map(|full| said(&t, full, &shown.text)).unwrap_or_default(),
        t,
        chrome,
        view,
        filter,
        columns,
    };
    if let Some(listed) = shown.listed {
        page.total = listed.total.map_or_else(String::new, |count| views::total(&page.t, count));
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
    // Else it keeps its own: the browser may have the page already.
    Ok(if wrong { (StatusCode::UNPROCESSABLE_ENTITY, response).into_response() } else { response })
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
