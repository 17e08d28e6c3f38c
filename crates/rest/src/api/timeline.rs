//! What happened to a ticket.

use axum::extract::State;
use events::By;
use kernel::{Id, TicketId};
use serde::Serialize;
use ticket::events::TicketEvent;
use ticket::serve;
use ticket::timeline::{What, Words};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::DeskRef;
use crate::dto::{ChangeOut, EventOut, MessageOut, Ref};

/// The timeline, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineOut {
    pub items: Vec<EventOut>,
}

/// The timeline of a ticket, as far as the reader may know it.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/timeline", tag = "tickets", operation_id = "getTimeline",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = TimelineOut)))]
pub async fn timeline(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<TimelineOut>> {
    let t = viewer.t.clone();
    let items = serve::read(&app, &viewer, &desk, "api.timeline", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        let catalogue = frame.desk.catalogue(rd)?;
        let kind = catalogue.kind_of(&seen.ticket)?;
        let timeline = serve::timeline(rd, frame, &seen)?;
        let words = Words { t: &t, kind, catalogue: &catalogue, timeline: &timeline, portal: !seen.inner };
        Ok(timeline
            .entries
            .iter()
            .map(|entry| {
                let mut out = EventOut::bare("ticket.message", id.raw(), entry.at, entry.by, &entry.cause, entry.public);
                if let By::Person(person) = entry.by {
                    out.person = Some(Ref { id: person, name: timeline.names.person_name(Id::new(person)).to_owned() });
                }
                match &entry.what {
                    What::Message(message) => out.message = Some(MessageOut::of(message, &timeline.names)),
                    What::Event(event) => {
                        event.kind().clone_into(&mut out.kind);
                        out.words = words.of(event);
                        if let TicketEvent::Changed { changes, .. } = event {
                            out.changes = changes.iter().map(ChangeOut::of).collect();
                        }
                    }
                }
                out
            })
            .collect())
    })
    .await?;
    Ok(axum::Json(TimelineOut { items }))
}
