//! `/desk/search?q=&kind=&sort=&cursor=`: everything the desk knows, by its words.

mod around;
mod hits;
mod suggest;

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use i18n::{Arg, T};
use kernel::ErrorKind;
use search::{Found, Kind, Search, State, find};
use serde::Deserialize;
use ticket::Frame;
use ui::{Chrome, Tab};
use web_kit::{Query, Result};

use super::Agent;
use super::agent::SearchRef;
use super::list::mistakes::{Mistake, mistakes};
use crate::words::address;
use around::{Facet, Order};
use hits::{HitView, Showing};
pub use suggest::suggest;

/// Hits of a page.
const PAGE: usize = 20;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    q: String,
    /// One kind of record; empty for all.
    #[serde(default)]
    kind: String,
    /// An order of tickets; empty for what answers best.
    #[serde(default)]
    sort: String,
    cursor: Option<String>,
    /// A number does not lead to its ticket.
    all: Option<String>,
}

impl Ask {
    /// The same question of another kind, in another order.
    fn place(&self, kind: &str, sort: &str) -> String {
        address("/desk/search", &[("q", &self.q), ("kind", kind), ("sort", sort), ("all", self.all.as_deref().unwrap_or_default())])
    }

    /// The question for the index. An unknown kind or order is none.
    fn question(&self) -> search::Ask {
        let sorted = matches!(self.sort.as_str(), "-updated" | "-created");
        let text = if sorted { format!("{} sort:{}", self.q, self.sort) } else { self.q.clone() };
        let counts = self.cursor.is_none();
        search::Ask {
            text,
            kinds: Kind::from_key(&self.kind).into_iter().collect(),
            limit: PAGE,
            cursor: self.cursor.clone(),
            prefix: false,
            counts,
        }
    }

    fn is_empty(&self) -> bool {
        self.q.trim().is_empty()
    }
}

#[derive(Template)]
#[template(path = "console/search.html", blocks = ["main"])]
struct SearchPage {
    t: T,
    chrome: Chrome,
    asked: String,
    tabs: Vec<Tab>,
    facets: Vec<Facet>,
    /// Since when the tickets of the facets were changed; empty for all.
    since: String,
    orders: Vec<Order>,
    hits: Vec<HitView>,
    next: String,
    /// Nothing was found as typed: what the hits answer.
    instead: String,
    /// Nothing has every word: the hits have most of them.
    mostly: bool,
    /// How far the new index is; empty when it is whole.
    building: String,
    /// Nothing can be found yet.
    blind: bool,
    mistakes: Vec<Mistake>,
}

struct Looked {
    hits: Vec<HitView>,
    facets: Vec<Facet>,
    found: Found,
}

pub async fn show(agent: Agent, SearchRef(search): SearchRef, Query(ask): Query<Ask>) -> Result {
    if !ask.is_empty() && ask.cursor.is_none() {
        search.settle(&agent.app.db).await?;
    }
    let (t, now, asked, with) = (agent.viewer.t.clone(), agent.now(), ask.clone(), search.clone());
    let turn = search.turn().await?;
    let looked = agent
        .read("search", move |rd, frame| {
            let _turn = turn;
            look(&with, rd, frame, &Reader { t: &t, now }, &asked)
        })
        .await;
    match looked {
        Ok(looked) => {
            if let Some(jump) = looked.found.jump.as_ref().filter(|_| ask.kind.is_empty() && ask.all.is_none()) {
                return Ok(Redirect::to(&hits::href(jump)).into_response());
            }
            render(&agent, &ask, &search, Some(looked), Vec::new())
        }
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let wrong = mistakes(&agent.viewer.t, &ask.q, &error, &|text| around::instead(&ask, text));
            render(&agent, &ask, &search, None, wrong)
        }
        Err(error) => Err(error.into()),
    }
}

struct Reader<'a> {
    t: &'a T,
    now: kernel::Time,
}

fn look(search: &Search, rd: &mut db::Rd<'_>, frame: Frame<'_>, reader: &Reader<'_>, ask: &Ask) -> kernel::Result<Looked> {
    let mut found = find(search, rd, frame, &ask.question())?;
    let hits = std::mem::take(&mut found.hits);
    let catalogue = frame.desk.catalogue(rd)?;
    let names = hits::names(rd, frame, &hits)?;
    let showing = Showing { t: reader.t, now: reader.now, actor: frame.actor, catalogue: &catalogue, names: &names };
    let hits = hits.iter().map(|hit| showing.hit(hit)).collect();
    let facet_names = around::names(rd, found.counts.as_ref())?;
    let facets = found.counts.as_ref().map(|counts| around::facets(reader.t, ask, &catalogue, &facet_names, counts)).unwrap_or_default();
    Ok(Looked { hits, facets, found })
}

fn render(agent: &Agent, ask: &Ask, search: &Search, looked: Option<Looked>, mistakes: Vec<Mistake>) -> Result {
    let t = agent.viewer.t.clone();
    let title =
        if ask.is_empty() { t.msg("search-title").into_owned() } else { t.with("search-title-of", &[("text", Arg::from(ask.q.trim()))]) };
    let mut chrome = agent.chrome(title);
    chrome.query.clone_from(&ask.q);
    let (building, blind) = match search.state() {
        State::Ready => (String::new(), false),
        State::Rebuilding { done, answers } => (t.decimal(i64::from(done), 1), !answers),
    };
    let wrong = !mistakes.is_empty();
    let found = looked.as_ref().map(|looked| &looked.found);
    let instead = found.and_then(|found| found.layout.clone().or_else(|| found.corrected.clone())).unwrap_or_default();
    let mostly = found.is_some_and(|found| found.mostly);
    // What was found in place of the question was not counted.
    let counts = found.and_then(|found| found.counts.as_ref()).filter(|_| instead.is_empty() && !mostly);
    let next = found
        .and_then(|found| found.next.as_deref())
        .map_or_else(String::new, |cursor| address(&ask.place(&ask.kind, &ask.sort), &[("cursor", cursor)]));
    let of_tickets = matches!(Kind::from_key(&ask.kind), None | Some(Kind::Ticket));
    let page = SearchPage {
        tabs: around::tabs(&t, ask, counts),
        orders: if of_tickets && !ask.q.contains("sort:") { around::orders(&t, ask) } else { Vec::new() },
        asked: ask.q.trim().to_owned(),
        next,
        instead,
        mostly,
        building,
        blind,
        mistakes,
        since: counts.and_then(|counts| counts.since).map_or_else(String::new, |since| t.day_full(since)),
        facets: Vec::new(),
        hits: Vec::new(),
        chrome,
        t,
    };
    let page = match looked {
        Some(looked) => SearchPage { facets: if of_tickets { looked.facets } else { Vec::new() }, hits: looked.hits, ..page },
        None => page,
    };
    let response: Response = web_kit::page!(agent.viewer, page, as_main)?;
    // Else it keeps its own: the browser may have the page already.
    Ok(if wrong { (StatusCode::UNPROCESSABLE_ENTITY, response).into_response() } else { response })
}
