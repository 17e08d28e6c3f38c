//! The event feed: by cursor, and as a stream.

use std::sync::Arc;
use std::time::Duration;

use access::{Actor, Reach, Verb};
use axum::extract::State;
use axum::response::Response;
use events::{Cursor, Event};
use http::HeaderMap;
use kernel::{Error, PersonId, TicketId};
use serde::{Deserialize, Serialize};
use ticket::events::{OBJECT, TicketEvent};
use ticket::{Frame, serve, store};
use tokio::time::Instant;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Query, Result, StreamEvent, Viewer, event_stream};

use super::DeskRef;
use crate::dto::{ChangeOut, EventOut};

/// Rights are not used when they are older, and the stream of an ended session or token ends.
const FRESH: Duration = Duration::from_secs(4);

/// The kind of what is told of a ticket that is gone for good.
const PURGED: &str = "ticket.purged";

/// Where to begin.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FeedParams {
    /// `cursor` of the last event that was read; none: from the beginning of the log.
    #[param(max_length = 100, example = "1-0-5120")]
    #[serde(default, deserialize_with = "api_kit::short::<100, _>")]
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
}

/// Events in the order of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedOut {
    pub items: Vec<EventOut>,
    /// The place to go on from; also behind events that the reader may not see.
    #[schema(example = "1-0-5127")]
    pub next: String,
    /// There may be more already.
    pub more: bool,
}

/// Events of tickets that the reader may see, after a place in the log. `ticket.trashed`, `ticket.restored` and
/// `ticket.purged` say that a ticket left the desk, came back, or is gone for good: of one in the trash nothing else is told.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", operation_id = "readEvents", params(FeedParams), responses((status = 200, body = FeedOut)))]
pub async fn feed(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(params): Query<FeedParams>) -> Result<axum::Json<FeedOut>> {
    let limit = i64::from(params.limit.unwrap_or(100).clamp(1, 200));
    let after = params.cursor.as_deref().map(str::parse::<Cursor>).transpose()?;
    let out = serve::read(&app, &viewer, &desk, "api.feed", move |rd, frame| {
        let head = events::head(rd)?;
        let after = after.unwrap_or(Cursor { epoch: head.epoch, xid: 0, seq: 0 });
        if after.epoch != head.epoch {
            return Err(Error::conflict("error-cursor-epoch"));
        }
        let read = events::read(rd, after, limit)?;
        let more = i64::try_from(read.len()).unwrap_or(limit) >= limit;
        let last = read.last().map_or(after, |e| Cursor { epoch: head.epoch, xid: e.xid, seq: e.seq });
        let mut items = Vec::new();
        for event in &read {
            items.extend(told(rd, frame, head.epoch, event)?);
        }
        Ok(FeedOut { items, next: last.to_string(), more })
    })
    .await?;
    Ok(axum::Json(out))
}

/// An event as this reader may know it now; nothing when they may not.
fn told(rd: &mut db::Rd<'_>, frame: Frame<'_>, epoch: i64, event: &Event) -> kernel::Result<Option<EventOut>> {
    if event.object == events::PURGE {
        return Ok(purged(frame, epoch, event));
    }
    if event.object != OBJECT {
        return Ok(None);
    }
    let id = TicketId::new(event.object_id);
    let seen = match serve::see(rd, frame, id) {
        Ok(seen) => seen,
        Err(error) if error.kind() == kernel::ErrorKind::NotFound => return trashed(rd, frame, epoch, event),
        Err(error) => return Err(error),
    };
    let public = event.visibility == events::Visibility::Public;
    if !public && !seen.inner {
        return Ok(None);
    }
    let mut out = begun(&event.kind, epoch, event, public);
    let Some(happened) = serve::event(rd, frame, &seen, event)? else { return Ok(None) };
    let mut asked = false;
    match happened {
        TicketEvent::Changed { changes, handover, .. } => {
            out.changes = changes.iter().map(ChangeOut::of).collect();
            out.handover = handover.map(|handover| handover.reason.key().to_owned());
        }
        TicketEvent::Message { message, .. } => {
            let said = store::message::of_ids(rd, id, seen.inner, &[message])?;
            // Not to be read by now.
            let Some(said) = said.first() else { return Ok(None) };
            asked = said.from_requester;
        }
        TicketEvent::Attached { attachment, .. } => {
            let file = store::attachment::get(rd, attachment)?;
            if !seen.inner && !file.is_some_and(|file| file.public) {
                return Ok(None);
            }
        }
        _ => {}
    }
    if let events::By::Person(person) = event.by {
        let person = PersonId::new(person);
        if asked || serve::names(frame.actor, &seen.ticket, person) {
            let names = party::Wanted::default().person(person).load(rd)?;
            out.person = Some(crate::dto::Ref { id: person.raw(), name: names.person_name(person).to_owned() });
        }
    }
    Ok(Some(out))
}

fn begun(kind: &str, epoch: i64, event: &Event, public: bool) -> EventOut {
    let mut out = EventOut::bare(kind, event.object_id, event.occurred, event.by, &event.cause, public);
    out.event = Some(event.seq);
    out.cursor = Some(Cursor { epoch, xid: event.xid, seq: event.seq }.to_string());
    out
}

/// That a ticket is in the trash now, and nothing else of it: who keeps a copy takes it away.
fn trashed(rd: &mut db::Rd<'_>, frame: Frame<'_>, epoch: i64, event: &Event) -> kernel::Result<Option<EventOut>> {
    if event.kind != (TicketEvent::Trashed {}).kind() {
        return Ok(None);
    }
    let ticket = ticket::trash::went(rd, frame, TicketId::new(event.object_id))?;
    Ok(ticket.map(|_| begun(&event.kind, epoch, event, false)))
}

/// That a ticket is gone for good. Whose it was is not known any more, so it is told to those who see every ticket of
/// the tenant; others were told when it went to the trash.
fn purged(frame: Frame<'_>, epoch: i64, event: &Event) -> Option<EventOut> {
    let tenant = party::TenantId::new(event.tenant);
    let all = |verb| frame.actor.reach(verb, tenant) == Reach::All;
    let gone = events::gone(event).filter(|gone| gone.open && gone.object == OBJECT)?;
    (all(Verb::TicketSee) && all(Verb::TicketSeeInternal) && gone.id == event.object_id).then(|| begun(PURGED, epoch, event, false))
}

/// The same as server-sent events: each has the cursor as its id, so that a client goes on where it
/// stopped with `Last-Event-ID`; after a restore of the log that is refused (409), as a cursor of the feed is. Rights are looked at for each event when it is sent, and the stream ends with its token or session.
#[utoipa::path(get, path = "/api/v1/events/stream", tag = "events", operation_id = "streamEvents",
    params(("Last-Event-ID" = Option<String>, Header, description = "The place to go on from")),
    responses((status = 200, content_type = "text/event-stream", body = String)))]
pub async fn stream(State(app): State<App>, viewer: Viewer, desk: DeskRef, headers: HeaderMap) -> Result<Response> {
    let place = app.streams.take(super::asker(&viewer)?)?;
    let from = headers.get("last-event-id").and_then(|v| v.to_str().ok()).map(str::parse::<Cursor>).transpose()?;
    let head = app.db.read("feed.head", events::head).await?;
    if from.is_some_and(|cursor| cursor.epoch != head.epoch) {
        return Err(Error::conflict("error-cursor-epoch").into());
    }
    let start = from.unwrap_or(head);
    let (actor, checked) = (Arc::clone(&viewer.actor), Instant::now());
    let state = Following { app: app.clone(), viewer, desk: desk.0, actor, checked, at: start, waiting: Vec::new() };
    Ok(event_stream(&app.web, place, futures_util::stream::unfold(state, next)))
}

struct Following {
    app: App,
    viewer: Viewer,
    desk: Arc<ticket::Desk>,
    actor: Arc<Actor>,
    /// When the rights were read.
    checked: Instant,
    at: Cursor,
    /// Read, newest first.
    waiting: Vec<EventOut>,
}

/// The next event that this reader may see; the stream ends with the session or token.
async fn next(mut state: Following) -> Option<(StreamEvent, Following)> {
    loop {
        if let Some(event) = state.waiting.pop() {
            let data = serde_json::to_string(&event).ok()?;
            return Some((StreamEvent { id: event.cursor.clone(), name: None, data }, state));
        }
        let mut commits = state.app.db.commits();
        commits.mark_unchanged();
        if state.checked.elapsed() >= FRESH {
            state.actor = state.viewer.renew(&state.app).await.ok()??;
            state.checked = Instant::now();
        }
        let (at, found) = look(&state).await.ok()?;
        if at == state.at {
            tokio::select! {
                _ = commits.changed() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
        state.at = at;
        state.waiting = found;
        state.waiting.reverse();
    }
}

async fn look(state: &Following) -> kernel::Result<(Cursor, Vec<EventOut>)> {
    let at = state.at;
    let act = state.viewer.act(&state.app)?;
    let (desk, actor) = (Arc::clone(&state.desk), Arc::clone(&state.actor));
    state
        .app
        .db
        .read("feed.look", move |rd| {
            let read = events::read(rd, at, 100)?;
            let Some(last) = read.last() else { return Ok((at, Vec::new())) };
            let to = Cursor { epoch: at.epoch, xid: last.xid, seq: last.seq };
            let frame = Frame { desk: &desk, actor: &actor, act: &act };
            let mut found = Vec::new();
            for event in &read {
                found.extend(told(rd, frame, at.epoch, event)?);
            }
            Ok((to, found))
        })
        .await
}
