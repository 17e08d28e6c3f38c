//! `/desk/drafts`: what the reader began to write and has not sent.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect};
use i18n::{Arg, T};
use kernel::{Id, Time};
use serde_json::json;
use ticket::actions::draft::{self as act, Kept};
use ticket::{Frame, serve};
use ui::Chrome;
use web_kit::Result;

use super::{Agent, Fields};
use crate::words::{self, When};

/// Letters shown of each.
const SHOWN: usize = 240;

#[derive(Template)]
#[template(path = "console/drafts.html", blocks = ["main"])]
struct DraftsPage {
    t: T,
    chrome: Chrome,
    rows: Vec<Row>,
}

/// A draft.
struct Row {
    place: String,
    /// Where it goes on; empty when the reader may go there no more.
    href: String,
    title: String,
    kind: String,
    text: String,
    files: String,
    when: When,
    /// It is sent then by itself.
    sends: Option<When>,
}

/// Where a draft goes on.
struct Place {
    href: String,
    title: String,
}

pub async fn show(agent: Agent) -> Result {
    let t = agent.viewer.t.clone();
    let found = agent.read_bounded("drafts", |rd, frame| {
        let mut found = Vec::new();
        for kept in act::all(rd, frame)? {
            let ticket = kept.draft.ticket.map(|id| named(rd, frame, id)).transpose()?.flatten();
            found.push((kept, ticket));
        }
        Ok(found)
    });
    let now = agent.now();
    let rows = found.await?.into_iter().map(|(kept, ticket)| row(&t, now, kept, ticket)).collect();
    let page = DraftsPage { chrome: agent.chrome(t.msg("console-drafts")), rows, t };
    web_kit::page!(agent.viewer, page, as_main)
}

/// Takes one away.
pub async fn discard(agent: Agent, fields: Fields) -> Result {
    let place = fields.text("place").to_owned();
    agent.act("draft.discard", None, move |tx, frame| act::discard(tx, frame, &place)).await?;
    Ok(Redirect::to("/desk/drafts").into_response())
}

/// A ticket as its draft names it, when the reader may still see it.
fn named(rd: &mut db::Rd<'_>, frame: Frame<'_>, id: kernel::TicketId) -> kernel::Result<Option<String>> {
    match serve::see(rd, frame, id) {
        Ok(seen) => Ok(Some(format!("{} {}", words::number_of(&*frame.desk.catalogue(rd)?, &seen.ticket), seen.ticket.title))),
        Err(error) if error.kind() == kernel::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn row(t: &T, now: Time, kept: Kept, ticket: Option<String>) -> Row {
    let Kept { draft, uploads } = kept;
    let Place { href, title } = place(t, &draft.place, draft.ticket, ticket);
    let kind = match draft.kind.as_str() {
        "reply" => t.msg("ui-reply").into_owned(),
        "note" => t.msg("ui-note").into_owned(),
        "call" => t.msg("ui-call").into_owned(),
        _ => String::new(),
    };
    let files = uploads.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
    let sends = draft.send_at.map(|at| When::new(t, at, now));
    Row {
        sends,
        href,
        title,
        kind,
        text: ui::excerpt(&draft.body, SHOWN),
        files,
        when: When::new(t, draft.updated_at, now),
        place: draft.place,
    }
}

fn place(t: &T, place: &str, id: Option<kernel::TicketId>, ticket: Option<String>) -> Place {
    match (id, ticket) {
        (Some(id), Some(title)) => {
            let side = if place.starts_with("request-") { "/requests" } else { "/desk/tickets" };
            Place { href: format!("{side}/{id}"), title }
        }
        (Some(id), None) => Place { href: String::new(), title: t.with("console-draft-gone", &[("number", Arg::from(id.to_string()))]) },
        (None, _) => {
            let (href, title) = match place {
                "new-ticket" => ("/desk/new", t.msg("console-new")),
                "call" => ("/desk/call", t.msg("console-call")),
                "new-request" => ("/new", t.msg("console-draft-request")),
                _ => ("", t.msg("console-draft-other")),
            };
            Place { href: href.to_owned(), title: title.into_owned() }
        }
    }
}

/// A draft as the composer of its page takes it.
pub fn for_page(kept: &Kept) -> String {
    let Kept { draft, uploads } = kept;
    let attachments: Vec<_> = uploads.iter().map(|(id, name)| json!({"id": Id::raw(*id), "name": name})).collect();
    let fields: serde_json::Value = serde_json::from_str(&draft.fields).unwrap_or_default();
    json!({"kind": draft.kind, "body": draft.body, "fields": fields, "attachments": attachments, "key": draft.key, "version": draft.version})
        .to_string()
}
