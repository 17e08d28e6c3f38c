//! `/desk/views`: all lists that the reader may use, their order and which of them stand in the column.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect};
use db::Rd;
use i18n::T;
use kernel::{Error, ViewId};
use party::{Names, Wanted};
use ticket::Frame;
use ticket::actions::view as act;
use ticket::store::view::View;
use ui::Chrome;
use web_kit::Result;

use crate::views::{self, Lists};
use crate::web::{Agent, Fields};
use crate::words::address;

#[derive(Template)]
#[template(path = "console/views.html", blocks = ["main"])]
struct ViewsPage {
    t: T,
    chrome: Chrome,
    rows: Vec<Row>,
}

struct Row {
    id: ViewId,
    name: String,
    href: String,
    query: String,
    /// For whom it is.
    audience: String,
    pinned: bool,
    /// What the buttons are called.
    toggle: String,
    up: String,
    down: String,
    first: bool,
    last: bool,
    /// Where it is changed; empty when the reader may not.
    edit: String,
}

pub async fn show(agent: Agent) -> Result {
    let (lists, names) = agent.read_bounded("views", known).await?;
    let t = agent.viewer.t.clone();
    let last = lists.all.len().saturating_sub(1);
    let row = |(place, view): (usize, &View)| {
        let (name, pinned) = (views::name(&t, view), place < lists.pinned);
        let called = |key| t.with(key, &[("name", name.as_str().into())]);
        Row {
            id: view.id,
            toggle: called(if pinned { i18n::key!("console-view-unpin") } else { i18n::key!("console-view-pin") }),
            up: called(i18n::key!("console-move-up")),
            down: called(i18n::key!("console-move-down")),
            pinned,
            href: address("/desk/tickets", &[("v", &views::handle(view))]),
            query: view.query.clone(),
            audience: audience(&t, view, &names),
            first: place == 0 || place == lists.pinned,
            last: place == last || place + 1 == lists.pinned,
            edit: if views::changeable(&agent.viewer.actor, view) { format!("/desk/views/{}", view.id) } else { String::new() },
            name,
        }
    };
    let rows = lists.all.iter().enumerate().map(row).collect();
    let page = ViewsPage { chrome: agent.chrome(t.msg("console-views")), rows, t };
    web_kit::page!(agent.viewer, page, as_main)
}

fn known(rd: &mut Rd<'_>, frame: Frame<'_>) -> kernel::Result<(Lists, Names)> {
    let lists = views::usable(rd, frame)?;
    let mut wanted = Wanted::default();
    for view in &lists.all {
        wanted.team(view.team);
    }
    Ok((lists, wanted.load(rd)?))
}

fn audience(t: &T, view: &View, names: &Names) -> String {
    match (view.owner, view.team) {
        (Some(_), _) => t.msg("console-share-me").into_owned(),
        (None, Some(team)) => names.team(team).to_owned(),
        (None, None) => t.msg("console-share-everyone").into_owned(),
    }
}

/// `POST /desk/views/arrange`: puts one list into the column or out of it, or moves it by one place.
pub async fn arrange(agent: Agent, fields: Fields) -> Result {
    let id = fields.text("view").parse::<ViewId>().map_err(|_| Error::invalid("view", "error-choice"))?;
    let step = fields.text("do").to_owned();
    agent
        .act("view.arrange", None, move |tx, frame| {
            let lists = views::usable(tx, frame)?;
            let mut order: Vec<(ViewId, bool)> =
                lists.all.iter().enumerate().map(|(place, view)| (view.id, place < lists.pinned)).collect();
            let at = order.iter().position(|(view, _)| *view == id).ok_or_else(Error::not_found)?;
            match step.as_str() {
                "up" if at > 0 => order.swap(at, at - 1),
                "down" if at + 1 < order.len() => order.swap(at, at + 1),
                "pin" | "unpin" => {
                    if let Some((_, pinned)) = order.get_mut(at) {
                        *pinned = step == "pin";
                    }
                }
                _ => {}
            }
            act::arrange(tx, frame, &order)
        })
        .await?;
    Ok(Redirect::to(&format!("/desk/views#view-row-{id}")).into_response())
}
