//! Links between tickets.

use access::Verb;
use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, TicketId};
use serde::{Deserialize, Serialize};
use ticket::actions::link as action;
use ticket::{LinkKind, serve, store};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};

/// A link as the ticket asked for sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkOut {
    /// duplicate relates blocks caused_by
    #[schema(example = "blocks")]
    pub kind: String,
    pub ticket: i64,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// It starts from the ticket asked for.
    pub outward: bool,
}

/// The links.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinksOut {
    /// At most 500.
    #[schema(max_items = 500)]
    pub items: Vec<LinkOut>,
    /// The children whose parent this is, at most 200. A filter finds all: `parent:48213`.
    #[schema(max_items = 200)]
    pub children: Vec<i64>,
}

/// The links of a ticket to others that the reader may see.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/links", tag = "links", operation_id = "listLinks",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = LinksOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<LinksOut>> {
    let out = serve::read(&app, &viewer, &desk, "api.links", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        let mut out = LinksOut { items: Vec::new(), children: Vec::new() };
        if !seen.inner {
            return Ok(out);
        }
        let scope = frame.actor.tickets(Verb::TicketSee);
        for link in store::link::of_ticket(rd, &scope, id)? {
            if let Ok(other) = serve::see(rd, frame, link.other) {
                let hidden = serve::hidden(frame.actor, &other.ticket).contains("state");
                let (title, open) = (other.ticket.title.clone(), (!hidden).then(|| other.ticket.is_open()));
                out.items.push(LinkOut { kind: link.kind.key().to_owned(), ticket: link.other.raw(), title, open, outward: link.outward });
            }
        }
        out.children = store::ticket::children(rd, &scope, id, 200)?.into_iter().map(|child| child.raw()).collect();
        Ok(out)
    })
    .await?;
    Ok(axum::Json(out))
}

/// What to link.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkIn {
    /// duplicate relates blocks caused_by
    #[schema(example = "blocks")]
    kind: String,
    /// The other ticket.
    ticket: i64,
}

/// Links this ticket to another.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/links", tag = "links", operation_id = "linkTicket", request_body = LinkIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "They are linked")))]
pub async fn link(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<LinkIn>,
) -> Result<StatusCode> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.link");
    let kind = LinkKind::from_key(&posted.body.kind).ok_or_else(|| Error::invalid("kind", "error-choice"))?;
    let other = Id::new(posted.body.ticket);
    serve::act(&app, &viewer, &desk, "ticket.link", key, move |tx, frame| action::link(tx, frame, id, kind, other)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a link away that starts from this ticket.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/links/{kind}/{ticket}", tag = "links", operation_id = "unlinkTicket",
    params(("id" = i64, Path, description = "The ticket's number"), ("kind" = String, Path, description = "duplicate relates blocks caused_by"), ("ticket" = i64, Path, description = "The other ticket")),
    responses((status = 204, description = "They are linked no more")))]
pub async fn unlink(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, kind, other)): Path<(TicketId, String, TicketId)>,
) -> Result<StatusCode> {
    let kind = LinkKind::from_key(&kind).ok_or_else(Error::not_found)?;
    serve::act(&app, &viewer, &desk, "ticket.unlink", None, move |tx, frame| action::unlink(tx, frame, id, kind, other)).await?;
    Ok(StatusCode::NO_CONTENT)
}
