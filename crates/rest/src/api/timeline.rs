//! What happened to a ticket.

use access::Actor;
use api_kit::{List, PageParams};
use axum::extract::State;
use events::By;
use kernel::{Page, PersonId, TicketId};
use ticket::events::TicketEvent;
use ticket::timeline::{Entry, What, Words};
use ticket::{Ticket, serve};
use web_kit::{App, Path, Query, Result, Viewer};

use super::DeskRef;
use crate::dto::{ChangeOut, EventOut, MessageOut, Ref};

/// The timeline of a ticket, as far as the reader may know it, oldest first.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/timeline", tag = "tickets", operation_id = "getTimeline",
    params(("id" = i64, Path, description = "The ticket's number"), PageParams), responses((status = 200, body = List<EventOut>)))]
pub async fn timeline(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    Query(params): Query<PageParams>,
) -> Result<axum::Json<List<EventOut>>> {
    let t = viewer.t.clone();
    let page = serve::read(&app, &viewer, &desk, "api.timeline", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        let catalogue = frame.desk.catalogue(rd)?;
        let kind = catalogue.kind_of(&seen.ticket)?;
        let (timeline, next) = serve::timeline_page(rd, frame, &seen, &params.into())?;
        let words = Words { t: &t, kind, catalogue: &catalogue, timeline: &timeline, portal: !seen.inner, at: frame.act.now };
        Ok(Page {
            rows: timeline.entries.iter().map(|entry| told(entry, Words { at: entry.at, ..words }, frame.actor, &seen.ticket)).collect(),
            next,
        })
    })
    .await?;
    Ok(axum::Json(List::of(page, |event| event)))
}

/// An entry that the reader may know, by whom only when they may know that as well.
fn told(entry: &Entry, words: Words<'_>, reader: &Actor, ticket: &Ticket) -> EventOut {
    let names = &words.timeline.names;
    let mut out = EventOut::bare("ticket.message", ticket.id.raw(), entry.at, entry.by, &entry.cause, entry.public);
    out.event = (entry.seq > 0).then_some(entry.seq);
    let mut asked = false;
    match &entry.what {
        What::Message(message) => {
            asked = message.from_requester;
            out.message = Some(MessageOut::of(message, names, &words.timeline.redactions, reader, ticket));
        }
        What::Event(event) => {
            event.kind().clone_into(&mut out.kind);
            out.words = words.of(event);
            if let TicketEvent::Changed { changes, handover, .. } = event {
                out.changes = changes.iter().map(ChangeOut::of).collect();
                out.handover = handover.map(|handover| handover.reason.key().to_owned());
            }
        }
    }
    if let By::Person(person) = entry.by {
        let person = PersonId::new(person);
        let known = asked || serve::names(reader, ticket, person);
        out.person = known.then(|| Ref { id: person.raw(), name: names.person_name(person).to_owned() });
    }
    out
}
