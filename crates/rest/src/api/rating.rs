//! What the requester thinks of how a ticket was solved.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use db::Rd;
use kernel::{Error, TicketId};
use party::Wanted;
use serde::{Deserialize, Serialize};
use ticket::actions::rate::{self as action, Rate};
use ticket::store::rating::{self, Rating};
use ticket::store::text;
use ticket::{Frame, RatingReason, serve};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker};
use crate::dto::Ref;

/// A rating: at least one of the two marks.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateIn {
    /// How it was solved, 1 (very bad) to 5 (very good).
    #[serde(default)]
    #[schema(minimum = 1, maximum = 5, example = 4)]
    solution: Option<i64>,
    /// Who worked on it, 1 to 5.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 5, example = 5)]
    analyst: Option<i64>,
    /// time result words manner effort
    #[serde(default)]
    reasons: Vec<String>,
    #[serde(default)]
    #[schema(max_length = 2000)]
    comment: String,
    /// With a mark of 1 or 2: whether the desk may call. Yes opens the ticket again.
    #[serde(default)]
    callback: Option<bool>,
}

/// The rating of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analyst: Option<i64>,
    pub reasons: Vec<String>,
    /// Empty when there is none, or it was erased.
    pub comment: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<bool>,
    pub rated_at: String,
    /// Who rated it.
    pub by: Ref,
    /// Who had the ticket then, when the reader may know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rated: Option<Ref>,
}

fn told(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &serve::Seen, rating: Rating) -> kernel::Result<RatingOut> {
    let comment = rating.comment.map(|id| text::get(rd, id)).transpose()?.flatten().unwrap_or_default();
    let analyst = rating.analyst_id.filter(|id| serve::names(frame.actor, &seen.ticket, *id));
    let names = Wanted::default().person(Some(rating.by)).person(analyst).load(rd)?;
    let named = |id: kernel::PersonId| Ref { id: id.raw(), name: names.person_name(id).to_owned() };
    Ok(RatingOut {
        solution: rating.solution,
        analyst: rating.analyst,
        reasons: rating.reasons.iter().map(|reason| reason.key().to_owned()).collect(),
        comment,
        callback: rating.callback,
        rated_at: rating.rated_at.to_rfc3339(),
        by: named(rating.by),
        rated: analyst.map(named),
    })
}

/// Whether the reader may know the rating: those of the desk, and who asked.
fn known(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> kernel::Result<(serve::Seen, Rating)> {
    let seen = serve::see(rd, frame, id)?;
    let hidden = serve::hidden(frame.actor, &seen.ticket).contains("csat");
    let may = seen.requester || (seen.inner && !hidden);
    let rating = if may { rating::get(rd, id)? } else { None };
    Ok((seen, rating.ok_or_else(Error::not_found)?))
}

/// The rating of a ticket, for the desk and for who asked.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/rating", tag = "tickets", operation_id = "getRating",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = RatingOut)))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<RatingOut>> {
    let out = serve::read_bounded(&app, &viewer, &desk, "api.rating", move |rd, frame| {
        let (seen, rating) = known(rd, frame, id)?;
        told(rd, frame, &seen, rating)
    })
    .await?;
    Ok(axum::Json(out))
}

/// Rates a ticket that was solved, by who asked for it; once more changes the rating.
#[utoipa::path(put, path = "/api/v1/tickets/{id}/rating", tag = "tickets", operation_id = "rateTicket", request_body = RateIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = RatingOut)))]
pub async fn rate(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<RateIn>,
) -> Result<axum::Json<RatingOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.rate");
    let body = posted.body;
    let reasons = body.reasons.iter().map(|key| RatingReason::from_key(key).ok_or_else(|| Error::invalid("reasons", "error-choice")));
    let wish = Rate {
        solution: body.solution,
        analyst: body.analyst,
        reasons: reasons.collect::<kernel::Result<_>>()?,
        comment: body.comment,
        callback: body.callback,
    };
    serve::act(&app, &viewer, &desk, "ticket.rate", key, move |tx, frame| action::rate(tx, frame, id, &wish).map(|_| ())).await?;
    let out = serve::read_bounded(&app, &viewer, &desk, "api.rating", move |rd, frame| {
        let (seen, rating) = known(rd, frame, id)?;
        told(rd, frame, &seen, rating)
    })
    .await?;
    Ok(axum::Json(out))
}
