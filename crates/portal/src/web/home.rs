//! `/`: what do you need, and what is happening to what you asked for.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use db::Rd;
use i18n::T;
use kernel::{PageRequest, Result};
use serde::Deserialize;
use ticket::actions::merge::goes_on_in;
use ticket::rules::rating::is_due;
use ticket::{Desk, Frame, KindDef, list};
use ui::Chrome;
use web_kit::{App, Query, Viewer, page, see_other};

use crate::card::{self, Card};
use crate::frame::frame;
use crate::guest::Guest;
use crate::rating::{Face, faces};
use crate::rights;
use crate::services;
use crate::words::{self, address};

/// Requests that wait for the person, and others that are open.
const NEEDS: u32 = 3;
const OPEN: u32 = 5;
/// Ways to begin.
const TILES: usize = 6;

const WAITING: &str = "is:requested (is:waiting OR is:solved) sort:-updated";
/// For those who may not know what is under way.
const ALL: &str = "(is:requested OR is:watching) sort:-updated";
const UNDER_WAY: &str = "(is:requested OR is:watching) is:open -(is:requested is:waiting) sort:-updated";

/// Solved lately: how many are looked at for one that was not rated.
const SOLVED: &str = "is:requested (is:solved OR category:closed) resolved:>-90d sort:-updated";
const SOLVED_READ: u32 = 5;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Staff stay here.
    #[serde(default)]
    portal: Option<String>,
}

/// A way to begin.
#[derive(Debug, Clone)]
pub struct Tile {
    pub href: String,
    pub icon: &'static str,
    pub title: String,
    pub note: String,
}

/// A request that its requester may rate.
#[derive(Debug, Clone)]
pub struct ToRate {
    pub id: i64,
    pub title: String,
    pub faces: Vec<Face>,
}

/// What the page shows.
struct Shown {
    needs: card::Cards,
    open: card::Cards,
    rate: Option<ToRate>,
    tiles: Vec<Tile>,
}

#[derive(Template)]
#[template(path = "portal/home.html", blocks = ["main"])]
struct HomePage {
    t: T,
    chrome: Chrome,
    may_ask: bool,
    needs: Vec<Card>,
    /// More wait than are shown.
    more_needs: bool,
    open: Vec<Card>,
    /// A request that was solved and not rated yet, with its faces.
    rate: Option<ToRate>,
    tiles: Vec<Tile>,
}

/// # Errors
/// The database does not answer.
pub async fn show(
    State(app): State<App>,
    viewer: Option<Viewer>,
    Extension(desk): Extension<Arc<Desk>>,
    Query(asked): Query<Asked>,
) -> web_kit::Result {
    let Some(viewer) = viewer else { return Ok(see_other("/login")) };
    if viewer.actor.is_staff() && asked.portal.is_none() {
        return Ok(see_other("/desk"));
    }
    let guest = Guest { app, viewer, desk };
    let t = guest.t().clone();
    let Shown { needs, open, rate, tiles } = guest.read("portal.home", move |rd, frame| shown(rd, frame, &t)).await?;
    let mut chrome = frame(&guest, guest.t().msg("portal-home-title"));
    // The field stands on this page itself.
    chrome.create = None;
    let page = HomePage {
        t: guest.t().clone(),
        may_ask: guest.viewer.actor.may_anywhere(access::Verb::TicketCreate),
        more_needs: needs.next.is_some(),
        needs: needs.cards,
        open: open.cards,
        rate,
        tiles,
        chrome,
    };
    page!(guest.viewer, page, as_main)
}

fn shown(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T) -> Result<Shown> {
    let first = |limit| PageRequest { limit: Some(limit), cursor: None };
    let (needs, open) = if rights::sees_state(frame) {
        (card::list(rd, frame, t, WAITING, &first(NEEDS))?, card::list(rd, frame, t, UNDER_WAY, &first(OPEN))?)
    } else {
        (card::Cards::default(), card::list(rd, frame, t, ALL, &first(OPEN))?)
    };
    let catalogue = frame.desk.catalogue(rd)?;
    let kinds = words::kinds(&catalogue, frame.actor);
    let mut tiles: Vec<Tile> = kinds.into_iter().take(3).map(|kind| kind_tile(t, kind)).collect();
    let usual = services::usual(rd, frame, TILES.saturating_sub(tiles.len()))?;
    tiles.extend(usual.iter().map(|service| Tile {
        href: address("/new", &[("service", &service.id.to_string())]),
        icon: "layers",
        title: service.name.clone(),
        note: ui::excerpt(&service.description, 60),
    }));
    Ok(Shown { needs, open, rate: to_rate(rd, frame, t)?, tiles })
}

/// The request that was solved last and is not rated: one is asked about, not all of them.
fn to_rate(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T) -> Result<Option<ToRate>> {
    if !rights::sees_state(frame) {
        return Ok(None);
    }
    let prepared = list::prepare(rd, frame.desk, frame.actor, SOLVED, false, frame.act.now)?;
    let catalogue = frame.desk.catalogue(rd)?;
    let rows = list::page(rd, &prepared, &PageRequest { limit: Some(SOLVED_READ), cursor: None })?.page.rows;
    for ticket in rows {
        let kind = catalogue.kind_of(&ticket)?;
        let fresh = ticket.csat.is_none() && ticket.csat_analyst.is_none();
        if fresh && is_due(kind, &ticket, None, frame.act.now) && goes_on_in(rd, &ticket)?.is_none() {
            return Ok(Some(ToRate { id: ticket.id.raw(), title: ticket.title, faces: faces(t, None) }));
        }
    }
    Ok(None)
}

fn kind_tile(t: &T, kind: &KindDef) -> Tile {
    let (icon, note) = match kind.key.as_str() {
        "incident" => ("wrench", t.msg("portal-tile-incident")),
        "request" => ("shopping-bag", t.msg("portal-tile-request")),
        "question" => ("circle-question-mark", t.msg("portal-tile-question")),
        _ => ("message-square", std::borrow::Cow::Borrowed("")),
    };
    Tile { href: address("/new", &[("kind", &kind.key)]), icon, title: words::kind(t, kind), note: note.into_owned() }
}
