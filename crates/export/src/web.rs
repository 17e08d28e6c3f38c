//! The same files for people: the links of the lists lead here, with what the list is narrowed to.

use std::sync::Arc;

use axum::extract::State;
use kernel::OrganisationId;
use party::OrganisationKind;
use serde::Deserialize;
use ticket::Desk;
use web_kit::{App, Query, Result, Viewer};

use crate::asked::{Asked, List, Narrow};
use crate::file::answer;
use crate::format::Format;

type DeskRef = axum::Extension<Arc<Desk>>;
type SearchRef = axum::Extension<search::Search>;

/// What the address of a list says, and the form of the file.
#[derive(Debug, Default, Deserialize)]
pub struct Page {
    #[serde(default)]
    q: String,
    /// The tab of the list.
    #[serde(default)]
    show: String,
    org: Option<OrganisationId>,
    /// Columns.
    c: Option<String>,
    /// The words were looked for in the full text.
    full: Option<String>,
    #[serde(default)]
    format: Format,
}

impl Page {
    fn asked(self, list: List, narrow: Narrow) -> Asked {
        Asked { search: true, narrow, ..Asked::of(list, self.format, false, self.c, Some(self.q)) }
    }
}

pub async fn tickets(State(app): State<App>, viewer: Viewer, desk: DeskRef, search: SearchRef, Query(page): Query<Page>) -> Result {
    let full = page.full.as_ref().map(|_| search.0.clone());
    Ok(answer(&app, &viewer, &desk, Asked { full, ..page.asked(List::Tickets, Narrow::default()) }).await?)
}

pub async fn people(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(page): Query<Page>) -> Result {
    let active = match page.show.as_str() {
        "all" => None,
        "inactive" => Some(false),
        _ => Some(true),
    };
    let narrow = Narrow { active, vip: (page.show == "vip").then_some(true), organisation: page.org, ..Narrow::default() };
    Ok(answer(&app, &viewer, &desk, page.asked(List::People, narrow)).await?)
}

pub async fn organisations(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(page): Query<Page>) -> Result {
    let narrow = Narrow { kind: OrganisationKind::from_key(&page.show), ..Narrow::default() };
    Ok(answer(&app, &viewer, &desk, page.asked(List::Organisations, narrow)).await?)
}

pub async fn teams(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(page): Query<Page>) -> Result {
    Ok(answer(&app, &viewer, &desk, page.asked(List::Teams, Narrow::default())).await?)
}

pub async fn services(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(page): Query<Page>) -> Result {
    Ok(answer(&app, &viewer, &desk, page.asked(List::Services, Narrow::default())).await?)
}

pub async fn locations(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(page): Query<Page>) -> Result {
    Ok(answer(&app, &viewer, &desk, page.asked(List::Locations, Narrow::default())).await?)
}
