//! `/events`: what the open pages of a browser are told as it happens. Who may know it is asked for
//! each event when it is sent, with rights that are a few seconds old at most.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use access::Actor;
use askama::Template;
use axum::response::Response;
use db::Rd;
use events::{By, Cause, Cursor, Event, Live, Visibility};
use futures_util::stream;
use http::HeaderMap;
use i18n::T;
use kernel::{Error, ErrorKind, TicketId};
use serde::Deserialize;
use serde_json::json;
use ticket::events::{OBJECT, TicketEvent};
use ticket::{Frame, Ticket, serve};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use web_kit::{Query, Result, StreamEvent, event_stream};

use super::{Agent, Anybody};
use crate::views;
use crate::words::{self, Priority};

/// Rights are not used when they are older, and the stream of an ended session ends.
const FRESH: Duration = Duration::from_secs(4);
/// Between two counts of the lists by the database.
const COUNTS: Duration = Duration::from_secs(10);
/// Between two counts by the live sets, which cost next to nothing.
const LIVE_COUNTS: Duration = Duration::from_secs(2);
/// What the live sets need to hear of what happened.
const HEARD: Duration = Duration::from_millis(100);
/// Events told at once.
const BATCH: i64 = 100;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    /// Where another tab stopped.
    after: Option<String>,
}

pub async fn stream(Anybody(agent): Anybody, Query(ask): Query<Ask>, headers: HeaderMap) -> Result {
    let place = agent.app.streams.take(agent.viewer.actor.require_person()?)?;
    // Before the place in the log is read, so that nothing falls between.
    let hub = agent.app.hub.listen();
    let wanted = headers.get("last-event-id").and_then(|v| v.to_str().ok()).or(ask.after.as_deref());
    let wanted = wanted.and_then(|text| text.parse::<Cursor>().ok());
    let head = agent.read_bounded("live.head", |rd, _| events::head(rd)).await?;
    let at = wanted.filter(|cursor| cursor.epoch == head.epoch && *cursor <= head).unwrap_or(head);
    let following = Following {
        actor: Arc::clone(&agent.viewer.actor),
        checked: Instant::now(),
        web: Arc::clone(&agent.app.web),
        agent,
        hub,
        at,
        behind: at < head,
        waiting: Vec::new(),
        changed: None,
        counted: Instant::now(),
        told: HashMap::new(),
    };
    let web = Arc::clone(&following.web);
    let response: Response = event_stream(&web, place, stream::unfold(following, next));
    Ok(response)
}

struct Following {
    agent: Agent,
    web: Arc<web_kit::Web>,
    actor: Arc<Actor>,
    /// When the rights were read.
    checked: Instant,
    hub: Receiver<Live>,
    at: Cursor,
    /// The log holds more than was told.
    behind: bool,
    /// What is to be sent, last first.
    waiting: Vec<StreamEvent>,
    /// When something happened first since the lists were counted.
    changed: Option<Instant>,
    counted: Instant,
    /// The counts that the page was told, by the handles of the lists.
    told: HashMap<String, String>,
}

async fn next(mut state: Following) -> Option<(StreamEvent, Following)> {
    loop {
        if let Some(event) = state.waiting.pop() {
            return Some((event, state));
        }
        if !state.behind {
            state.wait().await?;
        }
        // Whose session has ended is told nothing more.
        state.refresh().await?;
        state.look().await.ok()?;
    }
}

impl Following {
    /// Until something happened, or it is time to look at the rights and counts again.
    async fn wait(&mut self) -> Option<()> {
        let count_at = self.count_at();
        tokio::select! {
            heard = self.hub.recv() => match heard {
                Ok(live) => self.behind = live.cursor > self.at,
                Err(RecvError::Lagged(_)) => self.behind = true,
                Err(RecvError::Closed) => return None,
            },
            // The log itself is asked as well: what the hub missed comes late, but it comes.
            () = tokio::time::sleep_until(self.checked + FRESH) => self.behind = true,
            () = tokio::time::sleep_until(count_at.unwrap_or(self.checked + FRESH)), if count_at.is_some() => {}
        }
        Some(())
    }

    /// When the lists are counted next. The clock alone changes some of them, too.
    fn count_at(&self) -> Option<Instant> {
        if !self.actor.is_staff() {
            return None;
        }
        let by_sets = self.agent.desk.live().is_ready();
        match self.changed {
            Some(at) if by_sets => Some((self.counted + LIVE_COUNTS).max(at + HEARD)),
            None if !by_sets => None,
            _ => Some(self.counted + COUNTS),
        }
    }

    /// Asks for the rights again when they are no longer fresh; none when the session has ended.
    async fn refresh(&mut self) -> Option<()> {
        if self.checked.elapsed() >= FRESH {
            self.actor = self.agent.viewer.renew(&self.agent.app).await.ok()??;
            self.checked = Instant::now();
        }
        Some(())
    }

    /// Reads on from where it stopped, as far as this person may know.
    async fn look(&mut self) -> kernel::Result<()> {
        let count = self.count_at().is_some_and(|at| at <= Instant::now());
        let (at, behind, actor, t) = (self.at, self.behind, Arc::clone(&self.actor), self.agent.viewer.t.clone());
        let look = Look { at, behind, count, t };
        let found = self.agent.read("live.look", move |rd, frame| look.run(rd, Frame { actor: &actor, ..frame })).await?;
        if count {
            // What the sets had not heard of yet is counted the next time.
            let late = self.agent.desk.live().place().is_some_and(|place| place < self.at);
            (self.changed, self.counted) = (late.then(Instant::now), Instant::now());
        }
        if found.at != self.at {
            self.changed.get_or_insert_with(Instant::now);
        }
        (self.at, self.behind) = (found.at, found.more);
        self.waiting = found.said;
        for (view, text) in found.counts {
            if self.told.get(&view) != Some(&text) {
                self.waiting.push(said(self.at, &json!({"kind": "count", "view": view, "text": text})));
                self.told.insert(view, text);
            }
        }
        self.waiting.reverse();
        Ok(())
    }
}

/// One look at the log.
struct Look {
    at: Cursor,
    behind: bool,
    count: bool,
    t: T,
}

struct Found {
    at: Cursor,
    more: bool,
    said: Vec<StreamEvent>,
    /// The lists that were counted, by their handles.
    counts: Vec<(String, String)>,
}

impl Look {
    fn run(self, rd: &mut Rd<'_>, frame: Frame<'_>) -> kernel::Result<Found> {
        let mut found = Found { at: self.at, more: false, said: Vec::new(), counts: Vec::new() };
        if self.behind {
            let read = events::read(rd, self.at, BATCH)?;
            found.more = i64::try_from(read.len()).unwrap_or(BATCH) == BATCH;
            let mut listed = 0;
            for event in &read {
                found.at = Cursor { epoch: self.at.epoch, xid: event.xid, seq: event.seq };
                listed += usize::from(self.tell(rd, frame, event, &mut found.said)?);
            }
            if listed > 0 {
                found.said.push(said(found.at, &json!({"kind": "list", "count": listed})));
            }
        }
        if self.count {
            self.counts(rd, frame, &mut found)?;
        }
        Ok(found)
    }

    /// What the pages are told of one event; answers whether a list may look different now.
    fn tell(&self, rd: &mut Rd<'_>, frame: Frame<'_>, event: &Event, out: &mut Vec<StreamEvent>) -> kernel::Result<bool> {
        if event.object != OBJECT {
            return Ok(false);
        }
        let seen = match serve::see(rd, frame, TicketId::new(event.object_id)) {
            Ok(seen) => seen,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        };
        if event.visibility != Visibility::Public && !seen.inner {
            return Ok(false);
        }
        let at = Cursor { epoch: self.at.epoch, xid: event.xid, seq: event.seq };
        // What the desk did in one's name a little later is news to one's page.
        let later = matches!(event.cause, Cause::Schedule { .. });
        let mine = !later && matches!((event.by, frame.actor.person), (By::Person(id), Some(me)) if id == me.raw());
        // What is of another ticket that they do not see, or of a field that is hidden, has not happened.
        let Some(payload) = serve::event(rd, frame, &seen, event)? else { return Ok(false) };
        match payload {
            TicketEvent::Message { .. } if !mine => out.push(said(at, &json!({"kind": "message", "ticket": seen.ticket.id.to_string()}))),
            TicketEvent::Changed { .. } if seen.inner => {
                let html = self.cells(rd, frame, &seen.ticket)?;
                // The page of the ticket itself asks for what it does not show yet.
                let (ticket, version) = (seen.ticket.id.to_string(), seen.ticket.version);
                out.push(said(at, &json!({"kind": "patch", "html": html, "ticket": ticket, "version": version})));
            }
            TicketEvent::Changed { .. } if !mine => out.push(said(at, &json!({"kind": "message", "ticket": seen.ticket.id.to_string()}))),
            _ => {}
        }
        Ok(true)
    }

    /// The cells of the row of a ticket, as the list has them.
    fn cells(&self, rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket) -> kernel::Result<String> {
        let catalogue = frame.desk.catalogue(rd)?;
        let hidden = serve::hidden(frame.actor, ticket);
        let names = party::Wanted::default().person(ticket.assignee).load(rd)?;
        let cells = Cells {
            id: ticket.id.to_string(),
            category: ticket.category.key(),
            state: words::state_name(&self.t, &catalogue, ticket),
            priority: (!hidden.contains("priority")).then(|| Priority::new(&self.t, ticket.priority)),
            shows_assignee: !hidden.contains("assignee"),
            assignee: ticket.assignee.map(|id| words::person(&names, id)),
            t: self.t.clone(),
        };
        cells.render().map_err(Error::internal)
    }

    fn counts(&self, rd: &mut Rd<'_>, frame: Frame<'_>, found: &mut Found) -> kernel::Result<()> {
        let views = views::usable(rd, frame)?;
        let counts = views::counts(rd, frame, views.column());
        for (view, count) in views.column().iter().zip(counts) {
            found.counts.extend(count.map(|count| (views::handle(view), views::shown(&self.t, count))));
        }
        Ok(())
    }
}

#[derive(Template)]
#[template(path = "console/cells.html")]
struct Cells {
    t: T,
    id: String,
    category: &'static str,
    state: String,
    priority: Option<Priority>,
    shows_assignee: bool,
    assignee: Option<ui::Person>,
}

fn said(at: Cursor, message: &serde_json::Value) -> StreamEvent {
    StreamEvent { id: Some(at.to_string()), name: None, data: message.to_string() }
}
